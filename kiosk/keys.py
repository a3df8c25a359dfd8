"""The keys of a keypad, whatever code each sends."""

from __future__ import annotations

from enum import StrEnum


class Key(StrEnum):
    """What a key of an audio-navigation keypad means (S132)."""

    UP = "up"
    DOWN = "down"
    BACK = "back"
    FORWARD = "forward"
    SELECT = "select"
    HELP = "help"
    HOME = "home"
    LOUDER = "louder"
    QUIETER = "quieter"
    PAUSE = "pause"
    HEADSET_IN = "headset-in"
    HEADSET_OUT = "headset-out"
