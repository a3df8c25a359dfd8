"""What assistive technology is told of each part: its role, its state, what can be done with it (EN 301 549 11.5, S140).

Qt knows buttons, labels and boxes by their class. What it cannot know (that a label is a heading, that one of these answers
can be chosen, that a part stands on a page that is not shown) a widget says itself: it is a :class:`Told`.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6 import QtGui
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

Role = QAccessible.Role

_kept: dict[int, QAccessibleInterface] = {}
"""Qt asks for an interface once and does not keep Python's half of it alive."""
_installed: list[object] = []


class Told:
    """Mixed into a widget whose role is not that of its class."""

    def reader_role(self) -> Role:
        """What this is now, for a screen reader."""
        raise NotImplementedError


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
        if isinstance(widget, QWidget):
            state.offscreen = int(widget.visibleRegion().isEmpty())
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


def tell_readers() -> None:
    """From now on every :class:`Told` is what it says, where this Qt lets a program say so. Needs the application object."""
    if not _installed and hasattr(QAccessible, "installFactory"):
        _installed.append(_make)
        QAccessible.installFactory(_make)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, Told) or not isinstance(thing, QWidget):
        return None
    key = id(thing)
    if key not in _kept:
        _kept[key] = _Part(thing)
        thing.destroyed.connect(lambda: _kept.pop(key, None))
    return _kept[key]


def in_reading_order(parts: Iterable[QWidget]) -> None:
    """Have these, all of one parent, read in this order: a reader meets them as Qt keeps them, in order of their making."""
    wanted = list(parts)
    parent = wanted[0].parentWidget() if wanted else None
    if parent is not None and [child for child in parent.children() if child in wanted] != wanted:
        for part in wanted:
            part.raise_()


def announce(part: QWidget, words: str) -> None:
    """Have `words` said at once by whatever screen reader listens, where this Qt has a way."""
    if words and hasattr(QtGui, "QAccessibleAnnouncementEvent"):  # since Qt 6.8
        QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(part, words))
