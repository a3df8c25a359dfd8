"""The courier against a real centre on a socket: each promise about losing or doubling answers, end to end."""

import json
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sync import credentials
from sync.client import Client
from sync.courier import Courier, Health, Listeners
from sync.decisions import State
from sync.errors import CredentialsUnreadable
from sync.outbox import Outbox
from sync.outcomes import Unreachable
from sync.pace import Pace
from sync.reserve import Reserve
from sync.signin import NoSignIn, SignIn
from sync.wire import FHIR_BASE, REPORT_FIELDS, RESPONSE_SYSTEM, TOKEN_PATH
from tests.fhir_centre import (
    Centre,
    at_most,
    chokes_on,
    commit_then_drop,
    drop,
    fhir,
    one_entry_short,
    portal,
    problem,
    redirect,
    says,
)

QUICK = Pace(first_seconds=0.01, longest_seconds=0.05, errand_seconds=3600)
SURVEY = "https://example.org/survey|1"


class Kiosk:
    """A device as a test speaks of it. `chance` 0: a back-off ends as soon as it began."""

    def __init__(self, folder: Path, centre: Centre) -> None:
        self.outbox = Outbox(folder / "outbox.sqlite", reserve=Reserve(folder / "outbox.reserve", 1000))
        self.sign_in: SignIn = NoSignIn()
        self.report_url = ""
        self.centre = centre
        self.healths: list[Health] = []
        self.surveys: list[bytes] = []
        self.changed = threading.Condition()
        self.couriers: list[Courier] = []
        self.courier = self.new_courier()

    def new_courier(self, pace: Pace = QUICK, open_client: Callable[[], Client | None] | None = None) -> Courier:
        about = {"version": "1.0", "survey": SURVEY, "languages": ["en-GB"]}
        listeners = Listeners(self.heard, self.surveys.append, lambda: about)
        courier = Courier(self.outbox, open_client or self.open_client, listeners, pace=pace, chance=lambda: 0.0)
        self.couriers.append(courier)
        return courier

    def open_client(self) -> Client:
        return Client(self.centre.fhir_base, self.sign_in, report_url=self.report_url)

    def heard(self, health: Health) -> None:
        with self.changed:
            self.healths.append(health)
            self.changed.notify_all()

    def until(self, fact: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(fact, 20), self.healths[-3:]

    def answers(self, number: int = 1) -> list[str]:
        """So many patients finish; their ids."""
        ids = [str(uuid.uuid4()) for _ in range(number)]
        for response_id in ids:
            identifier = {"system": RESPONSE_SYSTEM, "value": response_id}
            document = {"resourceType": "QuestionnaireResponse", "id": response_id, "identifier": identifier}
            self.outbox.put(response_id, SURVEY, json.dumps(document).encode())
        return ids

    def sends(self, rounds: int = 1) -> Health:
        for _ in range(rounds - 1):
            self.courier.once()
        return self.courier.once()

    def sends_until(self, fact: Callable[[], bool]) -> None:
        for _ in range(5_000):
            if fact():
                return
            self.courier.once()
        pytest.fail(f"It never happened: {self.healths[-3:]}")

    @property
    def states(self) -> list[str]:
        return [health.state for health in self.healths]


@pytest.fixture
def centre() -> Iterator[Centre]:
    centre = Centre()
    yield centre
    centre.close()


@pytest.fixture
def kiosk(tmp_path: Path, centre: Centre) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path, centre)
    yield kiosk
    stopped = [courier.stop(10) for courier in kiosk.couriers]
    assert all(stopped)
    kiosk.outbox.close()


def arrived_once(centre: Centre, ids: list[str]) -> bool:
    return sorted(centre.stored_ids) == sorted(ids)


# --- exactly once ------------------------------------------------------------------------------------------------------


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


# --- whole batches -------------------------------------------------------------------------------------------------------


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


# --- signing in ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def paired(kiosk: Kiosk, centre: Centre) -> Kiosk:
    centre.pairing_code = "CODE"
    known = credentials.pair(centre.url, "CODE", "Waiting room")
    kiosk.sign_in, kiosk.report_url = known.sign_in, known.report_url
    return kiosk


def test_a_revoked_token_is_replaced_once_and_nothing_is_lost(paired: Kiosk, centre: Centre) -> None:
    paired.courier.start()
    ids = paired.answers()
    paired.courier.wake()
    paired.until(lambda: paired.outbox.counts().sent == 1)
    centre.tokens = set()
    ids += paired.answers()
    paired.courier.wake()
    paired.until(lambda: paired.outbox.counts().sent == 2)
    assert arrived_once(centre, ids)
    assert [asked.path for asked in centre.asked].count(TOKEN_PATH) == 2


