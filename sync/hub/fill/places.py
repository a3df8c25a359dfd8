"""Invented organisations, sites and devices: how many people come to each on which day, and how well they are cared for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import cos, exp, pi
from random import Random
from typing import Final
from uuid import UUID

from sync.hub.fill.people import Table, table
from sync.hub.models import Device, Organisation, Site, SurveyVersion

SITES_IN_ONE: Final = 25
"""So many sites an organisation has."""
ORGANISATIONS: Final = (
    "Hallow Vale",
    "Northmere",
    "Tarn and Fell",
    "Eastwold",
    "Saltmarsh",
    "Brackenshire",
    "Midlow",
    "Westering",
)
PLACES: Final = (
    *("Alder", "Birch", "Bridge", "Castle", "Church", "Clover", "Fern", "Field", "Green", "Harbour", "Heath", "High", "Hill"),
    *("Lake", "Lane", "Maple", "Market", "Meadow", "Mill", "Moor", "Oak", "Orchard", "Park", "Quay", "River", "Rowan"),
    *("School", "Spring", "Station", "Thorn", "Tower", "Union", "Valley", "Well", "Wharf", "Willow", "Wood", "Yew"),
)
KINDS: Final = (
    ("Street Surgery", False),
    ("Road Practice", False),
    ("Health Centre", False),
    ("Ward", True),
    ("Clinic", False),
    ("Urgent Care", True),
)
"""What a site is called, and whether it is open every day of the week."""
WEEK: Final = ((1.15, 1.05, 1.0, 1.0, 0.95, 0.12, 0.04), (1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.75))
"""How busy each day is, from Monday, where it is closed and where it is open at weekends."""
LANGUAGES: Final = ("pl", "ro", "ur", "cy", "pt", "es", "ar", "pa", "bn", "gu", "so", "uk", "zh")
ENGLISH: Final = "en-GB"
CHANGED: Final = 0.2
"""How many sites do much better or worse from one day on."""


@dataclass(frozen=True, slots=True)
class Place:
    """One site as it is invented. From `turned` on, `turn` is added to its `quality`."""

    site_id: int
    devices: tuple[int, ...]
    size: float
    quality: float
    turned: date
    turn: float
    every_day: bool
    mixed: bool
    languages: Table

    def quality_on(self, day: date) -> float:
        return self.quality + (self.turn if day >= self.turned else 0)


def busy(place: Place, day: date) -> float:
    """How many people come on this day, against other places and days."""
    return place.size * WEEK[place.every_day][day.weekday()] * _season(day)


@lru_cache(maxsize=4096)
def _season(day: date) -> float:
    """More in winter, few in August, hardly anybody at Christmas; every year a little more."""
    if (day.month, day.day) in {(12, 25), (12, 26), (1, 1)}:
        return 0.05
    of_year = 1 + 0.15 * cos(2 * pi * (day.timetuple().tm_yday - 20) / 365)
    return of_year * (0.8 if day.month == 8 else 1) * 1.06 ** (day.year - 2020)


def make(chance: Random, count: int, days: Sequence[date], version: SurveyVersion, now: datetime) -> list[Place]:
    """So many sites with their devices, made where they are not here yet. The same seed makes the same."""
    return [_make_one(chance, number, days, version, now) for number in range(count)]


def _make_one(chance: Random, number: int, days: Sequence[date], version: SurveyVersion, now: datetime) -> Place:
    name, every_day = _name(number)
    size = exp(chance.gauss(0, 0.7))
    organisation = ORGANISATIONS[number // SITES_IN_ONE % len(ORGANISATIONS)]
    trust, _ = Organisation.objects.get_or_create(name=f"{organisation} Health Trust")
    site, _ = Site.objects.get_or_create(name=name, defaults={"organisation": trust})
    devices = [_device(chance, site, n, version, now) for n in range(1 + (size > 0.9) + (size > 2))]
    changed = chance.random() < CHANGED
    return Place(
        site_id=site.pk,
        devices=tuple(devices),
        size=size,
        quality=chance.gauss(0.1, 0.4),
        turned=chance.choice(days[len(days) // 4 : -len(days) // 4] or days),
        turn=chance.choice((-0.9, -0.6, 0.6, 0.9)) if changed else 0,
        every_day=every_day,
        mixed=chance.random() < 0.35,
        languages=_languages(chance),
    )


def _name(number: int) -> tuple[str, bool]:
    kind, every_day = KINDS[number % len(KINDS)]
    round_, place = divmod(number // len(KINDS), len(PLACES))
    return f"{PLACES[(place * 7 + number) % len(PLACES)]} {kind}{f' {round_ + 1}' if round_ else ''}", every_day


def _languages(chance: Random) -> Table:
    """Nearly everybody English, and two or three languages of the place."""
    spoken = chance.sample(LANGUAGES, 4)
    return table({ENGLISH: 90.0} | {tag: chance.uniform(0.5, 5) for tag in spoken})


def _device(chance: Random, site: Site, number: int, version: SurveyVersion, now: datetime) -> int:
    device, _ = Device.objects.get_or_create(
        client_id=UUID(int=chance.getrandbits(128), version=4),
        defaults={
            "site": site,
            "name": f"Kiosk {number + 1}",
            "key": {},
            "paired_at": now,
            "last_seen_at": now - timedelta(minutes=chance.randrange(50)),
            "reported_at": now - timedelta(minutes=chance.randrange(50)),
            "version": "0.1.0",
            "survey": f"{version.survey.url}|{version.version}",
            "languages": [ENGLISH, *LANGUAGES],
            "voices": [ENGLISH, *LANGUAGES[:6]],
            "waiting": 0,
            "refused": 0,
            "unreadable": 0,
            "disk_free_mb": chance.randrange(2_000, 60_000),
            "clock_ahead_seconds": chance.randrange(-3, 4),
        },
    )
    return device.pk
