"""What the library for signing in (allauth) is told about this hub: nobody signs up, and a service vouches for the invited."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from sync.hub.errors import AccountRefused
from sync.hub.people import invitations

NOT_INVITED: Final = "You have no account here yet. Ask the person who looks after this hub for an invitation."
CLOSED: Final = "Your account here is closed. Ask the person who looks after this hub."
SERVICE_FAILED: Final = "The other service did not let you in. Try again, or sign in with your name and password."

INVITED: Final = "invited-with"
"""In the session: the invitation that somebody came with before they went to the sign-in service."""

SECOND_STEP_DONE: Final = "second-step-done"
"""In the session: this person has a second step, or needs none. Sessions end when that changes."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    """No sign-up, and none of the library's messages."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        pass


class ServiceAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Somebody comes back from the sign-in service: known, or with an invitation, or not let in."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing:
            self._take_invitation(request, sociallogin)
        if not sociallogin.user.is_active:
            raise _back(request, CLOSED)
        if settings.HUB_SERVICE_HAS_SECOND_STEP:
            request.session[SECOND_STEP_DONE] = True

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        raise _back(request, SERVICE_FAILED)

    def is_open_for_signup(self, *_: Any) -> bool:
        return False

    def _take_invitation(self, request: HttpRequest, sociallogin: Any) -> None:
        invitation = invitations.open_one(request.session.pop(INVITED, ""))
        if invitation is None:
            raise _back(request, NOT_INVITED)
        try:
            user = invitations.accept(invitation, None)
        except AccountRefused as problem:
            raise _back(request, str(problem)) from problem
        sociallogin.connect(request, user)


def _back(request: HttpRequest, sentence: str) -> ImmediateHttpResponse:
    messages.error(request, sentence)
    return ImmediateHttpResponse(redirect("sign-in"))
