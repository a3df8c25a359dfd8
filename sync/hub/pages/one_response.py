"""One person's response, when they ask for it: found by its id, taken away as a file, or deleted for good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sync import wire
from sync.hub.models import Response
from sync.hub.people import access, actions
from sync.hub.running import forgetting

NONE_SUCH = "No response here has this id. Check each letter and digit."
may_delete = permission_required("hub.delete_responses", raise_exception=True)


class ResponseId(forms.Form):
    id = forms.UUIDField(
        label="Id of the response",
        help_text="32 letters and digits with four dashes. It is in exports, and on the device that sent it.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": NONE_SUCH},
    )


@require_http_methods(["GET", "POST"])
@login_required
@may_delete
def find(request: HttpRequest) -> HttpResponse:
    """Look a response up. By POST, so that its id stands in no address and in no log."""
    form = ResponseId(request.POST or None)
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        found = forgetting.find(form.cleaned_data["id"])
        if found is None or not access.within_reach(Response.objects.filter(pk=found.pk), request.user).exists():
            form.add_error("id", NONE_SUCH)
        else:
            shown["found"] = found
    return render(request, "hub/one_response.html", shown, status=400 if form.errors else 200)


@require_POST
@login_required
@may_delete
def take_away(request: HttpRequest) -> HttpResponse:
    """The response as it came."""
    found = _found(request)
    actions.note(request.user, f"Took away one response of {found.site}")
    reply = HttpResponse(bytes(found.document), content_type=wire.FHIR_JSON)
    reply["Content-Disposition"] = 'attachment; filename="response.json"'
    return reply


@require_POST
@login_required
@may_delete
def delete(request: HttpRequest) -> HttpResponse:
    """Delete it with its words."""
    found = _found(request)
    site = found.site
    forgetting.delete(found, timezone.now())
    actions.note(request.user, f"Deleted one response of {site}, as was asked")
    messages.success(request, "The response is deleted. The counts stay: they tell of nobody.")
    return redirect("find-response")


def _found(request: HttpRequest) -> Response:
    form = ResponseId(request.POST)
    found = forgetting.find(form.cleaned_data["id"]) if form.is_valid() else None
    if found is None or not access.within_reach(Response.objects.filter(pk=found.pk), request.user).exists():
        raise Http404
    return found
