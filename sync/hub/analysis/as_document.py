"""Results as one JSON object, for programs; README.md describes it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from sync.hub.analysis.results import Results
from sync.hub.counts import showing
from sync.hub.counts.measures import CAVEAT

SMALL_NUMBERS: Final = "Answers are added in lots of at least so many people, and count on the day they are added."


def of(found: Results) -> dict[str, Any]:
    """The results as JSON values."""
    scope, fft = found.scope, found.friends_and_family
    return {
        "survey": {"url": scope.survey.url, "slug": scope.survey.slug, "title": scope.survey.title},
        "from": scope.first.isoformat(),
        "to": scope.last.isoformat(),
        "site": scope.site.name if scope.site else None,
        "responses": {"total": found.total, "completed": found.completed, "stopped": found.stopped},
        "friends_and_family": msgspec.to_builtins(fft) | {"caveat": CAVEAT} if fft else None,
        "languages": dict(found.languages),
        "ways": dict(found.ways),
        "sites": dict(found.sites),
        "days": {day.isoformat(): count for day, count in found.days},
        "small_numbers": {"hidden_below": showing.rule().hide_below, "rule": SMALL_NUMBERS} if scope.shown else None,
        "questions": [_question(question) for question in msgspec.to_builtins(found.questions)],
    }


def _question(question: dict[str, Any]) -> dict[str, Any]:
    return {("answers" if name == "shares" else name): value for name, value in question.items()}
