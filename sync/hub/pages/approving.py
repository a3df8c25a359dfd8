"""A device that asks to join: staff type or follow the code on its screen, and let it in or refuse it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sync.hub.models import PairingRequest, Site
from sync.hub.pages.devices import NewPlace, may_look_after
from sync.hub.people import actions, tries
from sync.hub.places import devices, joining
from sync.hub.places.devices import CodeRefused
from sync.hub.places.sites import open_sites

NO_SUCH_CODE = "No device shows this code now. Check the letters, or start again on the device."
PAUSED = "Too many wrong codes. Wait ten minutes, then try again."


class DeviceCode(forms.Form):
    code = forms.CharField(
        label="Code on the device's screen",
        help_text="Eight letters and digits. Small letters and spaces do not matter.",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def approve(request: HttpRequest) -> HttpResponse:
    """``?code=`` comes from the picture on the device's screen; nothing happens before somebody says yes."""
    given = request.POST or request.GET
    if "code" not in given:
        return render(request, "hub/approve_device.html", {"form": DeviceCode()})
    form = DeviceCode(given)
    asking = _asking(request, form)
    if asking is None:
        return render(request, "hub/approve_device.html", {"form": form}, status=400)
    place = NewPlace(request.POST if "answer" in request.POST else None)
    if request.POST.get("answer") == "no":
        return _refused(request, asking)
    if request.POST.get("answer") == "yes" and place.is_valid():
        return _approved(request, asking, devices.site_named(place.cleaned_data["site"]))
    shown = {"asking": asking, "code": form.cleaned_data["code"], "place": place, "sites": open_sites()}
    return render(request, "hub/approve_device.html", shown)


def _asking(request: HttpRequest, form: DeviceCode) -> PairingRequest | None:
    """The request that the code names; the form says what is wrong where there is none."""
    who = request.user.get_username()
    if not form.is_valid():
        return None
    if tries.spent("approve", who):
        form.add_error("code", PAUSED)
        return None
    try:
        return joining.open_request(form.cleaned_data["code"], timezone.now())
    except CodeRefused:
        tries.failed("approve", who)
        form.add_error("code", NO_SUCH_CODE)
        return None


def _approved(request: HttpRequest, asking: PairingRequest, site: Site) -> HttpResponse:
    try:
        device = joining.approve(asking, site, timezone.now())
    except CodeRefused:
        messages.error(request, NO_SUCH_CODE)
    else:
        actions.note(request.user, f"Approved the device {device} for {site}")
        messages.success(request, f"{device.name} belongs to {site} now.")
    return redirect("devices")


def _refused(request: HttpRequest, asking: PairingRequest) -> HttpResponse:
    try:
        joining.refuse(asking, timezone.now())
    except CodeRefused:
        messages.error(request, NO_SUCH_CODE)
    else:
        actions.note(request.user, f"Refused the device {asking.name}")
        messages.success(request, f"{asking.name} was refused.")
    return redirect("devices")
