"""The keyboard inside the window: large keys under the box, in the script of the language, with nothing of the system's.

Its keys never take the focus. Words go to the box as an input method gives them, so that a box cannot tell the keyboard
from another way to write.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui import icons
from ui.focus import draw_ring, ring_shown
from ui.keyboard_layout import COLUMNS, LIFTED, Key, KeyboardLayout, lifted
from ui.theme import Look

FLOOR_MM = 16.0
"""No key is lower or narrower (S78's hard floor)."""
WANTED_MM = {100: 20.0, 150: 22.0, 200: 24.0}
"""How high keys are where there is room, by text size."""
WIDEST_MM = 28.0
"""Wider keys only make the way from one to the next longer."""

Shift: TypeAlias = Literal["off", "once", "sentence", "locked"]


class KeyButton(QAbstractButton):
    """One key: touched anywhere in its cell, drawn a little smaller. Acts on release; sliding off cancels (S67, S82)."""

    def __init__(self, key: Key, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._look: Look | None = None
        self.held = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def dress(self, look: Look, label: str, spoken: str) -> None:
        self._look = look
        self.setText(label)
        self.setAccessibleName(spoken)

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
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, colours = self._look, self._look.palette
        down = self.isDown() or self.held
        face = self.rect().toRectF().adjusted(look.mm(0.6), look.mm(0.6), -look.mm(0.6), -look.mm(0.6))
        fill = colours.chosen if down else colours.panel if self.key.text else colours.ground
        ink = colours.on_chosen if down else colours.ink if self.isEnabled() else colours.edge
        painter.setPen(QPen(QColor(colours.chosen_edge if down else colours.edge), look.line))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(face, look.mm(1.5), look.mm(1.5))
        if self.key.icon:
            side = min(face.width(), face.height()) * 0.62
            picture = icons.pixmap(self.key.icon, int(side), colours, ink, mirrored=look.right_to_left)
            painter.drawPixmap(QPointF(face.center().x() - side / 2, face.center().y() - side / 2), picture)
        else:
            _draw_label(painter, face, self.text(), look.font("key"), ink)
        if ring_shown(self):
            draw_ring(painter, self.rect().toRectF(), look)

    def sizeHint(self) -> QSize:
        return QSize(0, 0) if self._look is None else QSize(self._look.target, self._look.target)


def _draw_label(painter: QPainter, face: QRectF, label: str, font: QFont, ink: str) -> None:
    """The label as large as asked or as fits, centred by its ink: scripts differ in where their letters stand."""
    if label.isdigit():
        font.setFamilies(font.families()[::-1])
    single = len(label) == 1 or "◌" in label
    wanted = max(font.pixelSize(), int(face.height() * 0.6)) if single else font.pixelSize()
    bounds = QRectF()
    for size in range(wanted, 8, -1):
        font.setPixelSize(size)
        bounds = QFontMetricsF(font).tightBoundingRect(label)
        if bounds.width() <= face.width() * 0.88 and bounds.height() <= face.height() * 0.7:
            break
    middle = -bounds.center().y()
    if ord(label[:1] or " ") < 0x250 and not label.isdigit():
        font.setFamilies([font.families()[-1]])
        middle = (QFontMetricsF(font).capHeight() + QFontMetricsF(font).xHeight()) / 4
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(QPointF(face.center().x() - bounds.center().x(), face.center().y() + middle), label)


class Keyboard(QWidget):
    """A language's keys for a box given by :meth:`write_to`, as large as the keyboard is."""

    key_named = Signal(str)
    """The spoken name of a key that was touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: KeyboardLayout | None = None
        self._look: Look | None = None
        self._one_line = False
        self._box: QWidget | None = None
        self._boards: dict[str, list[KeyButton]] = {}
        self._level = "letters"
        self._shift: Shift = "off"
        self._sentence = False
        self._folded = False

    def write_to(self, box: QWidget) -> None:
        self._box = box

    def dress(self, layout: KeyboardLayout, look: Look, *, one_line: bool = False, folded: bool = False) -> None:
        """Show `layout`, without its control row if `folded`. Where there is one line, the new-line key does nothing."""
        if folded != self._folded:
            self._folded = folded
            self._place()
        if (layout, look, one_line) == (self._layout, self._look, self._one_line):
            return
        for key in self.findChildren(KeyButton):
            key.setParent(None)
            key.deleteLater()
        self._boards.clear()
        self._layout, self._look, self._one_line = layout, look, one_line
        self._shift = "off"
        self._show("letters")
        self.begins_sentence(self._sentence)

    def begins_sentence(self, yes: bool) -> None:
        """The caret stands where a sentence begins, or not: there the first letter is a capital."""
        self._sentence = yes
        if self._level in {"letters", "shift"} and self._shift in {"off", "sentence"}:
            self._set_shift("sentence" if yes else "off")

    def buttons(self) -> tuple[KeyButton, ...]:
        """The keys now shown, from the top left."""
        return tuple(self._boards.get(self._level, ()))

    def key(self, name: str) -> KeyButton:
        """The shown key of that text or action."""
        return next(button for button in self.buttons() if button.key.name == name)

    @property
    def level(self) -> str:
        return self._level

    @property
    def shift(self) -> Shift:
        return self._shift

    # --- what a touch does ---

    def _touched(self) -> None:
        button = self.sender()
        if not isinstance(button, KeyButton) or self._layout is None:
            return
        self.key_named.emit(self._layout.spoken(button.key))
        if self._box is not None and not self._box.hasFocus():
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._act(button.key)

    def _act(self, key: Key) -> None:
        action, _, level = key.action.partition(":")
        match action:
            case "":
                self._write(key.text)
            case "space":
                self._write(" ")
            case "newline":
                self._strike(Qt.Key.Key_Return)
            case "backspace":
                self._strike(Qt.Key.Key_Backspace)
            case "shift":
                self._set_shift({"off": "once", "once": "locked", "sentence": "off", "locked": "off"}[self._shift])  # type: ignore[arg-type]
            case "level":
                self._shift = "off"
                self._show(level)
                self.begins_sentence(self._sentence)

    def _write(self, text: str) -> None:
        if self._shift in {"once", "sentence"} and not text.isspace():
            self._set_shift("off")
        if self._level.startswith(LIFTED):
            self._show("letters")
        if self._box is not None:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self._box, event)

    def _strike(self, key: Qt.Key) -> None:
        """Straight to the box: a filter of the application's keys would take it for a key that someone pressed."""
        if self._box is not None:
            text = "\r" if key == Qt.Key.Key_Return else ""
            self._box.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))

    # --- levels ---

    def _set_shift(self, shift: Shift) -> None:
        if self._layout is None or not self._layout.has_capitals:
            return
        self._shift = shift
        self._show("letters" if shift == "off" else "shift")
        for button in self.buttons():
            if button.key.action == "shift":
                button.hold(held=shift == "locked")

    def _show(self, level: str) -> None:
        if self._layout is None or self._look is None:
            return
        for button in self.buttons():
            button.hide()
        self._level = level
        if level not in self._boards:
            self._boards[level] = [self._made(spot.key, self._layout, self._look) for spot in self._layout.spots(level)]
        self._place()
        for button in self.buttons():
            button.show()

    def _made(self, key: Key, layout: KeyboardLayout, look: Look) -> KeyButton:
        button = KeyButton(key, self)
        button.dress(look, layout.label(key), layout.spoken(key))
        button.setEnabled(not (self._one_line and key.action == "newline"))
        button.clicked.connect(self._touched)
        return button

    # --- sizes ---

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self._place()

    def _place(self) -> None:
        if self._layout is None or self._look is None or self._level not in self._boards:
            return
        folded = self._folded
        columns = self._layout.columns + self._layout.side_columns * folded
        rows = self._layout.height - folded
        across = min(self.width() / columns, self._look.mm(WIDEST_MM))
        down = self.height() / rows
        left = (self.width() - across * columns) / 2
        spots = {id(spot.key): spot for spot in self._layout.spots(self._level, folded=folded)}
        lower = rows - 1 - max(spot.row for spot in spots.values())
        for button in self.buttons():
            spot = spots[id(button.key)]
            x, right = round(left + spot.column * across), round(left + (spot.column + spot.columns) * across)
            y, bottom = round((spot.row + lower) * down), round((spot.row + lower + 1) * down)
            button.setGeometry(x, y, right - x, bottom - y)


