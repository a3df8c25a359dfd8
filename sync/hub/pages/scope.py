"""Which responses a page is about: the period and the site that its address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sync.hub.models import Site, Survey
from sync.hub.results import Scope, usual_period


@dataclass(frozen=True, slots=True)
class Period:
    """A period that one touch chooses."""

    name: str
    query: str
    chosen: bool


def asked_for(request: HttpRequest, slug: str) -> Scope:
    """``?from=2026-11-01&to=2026-11-30&site=3``; without dates the last 30 days. A date that is none is passed over."""
    survey = get_object_or_404(Survey, slug=slug)
    first, last = usual_period(timezone.localdate())
    first, last = _date(request.GET.get("from"), first), _date(request.GET.get("to"), last)
    return Scope(survey, min(first, last), max(first, last), _site(request.GET.get("site", "")))


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
        Period(name, query(Scope(scope.survey, *dates, scope.site)), dates == (scope.first, scope.last))
        for name, dates in named.items()
    ]


def _date(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


def _site(text: str) -> Site | None:
    return Site.objects.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 18 else None
