"""Where somebody stands who uses the kiosk by ear, and what a key press gives: plain values for :mod:`kiosk.listening`."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import Event
from kiosk.screens import Screen, Utterance


@dataclass(frozen=True, slots=True)
class Ear:
    """Where one is on the page. `settled`: has been told so, and from then on keys act (S136)."""

    at: str = ""
    """The key of a stop; "" while nobody has moved: the heading."""
    settled: bool = False
    helps: int = 0
    """How often Help was pressed in a row (S137)."""
    spelling: str = ""
    """The key of the box that is being written in."""
    letter: int = 0
    """Where one is among the letters."""
    capitals: bool = False
    """Every letter is written as a capital."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows a key: where one is then, what is said, what happens. An event that says something itself needs no `say`."""

    ear: Ear
    say: tuple[Utterance, ...] = ()
    event: Event | None = None


def sentence(screen: Screen, text: str, key: str = "") -> Utterance:
    """One thing to say in the screen's language; `key` names the part of the screen that it is about."""
    return Utterance(key, text, screen.language)
