"""The results page of one survey."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sync.hub import access, results as figures
from sync.hub.figures import SMALL_GROUP
from sync.hub.pages import downloads, scope as scopes

LONGEST_CHART_DAYS = 366


@require_safe
@login_required
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts and shares for every question; ``?format=json`` gives the same figures to a program."""
    if request.GET.get("format") == "json":
        return downloads.as_json(request, slug)
    scope = scopes.asked_for(request, slug)
    found = figures.of(scope)
    shown = {
        "results": found,
        "scope": scope,
        "query": scopes.query(scope),
        "periods": scopes.periods(scope),
        "sites": access.sites(request.user),
        "small_group": SMALL_GROUP,
        "days": _every_day(found),
        "most_in_a_day": max((count for _, count in found.days), default=0),
    }
    return render(request, "hub/results.html", shown)


def _every_day(found: figures.Results) -> list[tuple[date, int]]:
    """The days of the period, those without a response too; of a very long period only those with one."""
    scope, counts = found.scope, dict(found.days)
    length = (scope.last - scope.first).days + 1
    if length > LONGEST_CHART_DAYS:
        return list(found.days)
    days = (scope.first + timedelta(days=after) for after in range(length))
    return [(day, counts.get(day, 0)) for day in days]