def test_a_device_the_centre_no_longer_knows_keeps_its_answers_and_says_so(paired: Kiosk, centre: Centre) -> None:
    paired.answers(2)
    centre.every = [says(401)]
    health = paired.sends()
    assert (health.state, health.counts.waiting, health.counts.refused) == (State.NOT_PAIRED, 2, 0)
    assert len(centre.batches) == 2
    centre.every = []
    assert paired.sends().counts.sent == 2


def test_a_device_never_paired_keeps_its_answers_until_it_is(kiosk: Kiosk, centre: Centre) -> None:
    client: list[Client] = []
    courier = kiosk.new_courier(open_client=lambda: client[0] if client else None)
    ids = kiosk.answers()
    courier.start()
    kiosk.until(lambda: "not-paired" in kiosk.states)
    client.append(kiosk.open_client())
    courier.hurry()
    kiosk.until(lambda: kiosk.outbox.counts().sent == 1)
    assert arrived_once(centre, ids)


def test_damaged_credentials_are_told_in_their_own_sentence(kiosk: Kiosk, tmp_path: Path) -> None:
    def unreadable() -> Client:
        raise CredentialsUnreadable(tmp_path / "credentials.json")

    health = kiosk.new_courier(open_client=unreadable).once()
    assert health.state is State.NOT_PAIRED
    assert "Pair this device" in health.reason


def test_a_device_paired_with_another_centre_learns_its_ways_afresh(kiosk: Kiosk, centre: Centre) -> None:
    centre.put_status = 404
    kiosk.answers()
    kiosk.sends()
    kiosk.centre = Centre()
    kiosk.courier.hurry()
    kiosk.answers()
    kiosk.sends()
    assert [batch.entries[0]["request"]["method"] for batch in kiosk.centre.batches] == ["PUT"]
    kiosk.centre.close()


# --- surveys, reports, purging ---------------------------------------------------------------------------------------------


def survey(version: str) -> dict[str, str]:
    return {"resourceType": "Questionnaire", "url": "https://c.example/q", "version": version}


def test_surveys_are_brought_once_for_each_version(kiosk: Kiosk, centre: Centre) -> None:
    courier = kiosk.new_courier(Pace(0.01, 0.05, errand_seconds=0.0))
    centre.questionnaires = [survey("1")]
    courier.once()
    courier.once()
    centre.questionnaires = [survey("1"), survey("2")]
    courier.once()
    assert [json.loads(brought)["version"] for brought in kiosk.surveys] == ["1", "2"]


def test_a_server_that_honours_no_etag_is_compared_by_content(kiosk: Kiosk, centre: Centre) -> None:
    courier = kiosk.new_courier(Pace(0.01, 0.05, errand_seconds=0.0))
    centre.questionnaires = [survey("1")]

    def forgetful(asked: Any) -> Any:
        asked.headers.pop("if-none-match", None)
        return centre.well(asked)

    centre.instead = forgetful
    courier.once()
    courier.once()
    assert len(kiosk.surveys) == 1


def test_a_plain_fhir_server_without_surveys_is_still_a_centre(kiosk: Kiosk, centre: Centre) -> None:
    centre.instead = lambda asked: problem(404, "") if "Questionnaire?" in asked.path else centre.well(asked)
    kiosk.answers()
    assert (kiosk.sends().state, kiosk.outbox.counts().sent) == (State.CONNECTED, 1)


def test_a_web_server_that_knows_nothing_is_no_centre_even_with_nothing_to_send(kiosk: Kiosk, centre: Centre) -> None:
    centre.instead = lambda _asked: problem(404, "")
    health = kiosk.sends()
    assert (health.state, health.last_contact) == (State.HELD, None)


def test_the_hub_gets_the_health_report_the_contract_names(paired: Kiosk, centre: Centre) -> None:
    paired.answers(2)
    paired.sends()
    assert set(centre.reports[0]) == set(REPORT_FIELDS)
    assert (centre.reports[0]["sent"], centre.reports[0]["survey"]) == (2, SURVEY)


def test_a_centre_that_is_not_our_hub_is_asked_for_reports_only_once(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.report_url = f"{centre.url}/nowhere"
    courier = kiosk.new_courier(Pace(0.01, 0.05, errand_seconds=0.0))
    courier.once()
    courier.once()
    assert [asked.path for asked in centre.asked].count("/nowhere") == 1


def test_acknowledged_answers_are_purged_after_their_time_and_no_others(kiosk: Kiosk, centre: Centre) -> None:
    bad, good = kiosk.answers(2)
    centre.entry_status = lambda entry: 503 if entry["resource"]["id"] == bad else 0
    kiosk.new_courier(Pace(60, 60, keep_sent_seconds=-1)).once()
    counts = kiosk.outbox.counts()
    assert (counts.sent, counts.waiting) == (0, 1)
    assert arrived_once(centre, [good])


# --- the thread ------------------------------------------------------------------------------------------------------------


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
