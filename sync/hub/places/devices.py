"""Devices: how one joins a site, how it is doing, and how it leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from sync.hub.models import AccessToken, Device, PairingCode, Site
from sync.hub.people.codes import code_hash, new_code
from sync.hub.places import clocks
from sync.hub.texts import one_line, storable

CODE_MINUTES = 10
OLD_HOURS = 24
LITTLE_ROOM_MB = 200
LARGEST_COUNT = 2**62
COUNTS = ("waiting", "sent", "refused", "oldest_waiting_seconds", "unreadable", "disk_free_mb")


class CodeRefused(Exception):
    """This pairing code is wrong, used or too old."""


def site_named(name: str) -> Site:
    """The site of that name, made now if it is new."""
    return Site.objects.get_or_create(name=one_line(name, 120))[0]


def offer_place(site: Site, now: datetime) -> str:
    """A pairing code for one new device at `site`: good once, for ten minutes."""
    PairingCode.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    code = new_code()
    PairingCode.objects.create(code_hash=code_hash(code), site=site, expires_at=now + timedelta(minutes=CODE_MINUTES))
    return code


@transaction.atomic
def pair(code: str, key: dict[str, str], name: str, now: datetime) -> Device:
    """The device that joins with `code`. Raises CodeRefused."""
    offers = PairingCode.objects.filter(code_hash=code_hash(code), used_at=None, expires_at__gt=now)
    if not offers.update(used_at=now):  # one statement, so that two devices cannot both win
        raise CodeRefused
    site = PairingCode.objects.select_related("site").get(code_hash=code_hash(code)).site
    called = one_line(name, 120) or f"Kiosk {site.devices.count() + 1}"
    return Device.objects.create(client_id=uuid4(), site=site, name=called, key=key, paired_at=now)


@transaction.atomic
def revoke(device: Device, now: datetime) -> None:
    """From this moment the device's tokens and its key are worth nothing here."""
    device.revoked_at = now
    device.save(update_fields=["revoked_at"])
    AccessToken.objects.filter(device=device).delete()


def seen(device: Device, now: datetime, clock_ahead_seconds: int | None) -> None:
    """Note that the device was in touch, and its clock: once a minute, and at once when the clock went wrong or right."""
    ahead = device.clock_ahead_seconds if clock_ahead_seconds is None else clock_ahead_seconds
    lately = device.last_seen_at is not None and now - device.last_seen_at <= timedelta(minutes=1)
    if not lately or clocks.is_off(ahead) != clocks.is_off(device.clock_ahead_seconds):
        Device.objects.filter(pk=device.pk).update(last_seen_at=now, clock_ahead_seconds=ahead)


def note_report(device: Device, report: dict[str, Any], now: datetime) -> None:
    """Keep what the device says about itself (wire.REPORT_FIELDS). Raises ValueError for a value that cannot be."""
    Device.objects.filter(pk=device.pk).update(
        **{name: _count(report.get(name)) for name in COUNTS},
        **{name: _tags(report.get(name), name) for name in ("languages", "voices", "settings_pinned")},
        version=storable(report.get("version") or "", 60),
        survey=storable(report.get("survey") or "", 400),
        settings_fault=storable(report.get("settings_fault") or "", 400),
        settings_applied=storable(report.get("settings_applied") or "", 64),
        clock_ahead_seconds=clocks.ahead_by_report(report.get("device_time"), now),
        reported_at=now,
        last_seen_at=now,
    )


def worries(device: Device) -> list[str]:
    """What staff should look at besides silence (sync.hub.places.quiet), each as a short sentence; none when all is well."""
    found = []
    if device.refused:
        found.append(f"{device.refused} refused: these answers were not taken in.")
    if (device.oldest_waiting_seconds or 0) > OLD_HOURS * 3600:
        found.append("Some answers have waited more than a day.")
    if device.unreadable:
        found.append(f"{device.unreadable} cannot be read on the device: the key is out of reach.")
    if device.disk_free_mb is not None and device.disk_free_mb < LITTLE_ROOM_MB:
        found.append("Its disk is nearly full.")
    if clocks.is_off(device.clock_ahead_seconds):
        found.append(f"Its clock is {clocks.in_words(device.clock_ahead_seconds)}.")
    if device.settings_fault:
        found.append(f"It does not use what was set here: {device.settings_fault}")
    return found


def _count(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LARGEST_COUNT:
        raise ValueError("a count must be a whole number, 0 or more")
    return int(value)


def _tags(value: object, name: str) -> list[str]:
    if value is not None and not isinstance(value, list):
        raise ValueError(f"{name} must be a list")
    return [storable(tag, 35) for tag in (value or [])[:50]]
