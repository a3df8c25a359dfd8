"""The results page of one survey."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sync.hub import results as figures
from sync.hub.figures import SMALL_GROUP
from sync.hub.models import Site
from sync.hub.pages import downloads, scope as scopes


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
        "sites": Site.objects.all(),
        "small_group": SMALL_GROUP,
        "most_in_a_day": max((count for _, count in found.days), default=0),
    }
    return render(request, "hub/results.html", shown)
