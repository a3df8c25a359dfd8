"""The first page: what came in today and this month, how people felt, which devices need somebody, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sync.hub.analysis import figures
from sync.hub.counts import measures, sheets, showing
from sync.hub.counts.scopes import Scope
from sync.hub.models import Device, Organisation, Response, Site, Survey
from sync.hub.pages.care import cared
from sync.hub.pages.devices import within_reach
from sync.hub.people import access
from sync.hub.running import mail


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """`felt`: in one sentence how people felt this month, "" where that is not known yet."""

    survey: Survey
    today: int
    this_month: int
    felt: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do on a fresh hub. `address` is the name of the page for it."""

    words: str
    address: str
    done: bool


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Surveys with their counts, devices to look at, and on a fresh hub the next steps."""
    today, within = timezone.localdate(), access.reach(request.user)
    counts = [_counts(Scope(one, today.replace(day=1), today, within=within, shown=True)) for one in Survey.objects.all()]
    devices = cared(within_reach(request).filter(revoked_at=None), timezone.now())
    found = {
        "surveys": counts,
        "device_count": len(devices),
        "attention": [one for one in devices if one.worries],
        "steps": _steps_to_show(request),
        "hide_below": showing.rule().hide_below,
        "no_mail": request.user.has_perm("hub.look_after_sites") and _waits_for_mail(),
    }
    return render(request, "hub/home.html", found)


def _counts(scope: Scope) -> SurveyCounts:
    """How many were counted, and how they felt: from what may be shown (S111)."""
    came = sheets.headlines(scope, "day")
    today = came[scope.last].n if scope.last in came else 0
    return SurveyCounts(scope.survey, today, sum(day.n for day in came.values()), _felt(scope))


def _felt(scope: Scope) -> str:
    """S108 in words; the number of people always beside the percentage."""
    month: dict[date, sheets.Headline] = sheets.headlines(scope, "month")
    answers = month[scope.first].measures.get("fft", {}) if scope.first in month else {}
    fft = figures.friends_and_family({(measures.FFT_ANSWERS, code): n for code, n in answers.items()})
    if not fft.n:
        return ""
    good = f"This month {fft.positive_percent:g}% of {fft.n:,} people said good or very good"
    return f"{good}; {fft.negative_percent:g}% said poor or very poor."


def _steps_to_show(request: HttpRequest) -> list[NextStep]:
    """For administrators, until the first answer has come."""
    if not request.user.has_perm("hub.look_after_sites") or Response.objects.exists():
        return []
    return list(_steps())


def _steps() -> Iterator[NextStep]:
    yield NextStep("Look at the survey that is asked, or add your own", "surveys", Survey.objects.count() > 1)
    yield NextStep("Add the sites where people are asked", "add-site", Site.objects.exists())
    yield NextStep("Add a device to a site", "add-device", Device.objects.exists())
    yield NextStep("Invite the people who will read the results", "invite-person", User.objects.count() > 1)
    yield NextStep("Say who is told when a device goes quiet", "add-organisation", Organisation.objects.exists())


def _waits_for_mail() -> bool:
    """Somebody wants to be told by mail, and no mail server was named."""
    return not mail.is_set_up() and Organisation.objects.filter(closed_at=None).exclude(alert_mail="").exists()
