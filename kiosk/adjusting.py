"""How a person adjusts the screen: language, text size, colours, reading aloud. A part of the flow."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from kiosk.events import Event, LanguageChosen, ReadingAloudToggled, TextSizeChanged, ThemeChanged
from kiosk.states import TEXT_PERCENTS, THEMES, Preferences, Session

T = TypeVar("T", int, str)


def with_adjusted(session: Session, event: Event) -> Session:
    """The session after an adjustment; how it was answered is noted for the analyst."""
    shown = adjusted(session.preferences, event)
    ways = {
        "large-text": shown.text_percent > TEXT_PERCENTS[0],
        "high-contrast": shown.theme in {"dark", "yellow-on-black"},
        "read-aloud": shown.reading_aloud,
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
            return replace(shown, reading_aloud=not shown.reading_aloud)
        case _:
            return shown


def _next(values: tuple[T, ...], current: T) -> T:
    at = values.index(current) if current in values else -1
    return values[(at + 1) % len(values)]
