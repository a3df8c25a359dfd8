"""Invented people: who comes, what they say of themselves, and how they found it. Chance with a seed, and tables."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from random import Random
from typing import Final

from sync.hub.counts import measures

STEPS_OF_QUALITY: Final = 4
"""To a quarter; quality lies between -2 and 2."""


@dataclass(frozen=True, slots=True)
class Table:
    """Things to draw, with their weights added up."""

    names: tuple[str, ...]
    reaching: tuple[float, ...]

    def draw(self, chance: Random) -> str:
        return self.names[bisect(self.reaching, chance.random() * self.reaching[-1], 0, len(self.names) - 1)]


def table(weights: Mapping[str, float]) -> Table:
    """A table from weights of any sum."""
    return Table(tuple(weights), tuple(accumulate(weights.values())))


AGES: Final = {
    "0-15": 3,
    "16-24": 9,
    "25-34": 14,
    "35-44": 14,
    "45-54": 14,
    "55-64": 16,
    "65-74": 16,
    "75-84": 10,
    "85-plus": 4,
    "prefer-not": 4,
}
ETHNIC: Final = (
    table({"white": 82, "mixed": 2, "asian": 8, "black": 4, "other": 2, "prefer-not": 4}),
    table({"white": 46, "mixed": 5, "asian": 25, "black": 14, "other": 6, "prefer-not": 6}),
)
"""Where few and where many come from elsewhere."""
ABOUT_PEOPLE: Final = {
    "age": table(AGES),
    "sex": table({"female": 57, "male": 40, "prefer-not": 3}),
    "gender-same": table({"yes": 94, "no": 1, "prefer-not": 5}),
    "disability": table({"yes": 29, "no": 64, "prefer-not": 7}),
    "disability-effect": table({"a-lot": 34, "a-little": 46, "not-at-all": 15, "prefer-not": 5}),
    "orientation": table({"straight": 84, "gay-lesbian": 3, "bisexual": 3, "other": 1, "prefer-not": 9}),
    "religion": table(
        {
            "none": 38,
            "christian": 40,
            "buddhist": 1,
            "hindu": 3,
            "jewish": 1,
            "muslim": 8,
            "sikh": 2,
            "other": 1,
            "prefer-not": 6,
        }
    ),
    "answered-by": table({"patient": 84, "carer": 12, "staff-helping": 4}),
    "support": table(
        {
            "interpreter": 20,
            "bsl": 4,
            "large-print": 22,
            "easy-read": 12,
            "hearing-loop": 14,
            "more-time": 34,
            "other": 9,
            "none": 12,
        }
    ),
    "share-words": table({"yes": 55, "no": 45}),
}
ANSWER_RATES: Final = {
    "fft": 0.975,
    "why": 0.46,
    "listened": 0.94,
    "questions-answered": 0.92,
    "needs-met": 0.9,
    "support": 0.85,
    "better": 0.24,
    "share-words": 0.9,
    "answered-by": 0.88,
    "about-you": 0.86,
}
OTHERWISE: Final = 0.93
TELLS_OF_ITSELF: Final = 0.72
STOPS_EARLY: Final = 0.06
_FFT: Final = dict(zip(measures.FFT_CODES, ((54, 0.7), (30, 0.1), (6, -0.5), (4.5, -0.9), (3.5, -1.1), (2, 0)), strict=True))
"""Of each answer how often, and how that grows with quality."""
_FOUND: Final = (
    {"yes": 30, "partly": 36, "no": 28, "not-needed": 2, "dont-know": 4},
    {"yes": 55, "partly": 30, "no": 8, "not-needed": 3, "dont-know": 4},
    {"yes": 86, "partly": 9, "no": 1, "not-needed": 3, "dont-know": 1},
)
"""How the other questions go with a poor, a middling and a good answer to the first."""


def _of_quality(quality: float) -> Table:
    return table({code: often * exp(quality * growth) for code, (often, growth) in _FFT.items()})


FFT_BY_QUALITY: Final = tuple(_of_quality(step / STEPS_OF_QUALITY) for step in range(-8, 9))


def _found(weights: Mapping[str, float], *, foreign: bool) -> Table:
    """Who speaks another language is less often understood."""
    harder = {"partly": 1.7, "no": 1.9} if foreign else {}
    return table({code: often * harder.get(code, 1) for code, often in weights.items()})


FOUND: Final = {(mood, foreign): _found(_FOUND[mood], foreign=foreign) for mood in range(3) for foreign in (False, True)}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answers. `feels` is added to the quality of the place; `mood`: 0 poor, 1 between, 2 good."""

    about: Mapping[str, str]
    language: str
    tells: bool
    fft: str
    mood: int

    @property
    def foreign(self) -> bool:
        return not self.language.startswith("en")


def somebody(chance: Random, language: str, quality: float, *, mixed: bool) -> Person:
    """Who comes to a place of this quality, where many (`mixed`) or few come from elsewhere."""
    about = {name: drawn.draw(chance) for name, drawn in ABOUT_PEOPLE.items()}
    about["ethnic-group"] = ETHNIC[mixed].draw(chance)
    feels = quality + _feels(about, foreign=not language.startswith("en"))
    step = max(-8, min(8, round(feels * STEPS_OF_QUALITY)))
    fft = FFT_BY_QUALITY[step + 8].draw(chance)
    mood = 2 if fft in measures.POSITIVE else 0 if fft in measures.NEGATIVE else 1
    return Person(about, language, chance.random() < TELLS_OF_ITSELF, fft, mood)


def _feels(about: Mapping[str, str], *, foreign: bool) -> float:
    """Where care is not the same for everybody: what the equality pages are there to find."""
    less = (0.5 if about["disability"] == "yes" else 0) + (0.3 if about["age"] == "16-24" else 0) + (0.25 if foreign else 0)
    return (0.25 if about["age"] in {"75-84", "85-plus"} else 0) - less


def ways(chance: Random, person: Person) -> tuple[str, ...]:
    """How the person used the kiosk, as codes."""
    old, disabled = person.about["age"] in {"65-74", "75-84", "85-plus"}, person.about["disability"] == "yes"
    keypad = chance.random() < (0.12 if disabled else 0.02)
    used = {
        "high-contrast": 0.06 if disabled else 0.01,
        "large-text": 0.25 if old else 0.05,
        "read-aloud": 0.22 if disabled or person.foreign else 0.04,
    }
    drawn = [way for way, often in used.items() if chance.random() < often]
    return (*drawn, "keypad" if keypad else "touch")
