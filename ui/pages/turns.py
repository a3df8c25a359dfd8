"""You said, we did: two sentences with a bar at their start, which take turns with others in the same place."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import Turn
from ui.accessible import Role
from ui.blocks import Block, Words
from ui.parts import name_part
from ui.theme import Look

BAR_MM, BESIDE_MM, BETWEEN_MM = 1.2, 3.0, 1.0
PICTURE_MM = 12.0
ISOLATED = "\u2068{}\u2069"
"""A sentence in the other direction of writing keeps its full stop at its own end."""


class Turns(QWidget, Block):
    """The first of several texts, with room for the longest: nothing moves under a finger when another has its turn."""

    late = True
    spare = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[tuple[Words, Words]] = []
        self._look: Look | None = None

    def show_turns(self, turns: tuple[Turn, ...], language: str, look: Look) -> None:
        """Show the first of `turns` on a screen in `language`."""
        self._look = look
        while len(self._pairs) < len(turns):
            self._pairs.append(self._new_pair())
        while len(self._pairs) > len(turns):
            for words in self._pairs.pop():
                words.hide()
                words.deleteLater()
        for number, (pair, turn) in enumerate(zip(self._pairs, turns, strict=True)):
            self._show_pair(pair, turn, turn.language == language)
            for words in pair:
                words.setVisible(number == 0)
        self._place()
        self.update()

    def highlight_part(self, key: str, start: int, length: int) -> None:
        """Mark the sentence ``said`` or ``did`` while it is spoken."""
        for words, name in zip(self._pairs[0], ("said", "did"), strict=True):
            words.highlight(start, length, spoken=name == key)

    def needed(self, width: int) -> int:
        return max((self._height(pair, width) for pair in self._pairs), default=0)

    def offer(self, height: int) -> None:
        for words in self._pairs[0]:
            words.offer(height)

    def breaks(self, width: int) -> tuple[int, ...]:
        """Between the lines of what is shown, to the end of the last; no page needs to show the room for longer texts."""
        said, did = self._pairs[0]
        room = max(1, width - self._start())
        below = said.needed(room) + self._shown().mm(BETWEEN_MM)
        return (*said.breaks(room)[:-1], below, *(below + end for end in did.breaks(room)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look = self._shown()
        bar = QRect(0, 0, look.mm(BAR_MM), self._height(self._pairs[0], self.width()) if self._pairs else 0)
        if look.right_to_left:
            bar.moveRight(self.width() - 1)
        painter = QPainter(self)
        painter.fillRect(bar, QColor(look.palette.primary))
        painter.end()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _new_pair(self) -> tuple[Words, Words]:
        pair = (Words(self), Words(self))
        for words, key in zip(pair, ("said", "did"), strict=True):
            name_part(words, key)
            words.told_as = Role.StaticText
        return pair

    def _show_pair(self, pair: tuple[Words, Words], turn: Turn, own: bool) -> None:
        look = self._shown()
        rows = ((turn.said, "body", turn.said_picture), (turn.did, "strong", turn.did_picture))
        for words, (text, role, picture) in zip(pair, rows, strict=True):
            words.show_words(text if own else ISOLATED.format(text), look, role)
            words.setAccessibleName(text)
            words.add_picture(picture, PICTURE_MM)

    def _start(self) -> int:
        return self._shown().mm(BAR_MM + BESIDE_MM)

    def _height(self, pair: tuple[Words, Words], width: int) -> int:
        room = max(1, width - self._start())
        return sum(words.needed(room) for words in pair) + self._shown().mm(BETWEEN_MM)

    def _place(self) -> None:
        if self._look is None or not self._pairs or self.width() <= self._start():
            return
        start, between = self._start(), self._look.mm(BETWEEN_MM)
        room, x = self.width() - start, 0 if self._look.right_to_left else start
        for pair in self._pairs:
            y = 0
            for words in pair:
                height = words.needed(room)
                words.setGeometry(x, y, room, height)
                y += height + between

    def _shown(self) -> Look:
        assert self._look is not None, "show_turns comes first"  # noqa: S101 - a mistake of ours
        return self._look
