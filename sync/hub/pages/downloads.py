"""Results for programs and spreadsheets: the figures of the results page as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sync.hub import results, showing
from sync.hub.doors import replies
from sync.hub.measures import CAVEAT
from sync.hub.pages import files, scope as scopes
from sync.hub.pages.files import for_readers
from sync.hub.results import Results

SMALL_NUMBERS = "Answers are added in lots of at least so many people, and count on the day they are added."


@require_safe
@for_readers
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures as one JSON object; README.md describes it."""
    return replies.plain(document(results.of(scopes.asked_for(request, slug))))


@require_safe
@for_readers
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """One row an answer: counts only, no free text."""
    return _table(request, slug, "csv")


@require_safe
@for_readers
def as_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a workbook, with groups and days on sheets of their own."""
    return _table(request, slug, "xlsx")


def _table(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    found = results.of(scopes.asked_for(request, slug))
    name = f"{slug}-{found.scope.first}-to-{found.scope.last}"
    tables: dict[str, files.Table] = {
        "Questions": _rows(found),
        "Days": [["Day", "People"], *([day.isoformat(), n] for day, n in found.days)],
        "Languages": [["Language", "People"], *found.languages],
        "Ways": [["Way", "People"], *found.ways],
        "Sites": [["Site", "People"], *found.sites],
    }
    return files.table(kind, name, tables)


def document(found: Results) -> dict[str, Any]:
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
        "small_numbers": {"hidden_below": showing.rule().hide_below, "rule": SMALL_NUMBERS},
        "questions": [_question(question) for question in msgspec.to_builtins(found.questions)],
    }


def _question(question: dict[str, Any]) -> dict[str, Any]:
    return {("answers" if name == "shares" else name): value for name, value in question.items()}


def _rows(found: Results) -> Iterator[list[object]]:
    yield ["Question", "Question id", "Answer", "Answer code", "Count", "Percent", "People who answered"]
    for question in found.questions:
        if not question.shares:
            yield [question.words, question.link_id, "", "", "", "", question.n]
        for share in question.shares:
            yield [question.words, question.link_id, share.words, share.code, share.count, share.percent, question.n]
