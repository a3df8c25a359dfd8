"""Published words: what people let us show, read and cleared by staff; to print, and as files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sync.hub.analysis import spreadsheet
from sync.hub.counts.scopes import Scope
from sync.hub.pages import scope as scopes
from sync.hub.pages.comments import Shown, periods, shown_as, whole_months
from sync.hub.people import access
from sync.hub.words import comments as rules
from sync.hub.words.comments import Asked

may_see = permission_required("hub.read_results", raise_exception=True)
MOST_ON_A_PAGE = 500
MOST_IN_A_FILE = 20_000


@require_safe
@login_required
@may_see
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The quotes of a period by month, with nothing around them when they are printed."""
    scope = whole_months(scopes.asked_for(request, slug))
    quotes = list(_quotes(scope, MOST_ON_A_PAGE + 1))
    shown = {
        "scope": scope,
        "query": scopes.query(scope),
        "periods": periods(scope),
        "sites": access.sites(request.user),
        "months": [(month, list(some)) for month, some in groupby(quotes[:MOST_ON_A_PAGE], key=lambda quote: quote.month)],
        "most": MOST_ON_A_PAGE if len(quotes) > MOST_ON_A_PAGE else None,
    }
    return render(request, "hub/quotes.html", shown)


@require_safe
@login_required
@may_see
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """One row a quote."""
    scope = whole_months(scopes.asked_for(request, slug))
    rows = ([f"{quote.month:%Y-%m}", quote.comment.site.name, quote.question, quote.comment.text] for quote in _all(scope))
    table = spreadsheet.table([["Month", "Site", "Question", "Words"], *rows])
    return _file(table, "text/csv", f"{slug}-quotes.csv")


@require_safe
@login_required
@may_see
def as_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Plain text, a quote and where it is from."""
    scope = whole_months(scopes.asked_for(request, slug))
    pieces = (f"“{quote.comment.text}”\n{quote.question}\n{quote.comment.site}, {quote.month:%B %Y}\n" for quote in _all(scope))
    return _file("\ufeff" + "\n".join(pieces), "text/plain", f"{slug}-quotes.txt")


def _all(scope: Scope) -> Iterator[Shown]:
    return _quotes(scope, MOST_IN_A_FILE)


def _quotes(scope: Scope, most: int) -> Iterator[Shown]:
    questions = rules.questions(scope.survey)
    return (shown_as(comment, questions) for comment in islice(rules.every(Asked(scope, published=True)), most))


def _file(content: str, kind: str, name: str) -> HttpResponse:
    reply = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
