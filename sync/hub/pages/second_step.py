"""The second step of signing in: asked for, set up, changed, and taken away again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from allauth.mfa.base.views import AuthenticateView
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sync.hub.people import actions, second_factor, sessions, tries
from sync.hub.people.second_factor import CodeForm
from sync.hub.people.sign_in import SECOND_STEP_DONE

PAUSED = "Too many wrong codes. Wait ten minutes, then try again."
WRONG_CODE = "This code does not fit. Look again, or wait for the next."
WRONG_PASSWORD = "This is not your password."  # noqa: S105 - a sentence
WRONG_PASSKEY = "The passkey was not made. Try again, or use the app on your phone."
SECRET = "second-step-secret"  # noqa: S105 - the name of a place in the session
OPEN_WITHOUT = frozenset({"second-step", "add-passkey", "sign-out"})
"""The pages for somebody who must still set up a second step."""

both = require_http_methods(["GET", "POST"])


class SecondStepFirst:
    """Django middleware: whoever needs a second step and has none sets it up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OPEN_WITHOUT or view.__module__.startswith("sync.hub.doors") or not request.user.is_authenticated:
            return None
        return None if _is_done(request) else redirect("second-step")


def _is_done(request: HttpRequest) -> bool:
    if request.session.get(SECOND_STEP_DONE) or not second_factor.needed(request.user):
        return True
    if second_factor.has(request.user):
        request.session[SECOND_STEP_DONE] = True
        return True
    return False


class SecondStep(AuthenticateView):  # type: ignore[misc] # the library has no types
    """After name and password: a code or a passkey. Ten wrong ones, from wherever, and this account pauses."""

    template_name = "hub/sign_in_second_step.html"
    form_class = CodeForm

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if tries.spent("second-step", self._who()):
            paused: HttpResponse = self.render_to_response(self.get_context_data() | {"paused": PAUSED}, status=429)
            return paused
        reply: HttpResponse = super().post(request, *args, **kwargs)
        return reply

    def form_valid(self, form: forms.Form) -> HttpResponse:
        tries.forgive("second-step", self._who())
        user = self.stage.login.user
        reply: HttpResponse = super().form_valid(form)
        actions.note(user, "Signed in")
        return reply

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        tries.failed("second-step", self._who())
        reply: HttpResponse = super().form_invalid(form)
        return reply

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        options = json.dumps(shown["js_data"]["request_options"])
        return shown | {"options": options, "passkeys": second_factor.passkeys(self.stage.login.user)}

    def _who(self) -> str:
        return str(self.stage.login.user.pk)


