"""`kiosk doctor` against our own hub: a trial is written, known when it comes again, removed, and never counted."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kiosk.app.device import Device as Kiosk
from kiosk.app.doctor_centre import examine_centre
from sync import credentials
from sync.batch import Way
from sync.client import Client
from sync.trial import Ending, Trial, try_out
from tests.hub_people import Hub
from tests.hub_survey import URL, answer, put_entry

pytest_plugins = ("tests.hub_server",)

SURVEY = f"{URL}|1"


@pytest.fixture
def client(hub: Hub) -> Iterator[Client]:
    known = credentials.pair(hub.url, hub.pairing_code(), "Door")
    with closing(Client(known.fhir_base, known.sign_in)) as client:
        yield client


def rows() -> tuple[int, int, int, int]:
    """Responses, answers, counts and trials that are kept."""
    from sync.hub.models import Answer, Response, Sheet, Trial as Kept

    return Response.objects.count(), Answer.objects.count(), Sheet.objects.count(), Kept.objects.count()


def trial(response_id: str = "", **more: Any) -> dict[str, Any]:
    document = answer(None) | {"status": "entered-in-error"} | more
    if response_id:
        document["id"] = document["identifier"]["value"] = response_id
    return {name: value for name, value in document.items() if name != "item"} | more


def path_of(document: dict[str, Any]) -> str:
    return f"/fhir/QuestionnaireResponse/{document['id']}"


def test_a_trial_of_our_hub_is_sent_twice_known_and_removed_and_leaves_nothing(client: Client) -> None:
    """S156."""
    assert try_out(client, str(uuid.uuid4()), SURVEY) == Trial(Ending.REMOVED, Way.PUT, zipped=True, signed_in=True)
    assert rows() == (0, 0, 0, 0)


def test_a_trial_that_nobody_removed_counts_for_nothing_and_ends_after_a_day(hub: Hub) -> None:
    from sync.hub.models import Trial as Kept

    device, document = hub.device(), trial()
    assert [device.batch([put_entry(document)]) for _ in range(2)] == [["201"], ["200"]]
    assert rows() == (0, 0, 0, 1)
    Kept.objects.update(received_at=timezone.now() - timedelta(days=2))
    device.batch([put_entry(trial())])
    assert [kept.uuid for kept in Kept.objects.all()] != [uuid.UUID(document["id"])]
    assert rows() == (0, 0, 0, 1)


def test_a_trial_to_a_survey_the_hub_does_not_have_says_so(client: Client) -> None:
    """What the device asks would be refused too: that is what doctor is to find out."""
    found = try_out(client, str(uuid.uuid4()), f"{URL}|99")
    assert (found.ending, found.said) == (Ending.NOT_KEPT, "This survey version is not known here.")


def test_a_trial_never_takes_a_real_answers_place_nor_removes_it(hub: Hub) -> None:
    device, document = hub.device(), answer()
    device.put(document)
    assert device.put(trial(document["id"])).status_code == 409
    assert device.call("DELETE", path_of(document)).status_code == 403
    assert device.call("GET", path_of(document)).json() == document


def test_a_device_removes_no_other_devices_trial(hub: Hub) -> None:
    mine, other, document = hub.device(), hub.device(), trial()
    mine.put(document)
    assert other.put(document).status_code == 409
    assert other.call("DELETE", path_of(document)).status_code == 204  # nothing of its own was there
    assert rows()[-1] == 1
    assert mine.call("DELETE", path_of(document)).status_code == 204
    assert rows()[-1] == 0


def test_a_trial_holds_no_answer(hub: Hub) -> None:
    assert hub.device().put(trial(item=answer()["item"])).status_code == 422
    assert rows() == (0, 0, 0, 0)


def test_nobody_fills_the_database_with_trials(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.hub.taking_in import trials

    monkeypatch.setattr(trials, "MOST_KEPT", 2)
    statuses = hub.device().batch([put_entry(trial()) for _ in range(3)])
    assert statuses == ["201", "201", "429"]


def test_a_revoked_device_finds_out_from_doctor(hub: Hub, tmp_path: Path) -> None:
    from sync.hub.models import Device as Kept
    from sync.hub.places import devices

    credentials.save(tmp_path, credentials.pair(hub.url, hub.pairing_code(), "Door"))
    devices.revoke(Kept.objects.get(), timezone.now())
    with closing(Kiosk(tmp_path)) as kiosk:
        found = examine_centre(kiosk, SURVEY)
    assert found is not None
    assert (found.signed_in, found.trial) == (False, "not-sent")


def test_doctor_prints_how_our_hub_took_it(hub: Hub, tmp_path: Path) -> None:
    credentials.save(tmp_path, credentials.pair(hub.url, hub.pairing_code(), "Door"))
    with closing(Kiosk(tmp_path)) as kiosk:
        found = examine_centre(kiosk, SURVEY)
    assert found is not None
    told = "\n".join(found.as_lines())
    for words in ("update-create, compressed", "device-key: works", "the same as the centre's", "and removed"):
        assert words in told


def test_what_was_deleted_here_is_known_when_it_comes_again_and_not_kept(hub: Hub) -> None:
    """S156."""
    from sync.hub.models import Forgotten, Response

    device, document = hub.device(), answer()
    assert device.batch([put_entry(document)]) == ["201"]
    kept = Response.objects.get()
    Forgotten.objects.create(uuid=kept.uuid, digest=kept.digest, deleted_at=timezone.now(), why="asked")
    kept.delete()
    assert device.batch([put_entry(document)]) == ["200"]
    assert not Response.objects.exists()
