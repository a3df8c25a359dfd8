"""Keys struck twice by mistake: the same key again, sooner than anyone means it (S28, S138)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

MOVING_SECONDS = 0.15
"""Keys that only move are struck again sooner than others (S138)."""
_MOVING = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class Strikes:
    """Remembers the last key and when it was struck. Letters without a key code come from no key, and all count."""

    def __init__(self) -> None:
        self._last, self._at = 0, float("-inf")
        self._down = 0
        """The key that is down: an event that its widget did not want comes again to the widget's parent."""

    def is_again(self, event: QKeyEvent, now: float, repeat_seconds: float) -> bool:
        """Whether this press is the last one once more: within `repeat_seconds` of it, or less for keys that move."""
        key = event.key()
        if not key or key == self._down:
            return False
        window = min(repeat_seconds, MOVING_SECONDS) if key in _MOVING else repeat_seconds
        if key == self._last and now - self._at < window:
            return True
        self._last, self._at, self._down = key, now, key
        return False

    def released(self, event: QKeyEvent) -> None:
        """The key is up: the next press of it is another one."""
        if not event.isAutoRepeat() and event.key() == self._down:
            self._down = 0
