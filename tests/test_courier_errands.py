"""The courier's errands between two batches: surveys, reports, purging."""

import json
from typing import Any

from sync.decisions import State
from sync.pace import Pace
from sync.wire import REPORT_FIELDS
from tests.courier_kiosk import SURVEY, Kiosk, arrived_once
from tests.fhir_centre import Centre, problem

pytest_plugins = ("tests.kiosk_and_centre",)


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
