"""How results are shown: targets, where a chart's lines begin anew, and below how many people a group is hidden."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sync.hub.analysis import good
from sync.hub.counts import showing
from sync.hub.counts.suppression import HIGHEST, LOWEST
from sync.hub.models import Rebase, Site, Survey, Target
from sync.hub.people import actions
from sync.hub.texts import one_line

ABILITY = "hub.look_after_surveys"


@require_safe
@login_required
@permission_required(ABILITY, raise_exception=True)
def how(request: HttpRequest, slug: str) -> HttpResponse:
    """What is set for this survey, and for the whole hub."""
    survey = get_object_or_404(Survey, slug=slug)
    kept = {one.measure: one.percent for one in survey.targets.all()}
    shown = {
        "survey": survey,
        "targets": [(view, kept.get(measure)) for measure, view in reversed(good.BY_MEASURE.items())],
        "rebases": survey.rebases.select_related("site"),
        "sites": Site.objects.all(),
        "hide_below": showing.rule().hide_below,
        "choices": range(LOWEST, HIGHEST + 1),
    }
    return render(request, "hub/how_shown.html", shown)


@require_POST
@login_required
@permission_required(ABILITY, raise_exception=True)
def target(request: HttpRequest, slug: str) -> HttpResponse:
    """Set or remove the targets of a survey."""
    survey = get_object_or_404(Survey, slug=slug)
    try:
        wanted = {measure: _percent(request.POST.get(measure, "")) for measure in good.BY_MEASURE}
    except ValueError:
        messages.error(request, "A target is a number from 0 to 100, like 90 or 92.5.")
        return redirect("how-shown", slug)
    with transaction.atomic():
        survey.targets.all().delete()
        known = {measure: percent for measure, percent in wanted.items() if percent is not None}
        Target.objects.bulk_create(Target(survey=survey, measure=name, percent=percent) for name, percent in known.items())
    actions.note(request.user, f"Set the targets of {survey}")
    messages.success(request, "The targets are kept.")
    return redirect("how-shown", slug)


@require_POST
@login_required
@permission_required(ABILITY, raise_exception=True)
def rebase(request: HttpRequest, slug: str) -> HttpResponse:
    """From this day on the chart has lines of its own (S144)."""
    survey = get_object_or_404(Survey, slug=slug)
    number, why = request.POST.get("site", ""), one_line(request.POST.get("why", ""), 120)
    site = get_object_or_404(Site, pk=int(number)) if number.isdecimal() and len(number) < 18 else None
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        messages.error(request, "Choose the day from which the lines begin anew.")
        return redirect("how-shown", slug)
    if not why:
        messages.error(request, "Say what was changed on that day. A chart without a reason convinces nobody.")
        return redirect("how-shown", slug)
    try:
        with transaction.atomic():
            _rebase(survey, site, day, why)
    except IntegrityError:
        messages.error(request, "The lines begin anew on that day already.")
        return redirect("how-shown", slug)
    actions.note(request.user, f"Let the charts of {survey} begin anew on {day}")
    messages.success(request, "The lines of the charts begin anew on that day.")
    return redirect("how-shown", slug)


@require_POST
@login_required
@permission_required(ABILITY, raise_exception=True)
def remove_rebase(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let the lines run on."""
    found = get_object_or_404(Rebase, pk=pk, survey__slug=slug)
    found.delete()
    actions.note(request.user, f"Let the charts of {found.survey} run on over {found.day}")
    messages.success(request, "The lines of the charts run on over that day.")
    return redirect("how-shown", slug)


@require_POST
@login_required
@permission_required(ABILITY, raise_exception=True)
def small_numbers(request: HttpRequest) -> HttpResponse:
    """Below how many people a group is hidden from now on (S111)."""
    back = get_object_or_404(Survey, slug=request.POST.get("survey", ""))
    try:
        showing.hide_below(int(request.POST.get("people", "")))
    except ValueError:
        messages.error(request, f"Choose a number from {LOWEST} to {HIGHEST}.")
        return redirect("how-shown", back.slug)
    actions.note(request.user, f"Hide groups of fewer than {showing.rule().hide_below} people")
    messages.success(request, "From now on that many people must have answered before they are shown.")
    return redirect("how-shown", back.slug)


def _rebase(survey: Survey, site: Site | None, day: date, why: str) -> None:
    if site is None and Rebase.objects.filter(survey=survey, site=None, day=day).exists():
        raise IntegrityError  # SQLite takes two rows without a site for different ones
    Rebase.objects.create(survey=survey, site=site, day=day, why=why)


def _percent(text: str) -> Decimal | None:
    """Raises ValueError."""
    if not text.strip():
        return None
    try:
        found = Decimal(text.strip().rstrip("%").replace(",", "."))
    except InvalidOperation:
        raise ValueError(text) from None
    if not found.is_finite() or not 0 <= found <= 100:
        raise ValueError(text)
    return found.quantize(Decimal("0.1"))
