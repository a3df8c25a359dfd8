"""The cover over a hidden screen: nobody beside a listening person reads along (S46). Touches go through it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui import icons
from ui.parts import name_part
from ui.theme import Look
from ui.wrapping import Side, set_lines

ICON_MM = 22
LINES = 1.25


class Cover(QLabel):
    """Calm and whole: a picture, that the screen is hidden, and how to see it again."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._look: Look | None = None
        self._sentences = ("", "")
        self._room = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        name_part(self, "cover")
        self.hide()

    def show_over(self, sentences: tuple[str, str], look: Look, room: QRect) -> None:
        """Cover the window; the sentences stand in `room` of it."""
        self._sentences, self._look, self._room = sentences, look, room
        self.setText(" ".join(sentences))
        self.setAccessibleName(self.text())
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look = self._look
        if look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.palette.ground))
        room, side = self._room, look.mm(ICON_MM)
        middle = Side(look.right_to_left, centred=True)
        heading = set_lines(self._sentences[0], look.font("heading"), room.width(), middle, LINES)
        how = set_lines(self._sentences[1], look.font(), room.width(), middle)
        whole = heading.height + look.gap + how.height
        fits = whole + side + look.gap <= room.height()
        y = room.y() + max(0, room.height() - whole - (side + look.gap if fits else 0)) // 2
        if fits:
            painter.drawPixmap(room.center().x() - side // 2, y, icons.pixmap("hide", side, look.palette, look.palette.quiet))
            y += side + look.gap
        heading.draw(painter, room.x(), y, look.palette.ink)
        how.draw(painter, room.x(), y + heading.height + look.gap, look.palette.ink)
        painter.end()
