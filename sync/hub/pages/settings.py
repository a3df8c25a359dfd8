"""What devices are told to do, at one level: each setting in plain words, with what holds if nothing is set here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kiosk.opening import DAYS
from sync.hub.models import Device, KioskSettings, Organisation
from sync.hub.pages.settings_fields import FIELDS, KINDS, Field, codes_hint, read_rows, route_rows, shown_value
from sync.hub.people import access, actions
from sync.hub.places import kiosk_settings
from sync.hub.places.kiosk_settings import Level, level_of

may_look_after = permission_required("hub.look_after_sites", raise_exception=True)
WORDS = {"days": DAYS, "kinds": tuple(KINDS.items())}


@dataclass(frozen=True, slots=True)
class Row:
    """One setting on the page. `inherited` are words, `source` the level that they come from."""

    field: Field
    given: Any
    inherited: str
    source: str
    error: str = ""


@require_safe
@login_required
@may_look_after
def overview(request: HttpRequest) -> HttpResponse:
    """Where something is set, from the widest level to the nearest."""
    rows = KioskSettings.objects.select_related("organisation", "site__organisation", "device__site", "changed_by")
    found = [(level_of(row.device or row.site or row.organisation), row, _named(row.values)) for row in rows]
    found.sort(key=lambda one: (["all", "organisation", "site", "device"].index(one[0].kind), one[0].words))
    shown = {"rows": found, "organisations": Organisation.objects.filter(closed_at=None)}
    return render(request, "hub/settings_overview.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def at_level(request: HttpRequest, kind: str = "all", pk: int = 0) -> HttpResponse:
    """The settings of one level; those who look after sites may change them, others see what holds."""
    level = _level(request, kind, pk)
    may = request.user.has_perm("hub.look_after_sites")
    if request.method == "POST" and not may:
        raise Http404
    given = read_rows(request.POST) if request.method == "POST" else None
    if given is not None:
        mistakes = kiosk_settings.keep(level, given, request.user, timezone.now())
        if not mistakes:
            actions.note(request.user, f"Set for {level.words}: {_named(given) or 'nothing of its own'}")
            messages.success(request, "Saved. Each device takes it when it is next in touch.")
            return redirect(request.path)
        messages.error(request, "Nothing was saved yet. Look at what is marked below.")
    else:
        given, mistakes = dict(kiosk_settings.set_at(level)), ()
    rows = _rows(level, given, dict(_first_words(mistakes)))
    shown = {"codes": codes_hint(), "level": level, "may": may, "rows": rows, **WORDS}
    return render(request, "hub/settings.html", shown, status=400 if mistakes else 200)


def _rows(level: Level, given: Any, errors: dict[str, str]) -> list[Row]:
    above = kiosk_settings.inherited(level)
    rows = []
    for field in FIELDS:
        value, source = above.get(field.name, (None, None))
        words = shown_value(field, value) if source else field.otherwise
        own = route_rows(given.get("routes")) if field.name == "routes" else given.get(field.name)
        rows.append(Row(field, own, words, source.words if source else "", errors.get(field.name, "")))
    return rows


def _level(request: HttpRequest, kind: str, pk: int) -> Level:
    """Only what this person may see; anything else is not there."""
    user = request.user
    match kind:
        case "all" | "organisation":
            if not user.has_perm("hub.look_after_sites"):
                raise Http404
            return level_of(get_object_or_404(Organisation, pk=pk)) if kind == "organisation" else Level()
        case "site":
            return level_of(get_object_or_404(access.sites(user).select_related("organisation"), pk=pk))
        case _:
            devices = access.within_reach(Device.objects.select_related("site__organisation"), user)
            return level_of(get_object_or_404(devices, pk=pk))


def _first_words(mistakes: Any) -> Any:
    """By setting the sentence that says what is wrong; a part of a table counts as its table."""
    for key, words in reversed(mistakes):
        name, _, part = key.partition(", ")
        yield name, f"{part}: {words}" if part else words[:1].upper() + words[1:]


def _named(values: Any) -> str:
    labels = {field.name: field.label for field in FIELDS}
    return ", ".join(labels.get(name, name) for name in values)
