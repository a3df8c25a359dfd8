"""Touching to hear: the first touch says what is there, a second touch on the same thing accepts it (S25).

A finger that slides is told each thing as it comes to it; what it came to last can then be accepted by a touch.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QTextEdit, QWidget

from ui.parts import own_part, part_of, said_of, thing_at

_ACTING = (QAbstractButton, QAbstractSlider, QTextEdit)
"""What a second touch can accept; words are only heard, as often as they are touched."""


class Explorer:
    """What was heard last in `window`. It is held by name, not by widget: a thing drawn anew is the same thing."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.on = False
        self._heard: tuple[str, str] | None = None
        self._heard_at = float("-inf")
        self._finger_is_down = False

    def forget(self) -> None:
        """Another page: nothing on it has been heard."""
        self._heard = None

    def comes_to(self, point: QPoint, now: float) -> QWidget | None:
        """The finger is at `point`: the thing there that it has not just come to, which is heard from now on."""
        thing = thing_at(self._window, point)
        if thing is None or (_name(thing) == self._heard and self._finger_is_down):
            return None
        self._heard, self._heard_at, self._finger_is_down = _name(thing), now, True
        return thing

    def lifted(self, now: float) -> None:
        """The finger left the glass."""
        self._finger_is_down, self._heard_at = False, now

    def would_accept(self, point: QPoint, now: float, apart_seconds: float) -> bool:
        """Whether a touch at `point` is the second one on a thing that acts, and no tremor; then it must be heard anew."""
        thing = thing_at(self._window, point)
        if not isinstance(thing, _ACTING) or _name(thing) != self._heard or now - self._heard_at < apart_seconds:
            return False
        self._heard = None
        return True


def _name(thing: QWidget) -> tuple[str, str]:
    """Its own key where it has one, whatever it says by now ("Pause" becomes "Go on" under the finger); else what it says."""
    own = own_part(thing)
    return (own, "") if own else (part_of(thing), said_of(thing))
