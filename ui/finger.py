"""A finger for the demonstration and for tests: touches the window where a person would, by the words they read.

It sends real press and release events through Qt, so that the tremor filters, the lock-out after a new page and the page
turning stand between it and the answers as they do for everybody.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.window import Window

PATIENCE_SECONDS = 10.0


class NotFound(Exception):
    """Nothing on the screen says these words."""


class Finger:
    """Touches and types in `window`. Every call returns when the window has done what it did."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def touch(self, words: str) -> None:
        """The button that says `words`, turning the page for it where it is further down. Raises NotFound."""
        button = self._visible(words)
        for more in ("more", "up"):
            name = self._window.screen_shown.key_name(more) if self._window.screen_shown else ""
            while button is None and (turner := self._visible(name)) is not None:
                self._press(turner)
                button = self._visible(words)
        if button is None:
            raise NotFound(f"Nothing says {words!r}; there is {sorted(self.readable())}.")
        self._press(button)

    def write(self, words: str) -> None:
        """Type `words` where the keys go now, as a keyboard would."""
        for letter in words:
            target = QApplication.focusWidget() or self._window
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        self.settle()

    def readable(self) -> set[str]:
        """What the buttons that can be seen say."""
        return {button.accessibleName() for button in self._buttons()}

    def settle(self) -> None:
        """Let the window do all it has to do now."""
        QApplication.sendPostedEvents()
        QApplication.processEvents()

    def wait_until(self, fact: Callable[[], bool], what: str) -> None:
        """Let the window run until `fact` holds. Raises TimeoutError naming `what`."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not fact():
            if time.monotonic() > end:
                raise TimeoutError(f"{what} did not happen.")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _visible(self, words: str) -> QAbstractButton | None:
        named = [button for button in self._buttons() if button.accessibleName() == words]
        begun = [button for button in self._buttons() if button.accessibleName().startswith((f"{words}:", f"{words} "))]
        return next(iter(named or begun), None)

    def _buttons(self) -> Iterator[QAbstractButton]:
        """Buttons whose middle a finger can reach."""
        for button in self._window.findChildren(QAbstractButton):
            middle = button.mapTo(self._window, button.rect().center())
            if button.isVisible() and button.isEnabled() and self._is_on_top(button, middle):
                yield button

    def _is_on_top(self, button: QWidget, middle: QPoint) -> bool:
        top = self._window.childAt(middle)
        return top is button or (top is not None and button.isAncestorOf(top))

    def _press(self, button: QAbstractButton) -> None:
        self.wait_until(lambda: self._window.guard.takes(button), "The page taking touches")
        middle = QPointF(button.rect().center())
        for kind, held in (
            (QMouseEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
            (QMouseEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            there = QPointF(button.mapToGlobal(middle))
            event = QMouseEvent(kind, middle, there, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(button, event)
        self.settle()
