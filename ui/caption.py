"""What the keys say and the screen does not show, in words: the letter one is at, the end of a page, how the keys work (S20).

For somebody who uses the keypad and sees, or who hears little; and for a language without a voice.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from ui.parts import name_part
from ui.theme import Look
from ui.wrapping import Side, Wrapped, set_lines

WIDEST_SHARE, LEAST_MM = 0.9, 16


class Caption(QLabel):
    """A strip over the foot of the page. Touches go through it; the next key or touch takes it away."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._look: Look | None = None
        self._words: Wrapped | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        name_part(self, "caption")
        self.hide()

    def show_words(self, text: str, look: Look, room: QRect) -> None:
        """Show `text` at the foot of `room`; ``""`` takes the strip away."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if not text:
            return
        self._look, pad = look, look.mm(3)
        widest = int(room.width() * WIDEST_SHARE) - 2 * pad
        font, middle = look.font("strong"), Side(look.right_to_left, centred=True)
        self._words = set_lines(text, font, set_lines(text, font, widest, middle).width, middle)
        width, height = max(self._words.width + 2 * pad, look.mm(LEAST_MM)), self._words.height + 2 * pad
        self.setGeometry(room.center().x() - width // 2, room.bottom() - height, width, height)
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, words = self._look, self._words
        if look is None or words is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(look.palette.primary))
        painter.setPen(QPen(QColor(look.palette.on_primary), look.line))
        half = look.line / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), look.radius, look.radius)
        words.draw(painter, (self.width() - words.width) // 2, (self.height() - words.height) // 2, look.palette.on_primary)
        painter.end()
