"""Devices: the list, a new one's pairing code, another name, and out at once."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sync.hub import actions, devices
from sync.hub.models import Device, Site
from sync.hub.pages.home import DeviceCare

may_look_after = permission_required("hub.look_after_devices", raise_exception=True)


class NewPlace(forms.Form):
    site = forms.CharField(
        label="Where will it stand?",
        help_text="The name of the practice, ward or clinic. Results can be shown for each place.",
        max_length=120,
        widget=forms.TextInput(attrs={"list": "sites", "autocomplete": "off"}),
    )


class NewName(forms.Form):
    name = forms.CharField(label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every device: how it is doing, and the revoked ones below."""
    now = timezone.now()
    known = list(Device.objects.select_related("site"))
    paired = [DeviceCare(device, devices.worries(device, now)) for device in known if device.revoked_at is None]
    return render(request, "hub/devices.html", {"paired": paired, "revoked": [one for one in known if one.revoked_at]})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def add(request: HttpRequest) -> HttpResponse:
    """Ask for the site, then show a pairing code: once, for it is kept as a hash only."""
    form = NewPlace(request.POST or None)
    if form.is_valid():
        site = devices.site_named(form.cleaned_data["site"])
        code = devices.offer_place(site, timezone.now())
        actions.note(request.user, f"Made a pairing code for {site}")
        shown = {"site": site, "code": code, "minutes": devices.CODE_MINUTES, "hub": request.build_absolute_uri("/")[:-1]}
        return render(request, "hub/pairing_code.html", shown)
    return render(request, "hub/add_device.html", {"form": form, "sites": Site.objects.all()})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One device: give it another name."""
    device = get_object_or_404(Device.objects.select_related("site"), pk=pk)
    form = NewName(request.POST or None, initial={"name": device.name})
    if form.is_valid():
        old, device.name = device.name, form.cleaned_data["name"]
        device.save(update_fields=["name"])
        actions.note(request.user, f"Renamed the device {old} to {device.name}")
        messages.success(request, f"The device is now called {device.name}.")
        return redirect("devices")
    worries = devices.worries(device, timezone.now())
    return render(request, "hub/device.html", {"device": device, "form": form, "worries": worries})


@require_POST
@login_required
@may_look_after
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut the device out, from its next request on."""
    device = get_object_or_404(Device.objects.select_related("site"), pk=pk)
    devices.revoke(device, timezone.now())
    actions.note(request.user, f"Revoked the device {device} at {device.site}")
    messages.success(request, f"{device.name} can no longer send answers here. Pair it again to let it back in.")
    return redirect("devices")
