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
from kiosk.presses import IDENTICAL_KEY_SECONDS, Presses
from kiosk.screens import PageKind
from ui.window import Window

_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
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
    within `identical_key_seconds` (S28) and a second key while one is held (S29) do nothing, and count as no sign of life:
    that would silence the voice, and a trembling finger never hear what its first press said. A plug is never held up.
    """

    def __init__(
        self,
        window: Window,
        key_map: Callable[[], KeyMap],
        identical_key_seconds: float = IDENTICAL_KEY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock`, in seconds, is for events that bring no time of their own."""
        super().__init__(window)
        self._window, self._key_map, self._clock = window, key_map, clock
        self.presses = Presses(identical_key_seconds)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for what must not reach its widget."""
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent) and self._is_ours(watched) and event.key() not in _MODIFIERS:
            return self._pressed(event) if kind == QEvent.Type.KeyPress else self._released(event)
        if kind == QEvent.Type.WindowDeactivate and watched is self._window:
            self.presses.down.clear()  # what is let go now is let go over another window
        return False

    def _is_ours(self, watched: QObject) -> bool:
        """The system's keys come to the window's handle first, a test's to a widget."""
        if isinstance(watched, QWidget):
            return watched.window() is self._window
        return watched is self._window.windowHandle()

    @property
    def _is_lesson(self) -> bool:
        return self._kind is PageKind.KEYPAD

    @property
    def _kind(self) -> PageKind | None:
        return self._window.screen_shown.kind if self._window.screen_shown else None

    def _pressed(self, event: QKeyEvent) -> bool:
        meaning = None if self._is_lesson else self._meaning(event)
        if meaning is None and not self._is_lesson:
            return False
        if self.presses.pressed(_number(event), self._when(event), meaning, repeats=event.isAutoRepeat()):
            self._tell(event, meaning)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if not event.isAutoRepeat():
            self.presses.released(_number(event), self._when(event))
        return self._is_lesson or self._meaning(event) is not None

    def _tell(self, event: QKeyEvent, meaning: Key | None) -> None:
        if self._kind is not PageKind.STILL_THERE:  # there the key is the answer; it must not find the page below instead
            self._window.touched.emit()
        if meaning is None:
            self._window.happened.emit(CodePressed(Code(event.key(), event.nativeScanCode())))
        else:
            self._window.key_pressed.emit(meaning)

    def _meaning(self, event: QKeyEvent) -> Key | None:
        """The keypad's key; None where it is no key of the keypad, or a space and there is a box to write in."""
        key_map = self._key_map()
        writes = isinstance(QApplication.focusWidget(), QTextEdit | QLineEdit) and event.key() in key_map.gives_way
        return None if writes else key_map.meaning(event.key(), event.nativeScanCode())

    def _when(self, event: QKeyEvent) -> float:
        """When it was pressed, not when we came to look: presses that waited in a queue are no closer for it."""
        return event.timestamp() / 1000 if event.timestamp() else self._clock()


def _number(event: QKeyEvent) -> int:
    """Tells one key from another, pressed or let go: with Shift in between it has another name, and the same scan code."""
    return event.nativeScanCode() or -event.key()
