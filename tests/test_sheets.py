"""The sheets of counts: they agree with what came, whoever counts at the same moment, and add up to any period."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st

from tests.counted_again import recounted
from tests.hub_people import Hub
from tests.hub_survey import answer, put_entry

if TYPE_CHECKING:
    from sync.hub.counts.scopes import Scope
    from sync.hub.models import Survey

pytest_plugins = ("tests.hub_server",)


def came(day: date, *documents: dict[str, Any], site: str = "North") -> None:
    """These responses come in at `site` at noon of `day`."""
    from sync.hub.models import Device
    from sync.hub.places import devices
    from sync.hub.taking_in import intake
    from sync.hub.taking_in.judged import Arrival

    place = devices.site_named(site)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    device, _ = Device.objects.get_or_create(site=place, defaults={"client_id": uuid.uuid4(), "key": {}, "paired_at": noon})
    arrivals = [Arrival(uuid.UUID(one["id"]), json.dumps(one).encode()) for one in documents]
    assert {verdict.status for verdict in intake.take_in(device, arrivals, noon)} == {201}


def survey() -> Survey:
    from sync.hub.models import Survey

    return Survey.objects.get(slug="visit")


def scope(first: date, last: date, **more: Any) -> Scope:
    from sync.hub.counts.scopes import Scope

    return Scope(survey(), first, last, **more)


def site_id(name: str) -> int:
    from sync.hub.models import Site

    return Site.objects.get(name=name).pk


def test_a_batch_counts_on_the_day_and_the_month_of_its_site_and_of_everywhere(hub: Hub) -> None:
    from sync.hub.models import EVERYWHERE, Sheet

    came(date(2024, 3, 14), *(answer() for _ in range(5)))
    rows = Sheet.objects.filter(span__in="dm").values_list("place", "span", "first")
    day, month = date(2024, 3, 14), date(2024, 3, 1)
    assert set(rows) == {(place, *of) for place in (EVERYWHERE, site_id("North")) for of in (("d", day), ("m", month))}
    assert len(rows) == 4


def test_what_stands_on_the_sheets_is_what_the_documents_say(hub: Hub) -> None:
    """S113."""
    import msgspec

    from sync.hub.models import Response, Sheet

    several = [{"valueString": "Time"}, {"valueString": "Quiet"}]
    came(date(2024, 3, 14), answer("good", calm={"valueInteger": 3}), answer("poor", status="stopped"))
    came(date(2024, 3, 31), answer(None, needs=several) | {"language": "cy"}, site="South")
    came(date(2024, 4, 1), answer("good", why={"valueString": "Kind"}))
    again = recounted(Response.objects.all())
    kept = {
        (one.version_id, one.place, one.span, one.first): [
            msgspec.json.decode(bytes(column)) for column in (one.headline, one.questions, one.groups)
        ]
        for one in Sheet.objects.filter(span__in="dm")
    }
    assert kept == {tuple(key): [one.headline, one.questions, one.groups] for key, one in again.items()}


def test_any_period_adds_up_from_whole_months_and_single_days(hub: Hub) -> None:
    """The same figures, whether a day was read from its own sheet or from its month's."""
    from sync.hub.counts import sheets

    first = date(2024, 1, 20)
    for after in range(0, 100, 5):
        came(first + timedelta(days=after), answer("good"))
    for start, end in ((0, 99), (0, 11), (3, 40), (12, 70), (12, 12), (41, 41), (7, 95)):
        found = sheets.counted(scope(first + timedelta(days=start), first + timedelta(days=end)))
        assert found.status.get("completed", 0) == len([n for n in range(0, 100, 5) if start <= n <= end])
        assert found.headline.n == found.questions["fft"].n if found.headline.n else not found.questions


def test_a_period_up_to_today_counts_today_and_nothing_from_before_it(hub: Hub) -> None:
    """The month that is not over yet is read as a whole one: nothing has come in after today."""
    from django.utils import timezone

    from sync.hub.counts import sheets

    today = timezone.localdate()
    before = today.replace(day=1) - timedelta(days=1)
    came(before, answer("poor"), answer("poor"))
    came(today, answer("good"))
    assert sheets.counted(scope(today.replace(day=1), today)).measures == {"fft": {"good": 1}}
    assert sheets.counted(scope(before, today)).measures == {"fft": {"good": 1, "poor": 2}}
    assert sheets.counted(scope(before.replace(day=1), before)).measures == {"fft": {"poor": 2}}


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2023, 1, 1), date(2025, 1, 1)), st.integers(0, 900))
def test_stretches_cover_each_day_of_a_period_once(listening_hub: str, first: date, length: int) -> None:
    from sync.hub.counts import scopes

    last, covered = first + timedelta(days=length), first
    for stretch in scopes.stretches(first, last):
        assert stretch.first == covered
        covered = stretch.last + timedelta(days=1)
        if stretch.span == "m":
            assert stretch.first.day == covered.day == 1
    assert covered == last + timedelta(days=1)
    assert len([*scopes.stretches(first, last)]) <= 3


