"""The FHIR door: what is kept, what is refused, and that everything counts once."""

from __future__ import annotations

import gzip
import json
import uuid
from threading import Barrier, Thread
from typing import Any

import pytest
from django.utils import timezone

from sync import wire
from tests.hub_people import Device, Hub
from tests.hub_survey import answer, changed, create_entry, put_entry

pytest_plugins = ("tests.hub_server",)


def kept() -> int:
    from sync.hub.models import Response

    return Response.objects.count()


def test_the_capability_statement_promises_both_ways_of_sending_once(hub: Hub) -> None:
    statement = hub.device().call("GET", "/fhir/metadata").json()
    responses = next(part for part in statement["rest"][0]["resource"] if part["type"] == "QuestionnaireResponse")
    assert (statement["resourceType"], statement["fhirVersion"]) == ("CapabilityStatement", "4.0.1")
    assert responses["updateCreate"] is True
    assert responses["conditionalCreate"] is True


def test_a_batch_is_kept_and_a_replay_of_it_counts_nothing_twice(hub: Hub) -> None:
    device, entries = hub.device(), [put_entry(answer()) for _ in range(5)]
    assert device.batch(entries) == ["201"] * 5
    assert device.batch(entries) == ["200"] * 5
    assert kept() == 5


def test_two_devices_that_bring_the_same_responses_at_once_are_both_told_yes_and_they_count_once(hub: Hub) -> None:
    from sync.hub.analysis import results
    from sync.hub.models import Survey

    entries, together = [put_entry(answer()) for _ in range(20)], Barrier(2)
    statuses: list[str] = []

    def bring(device: Device) -> None:
        together.wait(10)
        statuses.extend(device.batch(entries))

    threads = [Thread(target=bring, args=(hub.device(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == ["200"] * 20 + ["201"] * 20
    today = timezone.localdate()
    assert kept() == results.of(results.Scope(Survey.objects.get(), today, today)).total == 20


def test_the_same_response_by_put_and_by_conditional_create_is_one(hub: Hub) -> None:
    device, document = hub.device(), answer()
    assert device.batch([create_entry(document)]) == ["201"]
    assert device.batch([put_entry(document), create_entry(document)]) == ["200", "200"]
    assert kept() == 1


def test_the_same_id_with_another_answer_is_a_conflict_and_changes_nothing(hub: Hub) -> None:
    device, document = hub.device(), answer()
    assert device.batch([put_entry(document), put_entry(changed(document))]) == ["201", "409"]
    assert device.batch([create_entry(changed(document))]) == ["409"]
    assert device.call("GET", f"/fhir/QuestionnaireResponse/{document['id']}").json() == document


def test_only_the_bad_entries_of_a_batch_are_refused(hub: Hub) -> None:
    device = hub.device()
    good, unknown, invalid = answer(), answer(version="99"), answer("splendid")
    reading = {"request": {"method": "GET", "url": "Patient/1"}}
    assert device.batch([put_entry(unknown), put_entry(good), put_entry(invalid), reading]) == ["422", "201", "422", "405"]
    assert kept() == 1


def test_a_refusal_names_the_fhir_path_in_an_operation_outcome(hub: Hub) -> None:
    reply = hub.device().put(answer("splendid"))
    issue = reply.json()["issue"][0]
    assert reply.status_code == 422
    assert reply.json()["resourceType"] == "OperationOutcome"
    assert issue["expression"][0].startswith("QuestionnaireResponse.item[0].answer[0].value")
    assert "fft" in issue["diagnostics"]


def test_an_unknown_survey_version_is_refused_and_named(hub: Hub) -> None:
    reply = hub.device().put(answer(version="99"))
    assert reply.status_code == 422
    assert reply.json()["issue"][0]["expression"] == ["QuestionnaireResponse.questionnaire"]


def test_answers_to_a_retired_version_are_still_taken_in(hub: Hub) -> None:
    from sync.hub import surveys
    from sync.hub.models import SurveyVersion

    surveys.retire(SurveyVersion.objects.get())
    assert hub.device().put(answer()).status_code == 201


def test_someone_who_walked_away_counts_as_stopped(hub: Hub) -> None:
    device = hub.device()
    assert device.put(answer(status="stopped")).status_code == 201
    assert device.put(answer(status="in-progress")).status_code == 422


def test_a_single_conditional_create_is_kept_once(hub: Hub) -> None:
    device, document = hub.device(), answer()
    condition = f"identifier={wire.RESPONSE_SYSTEM}|{document['id']}"
    body = {name: value for name, value in document.items() if name != "id"}
    replies = [device.call("POST", "/fhir/QuestionnaireResponse", body, If_None_Exist=condition) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [201, 200]
    assert replies[0].headers["Location"].endswith(f"/fhir/QuestionnaireResponse/{document['id']}")


def test_a_create_without_our_identifier_is_refused(hub: Hub) -> None:
    reply = hub.device().call("POST", "/fhir/QuestionnaireResponse", answer(), If_None_Exist="identifier=urn:other|1")
    assert reply.status_code == 412


def test_an_identifier_that_is_not_the_id_is_refused(hub: Hub) -> None:
    document = answer()
    document["identifier"]["value"] = str(uuid.uuid4())
    assert hub.device().put(document).status_code == 422


def test_a_gzipped_batch_is_read(hub: Hub) -> None:
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [put_entry(answer())]}
    reply = hub.device().call("POST", "/fhir", gzip.compress(json.dumps(bundle).encode()), Content_Encoding="gzip")
    assert reply.json()["entry"][0]["response"]["status"] == "201 Created"


@pytest.mark.parametrize(
    ("body", "coding", "status"),
    [
        pytest.param(gzip.compress(b" " * 50_000_000), "gzip", 413, id="a small body that inflates to 50 MB"),
        pytest.param(b" " * (wire.MAX_REQUEST_BYTES + 1), "identity", 413, id="a large body"),
        pytest.param(b"not gzip", "gzip", 400, id="no gzip"),
        pytest.param(gzip.compress(b"{}" * 9)[:-4], "gzip", 400, id="gzip cut short"),
        pytest.param(b"{}", "br", 415, id="another coding"),
        pytest.param(b"<html>", "identity", 400, id="no JSON"),
        pytest.param(b'{"a":' * 100_000, "identity", 400, id="nested too deep"),
        pytest.param(b'{"resourceType": "Bundle", "type": "transaction"}', "identity", 400, id="no batch"),
        pytest.param(b'{"resourceType": "Bundle", "type": "batch", "entry": [7]}', "identity", 400, id="no entry"),
    ],
)
def test_a_body_that_cannot_be_taken_in_is_answered_with_an_operation_outcome(
    hub: Hub, body: bytes, coding: str, status: int
) -> None:
    reply = hub.device().call("POST", "/fhir", body, Content_Encoding=coding)
    assert (reply.status_code, reply.json()["resourceType"]) == (status, "OperationOutcome")


def test_more_entries_than_agreed_are_too_many(hub: Hub) -> None:
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [put_entry(answer())] * (wire.MAX_ENTRIES + 1)}
    assert hub.device().call("POST", "/fhir", bundle).status_code == 413


def test_an_empty_batch_is_answered_with_an_empty_one(hub: Hub) -> None:
    assert hub.device().batch([]) == []


def test_a_response_is_read_by_its_own_device_only(hub: Hub) -> None:
    device, other, document = hub.device(), hub.device(), answer()
    device.put(document)
    path = f"/fhir/QuestionnaireResponse/{document['id']}"
    assert device.call("GET", path).json() == document
    assert other.call("GET", path).status_code == 404


def test_another_method_or_address_is_answered_in_fhir_too(hub: Hub) -> None:
    device = hub.device()
    for method, path, status in [("DELETE", "/fhir", 405), ("GET", "/fhir/Patient/1", 404), ("PUT", "/fhir/a%0Ab", 404)]:
        reply = device.call(method, path)
        assert (reply.status_code, reply.json()["resourceType"]) == (status, "OperationOutcome")


def test_active_surveys_come_with_an_etag_and_not_again_when_unchanged(hub: Hub) -> None:
    device = hub.device()
    first = device.call("GET", "/fhir/Questionnaire?status=active")
    again = device.call("GET", "/fhir/Questionnaire?status=active", If_None_Match=first.headers["ETag"])
    assert [entry["resource"]["version"] for entry in first.json()["entry"]] == ["1"]
    assert (again.status_code, again.content) == (304, b"")


def test_a_retired_survey_is_no_longer_offered(hub: Hub) -> None:
    from sync.hub import surveys
    from sync.hub.models import SurveyVersion

    device = hub.device()
    before = device.call("GET", "/fhir/Questionnaire?status=active")
    surveys.retire(SurveyVersion.objects.get())
    after = device.call("GET", "/fhir/Questionnaire?status=active", If_None_Match=before.headers["ETag"])
    assert (after.status_code, after.json()["total"]) == (200, 0)


STRANGE: list[dict[str, Any]] = [
    {"status": ["completed"]},
    {"questionnaire": {"a": 1}},
    {"questionnaire": "urn:example:survey:visit\0|1"},
    {"item": "none"},
    {"item": [[]]},
    {"language": 7},
    {"identifier": []},
    {"resourceType": "Patient"},
]


@pytest.mark.parametrize("strange", STRANGE, ids=str)
def test_a_strange_entry_is_refused_alone_and_never_holds_up_the_others(hub: Hub, strange: dict[str, Any]) -> None:
    statuses = hub.device().batch([put_entry(answer()), put_entry(answer() | strange), put_entry(answer())])
    assert statuses == ["201", "422", "201"]


def test_numbers_and_signs_no_database_holds_do_not_stop_an_answer(hub: Hub) -> None:
    from sync.hub.models import Response

    marks = [{"url": wire.SEQUENCE_EXTENSION, "valueInteger": 10**25}, {"url": wire.WAY_EXTENSION, "valueCode": "to\0uch"}]
    assert hub.device().batch([put_entry(answer() | {"extension": marks})]) == ["201"]
    assert Response.objects.get().sequence is None


def test_a_fault_of_the_hubs_own_is_logged_without_anybodys_words(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sync.hub.taking_in import keep

    def broken(*_: object) -> None:
        raise RuntimeError("She wrote: my secret")

    monkeypatch.setattr(keep, "all_of", broken)
    reply = hub.device().put(answer(why={"valueString": "my secret"}))
    assert (reply.status_code, reply.json()["resourceType"]) == (500, "OperationOutcome")
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text + reply.text
