"""Pages that a link opens for somebody who cannot sign in yet: an invitation, and a new password."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.http import require_http_methods

from sync.hub.errors import AccountRefused
from sync.hub.pages.accounts import PASSWORDS, NewPasswordTwice
from sync.hub.people import actions, invitations, sessions, tries
from sync.hub.people.sign_in import INVITED

both = require_http_methods(["GET", "POST"])


@both
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: choose a password, or go on to the sign-in service."""
    invited = invitations.open_one(token)
    if invited is None:
        return render(request, "hub/link_used.html", status=404)
    form = NewPasswordTwice(request.POST or None)
    if form.is_valid():
        try:
            user = invitations.accept(invited, form.cleaned_data["password"])
        except AccountRefused as problem:
            form.add_error("password", str(problem))
        else:
            login(request, user, PASSWORDS)
            actions.note(user, "Took up an invitation")
            return redirect("home")
    request.session[INVITED] = token
    return render(request, "hub/invitation.html", {"invited": invited, "form": form, "service": settings.HUB_SIGN_IN_SERVICE})


@both
def new_password(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Give oneself a new password, with a link from an administrator. It works once, for a day."""
    user = _whose(who)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "hub/link_used.html", status=404)
    form = NewPasswordTwice(request.POST or None)
    if form.is_valid() and _is_good(form, user):
        user.set_password(form.cleaned_data["password"])
        user.save()
        sessions.end_all(user)
        tries.forgive("second-step", str(user.pk))
        actions.note(user, "Chose a new password with a link")
        messages.success(request, "Your new password is set. Sign in with it.")
        return redirect("sign-in")
    return render(request, "hub/new_password.html", {"person": user, "form": form})


def _whose(who: str) -> User | None:
    try:
        pk = int(urlsafe_base64_decode(who).decode())
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first() if pk < 2**63 else None


def _is_good(form: forms.Form, user: User) -> bool:
    try:
        validate_password(form.cleaned_data["password"], user)
    except ValidationError as problem:
        form.add_error("password", " ".join(problem.messages))
        return False
    return True
