"""What the hub tells a device to do comes with the courier's errands: once for each word, and never from a stranger."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sync.client import Client
from sync.outcomes import Foreign, Told as Heard, Unchanged
from sync.pace import Pace
from sync.wire import REPORT_PATH, SETTINGS_PATH
from tests.courier_kiosk import Kiosk
from tests.fhir_centre import Asked, Centre, Told, problem
from tests.fhir_plays import portal

pytest_plugins = ("tests.kiosk_and_centre",)

EVERY_TIME = Pace(0.01, 0.05, errand_seconds=0.0)


class Teller:
    """A hub that tells: `digest` names what it says now."""

    def __init__(self, centre: Centre) -> None:
        self.centre, self.digest = centre, "one"
        self.asked: list[Asked] = []
        centre.instead = self.answer

    def answer(self, asked: Asked) -> Told:
        if asked.path != SETTINGS_PATH:
            return self.centre.well(asked)
        self.asked.append(asked)
        if asked.headers.get("if-none-match") == f'"{self.digest}"':
            return Told(304, headers={"ETag": f'"{self.digest}"'})
        body = {"digest": self.digest, "settings": {}, "said_and_did": []}
        return Told(200, json.dumps(body).encode(), {"ETag": f'"{self.digest}"'})


@pytest.fixture
def heard(paired: Kiosk) -> list[str]:
    """Digests of what was handed over, in order."""
    return []


def courier(kiosk: Kiosk, heard: list[str]) -> Any:
    made = kiosk.new_courier(EVERY_TIME)
    made._errands._on_settings = lambda raw: heard.append(json.loads(raw)["digest"])
    return made


def test_each_word_is_handed_over_once(paired: Kiosk, centre: Centre, heard: list[str]) -> None:
    teller, carries = Teller(centre), courier(paired, heard)
    carries.once()
    carries.once()
    teller.digest = "two"
    carries.once()
    assert heard == ["one", "two"]
    assert len(teller.asked) == 3


def test_the_report_of_a_round_comes_after_what_was_told(paired: Kiosk, centre: Centre, heard: list[str]) -> None:
    Teller(centre)
    courier(paired, heard).once()
    paths = [asked.path for asked in centre.asked]
    assert paths.index(SETTINGS_PATH) < paths.index(REPORT_PATH)


def test_a_hub_that_tells_nothing_is_not_asked_again(paired: Kiosk, centre: Centre, heard: list[str]) -> None:
    carries = courier(paired, heard)
    carries.once()
    carries.once()
    assert [asked.path for asked in centre.asked].count(SETTINGS_PATH) == 1
    assert (heard, len(centre.reports)) == ([], 2)


def test_a_centre_that_is_not_our_hub_is_not_asked_at_all(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.new_courier(EVERY_TIME).once()
    assert SETTINGS_PATH not in [asked.path for asked in centre.asked]


def test_trouble_with_it_keeps_no_answer_back(paired: Kiosk, centre: Centre, heard: list[str]) -> None:
    """What a device is told is never more important than what it carries."""
    centre.instead = lambda asked: problem(500, "broken") if asked.path == SETTINGS_PATH else centre.well(asked)
    carries = courier(paired, heard)
    paired.answers()
    carries.once()
    assert (heard, paired.outbox.counts().sent, len(centre.reports)) == ([], 1, 1)


def test_a_kiosk_with_news_of_itself_reports_at_once(paired: Kiosk, centre: Centre) -> None:
    """The hub shows "applied" without waiting for the next errand."""
    carries = paired.new_courier()
    carries.once()
    carries.once()
    carries.report_soon()
    carries.once()
    assert len(centre.reports) == 2


# --- the client -----------------------------------------------------------------------------------------------------------


def test_what_is_told_comes_as_it_is_and_the_same_again_as_unchanged(client: Client, centre: Centre) -> None:
    Teller(centre)
    told = client.fetch_settings()
    assert isinstance(told, Heard)
    assert (told.etag, json.loads(told.body)["digest"]) == ('"one"', "one")
    assert client.fetch_settings(told.etag) == Unchanged()


@pytest.mark.parametrize("body", [b"", b"[]", b'{"digest": "x"}', b"\xff", b"[" * 5000])
def test_what_is_not_a_hubs_word_is_foreign(client: Client, centre: Centre, body: bytes) -> None:
    centre.instead = lambda _asked: Told(200, body)
    assert isinstance(client.fetch_settings(), Foreign)


def test_a_wifi_sign_in_page_tells_a_device_nothing(client: Client, centre: Centre) -> None:
    centre.instead = lambda asked: portal(centre, asked)
    assert isinstance(client.fetch_settings(), Foreign)
