"""The courier and the replies: none, somebody else's, or the centre's word on a single answer."""

from typing import Any

import pytest

from sync.client import Client
from sync.decisions import State
from sync.outcomes import Unreachable
from sync.signin import NoSignIn
from tests.courier_kiosk import SURVEY, Kiosk, arrived_once
from tests.fhir_centre import Centre, fhir
from tests.fhir_plays import drop, one_entry_short, portal, redirect, says

pytest_plugins = ("tests.kiosk_and_centre",)


# --- no reply, or somebody else's ----------------------------------------------------------------------------------------


def test_offline_nothing_is_lost_and_all_is_sent_when_the_network_is_back(kiosk: Kiosk, centre: Centre) -> None:
    ids = kiosk.answers(3)
    centre.next(drop, drop)
    assert kiosk.sends(2).state is State.OFFLINE
    assert kiosk.outbox.counts().waiting == 3
    assert kiosk.sends().state is State.CONNECTED
    assert arrived_once(centre, ids)


def test_starting_without_a_network_is_no_error(kiosk: Kiosk, centre: Centre) -> None:
    url = centre.url
    centre.close()
    kiosk.answers()
    health = kiosk.sends()
    assert (health.state, health.last_contact, health.counts.waiting) == (State.OFFLINE, None, 1)
    assert url not in health.reason


@pytest.mark.parametrize("play", [portal, redirect, one_entry_short, says(511), lambda *_: fhir({"resourceType": "Bundle"})])
def test_a_captive_portal_acknowledges_nothing(kiosk: Kiosk, centre: Centre, play: Any) -> None:
    kiosk.answers(2)
    centre.next(play)
    health = kiosk.sends()
    assert (health.state, health.counts.waiting, health.counts.sent) == (State.CAPTIVE_PORTAL, 2, 0)
    assert kiosk.sends().counts.sent == 2


def test_a_portal_from_the_start_is_told_before_anything_is_sent(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.answers()
    centre.instead = lambda asked: portal(centre, asked)
    assert kiosk.sends().state is State.CAPTIVE_PORTAL
    assert kiosk.outbox.counts().waiting == 1


def test_a_certificate_nobody_vouches_for_is_told_and_nothing_is_sent(kiosk: Kiosk, centre: Centre) -> None:
    class Untrusted:
        seconds_ahead = None

        def exchange(self, request: object) -> Unreachable:
            return Unreachable("whose?", certificate=True)

        def close(self) -> None: ...

    kiosk.answers()
    courier = kiosk.new_courier(open_client=lambda: Client(centre.fhir_base, NoSignIn(), transport=Untrusted()))
    assert courier.once().state is State.CERTIFICATE


# --- single answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 422])
def test_one_bad_answer_is_set_aside_after_its_second_try_and_the_rest_goes_on(
    kiosk: Kiosk, centre: Centre, status: int
) -> None:
    ids = kiosk.answers(5)
    centre.entry_status = lambda entry: status if entry["resource"]["id"] == ids[2] else 0
    kiosk.sends_until(lambda: kiosk.outbox.counts().waiting == 0)
    assert arrived_once(centre, [*ids[:2], *ids[3:]])
    assert [(kept.response_id, kept.reason) for kept in kiosk.outbox.refused()] == [(ids[2], f"refused with {status}")]
    assert sum(ids[2] in batch.ids for batch in centre.batches) == 2


@pytest.mark.parametrize("status", [408, 409, 424, 429, 500, 503])
def test_only_the_busy_answer_waits(kiosk: Kiosk, centre: Centre, status: int) -> None:
    ids = kiosk.answers(3)
    busy = [status]
    centre.entry_status = lambda entry: busy.pop() if busy and entry["resource"]["id"] == ids[1] else 0
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 3)
    assert [batch.ids for batch in centre.batches] == [ids, [ids[1]]]


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_that_cannot_put_is_sent_conditional_creates_from_then_on(kiosk: Kiosk, centre: Centre, status: int) -> None:
    centre.put_status = status
    ids = kiosk.answers(2)
    assert kiosk.sends().counts.sent == 2
    ids += kiosk.answers()
    kiosk.sends()
    assert [batch.entries[0]["request"]["method"] for batch in centre.batches] == ["PUT", "POST", "POST"]
    assert arrived_once(centre, ids)


def test_412_on_a_conditional_create_is_sent(kiosk: Kiosk, centre: Centre) -> None:
    centre.update_create = False
    centre.entry_status = lambda _entry: 412
    kiosk.answers()
    assert kiosk.sends().counts.sent == 1


def test_an_answer_damaged_on_the_device_does_not_block_the_queue(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.outbox.put("broken", SURVEY, b"\xff not json")
    ids = kiosk.answers(2)
    kiosk.sends_until(lambda: kiosk.outbox.counts().waiting == 0)
    assert [kept.response_id for kept in kiosk.outbox.refused()] == ["broken"]
    assert arrived_once(centre, ids)
