"""Organisations and their sites: the list, new ones, other names, closing, and what belongs to each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sync.hub.models import Organisation, Site
from sync.hub.pages.care import cared
from sync.hub.people import access, actions
from sync.hub.places import kiosk_settings, sites
from sync.hub.texts import one_line

may_look_after = permission_required("hub.look_after_sites", raise_exception=True)
may_rename = permission_required("hub.rename_places", raise_exception=True)
OFF = {"autocomplete": "off"}


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Organisation
        fields = ("name", "quiet_after_hours", "alert_mail")
        labels = {
            "quiet_after_hours": "Tell us when a device is quiet for this many hours",
            "alert_mail": "E-mail addresses to tell, one a line",
        }
        help_texts = {
            "quiet_after_hours": "Where a site has opening hours, only the hours when it is open count.",
            "alert_mail": "They get one message when a device goes quiet and one when it is back.",
        }
        widgets = {"name": forms.TextInput(attrs=OFF), "alert_mail": forms.Textarea(attrs={"rows": 3})}

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"], 120)

    def clean_quiet_after_hours(self) -> int:
        hours = int(self.cleaned_data["quiet_after_hours"])
        if not 1 <= hours <= 720:
            raise forms.ValidationError("Write a number of hours from 1 to 720.")
        return hours

    def clean_alert_mail(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["alert_mail"].splitlines() if line.strip()]
        for line in lines:
            try:
                validate_email(line)
            except forms.ValidationError:
                raise forms.ValidationError(f"{line[:80]} is not an e-mail address.") from None
        return "\n".join(lines)


class SiteName(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Site
        fields = ("name",)
        widgets = {"name": forms.TextInput(attrs=OFF)}

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"], 120)


class SiteForm(SiteName):
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(closed_at=None), required=False, empty_label="No organisation"
    )

    class Meta(SiteName.Meta):
        fields = ("name", "organisation")  # type: ignore[assignment]


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The sites this person may see, under their organisations."""
    seen = list(sites.with_counts(access.sites(request.user)))
    known = list(Organisation.objects.all()) if access.reach(request.user) is None else []
    groups: dict[Organisation | None, list[Site]] = {one: [] for one in known}
    for site in seen:
        groups.setdefault(site.organisation, []).append(site)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0] is None, pair[0].name if pair[0] else ""))
    return render(request, "hub/sites.html", {"groups": ordered, "any": bool(seen or known)})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def add_organisation(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        made = form.save()
        actions.note(request.user, f"Added the organisation {made}")
        messages.success(request, f"{made} is there now. Add its sites.")
        return redirect("sites")
    return render(request, "hub/place_form.html", {"form": form, "title": "Add an organisation", "button": "Add it"})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def add_site(request: HttpRequest) -> HttpResponse:
    """A new site; ``?organisation=`` names where it belongs."""
    form = SiteForm(request.POST or None, initial={"organisation": request.GET.get("organisation")})
    if form.is_valid():
        made = form.save()
        actions.note(request.user, f"Added the site {made}")
        messages.success(request, f"{made} is there now. Add a device to it.")
        return redirect("site", made.pk)
    return render(request, "hub/place_form.html", {"form": form, "title": "Add a site", "button": "Add it"})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: its name, its rule for quiet devices, its sites."""
    one = get_object_or_404(Organisation, pk=pk)
    old = one.name
    form = OrganisationForm(request.POST or None, instance=one)
    if request.POST and form.is_valid():
        form.save()
        actions.note(request.user, f"Changed the organisation {old}" + (f", now {one.name}" if one.name != old else ""))
        messages.success(request, f"{one.name} is saved.")
        return redirect("organisation", pk)
    shown = {"organisation": one, "named": old, "form": form, "sites": sites.with_counts(one.sites.all())}
    return render(request, "hub/organisation.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """One site: its devices, what is set for it; another name, another organisation."""
    one = get_object_or_404(access.sites(request.user).select_related("organisation"), pk=pk)
    old, kind = one.name, _form_for(request)
    form = kind(request.POST or None, instance=one) if kind else None
    if form and request.POST and form.is_valid():
        form.save()
        actions.note(request.user, f"Changed the site {old}" + (f", now {one.name}" if one.name != old else ""))
        messages.success(request, f"{one.name} is saved.")
        return redirect("site", pk)
    now = timezone.now()
    devices = cared(one.devices.filter(revoked_at=None).select_related("site__organisation"), now)
    shown = {"site": one, "named": old, "form": form, "devices": devices, "hours": kiosk_settings.hours_of(one)}
    return render(request, "hub/site.html", shown)


def _form_for(request: HttpRequest) -> type[SiteName] | None:
    if request.user.has_perm("hub.look_after_sites"):
        return SiteForm
    return SiteName if request.user.has_perm("hub.rename_places") else None


@require_POST
@login_required
@may_look_after
def close_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a site, or open it again."""
    return _close(request, get_object_or_404(Site, pk=pk), "site")


@require_POST
@login_required
@may_look_after
def close_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an organisation, or open it again."""
    return _close(request, get_object_or_404(Organisation, pk=pk), "organisation")


def _close(request: HttpRequest, place: Any, page: str) -> HttpResponse:
    """Close it, or open it again."""
    if place.closed_at:
        sites.open_again(place)
        actions.note(request.user, f"Opened the {page} {place} again")
        messages.success(request, f"{place} is open again.")
        return redirect(page, place.pk)
    try:
        (sites.close_site if page == "site" else sites.close_organisation)(place, timezone.now())
    except sites.StillInUse as problem:
        messages.error(request, str(problem))
    else:
        actions.note(request.user, f"Closed the {page} {place}")
        messages.success(request, f"{place} is closed. Its results stay.")
    return redirect(page, place.pk)
