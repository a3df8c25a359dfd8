"""Headings that a screen reader knows as headings, where this Qt lets a program say so."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel

_HEADING = "heading"
_kept: dict[int, QAccessibleInterface] = {}
"""Qt asks for an interface once and does not keep Python's half of it alive."""
_installed: list[object] = []


class _Heading(QAccessibleWidget):
    """A label with the role of a heading."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label, QAccessible.Role.Heading)


def call_heading(label: QLabel) -> None:
    """From now on `label` is a heading."""
    label.setProperty(_HEADING, True)
    if not _installed and hasattr(QAccessible, "installFactory"):
        _installed.append(_make)
        QAccessible.installFactory(_make)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, QLabel) or not thing.property(_HEADING):
        return None
    key = id(thing)
    if key not in _kept:
        _kept[key] = _Heading(thing)
        thing.destroyed.connect(lambda: _kept.pop(key, None))
    return _kept[key]
