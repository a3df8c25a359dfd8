"""Devices as the pages list them: how each is doing, and whether what it is told holds there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sync.hub.models import Device
from sync.hub.places import devices, quiet, telling


@dataclass(frozen=True, slots=True)
class DeviceCare:
    """One device with what staff should look at. `applied`: yes | not yet | not told | refused."""

    device: Device
    worries: list[str]
    applied: str = ""

    @property
    def without_voice(self) -> list[str]:
        """Languages that can be asked in, but not aloud."""
        return [tag for tag in self.device.languages if tag not in self.device.voices]


def cared(rows: Iterable[Device], now: datetime) -> list[DeviceCare]:
    """`rows` (with their sites and organisations), each with its worries."""
    known = list(rows)
    told = telling.documents(known, timezone.localdate(now))
    silent = quiet.silences(known, now)
    return [DeviceCare(one, [*silent[one.pk], *devices.worries(one)], applied(one, told[one.pk]["digest"])) for one in known]


def applied(device: Device, digest: str) -> str:
    """How it stands with what the device was told."""
    if device.settings_applied == digest:
        return "yes"
    if device.settings_fault:
        return "refused"
    return "not yet" if device.settings_applied or device.reported_at else "not told"
