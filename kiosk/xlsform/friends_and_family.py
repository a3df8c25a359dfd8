"""The Friends and Family question in a form: known by its six answers, whatever the form calls them (S99, S100, S113)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

MEASURE: Final = "urn:feedback-kiosk:measure"
ANSWERS: Final = "urn:feedback-kiosk:fft"
"""The system of the codes that every survey's Friends and Family question has: the centre counts them together."""
QUESTION: Final = "Overall, how was your experience of our service?"
"""The exact words (S99)."""
ORDER: Final[Mapping[str, int]] = {"very-good": 5, "good": 4, "neither": 3, "poor": 2, "very-poor": 1}
"""The ordinal value of each answer; ``dont-know`` has none."""
_CODES: Final[Mapping[str, str]] = {
    "very good": "very-good",
    "good": "good",
    "neither good nor poor": "neither",
    "poor": "poor",
    "very poor": "very-poor",
    "dont know": "dont-know",
}


def codes_of(labels: Sequence[str]) -> list[str]:
    """The code of each English label, if they are exactly the six answers in any order; else nothing."""
    codes = [_CODES.get(_plain(label), "") for label in labels]
    return codes if sorted(codes) == sorted(_CODES.values()) else []


def is_in_order(codes: Sequence[str]) -> bool:
    """Whether the answers stand as they must (S100)."""
    return list(codes) == list(_CODES.values())


def is_worded_right(label: str) -> bool:
    """Whether an English label is the question's own words, but for capitals and signs."""
    return _plain(label) == _plain(QUESTION)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z ]", "", text.casefold().replace("-", " ")).split())
