"""How a person adjusts the kiosk: language, text size, colours, listening and every other aid. A part of the flow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from kiosk.events import (
    AidToggled,
    Event,
    LanguageChosen,
    ListeningStarted,
    ListeningStopped,
    ReadingAloudToggled,
    SpeedChanged,
    TextSizeChanged,
    ThemeChanged,
    VolumeChanged,
)
from kiosk.states import SPEEDS_WPM, TEXT_PERCENTS, THEMES, VOLUME_STEPS, Preferences, Session

T = TypeVar("T", int, str)

ADJUSTMENTS = (
    LanguageChosen,
    TextSizeChanged,
    ThemeChanged,
    ReadingAloudToggled,
    AidToggled,
    SpeedChanged,
    VolumeChanged,
    ListeningStarted,
    ListeningStopped,
)
"""Events that change how the person reads, listens or answers, and nothing else."""


def with_adjusted(session: Session, event: Event) -> Session:
    """The session after an adjustment; how it was answered is noted for the analyst."""
    shown = adjusted(session.preferences, event)
    ways = {
        "large-text": shown.text_percent > TEXT_PERCENTS[0],
        "high-contrast": shown.theme in {"dark", "yellow-on-black"},
        "read-aloud": shown.reading_aloud,
        "easy-read": shown.easy_read,
        "big-buttons": shown.big_buttons,
        "keypad": shown.by_keypad,
    }
    return replace(session, preferences=shown, ways=session.ways | {way for way, used in ways.items() if used})


def adjusted(shown: Preferences, event: Event) -> Preferences:
    """The next preferences; any other event leaves them as they are."""
    match event:
        case LanguageChosen(language=language):
            return replace(shown, language=language)
        case TextSizeChanged():
            return replace(shown, text_percent=_next(TEXT_PERCENTS, shown.text_percent))
        case ThemeChanged():
            return replace(shown, theme=_next(THEMES, shown.theme))
        case ReadingAloudToggled():
            return _silent(shown) if shown.reading_aloud else replace(shown, reading_aloud=True)
        case AidToggled(aid=aid):
            switched: dict[str, Any] = {aid.value: not getattr(shown, aid.value)}
            return replace(shown, **switched)
        case SpeedChanged():
            return replace(shown, words_per_minute=_next(SPEEDS_WPM, shown.words_per_minute))
        case VolumeChanged(steps=steps):
            return replace(shown, volume_step=_louder(shown.volume_step, steps))
        case ListeningStarted(by_keypad=True, private=private):
            return replace(shown, reading_aloud=True, by_keypad=True, private=shown.private or private)
        case ListeningStarted(private=private):
            return replace(shown, reading_aloud=True, touch_to_hear=True, private=shown.private or private)
        case ListeningStopped():
            return replace(_silent(shown), private=False)
        case _:
            return shown


def _silent(shown: Preferences) -> Preferences:
    """Without a voice a first touch has nothing to say, and a hidden screen nobody to tell what is on it."""
    return replace(shown, reading_aloud=False, touch_to_hear=False, screen_hidden=False)


def _louder(step: int, by: int) -> int:
    return max(0, min(step + by, VOLUME_STEPS - 1)) if by else (step + 1) % VOLUME_STEPS


def _next(values: tuple[T, ...], current: T) -> T:
    at = values.index(current) if current in values else -1
    return values[(at + 1) % len(values)]
