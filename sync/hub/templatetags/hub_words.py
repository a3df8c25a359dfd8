"""How numbers, languages and spans of time are said on the staff pages."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import get_language_info

from sync.hub import clocks

register = template.Library()

WAYS: Final = {
    "touch": "By touch",
    "keypad": "With the keypad",
    "read-aloud": "Read aloud",
    "large-text": "With large text",
    "high-contrast": "With high contrast",
}
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
def number(value: float | None) -> str:
    """7.0 -> ``7``, 6.25 -> ``6.25``."""
    return "–" if value is None else f"{value:g}"


@register.filter
def language(tag: str) -> str:
    """``cy`` -> ``Welsh (cy)``; an unknown tag as it is."""
    try:
        return f"{get_language_info(tag)['name']} ({tag})"
    except KeyError:
        return tag


@register.filter
def way(code: str) -> str:
    """A way of answering in words."""
    return WAYS.get(code, code)


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
