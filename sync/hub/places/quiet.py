"""Devices gone quiet: after how long, counted in the hours when their site is open, and who is told once of it.

Theory: `Device.quiet_told_at` is the memory. Empty, and quiet: mail goes, and it is set. Set, and in touch again: mail goes,
and it is emptied. Without mail set up nothing is sent or remembered; the home page shows what is quiet in any case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from kiosk.opening import Hours, open_time
from sync.hub.models import Device, Organisation
from sync.hub.places import clocks
from sync.hub.places.kiosk_settings import Settled
from sync.hub.running import mail

USUAL_HOURS: Final = 24
"""For a site without an organisation."""
LONGEST: Final = timedelta(days=60)
"""A silence of this length is one, whatever the opening hours."""


def after(device: Device) -> timedelta:
    """How long a device of this organisation may be silent."""
    organisation = device.site.organisation
    return timedelta(hours=organisation.quiet_after_hours if organisation else USUAL_HOURS)


def is_quiet(device: Device, hours: Hours, now: datetime) -> bool:
    """Whether it has been silent for too long while its site was open."""
    since = device.last_seen_at or device.paired_at
    if now - since > LONGEST:
        return True
    return open_time(hours, timezone.localtime(since), timezone.localtime(now)) > after(device)


def silences(devices: Iterable[Device], now: datetime) -> dict[int, list[str]]:
    """For each device, by its id, one short sentence if it is quiet, or none."""
    known = list(devices)
    settled = Settled(known)
    quiet = {one.pk for one in known if is_quiet(one, settled.of(one).get("opening_hours", {}), now)}
    return {one.pk: [_words(one, now)] if one.pk in quiet else [] for one in known}


def tell(now: datetime) -> int:
    """Send what is to be told, one message an organisation; how many devices were told of."""
    paired = list(Device.objects.filter(revoked_at=None).select_related("site__organisation"))
    silent = {pk for pk, words in silences(paired, now).items() if words}
    count = 0
    for organisation in {one.site.organisation for one in paired if one.site.organisation}:
        own = [one for one in paired if one.site.organisation_id == organisation.pk]
        gone = [one for one in own if one.pk in silent and one.quiet_told_at is None]
        back = [one for one in own if one.pk not in silent and one.quiet_told_at is not None]
        if (gone or back) and _send(organisation, gone, back, now):
            Device.objects.filter(pk__in=[one.pk for one in gone]).update(quiet_told_at=now)
            Device.objects.filter(pk__in=[one.pk for one in back]).update(quiet_told_at=None)
            count += len(gone) + len(back)
    return count


def _send(organisation: Organisation, gone: list[Device], back: list[Device], now: datetime) -> bool:
    parts = []
    if gone:
        parts += ["These devices have gone quiet:", *(f"- {one.name}, {one.site.name}. {_words(one, now)}" for one in gone), ""]
        parts += ["Please look whether each is on and has a network. Answers wait on the device; none is lost.", ""]
    if back:
        parts += ["These devices are in touch again:", *(f"- {one.name}, {one.site.name}" for one in back), ""]
    count = len(gone) or len(back)
    what = f"{count} device{'s' if count > 1 else ''} {'gone quiet' if gone else 'in touch again'}"
    return mail.send(f"{organisation}: {what}", "\n".join(parts), organisation.alert_mail.splitlines())


def _words(device: Device, now: datetime) -> str:
    if device.last_seen_at is None:
        return "Not in touch since it was paired."
    return f"Not in touch for {clocks.span(int((now - device.last_seen_at).total_seconds()))}."
