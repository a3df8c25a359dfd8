"""What reaches the widgets and what does not: tremor filters, the kiosk's closed keys, and the corner that staff hold.

Every press and every key counts as a sign of life first (``touched``), whether it then acts or not. One finger at a time:
Qt makes a mouse of the first finger and nothing of a second one, and gestures end here (S29, S68).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.exploring import Explorer
from ui.focus import show_rings
from ui.key_button import KeyButton
from ui.strikes import Strikes
from ui.tiles import TouchButton

LOCKOUT_SECONDS = 0.4
"""After a new page nothing acts for so long, so that a second tap cannot hit what came under the finger (S81)."""
REPEAT_SECONDS = 0.3
"""A second touch on the same button within this time is the same touch (S28, S81)."""
ACCEPT_SECONDS = 0.15
"""The touch that accepts what was heard may come so soon: who cannot see taps twice quickly."""
HOLD_SECONDS = 3.0
"""How long staff hold the corner."""
_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
_MOVES = {QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease}
_ENDED = {QEvent.Type.ContextMenu, QEvent.Type.Gesture, QEvent.Type.GestureOverride, QEvent.Type.NativeGesture}
_CLOSED = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_ACTING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select}


class TouchGuard(QObject):
    """Stands before every widget of one window, as a filter of the application's events."""

    touched = Signal()
    held = Signal()
    """The corner was held long enough."""
    tabbed_to = Signal(QWidget)
    """The keyboard reached this widget."""
    explored = Signal(QWidget)
    """A finger that asks what is there came to this widget (S25)."""

    def __init__(self, window: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self.lockout_seconds, self.repeat_seconds = LOCKOUT_SECONDS, REPEAT_SECONDS
        self.first_touch_counts = False
        """What the finger touched first is chosen when it lifts, wherever it slid to: for tremor (S81)."""
        self.explorer = Explorer(window)
        self.corner = QRect()
        self._closed_until = 0.0
        self._last: tuple[QObject | None, float] = (None, -1.0)
        self._strikes = Strikes()
        self._kept_back = False
        """The finger that is down was not let through: nor is what it does next."""
        self._seen = (QEvent.Type.None_, -1)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(int(HOLD_SECONDS * 1000))
        self._hold.timeout.connect(self.held)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def page_changed(self) -> None:
        """From now on nothing acts for a moment, and nothing has been heard yet."""
        self._closed_until = self._clock() + self.lockout_seconds
        self.explorer.forget()
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
        if kind in _MOVES:
            return self._is_ours(watched) and isinstance(event, QMouseEvent) and self._moved(watched, event)
        if kind == QEvent.Type.KeyPress:
            return self._is_ours(watched) and isinstance(event, QKeyEvent) and self._key_pressed(watched, event)
        if kind == QEvent.Type.KeyRelease and self._is_ours(watched) and isinstance(event, QKeyEvent):
            self._strikes.released(event)
        elif kind in _ENDED:
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

    # --- fingers ---------------------------------------------------------------------------------------------------

    def _pressed(self, watched: QObject, event: QMouseEvent) -> bool:
        if not self._is_new(event):
            return False
        show_rings(self._window, shown=False)
        self.touched.emit()
        at = self._window.mapFromGlobal(event.globalPosition().toPoint())
        self._kept_back = not self._lets_through(watched, event, at)
        if not self._kept_back and isinstance(watched, QAbstractButton):
            self._last = (watched, self._clock())
        if self._clock() >= self._closed_until and self.corner.contains(at):
            self._hold.start()
        return self._kept_back

    def _lets_through(self, watched: QObject, event: QMouseEvent, at: QPoint) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or self._clock() < self._closed_until:
            return False
        if not self.explorer.on:
            return self.takes(watched)
        if self.explorer.would_accept(at, self._clock(), min(ACCEPT_SECONDS, self.repeat_seconds)):
            return True
        self._explore(at)
        return False

    def _moved(self, watched: QObject, event: QMouseEvent) -> bool:
        """While a finger is down, and when it lifts."""
        lifted = event.type() == QEvent.Type.MouseButtonRelease
        if lifted:
            self._hold.stop()
        if self._kept_back:
            if lifted:
                self._kept_back = False
                self.explorer.lifted(self._clock())
            elif self.explorer.on:
                self._explore(self._window.mapFromGlobal(event.globalPosition().toPoint()), sliding=True)
            return True
        if lifted and self._last[0] is watched and not isinstance(watched, KeyButton):
            # From the lifting on; but the same letter twice is quick, and right: keys count from the press.
            self._last = (watched, self._clock())
        return self.first_touch_counts and self._stays_down(watched, event, lifted=lifted)

    def _explore(self, at: QPoint, *, sliding: bool = False) -> None:
        thing = self.explorer.comes_to(at, self._clock())
        if thing is not None:
            if sliding:
                self.touched.emit()
            self.explored.emit(thing)

    def _stays_down(self, watched: QObject, event: QMouseEvent, *, lifted: bool) -> bool:
        """Sliding off does not cancel: the button learns nothing of it, and the finger lifts in its middle."""
        if not isinstance(watched, QAbstractButton) or watched.rect().contains(event.position().toPoint()):
            return False
        if lifted and watched.isDown():
            middle = QPointF(watched.rect().center())
            there, held = QPointF(watched.mapToGlobal(middle)), Qt.MouseButton.NoButton
            up = QMouseEvent(event.type(), middle, there, event.button(), held, event.modifiers())
            QApplication.sendEvent(watched, up)
        return True

    # --- keys ------------------------------------------------------------------------------------------------------

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return True
        if self._is_new(event):
            show_rings(self._window, shown=True)
            self.touched.emit()
        function_key = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        writes = bool(event.text()) and event.text().isprintable()  # a letter by AltGr comes with Ctrl and Alt
        shortcut = bool(event.modifiers() & _CLOSED) and not writes
        if function_key or shortcut or event.key() == Qt.Key.Key_Escape:
            return True
        if self._strikes.is_again(event, self._clock(), self.repeat_seconds):
            return True
        acts = isinstance(watched, TouchButton) and event.key() in _ACTING
        return acts and self._clock() < self._closed_until

    def _focused(self, watched: QObject, event: QFocusEvent) -> None:
        by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if by_key and isinstance(watched, QWidget) and self._is_ours(watched):
            self.tabbed_to.emit(watched)
