"""The record of what staff did (S161)."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from sync.hub.models import StaffAction


def note(who: User | AnonymousUser, what: str) -> None:
    """Write down one action. Never pass a patient's words."""
    StaffAction.objects.create(at=timezone.now(), who=who if isinstance(who, User) else None, what=what[:200])


def note_here(what: str) -> None:
    """Write down what was done with a command on the hub's own computer, where nobody signs in."""
    note(AnonymousUser(), f"On the hub's own computer: {what}")
