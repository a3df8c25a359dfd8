"""A device asks to join and shows a code on its own screen; staff who stand before it approve that code, once, in ten minutes.

The code is short and public, for people to read across a room, and opens nothing by itself: only a signed-in member of staff
can use it. What the device collects its place with is a ticket that never leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from sync.hub.models import Device, PairingRequest, Site
from sync.hub.people.codes import code_hash, new_code, new_token, token_hash
from sync.hub.places.devices import CODE_MINUTES, CodeRefused
from sync.hub.texts import one_line

POLL_SECONDS = 2
MOST_OPEN: Final = 500
"""Requests that wait for staff at one time; nobody can fill the database by asking."""


class TooManyAsk(Exception):
    """More devices ask to join than any staff could look at."""


class RequestOver(Exception):
    """There is no such request any more: nobody approved it in time, or it never was."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a device is told when it asks: the code for its screen, and the ticket for itself."""

    code: str
    ticket: str = field(repr=False)


def ask(key: dict[str, str], name: str, now: datetime) -> Asked:
    """A request of a device with this public key. Raises TooManyAsk."""
    PairingRequest.objects.filter(expires_at__lt=now).delete()
    if _open(now).count() >= MOST_OPEN:
        raise TooManyAsk
    asked = Asked(new_code(), new_token())
    PairingRequest.objects.create(
        code_hash=code_hash(asked.code),
        ticket_hash=token_hash(asked.ticket),
        key=key,
        name=one_line(name, 120),
        asked_at=now,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
    )
    return asked


def open_request(code: str, now: datetime) -> PairingRequest:
    """The request whose device shows `code` now. Raises CodeRefused."""
    found = _open(now).filter(code_hash=code_hash(code)).first()
    if found is None:
        raise CodeRefused
    return found


@transaction.atomic
def approve(request: PairingRequest, site: Site, now: datetime) -> Device:
    """The device joins `site`. Raises CodeRefused when somebody was quicker."""
    name = request.name or f"Kiosk {site.devices.count() + 1}"
    device = Device.objects.create(client_id=uuid4(), site=site, name=name, key=request.key, paired_at=now)
    later = now + timedelta(minutes=CODE_MINUTES)
    if not _open(now).filter(pk=request.pk).update(device=device, expires_at=later):
        raise CodeRefused
    return device


def refuse(request: PairingRequest, now: datetime) -> None:
    """The device does not join. Raises CodeRefused when somebody was quicker."""
    if not _open(now).filter(pk=request.pk).update(refused_at=now):
        raise CodeRefused


def outcome(ticket: str, now: datetime) -> PairingRequest:
    """The device's request as it stands, also asked again when a reply was lost. Raises RequestOver."""
    asked = PairingRequest.objects.select_related("device__site")
    found = asked.filter(ticket_hash=token_hash(ticket), expires_at__gt=now).first()
    if found is None:
        raise RequestOver
    return found


def _open(now: datetime) -> QuerySet[PairingRequest]:
    return PairingRequest.objects.filter(device=None, refused_at=None, expires_at__gt=now)
