"""One key to touch, of the keyboard or of a digit pad."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import icons
from ui.accessible import Role, Told, tell_focus
from ui.focus import draw_ring, ring_shown
from ui.keyboard_layout import Key
from ui.theme import Look

BASELINE_END = 0x530
"""Latin, Greek and Cyrillic letters, which come before this one, stand on a line rather than each in the middle."""
_EXTREMES = (
    (ord("a"), ord("z"), "bg"),
    (0xC0, 0x24F, "b\u00e2g"),
    (0x400, 0x52F, "\u0439\u0444"),
    (0x621, 0x6D3, "\u0644\u062c"),
)
"""First and last letter of a script, and its highest and deepest."""


class KeyButton(QAbstractButton, Told):
    """One key: touched anywhere in its cell, drawn a little smaller. Acts on release; sliding off cancels (S67, S82)."""

    def __init__(self, key: Key, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._look: Look | None = None
        self.held = False
        self._pointed_at = False
        self.setCheckable(key.action == "shift")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def dress(self, look: Look, label: str, spoken: str) -> None:
        self._look = look
        self.setText(label)
        self.setAccessibleName(spoken)

    def reader_role(self) -> Role:
        return Role.CheckBox if self.isCheckable() else Role.Button

    def reader_focus(self) -> bool:
        return self._pointed_at

    def nextCheckState(self) -> None:
        """The keyboard says which keys stay down, not the touch."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts like Space; a key held down acts once (S27)."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if not event.isAutoRepeat():
                self.click()
        else:
            event.ignore()

    def hold(self, *, held: bool) -> None:
        """Show that the key stays down (shift lock)."""
        self.held = held
        self.setChecked(held)
        self.update()

    def point_at(self, *, pointed: bool) -> None:
        """Show that the keyboard's own cursor is here."""
        self._pointed_at = pointed
        self.update()
        if pointed:
            tell_focus(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self._look, self._look.palette
        down = self.isDown() or self.held
        face = self.rect().toRectF().adjusted(look.mm(0.6), look.mm(0.6), -look.mm(0.6), -look.mm(0.6))
        fill = colours.chosen if down else colours.panel if self.key.text else colours.ground
        ink = colours.on_chosen if down else colours.ink if self.isEnabled() else colours.quiet
        painter.setPen(QPen(QColor(colours.chosen_edge if down else colours.edge), look.line))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(face, look.mm(1.5), look.mm(1.5))
        if self.key.icon:
            side = min(face.width(), face.height()) * 0.62
            picture = icons.pixmap(self.key.icon, int(side), colours, ink, mirrored=look.right_to_left)
            painter.drawPixmap(QPointF(face.center().x() - side / 2, face.center().y() - side / 2), picture)
        else:
            painter.setPen(QColor(ink))
            _draw_label(painter, face, self.text(), look.font("key"), large=self._writes_han)
        if ring_shown(self) or self._pointed_at:
            draw_ring(painter, self.rect().toRectF(), look)

    @property
    def _writes_han(self) -> bool:
        """Words of Chinese characters are drawn as large as one character."""
        return self.text() == self.key.text > "\N{CJK RADICAL REPEAT}"

    def sizeHint(self) -> QSize:
        return QSize(0, 0) if self._look is None else QSize(self._look.target, self._look.target)


def _height(metrics: QFontMetricsF, label: str) -> float:
    """From the top of its script's highest letter to the foot of its deepest: all letters of a keyboard are of one size."""
    letters = next((extremes for first, last, extremes in _EXTREMES if first <= ord(label[:1] or " ") <= last), label)
    boxes = [metrics.tightBoundingRect(letter) for letter in (letters if len(label) == 1 else (label,))]
    return max(box.bottom() for box in boxes) - min(box.top() for box in boxes)


def _is_number(label: str) -> bool:
    """Of the digits that every Latin font has; other scripts' digits stand in their own fonts."""
    return label.isascii() and label.isdigit()


def _is_one_letter(label: str) -> bool:
    """With its marks, or joined from several (\u0a38\u0a3c, \u0995\u09cd\u09b7): a letter to whoever reads it."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, label)
    return finder.toNextBoundary() == len(label)


def _draw_label(painter: QPainter, face: QRectF, label: str, font: QFont, *, large: bool) -> None:
    """The label as large as asked or as fits, centred by its ink: scripts differ in where their letters stand."""
    if _is_number(label):
        font.setFamilies(font.families()[::-1])
    single = large or _is_one_letter(label)
    wanted = max(font.pixelSize(), int(face.height() * 0.6)) if single else font.pixelSize()
    bounds = QRectF()
    for size in range(wanted, 8, -1):
        font.setPixelSize(size)
        metrics = QFontMetricsF(font)
        bounds = metrics.tightBoundingRect(label)
        if bounds.width() <= face.width() * 0.88 and _height(metrics, label) <= face.height() * 0.8:
            break
    middle = -bounds.center().y()
    if ord(label[:1] or " ") < BASELINE_END and not _is_number(label):
        font.setFamilies([font.families()[-1]])
        middle = (QFontMetricsF(font).capHeight() + QFontMetricsF(font).xHeight()) / 4
    painter.setFont(font)
    painter.drawText(QPointF(face.center().x() - bounds.center().x(), face.center().y() + middle), label)
