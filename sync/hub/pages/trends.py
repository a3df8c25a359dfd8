"""A chart over time, its figures as a table, and both as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from sync.hub.analysis import charts, pictures, trends as figures
from sync.hub.analysis.trends import CHOICES, PEOPLE, Step, Trend, Wish
from sync.hub.analysis.xmr import Direction, Meaning
from sync.hub.doors import replies
from sync.hub.pages import files, scope as scopes
from sync.hub.pages.files import for_readers
from sync.hub.people import access

STEPS: dict[Step, str] = {"month": "Month by month", "week": "Week by week"}


@require_safe
@login_required
@permission_required("hub.read_results", raise_exception=True)
def trends(request: HttpRequest, slug: str) -> HttpResponse:
    """``?show=positive&by=month&site=3&screened=yes``."""
    wish = asked_for(request, slug)
    found = figures.trend(wish, timezone.localdate())
    shown = {
        "trend": found,
        "scope": wish.scope,
        "sites": access.sites(request.user),
        "views": CHOICES.values(),
        "steps": STEPS,
        "query": request.GET.urlencode(),
        "wide": _drawn(found, charts.WIDE, "wide"),
        "narrow": _drawn(found, charts.NARROW, "narrow"),
        "key": [(_safe(charts.shape(meaning)), charts.MEANINGS[meaning]) for meaning in _meanings(found)],
        "points": _points(found),
        "trial": any(part.trial for part in found.series.chart.parts),
        "without": any(part.limits is None for part in found.series.chart.parts),
        "counting": wish.view is PEOPLE,
    }
    return render(request, "hub/trends.html", shown)


@require_safe
@for_readers
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The chart as ``svg`` or ``png``, its figures as ``csv``, ``xlsx`` or ``json``."""
    found = figures.trend(asked_for(request, slug), timezone.localdate())
    name = f"{slug}-{found.wish.view.name}-by-{found.wish.step}"
    if kind in {"svg", "png"} and not found.starts:
        raise Http404
    if kind == "svg":
        return files.attached(pictures.as_svg(found.series), f"{name}.svg", "image/svg+xml")
    if kind == "png":
        return _png(found, name)
    return files.table(kind, name, {"Trend": figures.rows(found)})


def asked_for(request: HttpRequest, slug: str) -> Wish:
    """What the address asks for; words it does not know are passed over."""
    view = CHOICES.get(request.GET.get("show", ""), CHOICES["positive"])
    step: Step = "week" if request.GET.get("by") == "week" else "month"
    return Wish(scopes.asked_for(request, slug), view, step, request.GET.get("screened") == "yes")


def _png(found: Trend, name: str) -> HttpResponse:
    try:
        return files.attached(pictures.as_png(found.series), f"{name}.png", "image/png")
    except pictures.NoLetters as problem:
        return replies.plain({"error": str(problem)}, 501)


def _drawn(found: Trend, frame: charts.Frame, name: str) -> SafeString:
    return _safe(charts.svg(found.series, frame, name)) if found.starts else SafeString()


def _safe(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308 every text in it is escaped by charts.py


def _meanings(found: Trend) -> list[Meaning]:
    if found.wish.view.direction is Direction.NEITHER:
        return [Meaning.COMMON, Meaning.NEUTRAL]
    return [Meaning.COMMON, Meaning.IMPROVEMENT, Meaning.CONCERN]


def _points(found: Trend) -> list[tuple[object, ...]]:
    """The newest first: start, value, people, shape, words, why the lines begin anew here."""
    rows: list[tuple[object, ...]] = [
        (start, point.value, part.n, _safe(charts.shape(point.meaning)), charts.in_words(point), found.reasons.get(at, ""))
        for at, (start, part, point) in enumerate(zip(found.starts, found.parts, found.series.chart.points, strict=True))
    ]
    return rows[::-1]
