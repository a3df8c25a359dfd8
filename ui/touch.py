"""What reaches the widgets and what does not: tremor filters, the kiosk's closed keys, and the corner that staff hold.

Every press and every key counts as a sign of life first (``touched``), whether it then acts or not.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.focus import show_rings
from ui.tiles import TouchButton

LOCKOUT_SECONDS = 0.4
"""After a new page nothing acts for so long, so that a second tap cannot hit what came under the finger (S81)."""
REPEAT_SECONDS = 0.3
"""A second touch on the same button within this time is the same touch (S28, S81)."""
HOLD_SECONDS = 3.0
"""How long staff hold the corner."""
_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
_CLOSED = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_ACTING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select}


class TouchGuard(QObject):
    """Stands before every widget of one window, as a filter of the application's events."""

    touched = Signal()
    held = Signal()
    """The corner was held long enough."""
    tabbed_to = Signal(QWidget)
    """The keyboard reached this widget."""

    def __init__(self, window: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self.lockout_seconds, self.repeat_seconds = LOCKOUT_SECONDS, REPEAT_SECONDS
        self.corner = QRect()
        self._closed_until = 0.0
        self._last: tuple[QObject | None, float] = (None, -1.0)
        self._seen = (QEvent.Type.None_, -1)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(int(HOLD_SECONDS * 1000))
        self._hold.timeout.connect(self.held)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def page_changed(self) -> None:
        """From now on nothing acts for a moment."""
        self._closed_until = self._clock() + self.lockout_seconds
        self._hold.stop()

    def takes(self, watched: QObject) -> bool:
        """Whether a touch on `watched` would act now: not just after a new page, nor just after a touch on the same."""
        now = self._clock()
        is_again = watched is self._last[0] and now - self._last[1] < self.repeat_seconds
        return now >= self._closed_until and not is_again

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for what must not reach its widget."""
        kind = event.type()
        if kind in _PRESSES:
            return self._is_ours(watched) and isinstance(event, QMouseEvent) and self._pressed(watched, event)
        if kind == QEvent.Type.MouseButtonRelease:
            self._hold.stop()
            if self._is_ours(watched) and self._last[0] is watched:
                self._last = (watched, self._clock())
        elif kind == QEvent.Type.KeyPress:
            return self._is_ours(watched) and isinstance(event, QKeyEvent) and self._key_pressed(watched, event)
        elif kind == QEvent.Type.ContextMenu:
            return self._is_ours(watched)
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self._focused(watched, event)
        return False

    def _is_ours(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and watched.window() is self._window

    def _is_new(self, event: QInputEvent) -> bool:
        """False when an event that its widget did not want comes again to the widget's parent."""
        stamp = (event.type(), event.timestamp())
        is_new = stamp != self._seen or not event.timestamp()
        self._seen = stamp
        return is_new

    def _pressed(self, watched: QObject, event: QMouseEvent) -> bool:
        if not self._is_new(event):
            return False
        show_rings(self._window, shown=False)
        self.touched.emit()
        if not self.takes(watched):
            return True
        if isinstance(watched, TouchButton):
            self._last = (watched, self._clock())
        if isinstance(watched, QWidget) and self.corner.contains(watched.mapTo(self._window, event.position().toPoint())):
            self._hold.start()
        return False

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if self._is_new(event):
            show_rings(self._window, shown=True)
            self.touched.emit()
        function_key = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        writes = bool(event.text()) and event.text().isprintable()  # a letter by AltGr comes with Ctrl and Alt
        shortcut = bool(event.modifiers() & _CLOSED) and not writes
        if function_key or shortcut or event.key() == Qt.Key.Key_Escape:
            return True
        acts = isinstance(watched, TouchButton) and event.key() in _ACTING
        return acts and self._clock() < self._closed_until

    def _focused(self, watched: QObject, event: QFocusEvent) -> None:
        by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if by_key and isinstance(watched, QWidget) and self._is_ours(watched):
            self.tabbed_to.emit(watched)
