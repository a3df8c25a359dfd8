"""Results for programs and spreadsheets: the figures of the results page as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sync.hub import results, spreadsheet
from sync.hub.doors import replies
from sync.hub.pages import scope as scopes
from sync.hub.results import Results

CAVEAT = "Friends and Family results are not Official Statistics. Do not compare providers: they ask in different ways."
"""S109."""
View = Callable[[HttpRequest, str], HttpResponse]


def for_signed_in(view: View) -> View:
    """A program that is not signed in gets 401, not the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str) -> HttpResponse:
        if not request.user.is_authenticated:
            return replies.plain({"error": "Sign in first."}, 401)
        return view(request, slug)

    return guarded


@require_safe
@for_signed_in
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures as one JSON object; README.md describes it."""
    return replies.plain(document(results.of(scopes.asked_for(request, slug))))


@require_safe
@for_signed_in
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """One row an answer: counts only, no free text."""
    found = results.of(scopes.asked_for(request, slug))
    reply = HttpResponse(spreadsheet.table(_rows(found)), content_type="text/csv; charset=utf-8")
    name = f"{slug}-{found.scope.first}-to-{found.scope.last}.csv"
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


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
