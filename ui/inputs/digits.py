"""Boxes of digits and their pad, arranged for the room there is: what numbers and dates have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import Screen
from ui.accessible import in_reading_order
from ui.inputs.base import AskT
from ui.inputs.crowded import UNLIMITED, KeyedInput
from ui.inputs.digit_pad import DigitPad, PadKeys
from ui.inputs.field import Field, flowing, struck
from ui.theme import Look
from ui.tiles import TouchButton


@dataclass(frozen=True, slots=True)
class Way:
    """An arrangement: the pad's `rows`; `aside`: the pad beside the boxes; `flat`: labels beside their boxes."""

    rows: int
    aside: bool = False
    flat: bool = False


WAYS = (
    Way(4),
    Way(4, aside=True),
    Way(3, aside=True),
    Way(3),
    Way(3, aside=True, flat=True),
    Way(2, aside=True),
    Way(2),
    Way(2, flat=True),
)
"""Best first."""
BARE_WAYS = (Way(0), Way(0, flat=True))
"""Without the pad."""


class DigitsInput(KeyedInput[AskT]):
    """Boxes and further buttons (`choices`) that share one pad. Subclasses say what a key does: ``strike``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: list[Field] = []
        self.choices: list[TouchButton] = []
        self.pad = DigitPad(self)
        self.pad.struck.connect(self.strike)
        self._look: Look | None = None
        self._way = WAYS[0]

    keys_named = "numbers"

    def strike(self, name: str) -> None:
        """A key was touched or typed: a digit, ``backspace``, ``mark`` or ``sign``."""
        raise NotImplementedError

    def dress_pad(self, look: Look, screen: Screen, keys: PadKeys) -> None:
        self._look = look
        self.name_turn(screen)
        said = {"mark": "decimal", "sign": "minus"}
        names = {key: screen.key_name(said.get(key, key)) for key in ("backspace", "mark", "sign", "clear", "ok")}
        self.pad.dress(look, keys, names)

    def tab_order(self) -> list[QWidget]:
        """The boxes come before the choices, and these before the pad, for those who go from one to the next by Tab."""
        return [*self._boxes, *self.pad.buttons()]

    def chain(self) -> None:
        in_reading_order((*self.fields, *self.choices, self.turn, self.pad))
        for one, other in pairwise(self.tab_order()):
            QWidget.setTabOrder(one, other)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = struck(event.key(), event.text())
        if name:
            self.strike(name)
        else:
            event.ignore()

    # --- room ---

    def needed(self, width: int) -> int:
        """Boxes and pad; where the question leaves no room for both, the boxes alone."""
        if self.judge(min(self._height(way, width) for way in WAYS)):
            return min(self._flow(way, width)[1] for way in BARE_WAYS)
        return self._height(self._best(width, self._offered), width)

    def most(self, width: int) -> int:
        if self.crowded:
            return self.needed(width)
        way = self._best(width, self._offered)
        spare = self.pad.most_px(way.rows)[1] - self.pad.height_px(way.rows)
        return self._height(way, width) + spare

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self.arrange()

    def arrange(self) -> None:
        """Put everything in its place for the size this widget has."""
        if self._look is None or not self.width():
            return
        self.show_turn(self._look)
        self.pad.setVisible(self.keys_shown)
        self._way = way = self._best(self.width(), self.height())
        places, high = self._flow(way, self.width())
        wide = max((place.right() + 1 for place in places), default=0)
        taken = QSize(wide + self._apart, 0) if way.aside else QSize(0, high + self._look.gap)
        pad = self._pad_size(way, self.width() - taken.width(), self.height() - taken.height())
        block = wide + (pad.width() + self._apart if way.aside else 0)
        left = max(0, (self.width() - block) // 2)
        top = max(0, (pad.height() - high) // 2) if way.aside else 0
        for widget, place in zip(self._boxes, places, strict=True):
            widget.setGeometry(self._mirrored(place.translated(left, top)))
        for field in self.fields:
            field.beside = way.flat
        x, y = (left + wide + self._apart, 0) if way.aside else ((self.width() - pad.width()) // 2, high + self._look.gap)
        if not way.rows:
            return
        self.pad.stand(way.rows)
        self.pad.setGeometry(self._mirrored(QRect(x, y, pad.width(), pad.height())))

    @property
    def _boxes(self) -> Sequence[Field | TouchButton]:
        return (*self.fields, *self.choices, *((self.turn,) if self.crowded else ()))

    @property
    def _apart(self) -> int:
        """Between boxes and the pad beside them, in pixels."""
        return 0 if self._look is None else self._look.mm(8)

    def _best(self, width: int, height: int) -> Way:
        ways = WAYS if self.keys_shown else BARE_WAYS
        heights = {way: self._height(way, width) for way in ways}
        return next((way for way in ways if heights[way] <= height), min(ways, key=lambda way: heights[way]))

    def _height(self, way: Way, width: int) -> int:
        if self._look is None:
            return 0
        _, high = self._flow(way, width)
        if not way.rows:
            return high
        pad = self.pad.height_px(way.rows)
        if self.pad.width_px(way.rows) > width or (way.aside and self._narrow(way) > self._room(way, width)):
            return UNLIMITED
        return max(high, pad) if way.aside else high + self._look.gap + pad

    def _narrow(self, way: Way) -> int:
        return max((size.width() for size in self._sizes(way)), default=0)

    def _room(self, way: Way, width: int) -> int:
        """The width in pixels that boxes have."""
        return width - (self.pad.width_px(way.rows) + self._apart if way.aside else 0)

    def _sizes(self, way: Way) -> list[QSize]:
        choices = [choice.sizeHint() for choice in self.choices]
        wide = max((size.width() for size in choices), default=0)
        side = self._look.target if self._look else 0
        turn = [QSize(side, side)] if self.crowded else []
        fields = [field.needed(beside=way.flat) for field in self.fields]
        return [*fields, *(QSize(wide, size.height()) for size in choices), *turn]

    def _flow(self, way: Way, width: int) -> tuple[list[QRect], int]:
        gap = self._look.gap if self._look else 0
        return flowing(self._sizes(way), max(1, self._room(way, width)), gap)

    def _pad_size(self, way: Way, wide: int, high: int) -> QSize:
        """As large as the room allows, with square keys of 20 to 30 mm."""
        least = QSize(self.pad.width_px(way.rows), self.pad.height_px(way.rows))
        widest, highest = self.pad.most_px(way.rows)
        height = max(least.height(), min(high, highest))
        return QSize(max(least.width(), min(widest, wide, least.width() * height // max(1, least.height()))), height)

    def _mirrored(self, rect: QRect) -> QRect:
        if self._look is not None and self._look.right_to_left:
            return QRect(self.width() - rect.right() - 1, rect.top(), rect.width(), rect.height())
        return rect
