"""The courier and whole batches: refused, too large, not to be unzipped, put off or held."""

from typing import Any

import pytest

from sync.decisions import State
from sync.pace import Pace
from tests.courier_kiosk import Kiosk, arrived_once
from tests.fhir_centre import Centre, problem
from tests.fhir_plays import at_most, chokes_on, says

pytest_plugins = ("tests.kiosk_and_centre",)


@pytest.mark.parametrize("status", [400, 413, 422])
@pytest.mark.parametrize("bad", [[0], [13], [39], [3, 4], [0, 20, 39]])
def test_a_batch_refused_as_a_whole_is_halved_until_the_bad_one_stands_alone(
    kiosk: Kiosk, centre: Centre, status: int, bad: list[int]
) -> None:
    ids = kiosk.answers(40)
    wrong = [ids[number] for number in bad]
    centre.every = [chokes_on(*wrong, status=status)]
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 40 - len(bad))
    # The good ones are through. Each further one tells that it is not the centre, and so ends the waiting of a bad one.

    def another_comes_and_the_bad_are_set_aside() -> bool:
        ids.extend(kiosk.answers())
        return kiosk.outbox.counts().refused == len(bad)

    kiosk.sends_until(another_comes_and_the_bad_are_set_aside)
    kiosk.sends()
    assert sorted(kept.response_id for kept in kiosk.outbox.refused()) == sorted(wrong)
    assert arrived_once(centre, [one for one in ids if one not in wrong])


def test_a_centre_set_up_wrongly_does_not_make_the_device_set_everything_aside(kiosk: Kiosk, centre: Centre) -> None:
    ids = kiosk.answers(10)
    centre.every = [says(400, "no such endpoint")]
    health = kiosk.sends(50)
    assert (health.state, health.reason, health.counts.refused) == (State.HELD, "no such endpoint", 0)
    centre.every = []
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 10)
    assert arrived_once(centre, ids)


def test_a_centre_that_breaks_later_does_not_make_the_device_set_new_answers_aside(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.answers(10)
    kiosk.sends()
    centre.every = [says(422, "broken by an update")]
    for _ in range(5):
        kiosk.answers()
        kiosk.sends(5)
    assert kiosk.outbox.counts().refused == 0


@pytest.mark.parametrize(
    "play", [at_most(10), at_most(10, 400, "Bundle exceeds 10 entries"), at_most(10, 422, "too many entries")]
)
def test_too_large_makes_smaller_batches_from_then_on(kiosk: Kiosk, centre: Centre, play: Any) -> None:
    centre.every = [play]
    ids = kiosk.answers(100)
    kiosk.sends()
    assert arrived_once(centre, ids)
    centre.asked.clear()
    ids += kiosk.answers(20)
    kiosk.sends()
    assert max(len(batch.ids) for batch in centre.batches) <= 10
    assert arrived_once(centre, ids)


@pytest.mark.parametrize("status", [400, 415])
def test_a_server_that_cannot_unzip_is_sent_plain_batches_from_then_on(kiosk: Kiosk, centre: Centre, status: int) -> None:
    centre.next(says(status))
    kiosk.answers(2)
    assert kiosk.sends().counts.sent == 2
    kiosk.answers()
    kiosk.sends()
    assert [batch.headers.get("content-encoding") for batch in centre.batches] == ["gzip", None, None]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_holds_even_new_answers_back(kiosk: Kiosk, centre: Centre, status: int) -> None:
    kiosk.answers()
    centre.next(says(status, Retry_After="1000"))
    kiosk.sends()
    kiosk.answers()
    kiosk.courier.wake()
    kiosk.sends(3)
    assert len(centre.batches) == 1


def test_staff_can_have_it_tried_at_once(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.answers()
    centre.next(says(503, Retry_After="1000"))
    kiosk.sends()
    kiosk.courier.hurry()
    assert kiosk.sends().counts.sent == 1


@pytest.mark.parametrize("status", [403, 404])
def test_a_centre_that_does_not_allow_sending_holds_the_queue_and_staff_are_told(
    kiosk: Kiosk, centre: Centre, status: int
) -> None:
    kiosk.answers()
    centre.next(says(status, "suspended"))
    health = kiosk.sends()
    assert (health.state, health.reason, health.counts.waiting) == (State.HELD, "suspended", 1)
    assert kiosk.sends().state is State.CONNECTED


def test_what_was_held_is_told_until_it_has_gone_and_no_longer(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.answers()
    centre.every = [says(422, "broken by an update")]
    kiosk.courier = kiosk.new_courier(Pace(0.01, 0.05, errand_seconds=0.0))
    assert kiosk.sends(3).state is State.HELD
    centre.every = []
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 1)
    centre.instead = lambda asked: problem(403, "") if "Questionnaire?" in asked.path else centre.well(asked)
    assert kiosk.sends().state is State.HELD
    centre.instead = None
    assert kiosk.sends().state is State.CONNECTED
