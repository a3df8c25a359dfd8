"""A row of buttons along an edge of the screen: words beside icons, else under them, else in rows; never an icon alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import Button
from ui.faces import Face, Fitted
from ui.fonts import fonts_for
from ui.parts import name_part
from ui.theme import SMALL_PERCENT, Look
from ui.tiles import TouchButton

SHAPES = ("beside", "under")
"""What is tried in turn for the words."""
LEAST_MM = 30
"""A button that stands alone is not narrower."""
HELD_SHARE = 0.19
"""What is asked whether it is held must not be higher than this, next to the glass."""
NEARLY = 1.03
"""So much higher than the lowest is a bar for the sake of larger words, where it takes more than its share of the glass."""
UPRIGHT = 1.6
"""The share is so much greater on upright glass."""


def face_of(button: Button, kind: str = "") -> Face:
    """How a screen's button looks. Its value is in its name even where there is no room to draw it."""
    name = f"{button.label}: {button.detail}" if button.detail else button.label
    return Face(
        text=button.label,
        icon=button.icon,
        detail=button.detail,
        kind=kind or ("primary" if button.primary else "plain"),
        chosen=button.pressed,
        name=name,
        families=fonts_for(button.language) if button.language else (),
        icon_after=button.icon == "forward",
    )


@dataclass(frozen=True, slots=True)
class Shaped:
    """A way to show the buttons: in `columns` of one width, 0 where each has its own; `widths` by key, all in pixels."""

    fits: Mapping[str, Fitted]
    columns: int
    widths: Mapping[str, int]
    height: int

    @property
    def whole(self) -> bool:
        """No word breaks inside."""
        return all(fit.narrowest <= self.widths[key] for key, fit in self.fits.items())


