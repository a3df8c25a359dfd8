"""Surveys: which versions there are, which one is asked, and a new one from a file."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiosk.fhir import READ_LIMIT_BYTES
from sync import wire
from sync.hub import surveys as rules
from sync.hub.errors import SurveyRefused
from sync.hub.models import Survey, SurveyVersion
from sync.hub.people import actions
from sync.hub.running import retention

may_look_after = permission_required("hub.look_after_surveys", raise_exception=True)


class NewVersion(forms.Form):
    file = forms.FileField(
        label="Survey file",
        help_text="A FHIR R4 Questionnaire in JSON, with a url and a version.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json,application/fhir+json"}),
    )


class Keeping(forms.Form):
    """How long the responses of a survey stay (S158)."""

    keep_days = forms.IntegerField(
        label="Keep responses for how many days?",
        help_text="Empty: for ever. Older ones are deleted each night. The counts stay.",
        min_value=30,
        max_value=36_500,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every survey with its versions, the newest first."""
    known = [
        (survey, [(version, rules.languages_of(version)) for version in survey.versions.all()])
        for survey in Survey.objects.prefetch_related("versions")
    ]
    return render(request, "hub/surveys.html", {"surveys": known})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def add(request: HttpRequest) -> HttpResponse:
    """Take a survey file and ask it from now on; or say what is wrong with it."""
    form = NewVersion(request.POST or None, request.FILES or None)
    faults: tuple[str, ...] = ()
    if form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            version = rules.add(file.read(READ_LIMIT_BYTES + 1))
        except SurveyRefused as problem:
            faults = problem.sentences
        else:
            actions.note(request.user, f"Added {version}")
            messages.success(request, f"{version} is now asked on every device.")
            return redirect("surveys")
    return render(request, "hub/add_survey.html", {"form": form, "faults": faults})


@require_POST
@login_required
@may_look_after
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask this version from now on."""
    version = get_object_or_404(SurveyVersion.objects.select_related("survey"), pk=pk)
    rules.activate(version)
    actions.note(request.user, f"Activated {version}")
    messages.success(request, f"{version} is now asked on every device.")
    return redirect("surveys")


@require_POST
@login_required
@may_look_after
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask this version no more."""
    version = get_object_or_404(SurveyVersion.objects.select_related("survey"), pk=pk)
    rules.retire(version)
    actions.note(request.user, f"Retired {version}")
    messages.success(request, f"{version} is no longer asked. Its answers stay.")
    return redirect("surveys")


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def keeping(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how long; the page tells how many responses the next night deletes."""
    survey = get_object_or_404(Survey, slug=slug)
    form = Keeping(request.POST or None, initial={"keep_days": survey.keep_days})
    if form.is_valid():
        survey.keep_days = form.cleaned_data["keep_days"]
        survey.save(update_fields=["keep_days"])
        words = f"{survey.keep_days} days" if survey.keep_days else "for ever"
        actions.note(request.user, f"Set how long responses of {survey} are kept: {words}")
        messages.success(request, f"Responses of {survey} are kept: {words}.")
        return redirect("keep-survey", slug)
    shown = {"form": form, "survey": survey, "due": retention.due_count(survey, timezone.localdate())}
    return render(request, "hub/keep_survey.html", shown, status=400 if form.errors else 200)


@require_safe
@login_required
def download(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """The file as it was added."""
    version = get_object_or_404(SurveyVersion.objects.select_related("survey"), pk=pk)
    reply = HttpResponse(bytes(version.document), content_type=wire.FHIR_JSON)
    reply["Content-Disposition"] = f'attachment; filename="{version.survey.slug}-{pk}.json"'
    return reply
