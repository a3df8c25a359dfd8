"""Devices' clocks: kept beside ours with each response, told in words when they part, and never what anything is sorted by."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from django.utils import timezone

from sync import wire
from sync.client import Client
from sync.courier import Courier
from sync.hub.places import clocks
from tests.handed_over import Kiosk
from tests.hub_people import Hub
from tests.hub_survey import answer, put_entry

pytest_plugins = ("tests.hub_server",)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def http_date(ahead: timedelta) -> str:
    return format_datetime(timezone.now() + ahead, usegmt=True)


@pytest.mark.parametrize(
    ("header", "ahead"),
    [
        ("Mon, 23 Nov 2026 12:05:00 GMT", 300),
        ("Mon, 23 Nov 2026 11:00:00 GMT", -3600),
        ("Thu, 01 Jan 1970 00:00:00 GMT", -1_795_435_200),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 251_606_951_939),
        *((header, None) for header in ("", "soon", "Mon, 99 Nov 2026 12:05:00 GMT", "Mon, 23 Nov 2026 12:05:00 -0000")),
    ],
)
def test_a_date_header_tells_how_far_a_clock_is_ahead(header: str, ahead: int | None) -> None:
    """RFC 9110, 6.6.1."""
    assert clocks.ahead_by_date(header, NOON) == ahead


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(None, "right"), (0, "right"), (120, "right"), (-120, "right"), (121, "2 minutes fast"), (-90_000, "1 day slow")],
)
def test_a_clock_is_off_from_two_minutes_on_and_told_in_words(ahead: int | None, words: str) -> None:
    assert clocks.in_words(ahead) == words


def test_a_response_keeps_when_it_came_what_the_device_said_and_how_its_clock_stood(hub: Hub) -> None:
    """S104."""
    from sync.hub.models import Response

    before, device, document = timezone.now(), hub.device(), answer()
    date = http_date(timedelta(hours=2))
    reply = device.call("PUT", f"/fhir/QuestionnaireResponse/{document['id']}", document, Date=date)
    kept = Response.objects.get()
    assert reply.status_code == 201
    assert before <= kept.received_at <= timezone.now()
    assert kept.device_time == "2026-11-01T09:00:00Z"
    assert kept.clock_ahead_seconds is not None
    assert 7100 < kept.clock_ahead_seconds <= 7200


def test_the_courier_tells_its_clock_with_every_batch(hub: Hub, tmp_path: Path) -> None:
    from sync.hub.models import Response

    kiosk = Kiosk(tmp_path, hub)
    kiosk.finishes()
    known = kiosk.credentials
    Courier(kiosk.outbox, lambda: Client(known.fhir_base, known.sign_in)).once()
    kiosk.outbox.close()
    assert Response.objects.get().clock_ahead_seconds is not None


def test_a_device_that_tells_no_time_is_taken_in_all_the_same(hub: Hub) -> None:
    from sync.hub.models import Response

    assert hub.device().batch([put_entry(answer())]) == ["201"]
    assert Response.objects.get().clock_ahead_seconds is None


def test_a_clock_that_is_off_is_told_in_words_on_the_devices_page_and_at_once(hub: Hub) -> None:
    device, staff = hub.device(), hub.staff()
    device.call("GET", "/fhir/Questionnaire", Date=http_date(timedelta(seconds=20)))
    assert "Its clock" not in staff.reads("/devices")
    device.call("GET", "/fhir/Questionnaire", Date=http_date(-timedelta(days=400)))
    assert "Its clock is 400 days slow." in staff.reads("/devices")
    device.call("GET", "/fhir/Questionnaire", Date=http_date(timedelta(0)))
    assert "Its clock" not in staff.reads("/devices")


def test_the_page_of_one_device_says_how_its_clock_stands(hub: Hub) -> None:
    from sync.hub.models import Device

    device, staff = hub.device(), hub.staff()
    device.call("POST", wire.REPORT_PATH, {"device_time": (timezone.now() + timedelta(minutes=5, seconds=30)).isoformat()})
    assert "Its clock 5 minutes fast" in staff.reads(f"/devices/{Device.objects.get().pk}")


def test_answers_count_on_the_day_they_come_whatever_the_devices_clock_says(hub: Hub) -> None:
    """Never sorted or told apart by a device's time: two of the same second, years ago, are two of today."""
    device, staff = hub.device(), hub.staff()
    assert device.batch([put_entry(answer() | {"authored": "1999-01-01T00:00:00Z"}) for _ in range(2)]) == ["201", "201"]
    figures = json.loads(staff.see("/results/visit/exact.json").text)
    assert figures["days"] == {timezone.localdate().isoformat(): 2}
