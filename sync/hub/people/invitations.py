"""Invitations: a link for one new person that works once, for a week. Only its hash is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sync.hub.errors import AccountRefused
from sync.hub.models import Invitation
from sync.hub.people import accounts
from sync.hub.people.accounts import Duty
from sync.hub.people.codes import new_token, token_hash

DAYS: Final = 7


@transaction.atomic
def invite(name: str, email: str, duty: Duty, by: User, now: datetime) -> str:
    """The secret of a new invitation, for a link; it cannot be had again. Raises AccountRefused where the name is taken."""
    accounts.refuse_taken(name)
    token = new_token()
    invitation = Invitation.objects.create(
        token_hash=token_hash(token),
        name=name,
        email=email,
        role=duty.role,
        everywhere=duty.everywhere,
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    invitation.sites.set(duty.sites)
    return token


def waiting(now: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be taken up, the newest first."""
    return Invitation.objects.filter(used_at=None, expires_at__gt=now).order_by("-invited_at")


def open_one(token: str) -> Invitation | None:
    """The invitation that this secret opens now."""
    return waiting(timezone.now()).filter(token_hash=token_hash(token)).first()


@transaction.atomic
def accept(invitation: Invitation, password: str | None) -> User:
    """The account it promised, made once. Raises AccountRefused for a weak password or one that came too late."""
    kept = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if kept.used_at is not None:
        raise AccountRefused("This invitation was used already.")
    user = accounts.add(kept.name, password, Duty(kept.role, kept.everywhere, tuple(kept.sites.all())))
    if kept.email:
        user.email = kept.email
        user.save(update_fields=["email"])
    kept.used_at = timezone.now()
    kept.save(update_fields=["used_at"])
    return user
