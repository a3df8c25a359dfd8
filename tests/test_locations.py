"""Only an acknowledgement of that very response counts: a reply that names other responses acknowledges nothing."""

import json

import pytest

from sync.batch import Way
from sync.decisions import State
from sync.locations import fit
from sync.outcomes import Entry
from tests.courier_kiosk import Kiosk, arrived_once
from tests.fhir_centre import Asked, Centre, Play, Told, fhir

pytest_plugins = ("tests.kiosk_and_centre",)

IDS = ("0a", "0b", "0c")
BASE = "https://centre.example/fhir/"


def created(*locations: str) -> list[Entry]:
    return [Entry(201, location=location) for location in locations]


@pytest.mark.parametrize(
    "locations",
    [
        ("", "", ""),
        ("QuestionnaireResponse/0a", "QuestionnaireResponse/0b/_history/1", f"{BASE}QuestionnaireResponse/0C"),
        ("", "QuestionnaireResponse/0b", "urn:uuid:7"),
    ],
)
@pytest.mark.parametrize("way", Way)
def test_addresses_that_are_each_responses_own_or_say_nothing_fit(locations: tuple[str, ...], way: Way) -> None:
    assert fit(IDS, created(*locations), way)


@pytest.mark.parametrize(
    "locations",
    [
        ("QuestionnaireResponse/0b", "QuestionnaireResponse/0a", ""),
        ("", "", "QuestionnaireResponse/0a/_history/1"),
        ("QuestionnaireResponse/7", "", "QuestionnaireResponse/7"),
    ],
)
@pytest.mark.parametrize("way", Way)
def test_an_address_that_is_anothers_or_is_given_twice_does_not_fit(locations: tuple[str, ...], way: Way) -> None:
    assert not fit(IDS, created(*locations), way)


def test_an_id_of_the_servers_own_choice_fits_only_where_it_may_choose() -> None:
    entries = created("QuestionnaireResponse/7", "QuestionnaireResponse/8", "QuestionnaireResponse/9")
    assert fit(IDS, entries, Way.CREATE)
    assert not fit(IDS, entries, Way.PUT)


def test_the_address_of_what_was_not_taken_says_nothing() -> None:
    assert fit(IDS[:1], [Entry(409, location="QuestionnaireResponse/0b")], Way.PUT)


def mixed_up(*, stores: bool) -> Play:
    """Something between turns the entries of the reply round; perhaps one of them was never kept."""

    def play(centre: Centre, asked: Asked) -> Told:
        entries = [
            {"response": {"status": "201 Created", "location": f"QuestionnaireResponse/{response_id}"}}
            for response_id in reversed(asked.ids)
        ]
        if stores:
            centre.commit(asked)
        return fhir({"resourceType": "Bundle", "type": "batch-response", "entry": entries})

    return play


@pytest.mark.parametrize("stores", [True, False])
def test_a_reply_to_other_entries_acknowledges_nothing_and_staff_are_told(kiosk: Kiosk, centre: Centre, stores: bool) -> None:
    """And once the centre answers as it should, each is there exactly once."""
    ids = kiosk.answers(4)
    centre.next(mixed_up(stores=stores))
    health = kiosk.sends()
    assert (health.state, health.counts.sent, health.counts.waiting) == (State.HELD, 0, 4)
    assert "does not match" in health.reason
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 4)
    assert arrived_once(centre, ids)


def test_the_centres_own_batch_response_with_addresses_is_taken(kiosk: Kiosk, centre: Centre) -> None:
    ids = kiosk.answers(3)

    def addressed(centre: Centre, asked: Asked) -> Told:
        told = json.loads(centre.commit(asked).body)
        for entry, response_id in zip(told["entry"], asked.ids, strict=True):
            entry["response"]["location"] = f"{centre.fhir_base}/QuestionnaireResponse/{response_id}/_history/1"
        return fhir(told)

    centre.next(addressed)
    assert kiosk.sends().counts.sent == 3
    assert arrived_once(centre, ids)
