"""The client against a real server on a socket: what it sends."""

import json

import pytest

from sync.batch import Batch, Way
from sync.client import Client
from sync.outbox import Queued
from sync.outcomes import Accepted, Entry
from sync.wire import MAX_BATCH_BYTES, MAX_ENTRIES, RESPONSE_SYSTEM, SEQUENCE_EXTENSION
from tests.batches import batch, document
from tests.fhir_centre import Centre

pytest_plugins = ("tests.kiosk_and_centre",)


def test_a_put_carries_the_devices_own_id_and_no_full_url(centre: Centre, client: Client) -> None:
    assert client.send(batch("a")) == Accepted((Entry(201),))
    entry = centre.batches[0].entries[0]
    assert entry["request"] == {"method": "PUT", "url": "QuestionnaireResponse/a"}
    assert entry["resource"]["id"] == "a"
    assert set(entry) == {"resource", "request"}


def test_a_conditional_create_has_no_id_in_the_body_and_no_full_url(centre: Centre, client: Client) -> None:
    client.send(batch("a", way=Way.CREATE))
    entry = centre.batches[0].entries[0]
    assert entry["request"] == {
        "method": "POST",
        "url": "QuestionnaireResponse",
        "ifNoneExist": f"identifier={RESPONSE_SYSTEM}|a",
    }
    assert "id" not in entry["resource"]
    assert set(entry) == {"resource", "request"}


@pytest.mark.parametrize("way", list(Way))
def test_the_identifier_and_the_answers_arrive_as_they_were_queued(centre: Centre, client: Client, way: Way) -> None:
    client.send(batch("a", way=way))
    sent, queued = centre.store[0], json.loads(document("a"))
    for name in ("identifier", "item", "status"):
        assert sent[name] == queued[name]


@pytest.mark.parametrize("way", list(Way))
def test_what_a_patient_gave_travels_byte_for_byte(centre: Centre, client: Client, way: Way) -> None:
    """A decimal keeps its zeros (FHIR R4 decimal), a long number its digits, a letter its spelling."""
    item = (
        b'[{"linkId": "t", "answer": [{"valueDecimal": 37.50}, {"valueInteger": 123456789012345678901234}, {"x": "\\u00e9"}]}]'
    )
    response = b'{"resourceType": "QuestionnaireResponse", "id": "a", "identifier": {"value": "a"}, "item": %b}' % item
    client.send(Batch((Queued(1, "a", "s", response),), way, zipped=False))
    assert item in centre.batches[0].body


def test_a_document_nested_without_end_does_not_stop_the_batch(centre: Centre, client: Client) -> None:
    deep = b'{"extension": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    outcome = client.send(Batch((Queued(9, "x", "s", deep), *batch("a").entries), Way.PUT))
    assert isinstance(outcome, Accepted)
    assert [entry.status for entry in outcome.entries] == [400, 201]


def test_the_sequence_number_joins_the_extensions_that_are_there(centre: Centre, client: Client) -> None:
    own = {"url": "urn:feedback-kiosk:collection-method", "valueCode": "tablet-kiosk"}
    response = json.dumps({**json.loads(document("a")), "extension": [own]}).encode()
    client.send(Batch((Queued(7, "a", "s", response),), Way.PUT))
    assert centre.store[0]["extension"] == [own, {"url": SEQUENCE_EXTENSION, "valueInteger": 7}]


def test_every_response_carries_its_sequence_number(centre: Centre, client: Client) -> None:
    client.send(batch("a", "b"))
    assert [one["extension"] for one in centre.store] == [
        [{"url": SEQUENCE_EXTENSION, "valueInteger": number}] for number in (1, 2)
    ]


def test_one_batch_is_one_request_of_type_batch(centre: Centre, client: Client) -> None:
    client.send(batch("a", "b", "c"))
    assert len(centre.batches) == 1
    assert (centre.batches[0].json["resourceType"], centre.batches[0].json["type"]) == ("Bundle", "batch")
    assert centre.batches[0].headers["content-type"] == "application/fhir+json"


@pytest.mark.parametrize(("zipped", "encoding"), [(True, "gzip"), (False, None)])
def test_batches_are_zipped_unless_the_centre_cannot_unzip(
    centre: Centre, client: Client, zipped: bool, encoding: str | None
) -> None:
    client.send(batch("a", zipped=zipped))
    assert centre.batches[0].headers.get("content-encoding") == encoding


def test_a_full_batch_stays_within_the_limit_of_the_wire(centre: Centre, client: Client) -> None:
    from sync.decisions import PLENTY_BYTES

    size = PLENTY_BYTES // MAX_ENTRIES
    entries = tuple(
        Queued(10**9, f"{number:036}", "s", document(f"{number:036}", "x" * (size - len(document(f"{number:036}", "")))))
        for number in range(MAX_ENTRIES)
    )
    client.send(Batch(entries, Way.CREATE, zipped=False))
    assert 0.85 * MAX_BATCH_BYTES < len(centre.batches[0].body) <= MAX_BATCH_BYTES


def test_a_document_that_cannot_be_read_is_objected_to_here_and_the_rest_is_sent(centre: Centre, client: Client) -> None:
    good = batch("a", "b")
    broken = (good.entries[0], Queued(9, "x", "s", b"\xff not json"), Queued(10, "y", "s", b"[1]"), good.entries[1])
    outcome = client.send(Batch(broken, Way.PUT))
    assert isinstance(outcome, Accepted)
    assert [entry.status for entry in outcome.entries] == [201, 400, 400, 201]
    assert centre.stored_ids == ["a", "b"]


def test_nothing_is_sent_when_nothing_can_be_read(centre: Centre, client: Client) -> None:
    outcome = client.send(Batch((Queued(9, "x", "s", b"{"),), Way.PUT))
    assert isinstance(outcome, Accepted)
    assert (outcome.entries[0].status, centre.batches) == (400, [])
