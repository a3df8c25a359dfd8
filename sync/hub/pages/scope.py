"""Which responses a page is about: the period and the site that its address asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sync.hub.analysis.results import usual_period
from sync.hub.counts.scopes import Scope
from sync.hub.models import Site, Survey
from sync.hub.people import access

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 12, 31)
"""Nothing was ever answered before or will be after; no chart has to hold ten thousand years."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period that one touch chooses."""

    name: str
    query: str
    chosen: bool


def asked_for(request: HttpRequest, slug: str) -> Scope:
    """``?from=2026-11-01&to=2026-11-30&site=3``; without dates the last 30 days. A date that is none is passed over.

    Raises Http404 for a site that is not there for this person, whether it is another's or nobody's.
    """
    survey = get_object_or_404(Survey, slug=slug)
    first, last = usual_period(timezone.localdate())
    first, last = _date(request.GET.get("from"), first), _date(request.GET.get("to"), last)
    within = access.reach(request.user)
    return Scope(survey, min(first, last), max(first, last), _site(request.GET.get("site", ""), within), within, shown=True)


def query(scope: Scope) -> str:
    """The same scope as a query, for links to its downloads."""
    site = {"site": scope.site.pk} if scope.site else {}
    return urlencode({"from": scope.first.isoformat(), "to": scope.last.isoformat(), **site})


def periods(scope: Scope) -> list[Period]:
    """Today, this month, last month, the last 30 days and the last year."""
    today = timezone.localdate()
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    named = {
        "Today": (today, today),
        "Last 30 days": usual_period(today),
        "This month": (month, today),
        "Last month": (before.replace(day=1), before),
        "Last 12 months": (today - timedelta(days=364), today),
    }
    return [
        Period(name, query(replace(scope, first=dates[0], last=dates[1])), dates == (scope.first, scope.last))
        for name, dates in named.items()
    ]


def _date(text: str | None, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return min(max(found, EARLIEST), LATEST)


def _site(text: str, within: frozenset[int] | None) -> Site | None:
    if not text.isdecimal() or len(text) >= 18:
        return None
    if within is not None and int(text) not in within:
        raise Http404
    return get_object_or_404(Site, pk=int(text))
