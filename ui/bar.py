"""A row of buttons along an edge of the screen: words beside icons, else under them, else icons alone with their value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import Button
from ui.accessible import in_reading_order
from ui.faces import Face, Fitted
from ui.fonts import fonts_for
from ui.parts import name_part
from ui.theme import Look
from ui.tiles import TouchButton

SHAPES = ("beside", "under", "icon")
"""What is tried in turn for the words."""


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


class Bar(QWidget):
    """Buttons in equal cells (`even`), or some at the start and the rest at the end. ``touched`` gives the button's key."""

    touched = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, even: bool = False, tallest_share: float = 0.19) -> None:
        super().__init__(parent)
        self._even, self._tallest_share = even, tallest_share
        self._buttons: dict[str, TouchButton] = {}
        self._faces: dict[str, Face] = {}
        self._ends: frozenset[str] = frozenset()
        self._cells = 0
        self._look: Look | None = None
        self._known: dict[tuple[int, int, int], tuple[dict[str, Fitted], int]] = {}

    def show_faces(self, faces: Mapping[str, Face], look: Look, ends: Sequence[str] = (), cells: int = 0) -> None:
        """Show these, `ends` at the end side; at least `cells` cells where they are even, so that each keeps its place."""
        if (look, faces, cells) != (self._look, self._faces, self._cells):
            self._known.clear()
        self._look, self._faces, self._ends, self._cells = look, dict(faces), frozenset(ends), cells
        for key in [key for key in self._buttons if key not in faces]:
            gone = self._buttons.pop(key)
            gone.hide()
            gone.deleteLater()
        self._buttons = {key: self._buttons.get(key) or self._new(key) for key in faces}
        in_reading_order(self._buttons.values())
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
        if not self._faces or self._look is None:
            return 0
        fits, columns = self._shaped(width)
        return self._height(fits, self._widths(fits, width, columns), self._look, columns)

    def holds(self, faces: Mapping[str, Face], look: Look, width: int) -> bool:
        """Whether these would stand side by side with all their words; no buttons always do."""
        fits = {key: Fitted(face, look) for key, face in faces.items()}
        return not fits or self._fits_in(fits, width, look)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self.place()

    def place(self) -> None:
        """Shape and place the buttons for the width there is."""
        if self._look is None or not self._faces or self.width() <= 0:
            return
        look = self._look
        fits, columns = self._shaped(self.width())
        widths = self._widths(fits, self.width(), columns)
        if columns:
            self._place_even(fits, columns, widths, look)
            return
        x, end = 0, self.width()
        for key in [key for key in fits if key not in self._ends]:
            self._set(key, fits[key], QRect(x, 0, widths[key], self.height()), look)
            x += widths[key] + look.gap
        for key in reversed([key for key in fits if key in self._ends]):
            end -= widths[key]
            self._set(key, fits[key], QRect(end, 0, widths[key], self.height()), look)
            end -= look.gap

    # --- arranging -------------------------------------------------------------------------------------------------

    def _new(self, key: str) -> TouchButton:
        button = TouchButton(self)
        name_part(button, key)
        button.clicked.connect(lambda: self.touched.emit(key))
        button.show()
        return button

    def _place_even(self, fits: Mapping[str, Fitted], columns: int, widths: Mapping[str, int], look: Look) -> None:
        rows = -(-len(fits) // columns)
        height = (self.height() - look.gap * (rows - 1)) // rows
        for number, key in enumerate(fits):
            row, column = divmod(number, columns)
            x, y = column * (widths[key] + look.gap), row * (height + look.gap)
            self._set(key, fits[key], QRect(x, y, widths[key], height), look)

    def _set(self, key: str, fit: Fitted, rect: QRect, look: Look) -> None:
        self._buttons[key].show_as(fit.face, look)
        left = self.width() - rect.x() - rect.width() if look.right_to_left else rect.x()
        self._buttons[key].setGeometry(left, rect.y(), rect.width(), rect.height())

    def _shaped(self, width: int) -> tuple[dict[str, Fitted], int]:
        """Every button in the first shape in which all of them fit, and the number of columns (0 where they are not even)."""
        glass = (width, self.window().width(), self.window().height())
        if glass not in self._known:
            self._known[glass] = self._choose(width)
        return self._known[glass]

    def _choose(self, width: int) -> tuple[dict[str, Fitted], int]:
        assert self._look is not None  # noqa: S101 - callers ask first
        fits: dict[str, Fitted] = {}
        columns = 0
        for shape, columns in self._wishes():
            fits = self._fitted(shape, self._cell(columns, width))
            if self._fits_in(fits, width, self._look, columns):
                break
        return fits, columns

    def _wishes(self) -> list[tuple[str, int]]:
        if not self._even:
            return [(shape, 0) for shape in SHAPES]
        one_row = max(self._cells, len(self._faces))
        half = -(-one_row // 2)
        two_rows = [("beside", half), ("under", half)] if self.window().height() > self.window().width() else []
        return [("beside", one_row), ("under", one_row), *two_rows, ("icon", one_row)]

    def _cell(self, columns: int, width: int) -> int:
        gap = self._look.gap if self._look else 0
        return (width - gap * (columns - 1)) // columns if columns else width

    def _fitted(self, shape: str, cell: int) -> dict[str, Fitted]:
        """The buttons in this shape; their values are left out where one has no room."""
        fits = {key: self._fit(face, shape) for key, face in self._faces.items()}
        if all(fit.narrowest <= cell for fit in fits.values()):
            return fits
        bare = {key: replace(self._faces[key], detail="", icon_mm=11 if shape == "icon" else 8) for key in fits}
        return {key: self._fit(face, shape) for key, face in bare.items()}

    def _fit(self, face: Face, shape: str) -> Fitted:
        assert self._look is not None  # noqa: S101 - callers ask first
        if not face.icon:
            return Fitted(replace(face, shape="beside"), self._look)
        return Fitted(replace(face, shape="beside" if shape == "icon" and face.kind == "primary" else shape), self._look)

    def _fits_in(self, fits: Mapping[str, Fitted], width: int, look: Look, columns: int = 0) -> bool:
        widths = self._widths(fits, width, columns)
        gaps = look.gap * (len(fits) - 1)
        if not columns and sum(widths.values()) + gaps > width:
            return False
        whole = all(fit.narrowest <= widths[key] for key, fit in fits.items())
        tallest = max(look.target, int(self.window().height() * self._tallest_share))
        return whole and self._height(fits, widths, look, columns) <= tallest

    def _height(self, fits: Mapping[str, Fitted], widths: Mapping[str, int], look: Look, columns: int) -> int:
        rows = -(-len(fits) // columns) if columns else 1
        return rows * max(fit.needed(widths[key]) for key, fit in fits.items()) + look.gap * (rows - 1)

    def _widths(self, fits: Mapping[str, Fitted], width: int, columns: int) -> dict[str, int]:
        look = next(iter(fits.values())).look
        if columns:
            return dict.fromkeys(fits, self._cell(columns, width))
        wished = {key: fit.one_line + look.mm(2) if fit.face.shape == "beside" else fit.narrowest for key, fit in fits.items()}
        return {key: min(width, max(wish, look.mm(30))) for key, wish in wished.items()}
