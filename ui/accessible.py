"""What assistive technology is told of each part: its role, its state, what can be done with it (EN 301 549 11.5, S140).

Qt knows buttons, labels and boxes by their class. What it cannot know (that a label is a heading, that one of these answers
can be chosen, that a part stands on a page that is not shown) a widget says itself: it is a :class:`Told`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6 import QtGui
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

Role = QAccessible.Role
SAID_WHEN_SHOWN = sys.platform.startswith("linux") and hasattr(Role, "Notification")
"""Orca says a notification when it shows; elsewhere what is new is announced as well."""
NEWS = Role.Notification if SAID_WHEN_SHOWN else Role.AlertMessage
"""What everybody should hear of at once: what is wrong, the time that is left, the words of a page that asks nothing."""

_kept: dict[int, list[QAccessibleInterface]] = {}
"""By widget: Qt does not keep Python's half of an interface alive."""
_gone: list[int] = []
"""Whose widgets are no more. Qt deletes an interface only after it has told us: to let go of it there and then is a crash."""
_installed: list[object] = []


class Told:
    """Mixed into a widget whose role is not that of its class."""

    def reader_role(self) -> Role:
        """What this is now, for a screen reader."""
        raise NotImplementedError

    def reader_focus(self) -> bool:
        """Whether a cursor of our own, which is not Qt's focus, stands here."""
        return False


class _Part(QAccessibleWidget):
    """One widget as a screen reader meets it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, Role.NoRole)

    def role(self) -> Role:
        widget = self.object()
        return widget.reader_role() if isinstance(widget, Told) else Role.NoRole

    def state(self) -> QAccessible.State:
        """Qt's own, whether it is chosen, and "off the screen" while the pages are turned to where it is not."""
        state, widget = super().state(), self.object()
        if isinstance(widget, QAbstractButton):
            state.checkable, state.checked = int(widget.isCheckable()), int(widget.isChecked())
            state.pressed = int(widget.isDown())
        if isinstance(widget, Told) and widget.reader_focus():
            state.focused = 1
        if isinstance(widget, QWidget):
            state.offscreen = int(not _is_on_page(widget))
        return state

    def actionNames(self) -> list[str]:
        pressed = isinstance(self.object(), QAbstractButton)
        return [*([QAccessibleActionInterface.pressAction()] if pressed else []), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """A press from outside does what a finger's does."""
        widget = self.object()
        if name == QAccessibleActionInterface.pressAction() and isinstance(widget, QAbstractButton):
            widget.click()
        else:
            super().doAction(name)


def _is_on_page(widget: QWidget) -> bool:
    """Whether any of it is inside all that it stands in. A cover over it hides it from eyes, not from a reader (S46)."""
    rect, inner = widget.rect(), widget
    while not inner.isWindow() and (outer := inner.parentWidget()) is not None:
        rect = rect.translated(inner.pos()).intersected(outer.rect())
        inner = outer
    return widget.isVisible() and not rect.isEmpty()


def tell_readers() -> None:
    """From now on every :class:`Told` is what it says, where this Qt lets a program say so. Needs the application object."""
    if not _installed and hasattr(QAccessible, "installFactory"):
        _installed.append(_make)
        QAccessible.installFactory(_make)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, Told) or not isinstance(thing, QWidget):
        return None
    while _gone:
        _kept.pop(_gone.pop(), None)
    key = id(thing)
    if key not in _kept:
        thing.destroyed.connect(lambda: _gone.append(key))
    # Qt asks again where PySide has changed the widget's meta object, and deletes each answer: none is given twice.
    parts = _kept.setdefault(key, [])
    parts.append(_Part(thing))
    return parts[-1]


def in_reading_order(parts: Iterable[QWidget]) -> None:
    """Have these, all of one parent, read in this order: a reader meets them as Qt keeps them, in order of their making."""
    wanted = list(parts)
    parent = wanted[0].parentWidget() if wanted else None
    if parent is not None and [child for child in parent.children() if child in wanted] != wanted:
        for part in wanted:
            part.raise_()


def tell_focus(part: QWidget) -> None:
    """A cursor of our own has come to `part`: a reader follows it as it follows the focus."""
    QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))


def announce(part: QWidget, words: str) -> None:
    """Have `words` said at once by whatever screen reader listens, where this Qt has a way."""
    if words and hasattr(QtGui, "QAccessibleAnnouncementEvent"):  # since Qt 6.8
        QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(part, words))