class PhoneCode(forms.Form):
    code = forms.CharField(
        label="Code from the app",
        help_text="Six digits. They change every half minute.",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class Passkey(forms.Form):
    name = forms.CharField(label="A name for it", help_text="Such as: My laptop.", max_length=60)
    credential = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": WRONG_PASSKEY, "invalid": WRONG_PASSKEY})


class Confirm(forms.Form):
    """It is really you: your password; where another service signs you in, a code."""

    proof = forms.CharField(label="Your password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        assert request.user.is_authenticated  # noqa: S101 - every page here asks for it
        self._user = request.user
        if not self._user.has_usable_password():
            self.fields["proof"].label = "A code from your phone, or a recovery code"

    def clean_proof(self) -> str:
        who, proof = str(self._user.pk), str(self.cleaned_data["proof"])
        if tries.spent("confirm", who):
            raise forms.ValidationError(PAUSED)
        if self._user.has_usable_password():
            right, wrong = self._user.check_password(proof), WRONG_PASSWORD
        else:
            right, wrong = second_factor.right_code(self._user, proof), WRONG_CODE
        if not right:
            tries.failed("confirm", who)
            raise forms.ValidationError(wrong)
        tries.forgive("confirm", who)
        return proof


@both
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """What the second step is now; and for somebody without one, the way to it."""
    assert request.user.is_authenticated  # noqa: S101 - login_required
    user = request.user
    if second_factor.has_phone(user):
        shown = {"passkeys": second_factor.passkeys(user), "codes_left": second_factor.codes_left(user), "phone": True}
        return render(request, "hub/second_step.html", shown | _about_passkeys(request))
    secret = request.session.setdefault(SECRET, second_factor.new_secret())
    confirm = Confirm(request) if second_factor.has(user) else None
    form = PhoneCode(request.POST or None)
    if form.is_valid() and (confirm is None or confirm.is_valid()):
        if second_factor.fits(secret, form.cleaned_data["code"]):
            codes = second_factor.take_phone(user, request.session.pop(SECRET))
            actions.note(user, "Set up codes from a phone")
            return _after(request, codes)
        form.add_error("code", WRONG_CODE)
    shown = {"form": form, "confirm": confirm, "secret": second_factor.spelt(secret), "passkeys": second_factor.passkeys(user)}
    shown |= {"picture": second_factor.picture(user, secret), "must": second_factor.needed(user), **_about_passkeys(request)}
    return render(request, "hub/second_step.html", shown)


@both
@login_required
def add_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey, made by the browser (this alone needs JavaScript)."""
    assert request.user.is_authenticated  # noqa: S101 - login_required
    user = request.user
    confirm = Confirm(request) if second_factor.has(user) else None
    form = Passkey(request.POST or None)
    if form.is_valid() and (confirm is None or confirm.is_valid()):
        codes = second_factor.take_passkey(user, form.cleaned_data["name"], form.cleaned_data["credential"])
        if codes is not None:
            actions.note(user, "Added a passkey")
            return _after(request, codes)
        form.add_error("name", WRONG_PASSKEY)
    shown = {"form": form, "confirm": confirm, "options": json.dumps(second_factor.offer_passkey(user))}
    return render(request, "hub/add_passkey.html", shown | _about_passkeys(request))


@both
@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    assert request.user.is_authenticated  # noqa: S101 - login_required
    if not second_factor.has(request.user):
        return redirect("second-step")
    form = Confirm(request)
    if form.is_valid():
        actions.note(request.user, "Made new recovery codes")
        return render(request, "hub/recovery_codes.html", {"codes": _spelt(second_factor.new_codes(request.user))})
    words = {
        "title": "New recovery codes",
        "text": "You get ten new codes. The old ones work no more.",
        "button": "Make new codes",
    }
    return render(request, "hub/confirm.html", words | {"form": form})


@both
@login_required
def remove_phone(request: HttpRequest) -> HttpResponse:
    """No more codes from the phone."""
    assert request.user.is_authenticated  # noqa: S101 - login_required
    if not second_factor.has_phone(request.user):
        return redirect("second-step")
    form = Confirm(request)
    if form.is_valid():
        second_factor.remove(request.user)
        return _removed(request, "Took the phone away", "The codes from your phone work no more.")
    words = {
        "title": "Take the phone away",
        "text": "Its codes work no more. Then set up another one.",
        "button": "Take it away",
    }
    return render(request, "hub/confirm.html", words | {"form": form})


@both
@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """This passkey works no more."""
    assert request.user.is_authenticated  # noqa: S101 - login_required
    found = next((one for one in second_factor.passkeys(request.user) if one.pk == pk), None)
    if found is None:
        raise Http404
    form = Confirm(request)
    if form.is_valid():
        second_factor.remove(request.user, pk)
        return _removed(request, "Took a passkey away", "The passkey works no more.")
    words = {"title": f"Take the passkey “{found.data['name']}” away", "text": "It works no more.", "button": "Take it away"}
    return render(request, "hub/confirm.html", words | {"form": form})


def _removed(request: HttpRequest, what: str, told: str) -> HttpResponse:
    """What is left of the second step counts anew, here and elsewhere."""
    assert request.user.is_authenticated  # noqa: S101 - the pages asked for it
    request.session.pop(SECOND_STEP_DONE, None)
    sessions.end_all(request.user, but=request.session.session_key)
    actions.note(request.user, what)
    messages.success(request, told)
    return redirect("second-step")


def _after(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The recovery codes, this one time; or on, where there were some already."""
    if codes:
        return render(request, "hub/recovery_codes.html", {"codes": _spelt(codes)})
    messages.success(request, "Your second step is set up.")
    return redirect("second-step")


def _spelt(codes: list[str]) -> list[str]:
    return [f"{code[:4]} {code[4:]}" for code in codes]


def _about_passkeys(request: HttpRequest) -> dict[str, object]:
    """Whether browsers make passkeys here; and no menu for somebody who can go nowhere yet."""
    shown: dict[str, object] = {"passkeys_work": second_factor.passkeys_work(request.get_host())}
    return shown if _is_done(request) else shown | {"menu": ()}
