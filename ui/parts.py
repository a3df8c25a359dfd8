"""Which part of the screen a widget is, and what lies under a finger: the same names that :mod:`kiosk.screens` gives."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QLabel, QTextEdit, QWidget

_PART = "part"
_THINGS = (QAbstractButton, QAbstractSlider, QLabel, QTextEdit)
"""What can be heard and touched; everything else is ground."""


def name_part(widget: QWidget, key: str) -> None:
    """`widget`, with all the words in it, is the part of the screen called `key`."""
    widget.setProperty(_PART, key)


def own_part(widget: QWidget) -> str:
    """The key that `widget` itself was given, ``""`` for none."""
    return str(widget.property(_PART) or "")


def part_of(widget: QWidget) -> str:
    """The key of the part that `widget` is or belongs to, ``""`` for none (the keys of a keyboard)."""
    own: QWidget | None = widget
    while own is not None and not own.isWindow():
        if key := own.property(_PART):
            return str(key)
        own = own.parentWidget()
    return ""


def parts_in(window: QWidget, key: str) -> list[QWidget]:
    """Every widget of `window` that is called `key`, whether it can be seen now or not."""
    return [widget for widget in window.findChildren(QWidget) if widget.property(_PART) == key]


def thing_at(window: QWidget, point: QPoint) -> QWidget | None:
    """What can be heard or touched at `point` of `window`: a button, a line of words, a box; None on bare ground."""
    found = window.childAt(point)
    while found is not None and not found.isWindow():
        if isinstance(found, _THINGS) and found.accessibleName():
            return found
        found = found.parentWidget()
    return None


def said_of(widget: QWidget) -> str:
    """What `widget` is called, and what it holds."""
    return ". ".join(filter(None, (widget.accessibleName(), widget.accessibleDescription())))
