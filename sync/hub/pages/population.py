"""What part of a site's population is in each group, as its staff enter it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sync.hub.analysis import equality_questions
from sync.hub.analysis.characteristics import UNSAID, Characteristic
from sync.hub.models import PopulationShare, Site, Survey
from sync.hub.people import access, actions

MOST = Decimal("100.5")
"""A little more than all: shares that were rounded may add up to that."""


@dataclass(frozen=True, slots=True)
class Row:
    """One group's field."""

    field: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """The fields of one characteristic."""

    characteristic: Characteristic
    rows: list[Row]
    error: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("hub.rename_places", raise_exception=True)
def population(request: HttpRequest, slug: str) -> HttpResponse:
    """``?site=3``: its shares. An empty field is a share that nobody knows."""
    survey = get_object_or_404(Survey, slug=slug)
    site = _site(request)
    asked = [one for one in equality_questions.asked(survey).values() if one.groups]
    kept = {f"{one.characteristic}:{one.group}": f"{one.percent.normalize():f}" for one in site.population.all()}
    given = {name: str(value) for name, value in request.POST.items()} if request.method == "POST" else kept
    blocks = [_block(one, given) for one in asked]
    if request.method == "POST" and not any(block.error for block in blocks):
        _keep(site, blocks)
        actions.note(request.user, f"Entered the population of {site}")
        messages.success(request, f"The population of {site} is kept.")
        return redirect(f"{reverse('equality', args=[slug])}?site={site.pk}")
    return render(request, "hub/population.html", {"survey": survey, "site": site, "blocks": blocks})


def _site(request: HttpRequest) -> Site:
    number = request.GET.get("site", "")
    if not number.isdecimal() or len(number) > 17:
        raise Http404
    return get_object_or_404(access.sites(request.user), pk=int(number))


def _block(one: Characteristic, given: dict[str, str]) -> Block:
    groups = {name: words for name, words in one.groups.items() if name not in UNSAID}
    rows = [Row(f"{one.code}:{name}", words, given.get(f"{one.code}:{name}", "").strip()) for name, words in groups.items()]
    return Block(one, rows, _fault(rows))


def _fault(rows: list[Row]) -> str:
    try:
        shares = [Decimal(row.value.replace(",", ".")) for row in rows if row.value]
    except InvalidOperation:
        return "Enter numbers from 0 to 100, like 12.5."
    if any(not share.is_finite() or not 0 <= share <= 100 for share in shares):
        return "Each share is from 0 to 100."
    return "Together these are more than 100. Look at them again." if sum(shares) > MOST else ""


@transaction.atomic
def _keep(site: Site, blocks: list[Block]) -> None:
    for block in blocks:
        site.population.filter(characteristic=block.characteristic.code).delete()
        PopulationShare.objects.bulk_create(
            PopulationShare(
                site=site,
                characteristic=block.characteristic.code,
                group=row.field.partition(":")[2],
                percent=Decimal(row.value.replace(",", ".")).quantize(Decimal("0.01")),
            )
            for row in block.rows
            if row.value
        )
