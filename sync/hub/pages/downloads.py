"""Results for programs and spreadsheets: the figures of the results page as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sync.hub.analysis import as_document, overview, results
from sync.hub.analysis.figures import percent
from sync.hub.analysis.good import Part
from sync.hub.analysis.results import Results
from sync.hub.doors import replies
from sync.hub.pages import files, scope as scopes
from sync.hub.pages.files import for_programs, for_readers
from sync.hub.people import actions


@require_safe
@for_readers
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures as one JSON object; README.md describes it."""
    return replies.plain(as_document.of(results.of(scopes.asked_for(request, slug))))


@require_safe
@for_programs("export_responses")
def exact(request: HttpRequest, slug: str) -> HttpResponse:
    """Every answer counted on the day it came, small numbers too: for those who may take whole responses away anyway."""
    scope = scopes.asked_for(request, slug)
    actions.note(request.user, f"Took away the exact counts of {scope.survey} from {scope.first} to {scope.last}")
    return replies.plain(as_document.of(results.of(replace(scope, shown=False))))


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
    found = overview.of(scopes.asked_for(request, slug))
    scope, good = found.results.scope, ("People", "Positive, percent", "Of people")
    tables: dict[str, files.Table] = {
        "Questions": _rows(found.results),
        "Key questions": [
            ["Key question", "What people said", "Percent", "Of people"],
            *([key.name, view.title, _percent(part), part.n] for key in found.key_questions for view, part in key.rows),
        ],
        "Languages": [["Language", *good], *_groups(found.languages)],
        "Ways": [["Way", *good], *_groups(found.ways)],
        "Sites": [["Site", *good], *_groups(found.sites)],
        "Days": [["Day", "People"], *([day.isoformat(), n] for day, n in found.results.days)],
    }
    return files.table(kind, f"{slug}-{scope.first}-to-{scope.last}", tables)


def _groups(rows: Iterable[overview.Row]) -> Iterator[list[object]]:
    return ([row.key or "not told", row.n, _percent(row.good), row.good.n] for row in rows)


def _percent(part: Part) -> object:
    return percent(part.count, part.n) if part.n else ""


def _rows(found: Results) -> Iterator[list[object]]:
    yield ["Question", "Question id", "Answer", "Answer code", "Count", "Percent", "People who answered"]
    for question in found.questions:
        if not question.shares:
            yield [question.words, question.link_id, "", "", "", "", question.n]
        for share in question.shares:
            yield [question.words, question.link_id, share.words, share.code, share.count, share.percent, question.n]
