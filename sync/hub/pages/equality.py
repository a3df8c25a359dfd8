"""Who is being heard, and whose experience differs (S122 to S127). What is small was put together before it comes here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sync.hub.analysis import equality_questions, good, heard
from sync.hub.analysis.good import View
from sync.hub.counts import sheets, showing
from sync.hub.counts.scopes import Scope
from sync.hub.models import PopulationShare
from sync.hub.pages import files, scope as scopes
from sync.hub.pages.files import for_readers
from sync.hub.people import access

USUAL_DAYS = 365


@require_safe
@login_required
@permission_required("hub.read_results", raise_exception=True)
def equality(request: HttpRequest, slug: str) -> HttpResponse:
    """``?site=3&from=…&to=…&show=positive``; without dates the last year."""
    scope, view = _asked_for(request, slug)
    tables = _tables(scope, view)
    shown = {
        "scope": scope,
        "view": view,
        "views": [one for one in good.VIEWS.values() if one.name != "negative"],
        "tables": tables,
        "query": request.GET.urlencode(),
        "sites": access.sites(request.user),
        "has_population": any(row.population is not None for table in tables for row in table.rows),
        "hide_below": showing.rule().hide_below,
        "named": [(table.characteristic, row) for table in tables for row in table.rows if row.heard or row.differs],
    }
    return render(request, "hub/equality.html", shown)


@require_safe
@for_readers
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same figures as ``csv``, ``xlsx`` or ``json``."""
    scope, view = _asked_for(request, slug)
    return files.table(kind, f"{slug}-who-is-heard", {"Who is heard": rows(_tables(scope, view), view)})


def rows(tables: list[heard.Table], view: View) -> list[list[object]]:
    """A row a group."""
    who = ("Question", "Group", "People", "Percent of those who said", "Percent of the population", "Heard more or fewer")
    what = (view.title, f"{view.title}, percent", "Of people", "All others, percent", "Of others", "Better or worse")
    found: list[list[object]] = [[*who, *what]]
    for table in tables:
        for row in table.rows:
            first = [table.characteristic.words, row.words, row.part.count, row.part.percent, row.population, row.heard]
            then = [row.answers.count, row.answers.percent, row.answers.n, row.others.percent, row.others.n, row.differs]
            found.append([_rounded(cell) for cell in (*first, *then)])
    return found


def _rounded(cell: object) -> object:
    return "" if cell is None else round(cell, 1) if isinstance(cell, float) else cell


def _asked_for(request: HttpRequest, slug: str) -> tuple[Scope, View]:
    scope = scopes.asked_for(request, slug)
    if "from" not in request.GET:
        scope = replace(scope, first=timezone.localdate() - timedelta(days=USUAL_DAYS - 1))
    return scope, good.VIEWS.get(request.GET.get("show", ""), good.VIEWS["positive"])


def _tables(scope: Scope, view: View) -> list[heard.Table]:
    asked = equality_questions.asked(scope.survey).values()
    shares = PopulationShare.objects.filter(site=scope.site) if scope.site else PopulationShare.objects.none()
    population = {(one.characteristic, one.group): float(one.percent) for one in shares}
    counts = sheets.counted(scope)
    return heard.tables(heard.Asked(asked, counts.groups, view, counts.headline.n, population))
