"""What is noticed about a person's own words when they come: where they stand, how they are searched, what to look at first."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sync.hub.words import folding, mixed, warnings


class Noticed(TypedDict):
    """Fields of models.Comment."""

    place: int
    folded: str
    warnings: str


def of(text: str, day: date) -> Noticed:
    """What is noticed about `text`, which came on `day`."""
    return {"place": mixed.place(day), "folded": folding.fold(text), "warnings": warnings.codes(warnings.found(text))}
