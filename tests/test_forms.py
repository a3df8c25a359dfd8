"""Which survey is asked, whatever comes. A broken one costs a sentence, never a kiosk."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.device import Device
from kiosk.app.forms import SAMPLE, accepted, survey_to_ask


def questionnaire(**changes: Any) -> bytes:
    plain: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "url": "urn:test:mine",
        "version": "1",
        "status": "active",
        "title": "Mine",
        "language": "en-GB",
        "item": [{"linkId": "q", "text": "How was it?", "type": "boolean"}],
    }
    return json.dumps(plain | changes).encode()


MALFORMED = {
    "not JSON": b"{ this is not JSON",
    "not a Questionnaire": b'{"resourceType": "Patient"}',
    "duplicate linkId": questionnaire(item=[{"linkId": "q", "text": "A?", "type": "boolean"}] * 2),
    "enableWhen to nowhere": questionnaire(
        item=[
            {
                "linkId": "q",
                "text": "A?",
                "type": "boolean",
                "enableWhen": [{"question": "nowhere", "operator": "exists", "answerBoolean": True}],
            }
        ]
    ),
    "unknown type": questionnaire(item=[{"linkId": "q", "text": "A?", "type": "hologram"}]),
    "50 MB": b" " * 50_000_000,
}


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path)


def test_without_any_file_the_sample_survey_is_asked(device: Device) -> None:
    survey = survey_to_ask(device)
    assert survey is not None
    assert survey.title.text == json.loads(SAMPLE.read_bytes())["title"]


def test_the_file_that_was_chosen_goes_before_all_others(device: Device, tmp_path: Path) -> None:
    device.pulled.keep(questionnaire(url="urn:test:pulled"))
    (tmp_path / "mine.json").write_bytes(questionnaire())
    survey = survey_to_ask(device, tmp_path / "mine.json")
    assert survey is not None
    assert survey.url == "urn:test:mine"


def test_a_survey_from_the_centre_is_asked_also_after_a_restart(device: Device) -> None:
    device.pulled.keep(questionnaire(url="urn:test:pulled"))
    survey = survey_to_ask(Device(device.data))
    assert survey is not None
    assert survey.url == "urn:test:pulled"


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_survey_costs_one_clear_sentence_and_the_one_before_goes_on(
    device: Device, tmp_path: Path, raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    good = accepted(device, questionnaire(), "before")
    assert good is not None
    broken = tmp_path / "broken.json"
    broken.write_bytes(raw)
    survey = survey_to_ask(device, broken)
    assert survey is not None
    assert survey.url == "urn:test:mine"
    [record] = caplog.records
    assert str(broken) in record.getMessage()
    assert record.getMessage().endswith("The kiosk goes on with the survey it had.")
    assert record.exc_info is None
    assert len(record.getMessage()) < 500


def test_a_file_that_is_not_there_is_named(device: Device, caplog: pytest.LogCaptureFixture) -> None:
    assert survey_to_ask(device, Path("/nowhere/mine.json")) is not None
    assert "/nowhere/mine.json: this file cannot be read" in caplog.text
