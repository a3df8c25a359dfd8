"""Words: a large box, and the keyboard under it. The box is always in sight, whatever the height that is left."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.events import Changed
from kiosk.screens import Screen, TextAsk
from ui.inputs.base import Input
from ui.inputs.writing_box import Paper, frame_px
from ui.keyboard import Keyboard, fits
from ui.keyboard_layout import KeyboardLayout, keyboard_for
from ui.theme import Look
from ui.wrapping import widest_word, wrap

LEAST_LINES = 2
MOST_LINES = 8
"""A box higher than this only pushes the keyboard away."""
SENTENCE_ENDS = ".!?…"


class TextInput(Input[TextAsk]):
    """Takes words from the keyboard on the screen, or from a real one."""

    wants_whole_page = True
    """The page keeps its heading to one line, so that box and keyboard have the room."""
    key_named = Signal(str)
    """The spoken name of a key that was touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask: TextAsk | None = None
        self._look: Look | None = None
        self._layout_of_keys: KeyboardLayout | None = None
        self._count_words = ""
        self._offered = 1_000_000
        self.paper = Paper(self)
        self.box = self.paper.box
        self.count = QLabel(self)
        self.count.setWordWrap(True)
        self.keyboard = Keyboard(self)
        self.keyboard.write_to(self.box)
        self.keyboard.key_named.connect(self.key_named)
        self.box.worded.connect(self._worded)
        self.box.cursorPositionChanged.connect(self._caret_moved)

    def render(self, ask: TextAsk, look: Look, screen: Screen) -> None:  # type: ignore[override]
        words = screen.key_name("letters-left") if ask.max_length is not None else ""
        dressed = (look, keyboard_for(ask.language), words)
        if dressed != (self._look, self._layout_of_keys, self._count_words):
            self._dress(*dressed)
        same = self._ask is not None and (self._ask.one_line, self._ask.max_length) == (ask.one_line, ask.max_length)
        self._ask = ask
        self.box.hold(ask.typed[0] if ask.typed else "", ask.max_length, one_line=ask.one_line)
        self.box.setPlaceholderText(ask.hint)
        self.box.setAccessibleName(ask.name or screen.heading)
        self._tell()
        if not same:
            self._arrange()
            self.updateGeometry()

    def first_focus(self) -> QWidget:
        return self.box

    def needed(self, width: int) -> int:
        """Box and keyboard with nothing cut; where that is more than was offered, with the text at 100 %."""
        look, layout = self._look, self._layout_of_keys
        if look is None or layout is None:
            return 0
        keys = fits(layout, look, width)[-1].height + look.gap
        full = keys + self._box_height(self._lines, look.font())
        return full if full <= self._offered else keys + self._box_height(1, self._least_font(look))

    def offer(self, height: int) -> None:
        if height != self._offered:
            self._offered = height
            self.updateGeometry()

    def most(self, width: int) -> int:
        """The highest keyboard, the count, and the longest box."""
        if self._look is None or self._layout_of_keys is None:
            return 0
        box = self._box_height(1 if self._lines == 1 else MOST_LINES, self._look.font())
        count = wrap(self._fullest(), self._look.font(), width).height if self._count_words else 0
        return box + count + self._look.gap + fits(self._layout_of_keys, self._look, width)[0].height

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self._arrange()

    # --- what is written ---

    def _worded(self, text: str) -> None:
        self._tell()
        if self._ask is not None:
            self.happened.emit(Changed(self._ask.place, self._ask.chosen, (text,)))

    def _caret_moved(self) -> None:
        self.keyboard.begins_sentence(begins_sentence(self.box.before_caret()))

    def _tell(self) -> None:
        if self._ask is not None and self._ask.max_length is not None:
            self.count.setText(self._left(self._ask.max_length - len(self.box.toPlainText())))
        self._caret_moved()

    def _left(self, letters: int) -> str:
        return self._count_words.replace("{n}", str(max(0, letters)))

    def _fullest(self) -> str:
        return self._left(self._ask.max_length or 0) if self._ask else ""

    # --- how it looks ---

    def _dress(self, look: Look, layout: KeyboardLayout, count_words: str) -> None:
        self._look, self._layout_of_keys, self._count_words = look, layout, count_words
        self.count.setFont(look.font())
        self.count.setStyleSheet(f"color: {look.palette.quiet};")
        self._arrange()

    @property
    def _lines(self) -> int:
        return 1 if self._ask is not None and self._ask.one_line else LEAST_LINES

    def _box_height(self, lines: float, font: QFont) -> int:
        return 0 if self._look is None else round(QFontMetricsF(font).lineSpacing() * lines + 0.5) + 2 * frame_px(self._look)

    def _arrange(self) -> None:
        """The keyboard as good as fits beside the least box; then the box and its count with what is left."""
        look, layout = self._look, self._layout_of_keys
        if look is None or layout is None or self._ask is None or not self.width():
            return
        wanted = self._box_height(self._lines, look.font())
        ways = fits(layout, look, self.width())
        way = next((way for way in ways if self.height() - way.height - look.gap >= wanted), ways[-1])
        least = self._box_height(1, self._least_font(look))
        keys = min(way.height, self.height() - look.gap - least)
        self.keyboard.dress(way.layout, look, one_line=self._ask.one_line)
        room = self.height() - keys - look.gap
        font = self._fitting_font(room, look)
        self.paper.dress(look, font)
        box = self._place_box(room, look, font)
        self.keyboard.setGeometry(0, box + look.gap, self.width(), keys)

    def _least_font(self, look: Look) -> QFont:
        return replace(look, text_percent=100).font()

    def _fitting_font(self, room: int, look: Look) -> QFont:
        """The text's font; smaller, but never below 100 %, where the screen is too low for the least lines."""
        font, least = look.font(), self._least_font(look).pixelSize()
        while self._box_height(self._lines, font) > room and font.pixelSize() > least:
            font.setPixelSize(font.pixelSize() - 1)
        return font

    def _place_box(self, room: int, look: Look, font: QFont) -> int:
        """Places box and count; returns where they end, in pixels from the top."""
        most = self._box_height(1 if self._lines == 1 else MOST_LINES, font)
        width = self.width()
        self.count.setVisible(bool(self._count_words))
        if not self._count_words:
            self.paper.setGeometry(0, 0, width, min(room, most))
            return min(room, most)
        fullest = self._fullest()
        under = wrap(fullest, look.font(), width).height
        if room - under >= self._box_height(self._lines, font):
            box = min(room - under, most)
            self.paper.setGeometry(0, 0, width, box)
            self.count.setGeometry(0, box, width, under)
            return box + under
        box = min(room, most)
        beside = _narrowest(fullest, look.font(), box, width // 3)
        self.paper.setGeometry(self._mirrored(QRect(0, 0, width - beside - look.gap, box)))
        self.count.setGeometry(self._mirrored(QRect(width - beside, 0, beside, box)))
        return box

    def _mirrored(self, rect: QRect) -> QRect:
        if self._look is not None and self._look.right_to_left:
            rect.moveLeft(self.width() - rect.width() - rect.left())
        return rect


def _narrowest(text: str, font: QFont, height: int, most: int) -> int:
    """The least width in pixels at which `text` stays within `height`."""
    least = widest_word(text, font)
    return next((w for w in range(least, most, 8) if wrap(text, font, w).height <= height), max(least, most))


def begins_sentence(before: str) -> bool:
    """Whether a sentence begins after the words `before`."""
    said = before.rstrip()
    return not said or before.endswith("\n") or (said != before and said[-1] in SENTENCE_ENDS)
