"""The courier against a real centre on a socket: no answer is lost, none arrives twice."""

import pytest

from tests.courier_kiosk import Kiosk, arrived_once
from tests.fhir_centre import Centre, problem
from tests.fhir_plays import commit_then_drop, drop, one_entry_short, portal, says

pytest_plugins = ("tests.kiosk_and_centre",)


@pytest.mark.parametrize("update_create", [True, False])
def test_a_reply_lost_after_the_commit_makes_no_second_answer(kiosk: Kiosk, centre: Centre, update_create: bool) -> None:
    centre.update_create = update_create
    ids = kiosk.answers(3)
    centre.next(commit_then_drop, commit_then_drop)
    assert kiosk.sends().counts.waiting == 3
    assert kiosk.sends(2).counts.sent == 3
    assert arrived_once(centre, ids)
    assert len(centre.batches) == 3


def test_a_server_that_stores_a_put_but_then_wants_conditional_creates_gets_no_second(kiosk: Kiosk, centre: Centre) -> None:
    ids = kiosk.answers(2)
    centre.next(commit_then_drop)
    kiosk.sends()
    centre.put_status = 404
    assert kiosk.sends().counts.sent == 2
    assert arrived_once(centre, ids)


def test_a_courier_stopped_before_the_reply_sends_the_same_again_after_the_restart(kiosk: Kiosk, centre: Centre) -> None:
    ids = kiosk.answers(2)
    centre.next(commit_then_drop)
    kiosk.sends()
    assert kiosk.new_courier().once().counts.sent == 2
    assert arrived_once(centre, ids)


def test_answers_given_while_others_are_sent_all_arrive_once(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.courier.start()
    ids = []
    for _ in range(60):
        ids += kiosk.answers()
        kiosk.courier.wake()
    kiosk.until(lambda: kiosk.outbox.counts().sent == 60)
    assert arrived_once(centre, ids)


def test_a_network_that_fails_every_other_time_loses_and_doubles_nothing(kiosk: Kiosk, centre: Centre) -> None:
    centre.next(*[commit_then_drop, drop, portal, says(503), one_entry_short] * 3)
    ids = kiosk.answers(250)
    kiosk.sends(20)
    assert arrived_once(centre, ids)
    assert kiosk.outbox.counts().sent == 250


def test_an_answer_is_sent_only_when_that_very_answer_was_acknowledged(kiosk: Kiosk, centre: Centre) -> None:
    first, second, third = kiosk.answers(3)
    centre.entry_status = lambda entry: 503 if entry["resource"]["id"] == second else 0
    centre.every = [
        lambda centre, asked: centre.commit(asked) if second not in asked.ids or len(asked.ids) > 1 else problem(503, "")
    ]
    counts = kiosk.sends().counts
    assert (counts.sent, counts.waiting) == (2, 1)
    assert arrived_once(centre, [first, third])
