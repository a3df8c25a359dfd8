"""How numbers, languages and spans of time are said on the staff pages."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import get_language_info

from kiosk import languages
from sync.hub.places import clocks

register = template.Library()

WAYS: Final = {
    "touch": "By touch",
    "keypad": "With the keypad",
    "read-aloud": "Read aloud",
    "large-text": "With large text",
    "high-contrast": "With high contrast",
    "with-help": "With help",
    "others": "Groups too small to show",
}
UNTOLD: Final = "Not told"
FFT_WORDS: Final = {
    "very-good": "Very good",
    "good": "Good",
    "neither": "Neither good nor poor",
    "poor": "Poor",
    "very-poor": "Very poor",
    "dont-know": "Don't know",
}
"""The six answers of the Friends and Family question (S100)."""


@register.filter
def percent(value: float | None) -> str:
    """80.0 -> ``80%``, 71.4 -> ``71.4%``; a dash where there is none."""
    return "–" if value is None else f"{value:g}%"


@register.filter
def rounded(value: float | None) -> str:
    """A percentage that was not rounded yet: 92.3076 -> ``92.3%``; a dash where there is none."""
    return "–" if value is None else f"{round(value + 1e-9, 1):g}%"


@register.filter
def rounded_or(value: float, counting: bool) -> str:
    """A number of people as it is, anything else as a percentage."""
    return f"{value:,.0f}" if counting else rounded(value)


@register.filter
def number(value: float | None) -> str:
    """7.0 -> ``7``, 6.25 -> ``6.25``."""
    return "–" if value is None else f"{value:g}"


@register.filter
def language(tag: str) -> str:
    """``cy`` -> ``Welsh (cy)``; an unknown tag as it is."""
    if tag in {"", "others"}:
        return WAYS["others"] if tag else UNTOLD
    try:
        name = get_language_info(tag)["name"]
    except KeyError:
        name = languages.language(tag).english_name
    return f"{name} ({tag})" if name and name != tag else tag


@register.filter
def way(code: str) -> str:
    """Ways of answering in words: ``touch`` -> ``By touch``, ``read-aloud+touch`` -> ``Read aloud, by touch``."""
    words = ", ".join(WAYS.get(one, one) for one in code.split("+")) if code else UNTOLD
    return words[:1].upper() + words[1:].lower()


@register.filter
def span(seconds: int | None) -> str:
    """A length of time in its largest fitting unit: ``3 hours``."""
    return clocks.span(seconds) if seconds else "–"


@register.filter
def clock(ahead_seconds: int | None) -> str:
    """How a device's clock stands against ours: ``right``, ``5 minutes fast``; a dash where it never said."""
    return "–" if ahead_seconds is None else clocks.in_words(ahead_seconds)


@register.filter
def column(count: int, most: int) -> float:
    """The height of a column, 0 to 100, where the highest stands for `most`."""
    return round(100 * count / most, 1) if most else 0.0


@register.filter
def minus(left: float, right: float) -> float:
    """The difference, to one decimal."""
    return round(left - right, 1)
