"""The results: each survey with its headline, and the page of one survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sync.hub.analysis import columns, overview, results as figures, sentences
from sync.hub.analysis.figures import FriendsAndFamily, friends_and_family
from sync.hub.counts import sheets, showing
from sync.hub.counts.measures import FFT_ANSWERS
from sync.hub.counts.scopes import Scope
from sync.hub.models import Survey
from sync.hub.pages import downloads, scope as scopes
from sync.hub.people import access


@dataclass(frozen=True, slots=True)
class Headline:
    """One survey in short."""

    survey: Survey
    sentence: str
    query: str


@require_safe
@login_required
@permission_required("hub.read_results", raise_exception=True)
def listing(request: HttpRequest) -> HttpResponse:
    """Every survey with what people said in the last 30 days."""
    first, last = figures.usual_period(timezone.localdate())
    within = access.reach(request.user)
    found = [_headline(Scope(survey, first, last, None, within, shown=True)) for survey in Survey.objects.all()]
    return render(request, "hub/all_results.html", {"headlines": found, "hide_below": showing.rule().hide_below})


def _headline(scope: Scope) -> Headline:
    counts = sheets.counted(scope)
    codes = counts.measures.get("fft")
    fft = _friends_and_family(codes) if codes else None
    return Headline(scope.survey, sentences.in_short(counts.headline.n, fft) if counts.headline.n else "", scopes.query(scope))


def _friends_and_family(codes: Mapping[str, int]) -> FriendsAndFamily:
    return friends_and_family({(FFT_ANSWERS, code): n for code, n in codes.items()})


@require_safe
@login_required
@permission_required("hub.read_results", raise_exception=True)
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts and shares for every question; ``?format=json`` gives the same figures to a program."""
    if request.GET.get("format") == "json":
        return downloads.as_json(request, slug)
    scope = scopes.asked_for(request, slug)
    found = overview.of(scope)
    shown = {
        "overview": found,
        "results": found.results,
        "scope": scope,
        "query": scopes.query(scope),
        "periods": scopes.periods(scope),
        "sites": access.sites(request.user),
        "hide_below": showing.rule().hide_below,
        "columns": columns.of(dict(found.results.days), scope.first, scope.last),
    }
    return render(request, "hub/results.html", shown)
