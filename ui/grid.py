"""Buttons in columns and rows: as many columns as are wished for, as long as no word breaks and everything fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.accessible import in_reading_order
from ui.blocks import Block
from ui.faces import Face, Fitted
from ui.parts import name_part
from ui.theme import Look
from ui.tiles import TouchButton

MOST_LARGE_LINES = 2
"""Words that take more lines than this are not made larger: the picture above them needs the room."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a grid wishes to stand: numbers of columns, the dearest first; words are under icons from `under_from` columns on."""

    columns: tuple[int, ...] = (1,)
    under_from: int = 99
    row_mm: float = 26
    """The greatest height of a row of words that is still of use."""
    under_row_mm: float = 84
    """The same where words stand under pictures."""
    picture_mm: float = 40
    """The greatest side of a picture above words."""
    beside_mm: float = 18
    """The greatest side of a face beside words."""
    smaller_mm: tuple[float, ...] = ()
    """Sides of a picture beside words to try where there is no room for it: words come first, 0 leaves it out."""
    large: bool = False
    """Larger words, where they fit."""
    widest_mm: float = 0
    """The greatest width of one button, 0 for any."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """One way for all buttons to stand: larger words or not, and pictures beside words no larger than `most_mm`."""

    columns: int
    large: bool = False
    most_mm: float | None = None
    small: bool = False
    """Words no larger than they must be."""


@dataclass(frozen=True, slots=True)
class _Arranged:
    manner: _Manner
    cell: int
    rows: tuple[int, ...]
    height: int
    tight: bool
    """A word would break."""
    lines: int
    """Of the longest words."""

    @property
    def columns(self) -> int:
        return self.manner.columns

    @property
    def highest(self) -> int:
        """Height of the highest row."""
        return max(self.rows, default=0)


class Grid(QWidget, Block):
    """Touch buttons by key, in the order of a mapping. ``touched`` says which."""

    touched = Signal(str)
    fills = True
    touched_on = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, TouchButton] = {}
        self._look: Look | None = None
        self._plan = Plan()
        self._faces: dict[str, Face] = {}
        self._offered = 0
        self._cache: dict[tuple[int, int], _Arranged] = {}
        self._fits: dict[tuple[str, bool, _Manner], Fitted] = {}

    def show_faces(self, faces: Mapping[str, Face], look: Look, plan: Plan) -> None:
        """Show these buttons. A button that was there before stays the same widget, and keeps the focus."""
        self._look, self._plan = look, plan
        self._cache.clear()
        self._fits.clear()
        for key in [key for key in self._buttons if key not in faces]:
            gone = self._buttons.pop(key)
            gone.hide()
            gone.deleteLater()
        self._buttons = {key: self._buttons.get(key) or self._new(key) for key in faces}
        self._faces = dict(faces)
        in_reading_order(self._buttons.values())
        for key, face in faces.items():
            self._buttons[key].show_as(face, look)
        for before, after in pairwise(self._buttons.values()):
            QWidget.setTabOrder(before, after)
        self._place()

    def tab_order(self) -> list[QWidget]:
        return [*self._buttons.values()]

    @property
    def buttons(self) -> dict[str, TouchButton]:
        return dict(self._buttons)

    def offer(self, height: int) -> None:
        self._offered = height

    def placed(self) -> None:
        self._place()

    def needed(self, width: int) -> int:
        return self._arranged(width).height

    def most(self, width: int) -> int:
        look, arranged = self._shown(), self._arranged(width)
        row = self._plan.under_row_mm if self._is_under(arranged.columns) else self._plan.row_mm
        rows = [max(height, look.mm(row)) for height in arranged.rows]
        return sum(rows) + look.gap * (len(rows) - 1)

    def breaks(self, width: int) -> tuple[int, ...]:
        """After each row."""
        ends, y = [], 0
        for height in self._arranged(width).rows:
            ends.append(y + height)
            y += height + self._shown().gap
        return tuple(ends) or (0,)

    def skipped(self, end: int) -> int:  # noqa: ARG002 - the same after each row
        return self._shown().gap

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self._place()

    # --- arranging -------------------------------------------------------------------------------------------------

    def _new(self, key: str) -> TouchButton:
        button = TouchButton(self)
        name_part(button, key)
        button.clicked.connect(lambda: self.touched.emit(key))
        button.show()
        return button

    def _shown(self) -> Look:
        assert self._look is not None, "show_faces comes first"  # noqa: S101 - a mistake of ours
        return self._look

    def _is_under(self, columns: int) -> bool:
        return columns >= self._plan.under_from

    def _arranged(self, width: int) -> _Arranged:
        """The first wished for number of columns that fits; else the lowest whose words stay whole; else one column."""
        known = self._cache.get((width, self._offered))
        if known is None:
            known = self._cache[width, self._offered] = self._choose(width)
        return known

    def _choose(self, width: int) -> _Arranged:
        """As wished; with smaller pictures or words only where a row would else be higher than a page, or a word break."""
        wishes = []
        sizes = (None, *self._plan.smaller_mm)
        for most_mm, small in ((most_mm, small) for small in (False, True) for most_mm in sizes):
            wishes.append(self._dearest(width, most_mm, small=small))
            if not wishes[-1].tight and (not self._offered or wishes[-1].highest <= self._row_room()):
                break
        return min(wishes, key=lambda wish: (wish.tight, wish.highest))

    def _dearest(self, width: int, most_mm: float | None, *, small: bool) -> _Arranged:
        tried = []
        for columns in self._plan.columns:
            for large in (True, False) if self._plan.large else (False,):
                wish = self._try(_Manner(columns, large, most_mm, small), width)
                crowded = large and wish.lines > MOST_LARGE_LINES
                if not wish.tight and not crowded and (not self._offered or wish.height <= self._offered):
                    return wish
                tried.append(wish)
        return self._lowest([wish for wish in tried if not wish.tight]) or tried[-1]

    def _lowest(self, wishes: list[_Arranged]) -> _Arranged | None:
        """The lowest that can be turned row by row; else the one with the lowest rows."""
        turning = [wish for wish in wishes if wish.highest <= self._row_room()]
        if turning:
            return min(turning, key=lambda wish: wish.height)
        return min(wishes, key=lambda wish: wish.highest, default=None)

    def _row_room(self) -> int:
        return self._offered - self._shown().gap

    def _try(self, manner: _Manner, width: int) -> _Arranged:
        look, columns = self._shown(), manner.columns
        cell = self._cell(columns, width)
        fits = [self._measure(key, manner) for key in self._buttons]
        heights = [fit.needed(cell) for fit in fits]
        rows = tuple(max(heights[i : i + columns]) for i in range(0, len(heights), columns))
        if self._is_under(columns) and rows:
            rows = (max(rows),) * len(rows)
        tight = any(fit.narrowest > cell for fit in fits)
        lines = max((len(fit.words(cell).bottoms) for fit in fits), default=0)
        return _Arranged(manner, cell, rows, sum(rows) + look.gap * max(0, len(rows) - 1), tight, lines)

    def _cell(self, columns: int, width: int) -> int:
        look = self._shown()
        cell = (width - (columns - 1) * look.gap) // columns
        return min(cell, look.mm(self._plan.widest_mm)) if self._plan.widest_mm else cell

    def _measure(self, key: str, manner: _Manner) -> Fitted:
        """The button as it would stand so. Measuring words is most of the work of a new page: once each."""
        shape = (key, self._is_under(manner.columns), replace(manner, columns=0))
        if shape not in self._fits:
            self._fits[shape] = Fitted(self._face(key, manner), self._shown())
        return self._fits[shape]

    def _face(self, key: str, manner: _Manner) -> Face:
        face = replace(self._faces[key], large=manner.large and not manner.small, small=manner.small)
        if manner.most_mm is not None:
            face = replace(face, icon=face.icon if manner.most_mm else "", icon_mm=min(face.icon_mm, manner.most_mm))
        return replace(face, shape="under") if self._is_under(manner.columns) and (face.icon or face.picture) else face

    def _place(self) -> None:
        if not self._buttons or self._look is None or self.width() <= 0:
            return
        look, arranged = self._look, self._arranged(self.width())
        spare = max(0, self.height() - arranged.height) // max(1, len(arranged.rows))
        y = 0
        for row, height in enumerate(arranged.rows):
            for column, key in enumerate(list(self._buttons)[row * arranged.columns : (row + 1) * arranged.columns]):
                self._set(key, arranged, QRect(column * (arranged.cell + look.gap), y, arranged.cell, height + spare))
            y += height + spare + look.gap

    def _set(self, key: str, arranged: _Arranged, rect: QRect) -> None:
        look, button = self._shown(), self._buttons[key]
        face = self._face(key, arranged.manner)
        if face.shape == "under":
            face = self._with_picture(face, arranged, rect)
        elif face.kind == "answer" and face.icon:
            beside = min(self._plan.beside_mm, int((rect.height() - 2 * look.pad) / look.px_per_mm))
            roomier = replace(face, icon_mm=max(face.icon_mm, beside))
            fit = Fitted(roomier, look)
            face = roomier if fit.needed(rect.width()) <= rect.height() and fit.narrowest <= rect.width() else face
        button.show_as(face, look)
        x = self.width() - rect.x() - rect.width() if look.right_to_left else rect.x()
        button.setGeometry(x, rect.y(), rect.width(), rect.height())

    def _with_picture(self, face: Face, arranged: _Arranged, rect: QRect) -> Face:
        """The picture as large as all of the words leave room for; the same size and height in the whole grid."""
        look = self._shown()
        fits = [self._measure(key, arranged.manner) for key in self._buttons]
        words = max(fit.words(rect.width()).height for fit in fits)
        others = max(fit.needed(rect.width()) - fit.icon for fit in fits)
        beside = 2 * max(look.pad, max(fit.tick for fit in fits) + look.mm(1.5))
        room = min(rect.height() - others - look.mm(3), rect.width() - beside)
        return replace(face, words_px=words, icon_mm=max(face.icon_mm, min(self._plan.picture_mm, int(room / look.px_per_mm))))
