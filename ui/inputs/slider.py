"""A number on a scale: stops to touch where there are few, else a line with "less" and "more". Nothing needs a drag (S68)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.events import Changed
from kiosk.screens import Screen, SliderAsk
from ui.inputs.base import Input
from ui.inputs.track import Stop, Track
from ui.parts import name_part
from ui.theme import Look
from ui.tiles import Face, TouchButton
from ui.wrapping import Wrapped, wrap

MOST_STOPS = 11
WIDEST_MM, HIGHEST_MM = 36.0, 30.0
"""Of a stop: larger ones are only further apart."""


class SliderInput(Input[SliderAsk]):
    """Takes a whole number by touch, or by Left, Right, Home and End."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask: SliderAsk | None = None
        self._look: Look | None = None
        self.stops: list[Stop] = []
        self.less, self.track, self.more = TouchButton(self), Track(self), TouchButton(self)
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.track.picked.connect(self._tell)
        name_part(self.track, "ask")

    def render(self, ask: SliderAsk, look: Look, screen: Screen) -> None:  # type: ignore[override]
        self._ask, self._look = ask, look
        self._make_stops(list(numbers(ask)) if few(ask) else [])
        for widget in (self.less, self.track, self.more):
            widget.setVisible(not self.stops)
        self.less.show_as(Face(ask.less, icon="minus", shape="under"), look)
        self.more.show_as(Face(ask.more, icon="plus", shape="under"), look)
        self.track.span(ask)
        self.track.setAccessibleName(screen.heading)
        ends = ((ask.minimum, ask.lower_label), (ask.maximum, ask.upper_label))
        self.track.dress(look, screen.key_name("nothing-chosen"), ". ".join(f"{at}: {words}" for at, words in ends if words))
        self._show()
        self.updateGeometry()
        self._arrange()
        self.update()

    @property
    def value(self) -> int | None:
        """The number chosen, None for none."""
        typed = self._ask.typed[0] if self._ask and self._ask.typed else ""
        return int(typed) if typed.removeprefix("-").isdecimal() else None

    def first_focus(self) -> QWidget:
        return next((stop for stop in self.stops if stop.number == self.value), self.stops[0]) if self.stops else self.track

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = -1 if self._look is not None and self._look.right_to_left else 1
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._step(forward if event.key() == Qt.Key.Key_Right else -forward)
            case Qt.Key.Key_Home if self._ask:
                self._tell(self._ask.minimum)
            case Qt.Key.Key_End if self._ask:
                self._tell(self._ask.maximum)
            case _:
                event.ignore()

    # --- what is chosen ---

    def _step(self, by: int) -> None:
        """One step less or more; from nothing, the middle."""
        if self._ask is None:
            return
        steps = numbers(self._ask)
        value = self.value
        if value is None:
            self._tell(steps[len(steps) // 2])
        else:
            self._tell(min(self._ask.maximum, max(self._ask.minimum, value + by * self._ask.step)))

    def _tell(self, value: int) -> None:
        if self._ask is None or (value == self.value and not self.track.isSliderDown()):
            self._show()
            return
        focused = any(stop.hasFocus() for stop in self.stops)
        ask = self._ask
        self._ask = replace(ask, typed=(str(value),))
        self._show()
        if focused:
            self.first_focus().setFocus()
        self.happened.emit(Changed(ask.place, ask.chosen, (str(value),)))

    def _show(self) -> None:
        if self._ask is None or self._look is None:
            return
        ends = {self._ask.minimum: self._ask.lower_label, self._ask.maximum: self._ask.upper_label}
        for stop in self.stops:
            name = " ".join(filter(None, (str(stop.number), ends.get(stop.number, ""))))
            stop.dress(self._look, name, chosen=stop.number == self.value)
        self.track.hold(self.value)

    def _make_stops(self, wanted: list[int]) -> None:
        if [stop.number for stop in self.stops] == wanted:
            return
        for stop in self.stops:
            stop.setParent(None)
            stop.deleteLater()
        self.stops = [Stop(number, self) for number in wanted]
        for stop in self.stops:
            stop.clicked.connect(partial(self._tell, stop.number))
            stop.show()

    # --- room ---

    def needed(self, width: int) -> int:
        if self._look is None or self._ask is None:
            return 0
        return self._top(width) + self._labels_height(width)

    def breaks(self, width: int) -> tuple[int, ...]:
        """A low page may end under a row of stops, and between the lines of the words."""
        if self._look is None:
            return (self.needed(width),)
        gap, top = self._gap(width), self._top(width)
        rows = -(-len(self.stops) // self._columns(width)) if self.stops else 1
        ends = [row * self._look.target + (row - 1) * gap for row in range(1, rows)]
        lines = max((words.bottoms for words in self._labels(width)), key=len)
        return (*ends, top, *(top + self._look.mm(1.5) + bottom for bottom in lines))

    def most(self, width: int) -> int:
        if self._look is None or not self.stops:
            return self.needed(width)
        rows = -(-len(self.stops) // self._columns(width))
        spare = rows * (self._look.mm(HIGHEST_MM) - self._look.target)
        return self.needed(width) + spare

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        """The words at both ends, under them."""
        if self._look is None:
            return
        painter = QPainter(self)
        block = self._block()
        for words, start in zip(self._labels(block.width()), (True, False), strict=True):
            left = start is not self._look.right_to_left
            x = block.left() if left else block.left() + block.width() // 2 + self._look.gap // 2
            words.draw(painter, x, block.bottom() + 1 + self._look.mm(1.5), self._look.palette.ink)

    def _arrange(self) -> None:
        if self._look is None or self._ask is None or not self.width():
            return
        block = self._block()
        if self.stops:
            self._place_stops(block)
            return
        side = self._side
        self.less.setGeometry(self._mirrored(QRect(block.left(), block.top(), side, block.height())))
        self.more.setGeometry(self._mirrored(QRect(block.right() + 1 - side, block.top(), side, block.height())))
        gap = self._look.gap
        self.track.setGeometry(block.adjusted(side + gap, 0, -side - gap, 0))

    def _place_stops(self, block: QRect) -> None:
        columns = self._columns(self.width())
        gap = self._gap(self.width())
        rows = -(-len(self.stops) // columns)
        high = (block.height() - (rows - 1) * gap) // rows
        for number, stop in enumerate(self.stops):
            row, column = divmod(number, columns)
            left = block.left() + round(column * (block.width() + gap) / columns)
            right = block.left() + round((column + 1) * (block.width() + gap) / columns) - gap
            stop.setGeometry(self._mirrored(QRect(left, block.top() + row * (high + gap), right - left, high)))

    def _block(self) -> QRect:
        """Where the scale stands, without the words under its ends."""
        if self._look is None:
            return QRect()
        high = max(self._top(self.width()), self.height() - self._labels_height(self.width()))
        if not self.stops:
            return QRect(0, 0, self.width(), min(high, self._top(self.width()) + self._look.mm(6)))
        columns, gap = self._columns(self.width()), self._gap(self.width())
        rows = -(-len(self.stops) // columns)
        wide = min(self.width(), columns * self._look.mm(WIDEST_MM) + (columns - 1) * gap)
        high = min(high, rows * self._look.mm(HIGHEST_MM) + (rows - 1) * gap)
        return QRect((self.width() - wide) // 2, 0, wide, high)

    def _top(self, width: int) -> int:
        """The least height in pixels of the scale itself."""
        if self._look is None:
            return 0
        if not self.stops:
            line = self.track.needed(width - 2 * (self._side + self._look.gap))
            return max(self.less.sizeHint().height(), self.more.sizeHint().height(), line)
        rows = -(-len(self.stops) // self._columns(width))
        return rows * self._look.target + (rows - 1) * self._gap(width)

    @property
    def _side(self) -> int:
        """Width in pixels of "less" and "more"."""
        return max(self.less.sizeHint().width(), self.more.sizeHint().width())

    def _columns(self, width: int) -> int:
        """Stops in a row; rows are as even as can be."""
        count, gap = len(self.stops), self._gap(width)
        most = max(1, (width + gap) // ((self._look.target if self._look else 1) + gap))
        return -(-count // -(-count // most))

    def _gap(self, width: int) -> int:
        """3 mm between stops, or 1 mm where that keeps them in one row."""
        if self._look is None:
            return 0
        close = self._look.mm(1)
        roomy = len(self.stops) * (self._look.target + self._look.gap) - self._look.gap <= width
        one_row = len(self.stops) * (self._look.target + close) - close <= width
        return close if one_row and not roomy else self._look.gap

    def _labels(self, width: int) -> tuple[Wrapped, Wrapped]:
        if self._look is None or self._ask is None:
            return wrap("", self.font(), 1), wrap("", self.font(), 1)
        rtl, half = self._look.right_to_left, (width - self._look.gap) // 2
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        sides = (end, start) if rtl else (start, end)
        lower, upper = self._end_words(self._ask, width)
        font = self._look.font()
        return wrap(lower, font, half, sides[0], rtl=rtl), wrap(upper, font, half, sides[1], rtl=rtl)

    def _end_words(self, ask: SliderAsk, width: int) -> tuple[str, str]:
        """The ends' words; with their numbers where the ends are not in one row."""
        one_row = not self.stops or self._columns(width) == len(self.stops)
        pairs = ((ask.minimum, ask.lower_label), (ask.maximum, ask.upper_label))
        first, last = (label if one_row or not label else f"{number}: {label}" for number, label in pairs)
        return first, last

    def _labels_height(self, width: int) -> int:
        if self._look is None:
            return 0
        high = max(words.height for words in self._labels(width))
        return high + self._look.mm(1.5) if high else 0

    def _mirrored(self, rect: QRect) -> QRect:
        if self._look is not None and self._look.right_to_left:
            return QRect(self.width() - rect.right() - 1, rect.top(), rect.width(), rect.height())
        return rect


def few(ask: SliderAsk) -> bool:
    """Whether each number can have a stop of its own."""
    return len(numbers(ask)) <= MOST_STOPS


def numbers(ask: SliderAsk) -> range:
    """Every number that can be chosen."""
    return range(ask.minimum, ask.maximum + 1, max(1, ask.step))
