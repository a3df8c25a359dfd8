"""Devices: the list, a new one's pairing code, another name or site, and out at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sync.hub.models import Device, Site
from sync.hub.pages.care import cared
from sync.hub.people import access, actions
from sync.hub.places import devices, kiosk_settings, sites
from sync.hub.texts import one_line

may_look_after = permission_required("hub.look_after_devices", raise_exception=True)
may_rename = permission_required("hub.rename_places", raise_exception=True)


class NewPlace(forms.Form):
    site = forms.CharField(
        label="Where will it stand?",
        help_text="The name of the practice, ward or clinic. Results can be shown for each place.",
        max_length=120,
        widget=forms.TextInput(attrs={"list": "sites", "autocomplete": "off"}),
    )

    def clean_site(self) -> str:
        name = one_line(self.cleaned_data["site"], 120)
        if Site.objects.filter(name=name).exclude(closed_at=None).exists():
            raise forms.ValidationError("This site is closed. Choose another, or open it again under Sites.")
        return name


class NewName(forms.Form):
    name = forms.CharField(label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"], 120)


class NewSite(forms.Form):
    site = forms.ModelChoiceField(
        Site.objects.none(),
        label="Site",
        empty_label=None,
        help_text="Answers that came before stay with the site where they were given.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites.open_sites()  # type: ignore[attr-defined]


def within_reach(request: HttpRequest) -> QuerySet[Device]:
    """The devices this person may see."""
    return access.within_reach(Device.objects.select_related("site__organisation"), request.user)


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every device: how it is doing, and the revoked ones below."""
    known = list(within_reach(request))
    paired = cared([one for one in known if one.revoked_at is None], timezone.now())
    return render(request, "hub/devices.html", {"paired": paired, "revoked": [one for one in known if one.revoked_at]})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def add(request: HttpRequest) -> HttpResponse:
    """Ask for the site, then show a pairing code: once, for it is kept as a hash only."""
    form = NewPlace(request.POST or None, initial={"site": request.GET.get("site", "")})
    if form.is_valid():
        site = devices.site_named(form.cleaned_data["site"])
        code = devices.offer_place(site, timezone.now())
        actions.note(request.user, f"Made a pairing code for {site}")
        shown = {"site": site, "code": code, "minutes": devices.CODE_MINUTES, "hub": request.build_absolute_uri("/")[:-1]}
        return render(request, "hub/pairing_code.html", shown)
    return render(request, "hub/add_device.html", {"form": form, "sites": sites.open_sites()})


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One device: how it is doing, and another name."""
    device = get_object_or_404(within_reach(request), pk=pk)
    may = request.user.has_perm("hub.rename_places")
    form = NewName(request.POST or None, initial={"name": device.name}) if may else None
    if form and form.is_valid():
        old, device.name = device.name, form.cleaned_data["name"]
        device.save(update_fields=["name"])
        actions.note(request.user, f"Renamed the device {old} to {device.name}")
        messages.success(request, f"The device is now called {device.name}.")
        return redirect("devices")
    (care,) = cared([device], timezone.now())
    moving = NewSite(initial={"site": device.site_id})
    own = kiosk_settings.set_at(kiosk_settings.level_of(device))
    return render(request, "hub/device.html", {"device": device, "care": care, "form": form, "moving": moving, "own": own})


@require_POST
@login_required
@may_look_after
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """The device stands somewhere else from now on."""
    device = get_object_or_404(within_reach(request), pk=pk)
    form = NewSite(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a site that is open.")
        return redirect("device", pk)
    device.site = form.cleaned_data["site"]
    device.save(update_fields=["site"])
    actions.note(request.user, f"Moved the device {device} to {device.site}")
    messages.success(request, f"{device.name} belongs to {device.site} now. New answers count there.")
    return redirect("device", pk)


@require_POST
@login_required
@may_look_after
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut the device out, from its next request on."""
    device = get_object_or_404(within_reach(request), pk=pk)
    devices.revoke(device, timezone.now())
    actions.note(request.user, f"Revoked the device {device} at {device.site}")
    messages.success(request, f"{device.name} can no longer send answers here. Pair it again to let it back in.")
    return redirect("devices")