def test_counts_are_of_the_sites_that_are_meant_and_no_other(hub: Hub) -> None:
    """S127: nobody's figures hold another site's."""
    from sync.hub.counts import sheets
    from sync.hub.models import Site

    day = date(2024, 3, 14)
    for number, site in enumerate(("North", "South", "West"), start=1):
        came(day, *(answer() for _ in range(number)), site=site)
    north, south, west = (site_id(name) for name in ("North", "South", "West"))

    def total(**more: Any) -> int:
        return sheets.counted(scope(day, day, **more)).headline.n

    assert total() == 6
    assert total(site=Site.objects.get(name="South")) == 2
    assert total(within=frozenset({north, west})) == 4
    assert total(within=frozenset()) == 0
    assert total(within=frozenset({north}), site=Site.objects.get(name="South")) == 0
    by_site = sheets.headlines_by_site(scope(day, day, within=frozenset({south, west})))
    assert {site: headline.n for site, headline in by_site.items()} == {south: 2, west: 3}


def test_headlines_come_by_day_by_week_from_monday_and_by_month(hub: Hub) -> None:
    from sync.hub.counts import sheets

    days = [
        date(2024, 3, 3),
        date(2024, 3, 4),
        date(2024, 3, 10),
        date(2024, 3, 11),
        date(2024, 4, 30),
    ]  # the first is a Sunday
    for day in days:
        came(day, answer("good"))
    spring = scope(date(2024, 3, 1), date(2024, 4, 29))
    assert [*sheets.headlines(spring, "day")] == days[:4]
    weeks = {start: headline.n for start, headline in sheets.headlines(spring, "week").items()}
    assert weeks == {date(2024, 2, 26): 1, date(2024, 3, 4): 2, date(2024, 3, 11): 1}
    months = sheets.headlines(spring, "month")
    assert {start: headline.measures["fft"]["good"] for start, headline in months.items()} == {date(2024, 3, 1): 4}


def test_versions_of_one_survey_count_together(hub: Hub) -> None:
    from sync.hub import surveys
    from sync.hub.counts import sheets
    from tests.hub_survey import SURVEY

    surveys.add(json.dumps(SURVEY | {"version": "2"}).encode())
    day = date(2024, 3, 14)
    came(day, answer(), answer(version="2"))
    assert sheets.counted(scope(day, day)).status == {"completed": 2}


def test_devices_of_one_site_that_count_at_the_same_moment_lose_nothing(hub: Hub) -> None:
    """Each reads, adds and writes the same sheets: they take their turns."""
    from django.utils import timezone

    from sync.hub.counts import sheets

    together, statuses, devices = Barrier(4), list[str](), [hub.device() for _ in range(4)]

    def bring(device: Any) -> None:
        together.wait(30)
        for _ in range(5):
            statuses.extend(device.batch([put_entry(answer("good")) for _ in range(4)]))

    threads = [Thread(target=bring, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    today = timezone.localdate()
    assert statuses == ["201"] * 80
    assert sheets.counted(scope(today, today)).measures == {"fft": {"good": 80}}


def test_the_same_response_twice_in_one_batch_counts_once(hub: Hub) -> None:
    from django.utils import timezone

    from sync.hub.counts import sheets

    document = answer()
    assert hub.device().batch([put_entry(document), put_entry(document)]) == ["201", "200"]
    today = timezone.localdate()
    assert sheets.counted(scope(today, today)).headline.n == 1


def test_what_cannot_be_kept_counts_for_nothing(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept and counted, or neither: one transaction."""
    from sync.hub.counts import sheets
    from sync.hub.models import Response, Sheet

    def full(_counts: object) -> None:
        raise ValueError("no room")

    monkeypatch.setattr(sheets, "add", full)
    assert hub.device().batch([put_entry(answer())]) == ["422"]
    assert (Response.objects.count(), Sheet.objects.count()) == (0, 0)


def test_a_hub_from_before_counts_what_it_holds_and_takes_own_words_out_of_it(hub: Hub) -> None:
    """S105: migration 0004, on responses that lost their sheets and comments."""
    from importlib import import_module

    from django.apps import apps
    from django.db import connection

    from sync.hub.models import Comment, Sheet

    def here() -> tuple[list[Any], list[Any]]:
        sheets = Sheet.objects.filter(span__in="dm").order_by("place", "span", "first")
        counts = [(one.place, one.span, one.first, json.loads(bytes(one.questions))) for one in sheets]
        return counts, sorted(Comment.objects.values_list("response_id", "link_id", "text", "overall", "day", "warnings"))

    came(date(2024, 3, 14), answer("good", why={"valueString": "Ask Dr Asha Varley"}), answer("poor", status="stopped"))
    came(date(2024, 2, 1), answer("very-poor", why={"valueString": "Loud"}) | {"language": "cy"}, site="South")
    came(date(2024, 3, 15), *(answer("good") for _ in range(3)))
    before = here()
    Sheet.objects.all().delete()
    Comment.objects.all().delete()
    migration = import_module("sync.hub.migrations.0004_counts_of_what_is_here")
    with connection.schema_editor() as editor:
        migration.count_and_quote(apps, editor)
    assert here() == before