class Bar(QWidget):
    """Buttons in equal cells (`even`), or some at the start and the rest at the end. ``touched`` gives the button's key."""

    touched = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, even: bool = False, roomy_share: float = 0.11) -> None:
        super().__init__(parent)
        self._even, self._roomy_share = even, roomy_share
        self._buttons: dict[str, TouchButton] = {}
        self._faces: dict[str, Face] = {}
        self._ends: frozenset[str] = frozenset()
        self._alike: frozenset[str] = frozenset()
        self._cells = 0
        self._look: Look | None = None
        self._known: dict[tuple[int, int, int], Shaped] = {}
        self.at_least = 0
        """It is so high in any case, in pixels."""
        self.comers: tuple[Face, ...] = ()
        """What can come into the last cell: room is kept for the widest of them, so that nothing moves when it comes."""

    def show_faces(
        self, faces: Mapping[str, Face], look: Look, ends: Sequence[str] = (), cells: int = 0, alike: Sequence[str] = ()
    ) -> None:
        """Show these, `ends` at the end side, `alike` all as wide as the widest of them.

        At least `cells` cells where they are even, so that each keeps its place.
        """
        now = (look, dict(faces), cells, frozenset(alike))
        if now != (self._look, self._faces, self._cells, self._alike):
            self._known.clear()
        self._look, self._faces, self._cells, self._alike = now
        self._ends = frozenset(ends)
        for key in [key for key in self._buttons if key not in faces]:
            gone = self._buttons.pop(key)
            gone.hide()
            gone.deleteLater()
        self._buttons = {key: self._buttons.get(key) or self._new(key) for key in faces}
        for before, after in zip(list(self._buttons.values()), list(self._buttons.values())[1:], strict=False):
            QWidget.setTabOrder(before, after)
        for key, face in faces.items():
            if self._buttons[key].look is None:
                self._buttons[key].show_as(face, look)
        self.place()

    def tab_order(self) -> list[QWidget]:
        return [*self._buttons.values()]

    @property
    def buttons(self) -> dict[str, TouchButton]:
        return dict(self._buttons)

    def needed(self, width: int) -> int:
        """Height in pixels at this width; 0 without buttons."""
        return self._shaped(width, self._look).height if self._faces and self._look else 0

    def holds(self, faces: Mapping[str, Face], look: Look, width: int, alike: Sequence[str] = ()) -> bool:
        """Whether these would stand side by side with all their words on one line; no buttons always do."""
        wanted = frozenset(alike)
        ways = (self._in_a_row(faces, way, look, wanted) for way in _sizes(look))
        return not faces or any(self._is_low(way, width, look) for way in ways)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self.place()

    def place(self) -> None:
        """Shape and place the buttons for the width there is."""
        if self._look is None or not self._faces or self.width() <= 0:
            return
        shaped = self._shaped(self.width(), self._look)
        if shaped.columns:
            self._place_even(shaped, self._look)
            return
        x, end = 0, self.width()
        for key in [key for key in shaped.fits if key not in self._ends]:
            self._set(key, shaped.fits[key], QRect(x, 0, shaped.widths[key], self.height()))
            x += shaped.widths[key] + self._look.gap
        for key in reversed([key for key in shaped.fits if key in self._ends]):
            end -= shaped.widths[key]
            self._set(key, shaped.fits[key], QRect(end, 0, shaped.widths[key], self.height()))
            end -= self._look.gap

    # --- placing ---------------------------------------------------------------------------------------------------

    def _new(self, key: str) -> TouchButton:
        button = TouchButton(self)
        name_part(button, key)
        button.clicked.connect(lambda: self.touched.emit(key))
        button.show()
        return button

    def _place_even(self, shaped: Shaped, look: Look) -> None:
        rows = -(-max(len(shaped.fits), self._cells) // shaped.columns)
        height = (self.height() - look.gap * (rows - 1)) // rows
        for number, key in enumerate(shaped.fits):
            row, column = divmod(number, shaped.columns)
            width = shaped.widths[key]
            self._set(key, shaped.fits[key], QRect(column * (width + look.gap), row * (height + look.gap), width, height))

    def _set(self, key: str, fit: Fitted, rect: QRect) -> None:
        self._buttons[key].show_as(fit.face, fit.look)
        left = self.width() - rect.x() - rect.width() if fit.look.right_to_left else rect.x()
        self._buttons[key].setGeometry(left, rect.y(), rect.width(), rect.height())

    # --- shaping ---------------------------------------------------------------------------------------------------

    def _shaped(self, width: int, look: Look) -> Shaped:
        """Every button in the first shape in which all of them fit."""
        glass = (width, self.window().width(), self.window().height())
        if glass not in self._known:
            self._known[glass] = self._choose_even(width, look) if self._even else self._choose_row(width, look)
        return self._known[glass]

    def _choose_row(self, width: int, look: Look) -> Shaped:
        """On one line; else broken over lines. Words of full size first, if that is not much higher."""
        ways = [self._in_a_row(self._faces, way, look, self._alike) for way in _sizes(look)]
        return self._first_low([*ways, *(_squeezed(way, width, look, self._alike) for way in ways)], width, look)

    def _choose_even(self, width: int, look: Look) -> Shaped:
        """In as few rows as can be, with values and words of full size, if that is not much higher."""
        count = max(self._cells, len(self._faces))
        ways = [
            self._in_cells(way, -(-count // rows), width, look, bare=bare)
            for rows in range(1, count + 1)
            for way in _sizes(look)
            for bare in (False, True)
        ]
        return self._first_low([*ways[:2], *self._uneven(width, look), *ways[2:]], width, look)

    def _uneven(self, width: int, look: Look) -> list[Shaped]:
        """In one row with each word on one line, where cells of one width would break some: as wide as each needs."""
        known, ways = {face.icon: face for face in self.comers}, list[Shaped]()
        for way in _sizes(look):
            fits = {key: _fitted(replace(face, detail=""), way, look) for key, face in self._faces.items()}
            last = max((_fitted(replace(face, detail=""), way, look).one_line for face in known.values()), default=0)
            least = {key: last if self._faces[key].icon in known else fit.one_line for key, fit in fits.items()}
            waits = last + look.gap if last and len(fits) < self._cells else 0
            spare = width - sum(least.values()) - look.gap * (len(least) - 1) - waits
            if spare >= 0:
                more = spare // (len(fits) + bool(waits))
                widths = {key: wide + more for key, wide in least.items()}
                ways.append(Shaped(fits, 0, widths, _height(fits, widths)))
        return ways

    def _first_low(self, ways: Sequence[Shaped], width: int, look: Look) -> Shaped:
        """The first that is nearly as low as any; words stay whole wherever that can be."""
        held = [way for way in ways if way.whole and (way.columns or _across(way, look) <= width)]
        if not held:
            return min(ways, key=lambda way: (not way.whole, _across(way, look)))
        lowest = min(way.height for way in held)
        upright = self.window().height() > self.window().width()
        roomy = int(self.window().height() * self._roomy_share * (UPRIGHT if upright and self._even else 1))
        return next(way for way in held if way.height <= max(look.target, roomy, int(lowest * NEARLY)))

    def _in_a_row(self, faces: Mapping[str, Face], way: tuple[str, bool], look: Look, alike: frozenset[str]) -> Shaped:
        """Each as wide as its words on one line (under an icon: as its longest word)."""
        fits = {key: _fitted(face, way, look) for key, face in faces.items()}
        least = look.mm(LEAST_MM)
        widths = {key: max(least, fit.one_line + look.mm(2)) for key, fit in fits.items()}
        if way[0] == "under":
            widths = {key: max(least, fit.narrowest) if fit.face.shape == "under" else widths[key] for key, fit in fits.items()}
        widest = max((widths[key] for key in alike if key in widths), default=0)
        widths = {key: widest if key in alike else width for key, width in widths.items()}
        return Shaped(fits, 0, widths, _height(fits, widths))

    def _in_cells(self, way: tuple[str, bool], columns: int, width: int, look: Look, *, bare: bool = False) -> Shaped:
        """All as wide as a cell; their values are left out where one has no room, or where they are not wished for."""
        cell = (width - look.gap * (columns - 1)) // columns
        widths = dict.fromkeys(self._faces, cell)
        fits = {key: _fitted(face, way, look) for key, face in self._faces.items()}
        if bare or any(fit.narrowest > cell for fit in fits.values()):
            fits = {key: _fitted(replace(face, detail=""), way, look) for key, face in self._faces.items()}
        rows = -(-max(self._cells, len(fits)) // columns)
        return Shaped(fits, columns, widths, rows * _height(fits, widths) + look.gap * (rows - 1))

    def _is_low(self, way: Shaped, width: int, look: Look) -> bool:
        tallest = max(look.target, self.at_least, int(self.window().height() * HELD_SHARE))
        return _across(way, look) <= width and way.whole and way.height <= tallest


def _sizes(look: Look) -> Iterator[tuple[str, bool]]:
    """(shape, whether the words are small), the wished for first."""
    for small in (False, True) if look.text_percent > SMALL_PERCENT or look.wide else (False,):
        yield from ((shape, small) for shape in SHAPES)


def _fitted(face: Face, way: tuple[str, bool], look: Look) -> Fitted:
    shape, small = way
    return Fitted(replace(face, shape=shape if face.icon else "beside", small=small), look)


def _height(fits: Mapping[str, Fitted], widths: Mapping[str, int]) -> int:
    return max(fit.needed(widths[key]) for key, fit in fits.items())


def _across(way: Shaped, look: Look) -> int:
    return sum(way.widths.values()) + look.gap * (len(way.widths) - 1)


def _squeezed(way: Shaped, width: int, look: Look, alike: frozenset[str]) -> Shaped:
    """As narrow as whole words allow, and what is left shared by those that would like more."""
    own = {key: fit.narrowest for key, fit in way.fits.items()}
    widest = max((own[key] for key in alike if key in own), default=0)
    least = {key: widest if key in alike else wide for key, wide in own.items()}
    wishes = {key: max(0, way.widths[key] - least[key]) for key in least}
    spare = max(0, width - sum(least.values()) - look.gap * (len(least) - 1))
    share = min(1.0, spare / max(1, sum(wishes.values())))
    widths = {key: least[key] + int(wishes[key] * share) for key in least}
    return replace(way, widths=widths, height=_height(way.fits, widths))
