"""What each device is told: its settings and texts as one document, and the digest that says whether it holds there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from sync.hub.models import Device
from sync.hub.places import said_and_did
from sync.hub.places.kiosk_settings import Settled


def documents(devices: Iterable[Device], today: date) -> dict[int, dict[str, Any]]:
    """For each device, by its id, the body of sync.wire.SETTINGS_PATH. Three questions to the database, however many."""
    known = list(devices)
    settled, texts = Settled(known), list(said_and_did.to_show(today))
    return {one.pk: _document(settled.of(one), said_and_did.told(texts, one.site_id)) for one in known}


def document(device: Device, today: date) -> dict[str, Any]:
    """The same for one."""
    return documents([device], today)[device.pk]


def has_applied(device: Device, told: dict[str, Any]) -> bool:
    """Whether the device says that what it is told holds there."""
    return device.settings_applied == str(told["digest"])


def _document(settings: dict[str, Any], texts: list[dict[str, Any]]) -> dict[str, Any]:
    content = {"settings": settings, "said_and_did": texts}
    digest = hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()[:32]
    return {"digest": digest, **content}
