"""What a whole number is chosen on: a line to touch anywhere, or numbered stops where there are few."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QWidget

from kiosk.screens import SliderAsk
from ui import icons
from ui.accessible import Role, Told
from ui.focus import draw_ring, ring_shown
from ui.theme import Look
from ui.wrapping import wrap

SLACK_MM = 20.0
"""How far beside the line a finger may leave the screen and still mean it; further off, nothing has happened."""

LINE_MM = 18.0
"""The height of the line's part; the knob has room in it."""
VALUE_FACTOR = 1.25
"""The number's size next to a heading's."""


class Stop(QAbstractButton, Told):
    """One number of a short scale. Chosen, it has a tick, a thick edge and another ground (never colour alone, S56)."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self._look: Look | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def dress(self, look: Look, name: str, *, chosen: bool) -> None:
        self._look = look
        self.setText(str(self.number))
        self.setAccessibleName(name)
        self.setChecked(chosen)
        self.update()

    def reader_role(self) -> Role:
        return Role.RadioButton

    def nextCheckState(self) -> None:
        """The screen says what is chosen, not the touch."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if not event.isAutoRepeat():
                self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        if self._look is None:
            return
        look, colours, on = self._look, self._look.palette, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = look.line * (3 if on else 2 if self.isDown() else 1)
        shown = on or self.isDown()
        painter.setPen(QPen(QColor(colours.chosen_edge if shown else colours.edge), thick))
        painter.setBrush(QColor(colours.chosen if shown else colours.panel))
        face = self.rect().toRectF().adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.drawRoundedRect(face, look.radius, look.radius)
        ink = colours.on_chosen if shown else colours.ink
        upper = face.adjusted(0, face.height() * 0.04, 0, -face.height() * 0.36) if on else face
        painter.setPen(QColor(ink))
        painter.setFont(number_font(look, 1.0))
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignCenter), self.text())
        if on:
            side = int(face.height() * 0.34)
            tick = icons.pixmap("check", side, colours, ink)
            painter.drawPixmap(QPointF(face.center().x() - side / 2, face.bottom() - side * 1.12), tick)
        if ring_shown(self):
            draw_ring(painter, self.rect().toRectF(), look)


class Track(QAbstractSlider):
    """A line for many numbers. The number shows while the finger is down and counts when it lifts (S67)."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._nothing = self._ends_named = ""
        self._chosen = False
        self._previous = (0, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.valueChanged.connect(self._set_from_outside)

    def dress(self, look: Look, nothing: str, ends: str = "") -> None:
        """Colours and letters from `look`; `nothing` is said while no number is chosen, `ends` is what its ends mean."""
        self._look, self._nothing, self._ends_named = look, nothing, ends
        self.update()

    def span(self, ask: SliderAsk) -> None:
        """Its numbers are those of `ask`."""
        self.blockSignals(True)
        self.setRange(ask.minimum, ask.maximum)
        self.setSingleStep(ask.step)
        self.blockSignals(False)

    def hold(self, value: int | None) -> None:
        """Show `value`, or that nothing is chosen."""
        if self.isSliderDown():
            return
        self._chosen = value is not None
        self.blockSignals(True)
        self.setValue(self.minimum() if value is None else value)
        self.blockSignals(False)
        self.setAccessibleDescription(". ".join(filter(None, (self._ends_named, "" if self._chosen else self._nothing))))
        self.update()

    def needed(self, width: int) -> int:
        """The least height in pixels when `width` wide: the number over the line."""
        return 0 if self._look is None else self._value_height(self._look, width) + self._look.mm(LINE_MM)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._previous = (self.value(), self._chosen)
        self.setSliderDown(True)
        self._preview(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._preview(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.isSliderDown():
            return
        self.setSliderDown(False)
        slack = 0 if self._look is None else self._look.mm(SLACK_MM)
        if self.rect().adjusted(-slack, -slack, slack, slack).contains(event.position().toPoint()):
            self.picked.emit(self.value())
        else:
            before, chosen = self._previous
            self.hold(before if chosen else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_value(painter, self._look)
        self._paint_line(painter, self._look)
        if ring_shown(self):
            draw_ring(painter, self.rect().toRectF(), self._look)

    def _paint_value(self, painter: QPainter, look: Look) -> None:
        high = self.height() - look.mm(LINE_MM)
        if self._chosen:
            painter.setFont(number_font(look, VALUE_FACTOR))
            painter.setPen(QColor(look.palette.ink))
            painter.drawText(QRectF(0, 0, self.width(), high), int(Qt.AlignmentFlag.AlignCenter), str(self.value()))
        else:
            words = wrap(self._nothing, look.font(), self.width(), Qt.AlignmentFlag.AlignHCenter, rtl=look.right_to_left)
            words.draw(painter, 0, (high - words.height) / 2, look.palette.quiet)

    def _paint_line(self, painter: QPainter, look: Look) -> None:
        colours, middle = look.palette, self.height() - look.mm(LINE_MM) // 2
        line = QRectF(self._ends()[0], middle - look.mm(1.5), self._ends()[1] - self._ends()[0], look.mm(3))
        painter.setPen(QPen(QColor(colours.edge), look.line))
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(line, look.mm(1.5), look.mm(1.5))
        if not self._chosen:
            return
        at, start = self._x(self.value()), self._x(self.minimum())
        painter.setBrush(QColor(colours.primary))
        painter.drawRoundedRect(QRectF(min(at, start), line.top(), abs(at - start), line.height()), look.mm(1.5), look.mm(1.5))
        painter.setPen(QPen(QColor(colours.panel), look.line))
        painter.drawEllipse(QPointF(at, middle), look.mm(8), look.mm(8))

    def _value_height(self, look: Look, width: int) -> int:
        words = wrap(self._nothing, look.font(), width).height
        return max(round(QFontMetricsF(number_font(look, VALUE_FACTOR)).height() + 0.5), words)

    def _ends(self) -> tuple[float, float]:
        inset = 0 if self._look is None else self._look.mm(10)
        return inset, self.width() - inset

    def _x(self, value: int) -> float:
        left, right = self._ends()
        share = (value - self.minimum()) / max(1, self.maximum() - self.minimum())
        return left + (right - left) * (1 - share if self._mirrored else share)

    def _set_from_outside(self, value: int) -> None:
        """Assistive technology moves the knob itself; a finger's number counts when the finger lifts."""
        if not self.isSliderDown():
            self.picked.emit(value)

    def _preview(self, x: float) -> None:
        left, right = self._ends()
        share = min(1.0, max(0.0, (x - left) / max(1.0, right - left)))
        along = 1 - share if self._mirrored else share
        steps = round(along * (self.maximum() - self.minimum()) / self.singleStep())
        self._chosen = True
        self.setValue(min(self.maximum(), self.minimum() + steps * self.singleStep()))
        self.update()

    @property
    def _mirrored(self) -> bool:
        return self._look is not None and self._look.right_to_left


def number_font(look: Look, factor: float) -> QFont:
    """The font of numbers, in the Latin letters' family: digits are 0 to 9 in every language."""
    font = look.font("heading")
    font.setFamilies(font.families()[::-1])
    font.setPixelSize(round(font.pixelSize() * factor))
    return font
