"""Smaller parts of pages: the trail above a question, a picture, a fact in a table."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.accessible import Role, Told
from ui.blocks import Block, Words
from ui.parts import name_part
from ui.theme import Look
from ui.wrapping import Side, Wrapped, set_lines, widest_word


class Trail(QWidget, Block):
    """The section's name at the start, the progress at the end; one under the other where both do not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.progress = Words(self), Words(self)
        self.context.quiet = self.progress.quiet = True
        name_part(self.context, "context")
        name_part(self.progress, "progress")
        self._look: Look | None = None

    def show_trail(self, context: str, progress: str, look: Look) -> None:
        self._look = look
        self.context.show_words(context, look, "strong")
        self.progress.show_words(progress, look)
        self.context.setVisible(bool(context))
        self.progress.setVisible(bool(progress))
        self._place()

    def needed(self, width: int) -> int:
        heights = [part.needed(width) for part in (self.context, self.progress) if part.text()]
        return max(heights, default=0) if self._side_by_side(width) else sum(heights)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self._place()

    def _side_by_side(self, width: int) -> bool:
        parts = [part for part in (self.context, self.progress) if part.text()]
        gap = self._look.mm(8) if self._look else 0
        return sum(part.natural_width() for part in parts) + gap <= width

    def _place(self) -> None:
        if self._look is None or self.width() <= 0:
            return
        if not self._side_by_side(self.width()):
            top = self.context.needed(self.width()) if self.context.text() else 0
            self.context.setGeometry(0, 0, self.width(), top)
            self.progress.setGeometry(0, top, self.width(), self.height() - top)
            return
        end = self.progress.natural_width()
        left = QRect(0, 0, self.width() - end, self.height())
        right = QRect(self.width() - end if self.context.text() else 0, 0, end, self.height())
        if self._look.right_to_left:
            left.moveLeft(end)
            right.moveLeft(0 if self.context.text() else self.width() - end)
        self.context.setGeometry(left)
        self.progress.setGeometry(right)


class Picture(QLabel, Block, Told):
    """A picture that belongs to a question, as large as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._look: Look | None = None

    def show_picture(self, picture: QPixmap, title: str, look: Look) -> None:
        self._picture, self._look = picture, look
        self.setAccessibleName(title)
        self.update()

    def reader_role(self) -> Role:
        return Role.Graphic

    def needed(self, width: int) -> int:
        size = self._picture.size()
        most = self._look.mm(45) if self._look else 0
        return min(most, size.height() * width // max(1, size.width()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        rtl = self._look is not None and self._look.right_to_left
        x = self.width() - size.width() if rtl else 0
        painter.drawPixmap(QRect(x, 0, size.width(), size.height()), self._picture)
        painter.end()


class Fact(QLabel, Block, Told):
    """One row of a table: what it is at the start, how it stands beside it."""

    NAME_SHARE = 0.45

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._value = ""
        self._look: Look | None = None

    def show_fact(self, name: str, value: str, look: Look) -> None:
        self._name, self._value, self._look = name, value, look
        self.setText(f"{name}: {value}")
        self.setAccessibleName(self.text())
        self.update()

    def reader_role(self) -> Role:
        return Role.StaticText

    def needed(self, width: int) -> int:
        name, value = self._parts(width)
        inner = name.height + value.height if self._is_stacked(width) else max(name.height, value.height)
        return inner + self._shown().mm(2)

    def breaks(self, width: int) -> tuple[int, ...]:
        """Between lines, once the name has been read."""
        name, value = self._parts(width)
        top = name.height if self._is_stacked(width) else 0
        ends = [self._shown().mm(1) + top + end for end in value.bottoms[:-1] if top + end >= name.height]
        return (*ends, self.needed(width))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, width = self._shown(), self.width()
        name, value = self._parts(width)
        stacked = self._is_stacked(width)
        painter = QPainter(self)
        split = 0 if stacked else self._split(width)
        first = 0 if stacked or not look.right_to_left else width - split + look.mm(2)
        second = 0 if look.right_to_left else split
        name.draw(painter, first, look.mm(1), look.palette.quiet)
        value.draw(painter, second, look.mm(1) + (name.height if stacked else 0), look.palette.ink)
        painter.setPen(QPen(QColor(look.palette.edge), 1))
        painter.drawLine(0, self.height() - 1, width, self.height() - 1)
        painter.end()

    def _shown(self) -> Look:
        assert self._look is not None, "show_fact comes first"  # noqa: S101 - a mistake of ours
        return self._look

    def _split(self, width: int) -> int:
        return int(width * self.NAME_SHARE)

    def _is_stacked(self, width: int) -> bool:
        """One above the other, where a word would break in two columns."""
        look, split = self._shown(), self._split(width)
        names, values = widest_word(self._name, look.font()), widest_word(self._value, look.font("strong"))
        return names > split - look.mm(2) or values > width - split

    def _parts(self, width: int) -> tuple[Wrapped, Wrapped]:
        look, split = self._shown(), self._split(width)
        side = Side(look.right_to_left)
        first, second = (width, width) if self._is_stacked(width) else (split - look.mm(2), width - split)
        return set_lines(self._name, look.font(), first, side), set_lines(self._value, look.font("strong"), second, side)


def panel(painter: QPainter, rect: QRect, look: Look) -> None:
    """A quiet card to lay things on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(look.palette.panel))
    painter.setPen(QPen(QColor(look.palette.edge), look.line))
    half = look.line / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), look.radius, look.radius)
