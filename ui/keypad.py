"""Turns the keys of a keypad into what they mean, before any widget and the touch guard see them.

Nothing but a keypad's keys stops here: everything else goes on, so that an ordinary keyboard still types. Only where staff
teach or try the keys, every key stops here and its code is told instead.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from kiosk.events import CodePressed
from kiosk.keys import Code, Key, KeyMap
from kiosk.screens import PageKind
from ui.window import Window

IDENTICAL_KEY_SECONDS = 0.5
"""A second press of the same key within this time is the same press (S28)."""
UP_DOWN_SHARE = 0.3
"""Of that time for Up and Down, which people press many times in a row: 0.15 s of 0.5 s (S138)."""
HELD_SECONDS = 10.0
"""A key that is held longer holds nothing up: it is stuck, or its release got lost."""
_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_JACK = {Key.HEADSET_IN, Key.HEADSET_OUT}
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
}


class Keypad(QObject):
    """Filters the application's key events for one window. `key_map` is asked at each press, so new keys work at once.

    `window.key_pressed` tells what was pressed, after `window.touched`. Auto-repeat (S27), a second press of the same key
    within `identical_key_seconds` (S28) and a second key while one is held (S29) do nothing, and count as no sign of life.
    """

    def __init__(
        self,
        window: Window,
        key_map: Callable[[], KeyMap],
        identical_key_seconds: float = IDENTICAL_KEY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window, self._key_map, self._clock = window, key_map, clock
        self._identical_key_seconds = identical_key_seconds
        self._held: tuple[Code, float] | None = None
        self._last: tuple[Code, float] | None = None
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for what must not reach its widget."""
        if event.type() in _KEYS and isinstance(event, QKeyEvent) and self._is_ours(watched):
            return self._pressed(event) if event.type() == QEvent.Type.KeyPress else self._released(event)
        if event.type() == QEvent.Type.WindowDeactivate and watched is self._window:
            self._held = None  # its release goes to another window
        return False

    def _is_ours(self, watched: QObject) -> bool:
        """The system's keys come to the window's handle first, a test's to a widget."""
        if isinstance(watched, QWidget):
            return watched.window() is self._window
        return watched is self._window.windowHandle()

    @property
    def _is_taught(self) -> bool:
        shown = self._window.screen_shown
        return shown is not None and shown.kind is PageKind.KEYPAD

    def _stops(self, event: QKeyEvent) -> bool:
        """Whether this key is the keypad's."""
        if event.key() in _MODIFIERS:
            return False
        return self._is_taught or (self._meaning(event) is not None and not self._writes(event))

    def _meaning(self, event: QKeyEvent) -> Key | None:
        return self._key_map().meaning(event.key(), event.nativeScanCode())

    def _writes(self, event: QKeyEvent) -> bool:
        """A space, where there is a box to write in."""
        return isinstance(QApplication.focusWidget(), QTextEdit | QLineEdit) and event.key() in self._key_map().gives_way

    def _pressed(self, event: QKeyEvent) -> bool:
        if not self._stops(event):
            return False
        code = Code(event.key(), event.nativeScanCode())
        key = None if self._is_taught else self._meaning(event)
        if not event.isAutoRepeat() and self._counts(code, key):
            self._last = (code, self._clock())
            self._held = self._held if key in _JACK else self._last
            self._tell(code, key)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return self._stops(event)
        code = Code(event.key(), event.nativeScanCode())
        if self._held and self._held[0] == code:
            self._held, self._last = None, (code, self._clock())
        return self._stops(event)

    def _counts(self, code: Code, key: Key | None) -> bool:
        """One key at a time, and none twice for one press. A plug is no key: it is never held up."""
        now = self._clock()
        is_second = self._held is not None and self._held[0] != code and now - self._held[1] < HELD_SECONDS
        wait = self._identical_key_seconds * (UP_DOWN_SHARE if key in {Key.UP, Key.DOWN} else 1)
        is_again = self._last is not None and self._last[0] == code and now - self._last[1] <= wait and wait > 0
        return not is_again and (key in _JACK or not is_second)

    def _tell(self, code: Code, key: Key | None) -> None:
        self._window.touched.emit()
        if key is None:
            self._window.happened.emit(CodePressed(code))
        else:
            self._window.key_pressed.emit(key)
