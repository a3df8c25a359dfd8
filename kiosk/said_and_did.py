"""You said, we did: what was changed because people said something, as the first screen tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.languages import matching
from kiosk.phrases import phrases
from kiosk.screens import Turn

ENGLISH = "en"
"""The language that every text has."""


@dataclass(frozen=True, slots=True)
class SaidAndDid:
    """One text. `words`: by language tag what was said and what was done; English is always there. Dates are both included."""

    words: Mapping[str, tuple[str, str]]
    first: date = date.min
    last: date = date.max

    def holds_on(self, day: date) -> bool:
        return self.first <= day <= self.last


def told_on(texts: Iterable[SaidAndDid], day: date) -> tuple[SaidAndDid, ...]:
    """Those that are shown on `day`."""
    return tuple(text for text in texts if text.holds_on(day))


def turn_in(text: SaidAndDid, tag: str) -> Turn:
    """`text` in the language `tag`; English when it is missing, the words before it too."""
    found = matching(tag, text.words)
    say, pair = phrases(tag if found else ENGLISH), text.words[found or ENGLISH]
    said, did = say("You said: {words}", words=pair[0]), say("We did: {words}", words=pair[1])
    return Turn(said, did, tag if found else ENGLISH)
