"""A box for digits: touched to choose it, filled by the digit pad or by a real keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.focus import draw_ring, ring_shown
from ui.inputs.writing_box import draw_sheet, frame_px
from ui.theme import Look
from ui.wrapping import Side, set_lines

LABEL_LINES = 1.25
"""Height of a label, in ems."""


class Field(QAbstractButton):
    """Shows `digits`, its label above or beside them, its unit after them. Digits run left to right in every language."""

    reached = Signal()
    """The focus came to it by Tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self.label = ""
        self.digits = ""
        self.unit = ""
        self.places = 4
        self.active = False
        self.beside = False
        """The label stands beside the digits: lower, for a low screen."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def dress(self, look: Look, label: str, *, unit: str = "", places: int = 4) -> None:
        """Colours and letters from `look`; room for `places` digits."""
        self._look, self.label, self.unit, self.places = look, label, unit, places
        self.setAccessibleName(label)
        self.update()

    def hold(self, digits: str, *, active: bool) -> None:
        """Show `digits`; `active` is where the next digit goes."""
        self.digits, self.active = digits, active
        self.setAccessibleDescription(f"{digits} {self.unit}".strip())
        self.update()

    # --- size ---

    def needed(self, *, beside: bool) -> QSize:
        """The least size in pixels, with the label above the digits or beside them."""
        if self._look is None:
            return QSize(0, 0)
        look = self._look
        label, sheet = self._label_size(), self._sheet_size()
        if beside:
            room = label.width() + look.mm(1.5) if label.width() else 0
            return QSize(room + sheet.width(), max(look.target, sheet.height()))
        return QSize(max(label.width(), sheet.width(), look.target), label.height() + max(look.target, sheet.height()))

    def sizeHint(self) -> QSize:
        return self.needed(beside=self.beside)

    def _label_size(self) -> QSize:
        if self._look is None or not self.label:
            return QSize(0, 0)
        words = set_lines(self.label, self._look.font(), 100_000, line_factor=LABEL_LINES)
        return QSize(words.width + 2, words.height)

    def _sheet_size(self) -> QSize:
        if self._look is None:
            return QSize(0, 0)
        metrics = QFontMetricsF(_digit_font(self._look))
        unit = QFontMetricsF(self._look.font()).horizontalAdvance(f" {self.unit}") if self.unit else 0.0
        width = metrics.horizontalAdvance("0" * (self.places + 1)) + unit + 2 * frame_px(self._look)
        return QSize(round(width + 0.5), round(metrics.height()) + 2 * frame_px(self._look))

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self._sheet()
        self._paint_label(painter, self._look)
        draw_sheet(painter, sheet, self._look, active=self.active or self.isDown())
        self._paint_digits(painter, sheet, self._look)
        if ring_shown(self):
            draw_ring(painter, sheet, self._look)

    def _sheet(self) -> QRectF:
        rect = self.rect()
        label = self._label_size()
        if not self.beside:
            return rect.adjusted(0, label.height(), 0, 0).toRectF()
        room = label.width() + self._look.mm(1.5) if self._look and label.width() else 0
        rtl = self._look is not None and self._look.right_to_left
        return (rect.adjusted(0, 0, -room, 0) if rtl else rect.adjusted(room, 0, 0, 0)).toRectF()

    def _paint_label(self, painter: QPainter, look: Look) -> None:
        size = self._label_size()
        words = set_lines(self.label, look.font(), size.width(), Side(look.right_to_left), LABEL_LINES)
        x = max(0, self.width() - size.width()) if look.right_to_left else 0
        words.draw(painter, x, (self.height() - words.height) // 2 if self.beside else 0, look.palette.ink)

    def _paint_digits(self, painter: QPainter, sheet: QRectF, look: Look) -> None:
        """Digits in the middle, a caret after them where the next one goes, then the unit."""
        font = _digit_font(look)
        metrics = QFontMetricsF(font)
        unit_font = look.font()
        unit = QFontMetricsF(unit_font).horizontalAdvance(f" {self.unit}") if self.unit else 0.0
        width = metrics.horizontalAdvance(self.digits)
        caret = max(3, look.line) * 2 if self.active else 0
        left = sheet.center().x() - (width + unit + caret) / 2
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setPen(QColor(look.palette.ink))
        painter.setFont(font)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
        painter.drawText(QRectF(left, sheet.top(), width + 2, sheet.height()), flags, self.digits)
        if self.active:
            tall = metrics.capHeight() * 1.3
            bar = QRectF(left + width + caret / 2, sheet.center().y() - tall / 2, caret / 2, tall)
            painter.fillRect(bar, QColor(look.palette.ink))
        if self.unit:
            painter.setFont(unit_font)
            painter.drawText(QRectF(left + width + caret, sheet.top(), unit + 2, sheet.height()), flags, f" {self.unit}")

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses the box; every other key is for the boxes together."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.click()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.reached.emit()


def _digit_font(look: Look) -> QFont:
    """Large, in the Latin letters' font: typed digits are 0 to 9 in every language."""
    font = look.font("heading")
    font.setFamilies(font.families()[::-1])
    return font


def struck(key: int, text: str) -> str:
    """What a real key means to boxes of digits: a digit, ``mark``, ``sign``, ``backspace``, or nothing."""
    if len(text) == 1 and text.isdecimal():
        return str(int(text))
    if key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
        return "backspace"
    if text in {".", ",", "٫"}:
        return "mark"
    return "sign" if text in {"-", "\N{MINUS SIGN}"} else ""


def flowing(sizes: list[QSize], width: int, gap: int) -> tuple[list[QRect], int]:
    """Where boxes of these sizes stand in rows of `width`, and how high the rows are together."""
    rows: list[list[int]] = [[]]
    used = 0
    for number, size in enumerate(sizes):
        if rows[-1] and used + gap + size.width() > width:
            rows.append([])
            used = 0
        used += size.width() + (gap if rows[-1] else 0)
        rows[-1].append(number)
    places, y = [QRect()] * len(sizes), 0
    for row in rows:
        high = max((sizes[number].height() for number in row), default=0)
        x = 0
        for number in row:
            wide = min(sizes[number].width(), width)
            places[number] = QRect(x, y, wide, high)
            x += wide + gap
        y += high + gap
    return places, max(0, y - gap)
