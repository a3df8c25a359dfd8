"""A device tries this hub out (``kiosk doctor``) with a response that was entered in error on purpose.

It is known when it comes again and can be removed, like a real one; it holds no answer, and is never judged, kept or counted
with what patients said. Whatever a device leaves behind is gone after a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from sync.hub.models import Device, Response, Trial

STATUS: Final = "entered-in-error"
MOST_KEPT: Final = 100
"""Of one device; nobody fills the database by trying."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A trial on its way in."""

    uuid: UUID
    digest: str


def is_trial(document: dict[str, Any]) -> bool:
    """Whether this QuestionnaireResponse says of itself that it counts for nothing."""
    return document.get("status") == STATUS


@transaction.atomic
def keep(device: Device, tried: Rehearsal, now: datetime) -> int:
    """An HTTP status: 201 kept, 200 was here already, 409 the id is another's or says something else, 429 too many."""
    Trial.objects.filter(received_at__lt=now - timedelta(days=1)).delete()
    if Response.objects.filter(uuid=tried.uuid).exists():
        return 409
    known = Trial.objects.filter(uuid=tried.uuid).first()
    if known is None and Trial.objects.filter(device=device).count() >= MOST_KEPT:
        return 429
    if known is None:
        defaults = {"device": device, "digest": tried.digest, "received_at": now}
        known, is_new = Trial.objects.get_or_create(uuid=tried.uuid, defaults=defaults)
        if is_new:
            return 201
    return 200 if (known.device_id, known.digest) == (device.pk, tried.digest) else 409


def remove(device: Device, uuid: UUID) -> bool:
    """Take this device's trial away; False for what is a patient's response, which no device removes."""
    Trial.objects.filter(uuid=uuid, device=device).delete()
    return not Response.objects.filter(uuid=uuid).exists()
