"""Must show: on a small site, no pair of filters gives a hidden count away (S111, S127).

People come to two small sites over some days. Everything that the pages can be asked for is asked for over HTTP: each period,
each site and both, the figures, the groups, the charts and every download. Then each figure is taken from each other one.
"""

from __future__ import annotations

import csv
import io
import json
import random
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.utils import timezone

from sync import wire
from tests.hub_people import Hub, Staff
from tests.hub_survey import answer, put_entry

pytest_plugins = ("tests.hub_server",)

DAYS = 8
HIDDEN = range(1, 8)
Filter = tuple[int, int, str]
"""First day, last day, and a site's id or "" for both."""


def people(seed: int) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Who comes on which day to which site, and what they say."""
    chance = random.Random(seed)
    for day in range(DAYS):
        for site, busy in (("North", 9), ("South", 4)):
            for _ in range(chance.randint(0, busy)):
                said = answer(chance.choice(["very-good", "good", "poor", None]), calm={"valueInteger": chance.randint(1, 3)})
                said["language"] = chance.choices(["en-GB", "cy", "pl"], (8, 3, 1))[0]
                said["status"] = chance.choices(["completed", "stopped"], (8, 1))[0]
                said["extension"] = [{"url": wire.WAY_EXTENSION, "valueCode": chance.choice(["touch", "keypad"])}]
                yield day, site, said


def filled(hub: Hub, seed: int) -> tuple[Staff, date, dict[str, str]]:
    """A hub to which those people came; the first day, and the sites' ids by name."""
    from sync.hub.models import Device, Site
    from sync.hub.taking_in import intake
    from sync.hub.taking_in.judged import Arrival

    staff, today = hub.staff(), timezone.now()
    for site in ("North", "South"):
        hub.device(site)
    for day, site, said in people(seed):
        came = today - timedelta(days=DAYS - 1 - day)
        arrival = Arrival(uuid.UUID(said["id"]), json.dumps(said).encode())
        assert intake.take_in(Device.objects.get(site__name=site), [arrival], came)[0].status == 201
    return staff, timezone.localdate(today) - timedelta(days=DAYS - 1), {one.name: str(one.pk) for one in Site.objects.all()}


def filters(sites: Mapping[str, str]) -> list[Filter]:
    periods = [(first, last) for first in range(DAYS) for last in range(first, DAYS)]
    return [(*period, site) for period in periods for site in ("", *sites.values())]


def query(first_day: date, one: Filter) -> str:
    first, last = (first_day + timedelta(days=day) for day in one[:2])
    return f"from={first}&to={last}&site={one[2]}"


def numbers_of_people(found: Mapping[str, Any]) -> dict[str, int]:
    """Every number of people in a results document; how they answered is not hidden, who they are is."""
    counts = {"all": found["responses"]["total"], "fft": found["friends_and_family"]["n"]}
    for name in ("languages", "ways", "sites", "days"):
        counts |= {f"{name} {key}": n for key, n in found[name].items()}
    return counts | {f"question {one['link_id']}": one["n"] for one in found["questions"]}


def within(inner: Filter, outer: Filter) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer[2] in {"", inner[2]}


@pytest.mark.parametrize("seed", [1, 2])
def test_no_pair_of_filters_gives_a_small_number_of_people(hub: Hub, seed: int) -> None:
    """S111: no figure is small, nor one less another: periods, sites, days, all of a kind less the kinds shown."""
    staff, first_day, sites = filled(hub, seed)
    asked = filters(sites)
    seen = {one: numbers_of_people(staff.see(f"/results/visit.json?{query(first_day, one)}").json()) for one in asked}
    assert sum(counts["all"] for counts in seen.values()) > 0
    assert [(one, name, n) for one, counts in seen.items() for name, n in counts.items() if n in HIDDEN] == []
    for outer, inner in ((outer, inner) for outer in asked for inner in asked if within(inner, outer)):
        for name in seen[outer].keys() & seen[inner].keys():
            if not name.startswith(("days", "sites")):
                assert seen[outer][name] - seen[inner][name] not in HIDDEN, (outer, inner, name)
    for one, counts in seen.items():
        for kind in ("sites", "days"):
            assert counts["all"] == sum(n for name, n in counts.items() if name.startswith(kind)), (one, kind)


@pytest.mark.parametrize("seed", [3])
def test_all_the_pages_and_downloads_tell_the_same_figures_as_the_document(hub: Hub, seed: int) -> None:
    """S111: what one of them hides, none of them shows."""
    staff, first_day, sites = filled(hub, seed)
    for one in [(0, DAYS - 1, ""), (2, 5, sites["North"]), (0, DAYS - 1, sites["South"])]:
        asked = query(first_day, one)
        known = set(numbers_of_people(staff.see(f"/results/visit.json?{asked}").json()).values())
        rows = csv.DictReader(io.StringIO(staff.see(f"/results/visit.csv?{asked}").text.lstrip("\ufeff")))
        assert {int(row["People who answered"]) for row in rows} <= known
        people_drawn = staff.see(f"/results/visit/trends.json?show=people&by=week&{asked}").json()["Trend"]
        assert all(row["People"] not in HIDDEN for row in people_drawn)
        heard = staff.see(f"/results/visit/equality.json?{asked}").json()["Who is heard"]
        assert all(row["People"] not in HIDDEN for row in heard)


@pytest.mark.parametrize("seed", [4])
def test_looking_before_and_after_somebody_answers_tells_nothing(hub: Hub, seed: int) -> None:
    """S111: a desk that looks at the page whenever a patient leaves the kiosk."""
    device, staff, chance = hub.device("North"), hub.staff(), random.Random(seed)
    seen: list[dict[str, int]] = []
    for _ in range(40):
        device.batch([put_entry(answer(chance.choice(["good", "poor", None])))])
        seen.append(numbers_of_people(staff.see("/results/visit.json").json()))
    for earlier, later in combinations(seen, 2):
        assert all(later[name] - n not in HIDDEN for name, n in earlier.items() if not name.startswith(("days", "sites")))
    assert seen[-1]["all"] >= 24


def test_the_threshold_is_set_by_those_who_look_after_surveys_and_noted(hub: Hub) -> None:
    """S111: 5 to 10."""
    from sync.hub.models import StaffAction

    staff, viewer = hub.staff(), hub.staff("Viewer")
    staff.see("/results/visit/how")
    staff.send("/results/small-numbers", {"survey": "visit", "people": "5"})
    assert "Choose a number from 5 to 10" in staff.send("/results/small-numbers", {"survey": "visit", "people": "4"}).text
    assert viewer.send("/results/small-numbers", {"survey": "visit", "people": "10"}).status_code == 403
    hub.device().batch([put_entry(answer()) for _ in range(5)])
    assert staff.see("/results/visit.json").json()["responses"]["total"] == 5
    assert StaffAction.objects.filter(what="Hide groups of fewer than 5 people").exists()
