"""What devices are told to do, at four levels: all, an organisation, a site, a device. The nearest wins.

Theory: each level keeps only what was set there, by the names of the kiosk's own settings and checked by the kiosk's own
rules. What holds for a device is laid together from the four; its own file on the device stands before all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from kiosk.settings_keys import checked_from_centre
from sync.hub.models import Device, KioskSettings, Organisation, Site

Values = Mapping[str, Any]
TOGETHER: Final = frozenset({"urgent_help"})
"""Tables whose entries are inherited one by one."""


@dataclass(frozen=True, slots=True)
class Level:
    """Where something is set. All three None: for all devices. A device's level names its site and organisation too."""

    organisation: Organisation | None = None
    site: Site | None = None
    device: Device | None = None

    @property
    def kind(self) -> str:
        """All | organisation | site | device"""
        return "device" if self.device else "site" if self.site else "organisation" if self.organisation else "all"

    @property
    def words(self) -> str:
        return str(self.device or self.site or self.organisation or "all devices")

    @property
    def above(self) -> Level | None:
        """The next wider level; None above all."""
        if self.device:
            return Level(self.organisation, self.site)
        if self.site and self.organisation:
            return Level(self.organisation)
        return Level() if self.kind != "all" else None

    @property
    def own(self) -> dict[str, Any]:
        """The columns of its row."""
        own: dict[str, Any] = {"organisation": None, "site": None, "device": None}
        return own | ({} if self.kind == "all" else {self.kind: getattr(self, self.kind)})


def level_of(row: Organisation | Site | Device | None) -> Level:
    """The level that `row` stands for."""
    match row:
        case Device():
            return Level(row.site.organisation, row.site, row)
        case Site():
            return Level(row.organisation, row)
        case Organisation():
            return Level(row)
        case _:
            return Level()


def set_at(level: Level) -> Values:
    """What is set at this level itself."""
    row = KioskSettings.objects.filter(**level.own).first()
    return dict(row.values) if row else {}


def inherited(level: Level) -> dict[str, tuple[Any, Level]]:
    """What comes from above, by name: the value, and the level that sets it."""
    found: dict[str, tuple[Any, Level]] = {}
    above = level.above
    while above is not None:
        for name, value in set_at(above).items():
            if name in TOGETHER and name in found:
                found[name] = (value | found[name][0], found[name][1])
            found.setdefault(name, (value, above))
        above = above.above
    return found


def keep(level: Level, values: Values, who: Any, now: datetime) -> tuple[tuple[str, str], ...]:
    """Set `values`, and nothing else, at this level; its mistakes as (name, sentence), and then nothing is changed."""
    checked, mistakes, strange = checked_from_centre(values)
    mistakes = [*mistakes, *((name, "there is no such setting.") for name in strange)]
    if mistakes:
        return tuple(mistakes)
    if checked:
        KioskSettings.objects.update_or_create(**level.own, defaults={"values": checked, "changed_at": now, "changed_by": who})
    else:
        KioskSettings.objects.filter(**level.own).delete()
    return ()


class Settled:
    """What holds for each of many devices: asked of the database once."""

    def __init__(self, devices: Iterable[Device]) -> None:
        known = list(devices)
        sites = {one.site_id for one in known}
        organisations = {one.site.organisation_id for one in known}
        rows = KioskSettings.objects.filter(
            Q(organisation=None, site=None, device=None)
            | Q(organisation__in=organisations - {None})
            | Q(site__in=sites)
            | Q(device__in=[one.pk for one in known])
        )
        self._rows = {(row.organisation_id, row.site_id, row.device_id): row.values for row in rows}

    def of(self, device: Device) -> dict[str, Any]:
        """The values for `device`; the site's own name where no other is set."""
        organisation = device.site.organisation_id
        keys: list[tuple[int | None, int | None, int | None]] = [(None, None, None)]
        keys += [(organisation, None, None)] if organisation is not None else []
        keys += [(None, device.site_id, None), (None, None, device.pk)]
        found: dict[str, Any] = {"site_name": device.site.name[:80]}
        for key in keys:
            found = laid_over(found, self._rows.get(key, {}))
        return found


def laid_over(wider: Values, nearer: Values) -> dict[str, Any]:
    """Both together, `nearer` before `wider`."""
    joined = {name: wider[name] | nearer[name] for name in TOGETHER if name in wider and name in nearer}
    return {**wider, **nearer, **joined}


def hours_of(site: Site) -> dict[str, str]:
    """The opening hours that hold at `site`; none where they are not known."""
    level = level_of(site)
    own = set_at(level).get("opening_hours")
    told = own or inherited(level).get("opening_hours", ({}, level))[0]
    return dict(told)
