"""The courier's thread: what it tells of its health, how it goes on and how it ends."""

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sync.client import Client
from sync.courier import Courier, Health, Listeners
from sync.decisions import State
from sync.wire import FHIR_BASE
from tests.courier_kiosk import QUICK, Kiosk, arrived_once
from tests.fhir_centre import Centre
from tests.fhir_plays import says

pytest_plugins = ("tests.kiosk_and_centre",)


def test_health_tells_of_waiting_then_sent_with_the_time_of_the_last_contact(kiosk: Kiosk) -> None:
    kiosk.answers()
    health = kiosk.sends()
    assert (health.state, health.counts.sent, health.counts.oldest_waiting_seconds) == (State.CONNECTED, 1, None)
    assert health.last_contact is not None


def test_health_is_told_only_when_it_changed(kiosk: Kiosk) -> None:
    kiosk.sends(5)
    assert len(kiosk.healths) == 1


def test_an_unexpected_error_is_logged_without_answers_and_the_courier_goes_on(
    kiosk: Kiosk, centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    clients: list[Callable[[], Client]] = [kiosk.open_client, lambda: json.loads("my sore knee")]

    def next_client() -> Client:
        return clients.pop()()

    courier = kiosk.new_courier(open_client=next_client)
    ids = kiosk.answers()
    courier.start()
    kiosk.until(lambda: kiosk.outbox.counts().sent == 1)
    assert arrived_once(centre, ids)
    assert [(record.levelno, record.exc_info) for record in caplog.records] == [(logging.ERROR, None)]
    assert "held" in kiosk.states
    assert "JSONDecodeError" in caplog.text
    assert "knee" not in caplog.text


def test_a_listener_that_fails_does_not_end_the_courier(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    failures = [KeyError("x")]

    def listener(health: Health) -> None:
        if failures:
            raise failures.pop()
        kiosk.heard(health)

    courier = Courier(kiosk.outbox, kiosk.open_client, Listeners(listener), pace=QUICK, chance=lambda: 0.0)
    kiosk.couriers.append(courier)
    kiosk.answers()
    courier.start()
    kiosk.until(lambda: kiosk.outbox.counts().sent == 1 and bool(kiosk.healths))
    assert "KeyError" in caplog.text


def test_stop_ends_the_thread_even_in_the_middle_of_a_long_back_off(kiosk: Kiosk, centre: Centre) -> None:
    centre.next(says(503, Retry_After="3600"))
    kiosk.answers()
    kiosk.courier.start()
    kiosk.until(lambda: "offline" in kiosk.states and len(centre.batches) == 1)
    assert kiosk.courier.stop(10)
    assert kiosk.outbox.counts().waiting == 1


def test_stop_before_start_is_no_error(kiosk: Kiosk) -> None:
    assert kiosk.courier.stop()


def test_only_one_request_is_in_flight(kiosk: Kiosk, centre: Centre) -> None:
    busy = threading.Lock()
    overlaps = []

    def one_at_a_time(centre: Centre, asked: Any) -> Any:
        overlaps.append(not busy.acquire(blocking=False))
        told = centre.commit(asked)
        busy.release()
        return told

    centre.every = [one_at_a_time]
    kiosk.courier.start()
    for _ in range(30):
        kiosk.answers()
        kiosk.courier.wake()
    kiosk.until(lambda: kiosk.outbox.counts().sent == 30)
    assert not any(overlaps)


def test_the_fhir_base_is_the_only_address_answers_go_to(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.answers(3)
    kiosk.sends()
    assert {asked.path.partition("?")[0] for asked in centre.asked} == {
        f"{FHIR_BASE}/metadata",
        FHIR_BASE,
        f"{FHIR_BASE}/Questionnaire",
    }


def test_after_a_power_cut_each_kiosk_of_a_town_begins_at_a_moment_of_its_own(kiosk: Kiosk, centre: Centre) -> None:
    """The promise of a random start: nothing is sent before it, unless a person asks."""
    courier = Courier(kiosk.outbox, kiosk.open_client, pace=replace(QUICK, start_spread_seconds=3600.0), chance=lambda: 0.5)
    kiosk.answers()
    begun = time.monotonic()
    courier.start()
    try:
        assert courier._not_before == pytest.approx(begun + 1800, abs=60)
        courier.wake()
        assert centre.asked == []
        courier.hurry()
        kiosk.until(lambda: kiosk.outbox.counts().sent == 1)
    finally:
        assert courier.stop()