@dataclass(frozen=True, slots=True)
class Fit:
    """A way to show a keyboard: which `layout`, and how high in pixels. The narrowest key is at least 16 mm."""

    layout: KeyboardLayout
    height: int
    folded: bool = False
    """Without its control row, whose keys stand beside the others."""
    aside: bool = False
    """Beside the box rather than under it."""


def fits(layout: KeyboardLayout, look: Look, width: int) -> tuple[Fit, ...]:
    """Every way to show `layout` in `width`, best first: high keys, low keys, a lower board, a folded one."""
    floor, wanted = FLOOR_MM * look.px_per_mm, WANTED_MM.get(look.text_percent, 20.0) * look.px_per_mm
    highest = max(floor, min(wanted, width / COLUMNS))
    low = lifted(layout)
    sizes = (highest, (2 * highest + floor) / 3, (highest + 2 * floor) / 3, floor)
    ways = [Fit(layout, math.ceil(layout.height * size)) for size in sizes]
    if low is not layout and width >= low.columns * floor:
        ways += [Fit(low, math.ceil(low.height * size)) for size in sizes[2:]]
    wide_enough = [one for one in (low, layout) if width >= (one.columns + one.side_columns) * floor]
    if wide_enough:
        ways.append(Fit(wide_enough[0], math.ceil((wide_enough[0].height - 1) * floor), folded=True))
    return tuple(ways)
