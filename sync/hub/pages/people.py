"""People: who may do what and where, an invitation, and what an administrator can do for somebody who is stuck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sync.hub.doors.address import absolute
from sync.hub.errors import AccountRefused
from sync.hub.models import Invitation, Member, Site
from sync.hub.people import accounts, actions, invitations, second_factor, sessions
from sync.hub.people.access import Role, member_of
from sync.hub.people.accounts import Duty
from sync.hub.running import mail

may_look_after = permission_required("hub.look_after_people", raise_exception=True)

WHAT_ROLES_DO = {
    Role.VIEWER: "Sees figures, at some sites or at all.",
    Role.SITE_MANAGER: "Sees some sites only. Reads comments there, writes what was done, sends returns.",
    Role.ANALYST: "Sees all sites. Reads comments, takes answers out, sends returns.",
    Role.ADMINISTRATOR: "Does everything: people, sites, devices and surveys too.",
}


MAIL_SUBJECT: Final = "You are invited to the feedback hub"
MAIL_TEXT: Final = """Somebody who looks after the feedback hub invites you. Your name for signing in there is {name}.

Open this link, and choose a password:

{link}

It works once, for {lasts}. If you did not expect this, you need do nothing.
"""


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list."""

    user: User
    duty: str
    has_second_step: bool


class DutyForm(forms.Form):
    """A role, and where."""

    role = forms.ChoiceField(label="Role", choices=Role.choices, initial=Role.VIEWER, widget=forms.RadioSelect)
    everywhere = forms.BooleanField(label="Every site, new ones too (for viewers)", required=False)
    sites = forms.ModelMultipleChoiceField(
        Site.objects.all(), label="Sites", required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "role" in given and "sites" in given:
            try:
                given["duty"] = accounts.duty(given["role"], given["sites"], everywhere=given.get("everywhere", False))
            except AccountRefused as problem:
                self.add_error("sites", str(problem))
        return given

    @property
    def roles(self) -> list[tuple[Any, str]]:
        """Each role's button with what it does."""
        return [(button, WHAT_ROLES_DO[Role(button.data["value"])]) for button in self["role"]]


class NewPerson(DutyForm):
    name = forms.CharField(label="Name for signing in", max_length=150, validators=[accounts.NAME])
    email = forms.EmailField(label="E-mail address", help_text="Needed only if the hub is to send the link.", required=False)
    field_order = ("name", "email", "role", "everywhere", "sites")


@require_safe
@login_required
@may_look_after
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and who was invited."""
    users = User.objects.select_related("member").prefetch_related("member__sites").order_by("-is_active", "username")
    with_second = second_factor.having()
    people = [Person(user, _in_words(member_of(user)), user.pk in with_second) for user in users]
    waiting = [(one, _invited_to(one)) for one in invitations.waiting(timezone.now()).prefetch_related("sites")]
    return render(request, "hub/people.html", {"people": people, "waiting": waiting})


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation, and show its link once."""
    assert request.user.is_authenticated  # noqa: S101 - login_required
    form = NewPerson(request.POST or None)
    if form.is_valid():
        name, email, duty = (form.cleaned_data[field] for field in ("name", "email", "duty"))
        try:
            token = invitations.invite(name, email, duty, request.user, timezone.now())
        except AccountRefused as problem:
            form.add_error("name", str(problem))
        else:
            actions.note(request.user, f"Invited {name} ({duty})")
            return _show_link(request, name, reverse("invitation", args=(token,)), f"{invitations.DAYS} days", email)
    return render(request, "hub/invite.html", {"form": form})


@require_POST
@login_required
@may_look_after
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """An invitation that opens nothing any more."""
    invitation = get_object_or_404(invitations.waiting(timezone.now()), pk=pk)
    invitation.delete()
    actions.note(request.user, f"Withdrew the invitation of {invitation.name}")
    messages.success(request, f"The link for {invitation.name} works no more.")
    return redirect("people")


@require_http_methods(["GET", "POST"])
@login_required
@may_look_after
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what they may do, and where they are signed in."""
    user = get_object_or_404(User.objects.select_related("member"), pk=pk)
    member = member_of(user)
    now = {"role": member.role, "everywhere": member.everywhere, "sites": member.sites.all()} if member else None
    form = DutyForm(request.POST or None, initial=now)
    if form.is_valid() and _changed(request, user, form):
        return redirect("person", pk)
    shown: dict[str, Any] = {"person": user, "member": member, "duty": _in_words(member), "form": form}
    shown |= {"has_second_step": second_factor.has(user), "sessions": sessions.of(user)}
    return render(request, "hub/person.html", shown)


@require_POST
@login_required
@may_look_after
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The account signs in no more, from this moment; or again."""
    user = get_object_or_404(User, pk=pk)
    if user == request.user:
        messages.error(request, "You cannot close your own account.")
        return redirect("person", pk)
    try:
        _open_or_close(request, user)
    except AccountRefused as problem:
        messages.error(request, str(problem))
    return redirect("person", pk)


@require_POST
@login_required
@may_look_after
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End every session of somebody."""
    user = get_object_or_404(User, pk=pk)
    sessions.end_all(user, but=request.session.session_key)
    actions.note(request.user, f"Signed {user} out everywhere")
    messages.success(request, f"{user} is signed out everywhere.")
    return redirect("person", pk)


@require_POST
@login_required
@may_look_after
def reset_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody whose phone is gone: they set up a new second step at the next sign-in."""
    user = get_object_or_404(User, pk=pk)
    second_factor.forget(user)
    sessions.end_all(user)
    actions.note(request.user, f"Took away the second step of {user}")
    messages.success(request, f"{user} sets up a new second step at the next sign-in.")
    return redirect("person", pk)


@require_POST
@login_required
@may_look_after
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A link with which somebody gives themselves a new password; shown once."""
    user = get_object_or_404(User, pk=pk, is_active=True)
    place = (urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user))
    actions.note(request.user, f"Made a link for a new password of {user}")
    return _show_link(request, str(user), reverse("new-password", args=place), "24 hours")


def _changed(request: HttpRequest, user: User, form: DutyForm) -> bool:
    """Give `user` what the form says; False with a sentence in the form where that cannot be."""
    duty: Duty = form.cleaned_data["duty"]
    try:
        accounts.give(user, duty)
    except AccountRefused as problem:
        form.add_error("role", str(problem))
        return False
    actions.note(request.user, f"Made {user} {duty}")
    messages.success(request, f"{user}: {duty}.")
    return True


def _open_or_close(request: HttpRequest, user: User) -> None:
    if not user.is_active:
        accounts.open_again(user)
        actions.note(request.user, f"Opened the account {user} again")
        messages.success(request, f"{user} can sign in again.")
        return
    accounts.close(user)
    sessions.end_all(user)
    actions.note(request.user, f"Closed the account {user}")
    messages.success(request, f"{user} can sign in no more.")


def _show_link(request: HttpRequest, name: str, path: str, lasts: str, email: str = "") -> HttpResponse:
    """The link, this one time; and by mail, where there is an address and a mail server."""
    link = absolute(request, path)
    mailed = email if email and mail.send(MAIL_SUBJECT, MAIL_TEXT.format(name=name, link=link, lasts=lasts), [email]) else ""
    return render(request, "hub/link.html", {"name": name, "link": link, "lasts": lasts, "mailed": mailed})


def _in_words(member: Member | None) -> str:
    return str(Duty(member.role, member.everywhere, tuple(member.sites.all()))) if member else "No role"


def _invited_to(invitation: Invitation) -> str:
    return str(Duty(invitation.role, invitation.everywhere, tuple(invitation.sites.all())))
