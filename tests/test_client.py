"""The client against a real server on a socket: what it sends, and what it makes of the replies."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.batch import Batch, Way
from sync.client import Client
from sync.errors import AddressRefused
from sync.outbox import Queued
from sync.outcomes import Accepted, Capable, Entry, Foreign, Pulled, Refused, Reported, Unchanged, Unreachable
from sync.signin import Basic, Bearer, NoSignIn
from sync.transport import HttpTransport, Reply, Request
from sync.wire import MAX_BATCH_BYTES, MAX_ENTRIES, RESPONSE_SYSTEM, SEQUENCE_EXTENSION
from tests.fhir_centre import (
    Centre,
    Told,
    commit_then_drop,
    drop,
    fhir,
    one_entry_short,
    portal,
    redirect,
    says,
    self_signed,
)


@pytest.fixture
def centre() -> Iterator[Centre]:
    centre = Centre()
    yield centre
    centre.close()


@pytest.fixture
def client(centre: Centre) -> Iterator[Client]:
    client = Client(centre.fhir_base, NoSignIn(), report_url=f"{centre.url}/device/report")
    yield client
    client.close()


def document(response_id: str, words: str = "kind") -> bytes:
    resource = {
        "resourceType": "QuestionnaireResponse",
        "id": response_id,
        "identifier": {"system": RESPONSE_SYSTEM, "value": response_id},
        "status": "completed",
        "item": [{"linkId": "why", "answer": [{"valueString": words}]}],
    }
    return json.dumps(resource).encode()


def batch(*ids: str, way: Way = Way.PUT, zipped: bool = True) -> Batch:
    return Batch(tuple(Queued(number, one, "s", document(one)) for number, one in enumerate(ids, 1)), way, zipped)


# --- what is sent ------------------------------------------------------------------------------------------------------


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


# --- what comes back ---------------------------------------------------------------------------------------------------


def test_each_entrys_status_and_words_are_its_own(centre: Centre, client: Client) -> None:
    centre.entry_status = lambda entry: 422 if entry["resource"]["id"] == "b" else 0
    assert client.send(batch("a", "b", "c")) == Accepted((Entry(201), Entry(422, "refused with 422"), Entry(201)))


@pytest.mark.parametrize("status", ["201", "201 Created"])
def test_a_status_may_have_words_after_its_number(centre: Centre, client: Client, status: str) -> None:
    reply = {"resourceType": "Bundle", "type": "batch-response", "entry": [{"response": {"status": status}}]}
    centre.next(lambda _centre, _asked: fhir(reply))
    assert client.send(batch("a")) == Accepted((Entry(201),))


NOT_OUR_REPLY: list[Any] = [
    {"resourceType": "Bundle", "type": "batch-response", "entry": []},
    {"resourceType": "Bundle", "type": "batch-response"},
    {"resourceType": "Bundle", "type": "searchset", "entry": [{"response": {"status": "201"}}]},
    {"resourceType": "Bundle", "type": "batch-response", "entry": [{"response": {}}]},
    {"resourceType": "Bundle", "type": "batch-response", "entry": [{}]},
    {"resourceType": "Bundle", "type": "batch-response", "entry": [{"response": {"status": "OK"}}]},
    {"resourceType": "Bundle", "type": "batch-response", "entry": [{"response": {"status": "2010"}}]},
    {"resourceType": "OperationOutcome", "issue": []},
    {"status": "ok"},
    [],
]


@pytest.mark.parametrize("reply", NOT_OUR_REPLY)
def test_a_200_that_is_not_our_batch_response_acknowledges_nothing(centre: Centre, client: Client, reply: Any) -> None:
    centre.next(lambda _centre, _asked: fhir(reply))
    assert isinstance(client.send(batch("a")), Foreign)


def test_a_reply_with_fewer_entries_than_were_sent_acknowledges_nothing(centre: Centre, client: Client) -> None:
    centre.next(one_entry_short)
    assert isinstance(client.send(batch("a", "b")), Foreign)


def test_a_wifi_sign_in_page_with_200_is_not_the_centre(centre: Centre, client: Client) -> None:
    centre.next(portal)
    assert isinstance(client.send(batch("a")), Foreign)


def test_a_redirect_is_never_followed(centre: Centre, client: Client) -> None:
    centre.next(redirect)
    assert isinstance(client.send(batch("a")), Foreign)
    assert [asked.path for asked in centre.asked] == ["/fhir"]


@pytest.mark.parametrize("status", [407, 511])
def test_a_proxy_that_wants_a_password_is_not_the_centre(centre: Centre, client: Client, status: int) -> None:
    centre.next(says(status))
    assert isinstance(client.send(batch("a")), Foreign)


@pytest.mark.parametrize("play", [drop, commit_then_drop])
def test_a_lost_reply_is_unreachable(centre: Centre, client: Client, play: Any) -> None:
    centre.next(play)
    assert isinstance(client.send(batch("a")), Unreachable)


def test_nobody_there_is_unreachable(client: Client, centre: Centre) -> None:
    centre.close()
    assert client.send(batch("a")) == Unreachable("There is no connection to the centre.")


def test_an_address_nobody_knows_is_unreachable() -> None:
    client = Client("https://centre.invalid/fhir", NoSignIn())
    assert client.send(batch("a")) == Unreachable("There is no connection to the centre.")
    client.close()


def test_the_sites_proxy_is_used_and_its_refusal_told(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", centre.url)
    client = Client("https://centre.invalid/fhir", NoSignIn())
    assert client.send(batch("a")) == Unreachable("The proxy did not let us through.")
    client.close()


def test_a_centre_that_never_answers_is_given_up(centre: Centre, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.transport.READ_SECONDS", 0.05)
    given_up = threading.Event()

    def never(centre: Centre, asked: Any) -> Told:
        given_up.wait(20)
        return centre.commit(asked)

    centre.next(never)
    assert client.send(batch("a")) == Unreachable("The centre did not answer in time.")
    given_up.set()


def test_an_error_brings_the_centres_words_and_its_retry_after(centre: Centre, client: Client) -> None:
    centre.next(says(503, "being updated", Retry_After="120"))
    assert client.send(batch("a")) == Refused(503, "being updated", 120)


def test_an_error_page_without_an_outcome_brings_only_its_number(centre: Centre, client: Client) -> None:
    centre.next(lambda _centre, _asked: Told(502, b"<html>Bad Gateway</html>"))
    assert client.send(batch("a")) == Refused(502)


def test_a_reply_without_end_is_given_up(centre: Centre, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.transport.MAX_REPLY_BYTES", 100_000)
    centre.next(lambda _centre, _asked: Told(200, b" " * 200_000))
    assert isinstance(client.send(batch("a")), Unreachable)


# --- the other questions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("update_create", [True, False])
def test_the_capability_statement_says_whether_put_may_create(centre: Centre, client: Client, update_create: bool) -> None:
    centre.update_create = update_create
    assert client.capabilities() == Capable(update_create)


def test_a_portal_has_no_capabilities(centre: Centre) -> None:
    centre.instead = lambda asked: portal(centre, asked)
    client = Client(centre.fhir_base, NoSignIn())
    assert isinstance(client.capabilities(), Foreign)
    client.close()


def test_surveys_come_as_the_bytes_they_are_and_an_unchanged_list_is_not_sent_again(centre: Centre, client: Client) -> None:
    centre.questionnaires = [{"resourceType": "Questionnaire", "url": "u", "version": "2", "title": "Fáilte"}]
    pulled = client.fetch_surveys()
    assert isinstance(pulled, Pulled)
    assert [json.loads(survey) for survey in pulled.surveys] == centre.questionnaires
    assert centre.asked[-1].path.endswith("/Questionnaire?status=active")
    assert client.fetch_surveys(pulled.etag) == Unchanged()


def test_what_is_no_questionnaire_in_the_list_is_left_out(centre: Centre, client: Client) -> None:
    listed = [{"resource": {"resourceType": "OperationOutcome"}}, {}, {"resource": {"resourceType": "Questionnaire"}}]
    centre.instead = lambda _asked: fhir({"resourceType": "Bundle", "type": "searchset", "entry": listed})
    pulled = client.fetch_surveys()
    assert isinstance(pulled, Pulled)
    assert [json.loads(survey) for survey in pulled.surveys] == [{"resourceType": "Questionnaire"}]


def test_a_long_list_of_surveys_is_read_to_its_last_page(centre: Centre, client: Client) -> None:
    def page(number: int) -> Told:
        resource = {"resourceType": "Questionnaire", "url": f"u{number}"}
        link = [{"relation": "next", "url": f"{centre.fhir_base}/Questionnaire?page={number + 1}"}] if number < 3 else []
        return fhir({"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": resource}], "link": link})

    centre.instead = lambda asked: page(int(asked.path.partition("page=")[2] or 1))
    pulled = client.fetch_surveys()
    assert isinstance(pulled, Pulled)
    assert [json.loads(survey)["url"] for survey in pulled.surveys] == ["u1", "u2", "u3"]


def test_a_list_that_goes_on_at_another_address_is_not_followed(centre: Centre, client: Client) -> None:
    link = [{"relation": "next", "url": "https://elsewhere.example/Questionnaire?page=2"}]
    centre.instead = lambda _asked: fhir({"resourceType": "Bundle", "type": "searchset", "link": link})
    assert isinstance(client.fetch_surveys(), Foreign)


def test_a_health_report_reaches_the_hub(centre: Centre, client: Client) -> None:
    assert client.report({"waiting": 3}) == Reported()
    assert centre.reports == [{"waiting": 3}]


# --- addresses, certificates, passwords ----------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["http://centre.example/fhir", "http://10.0.0.1/fhir", "ftp://x/fhir", "centre.example", ""])
def test_answers_never_leave_the_machine_unencrypted(url: str) -> None:
    with pytest.raises(AddressRefused, match="Use https://"):
        Client(url, NoSignIn())


@pytest.mark.parametrize(
    "url", ["http://localhost:80/fhir", "http://127.0.0.9/fhir", "http://[::1]/fhir", "https://c.example/fhir"]
)
def test_https_and_this_computer_itself_are_fine(url: str) -> None:
    assert "fhir" in repr(Client(url, NoSignIn()))


def test_a_certificate_nobody_vouches_for_is_not_accepted(tmp_path: Path) -> None:
    centre = Centre(certificate=self_signed(tmp_path / "centre.pem"))
    client = Client(centre.fhir_base, NoSignIn())
    outcome = client.send(batch("a"))
    assert outcome == Unreachable("The centre's certificate is not one this computer trusts.", certificate=True)
    assert centre.asked == []
    client.close()
    centre.close()


@pytest.mark.skipif("sys.platform != 'linux'", reason="elsewhere the system's own store cannot be borrowed")
def test_a_certificate_the_systems_store_vouches_for_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = self_signed(tmp_path / "centre.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    centre = Centre(certificate=pem)
    client = Client(centre.fhir_base, NoSignIn())
    assert client.send(batch("a")) == Accepted((Entry(201),))
    client.close()
    centre.close()


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_no_setting_in_the_environment_replaces_the_systems_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pem = self_signed(tmp_path / "centre.pem")
    monkeypatch.setenv(name, str(pem))
    centre = Centre(certificate=pem)
    client = Client(centre.fhir_base, NoSignIn())
    assert isinstance(client.send(batch("a")), Unreachable)
    client.close()
    centre.close()


@pytest.mark.parametrize(
    ("sign_in", "header"), [(Basic("ann", "pässword"), "Basic YW5uOnDDpHNzd29yZA=="), (Bearer("t0k"), "Bearer t0k")]
)
def test_passwords_and_tokens_go_in_the_header_even_past_a_netrc_file(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign_in: Any, header: str
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password other")
    monkeypatch.setenv("NETRC", str(netrc))
    client = Client(centre.fhir_base, sign_in)
    client.send(batch("a"))
    assert centre.batches[0].headers["authorization"] == header
    client.close()


def test_the_way_to_this_computer_itself_leads_through_no_proxy(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    client = Client(centre.fhir_base, NoSignIn())
    assert isinstance(client.send(batch("a")), Accepted)
    client.close()


def test_no_repr_shows_answers_or_secrets() -> None:
    assert "kind" not in repr(batch("a"))
    headers = {"Authorization": "hush"}
    holders = (Basic("ann", "hush"), Bearer("hush"), Request("GET", "u", headers, b"hush"), Reply(200, headers, b"hush"))
    assert "hush" not in repr(holders)


def test_the_transport_keeps_the_servers_time(centre: Centre) -> None:
    centre.seconds_ahead = 86400
    transport = HttpTransport()
    client = Client(centre.fhir_base, NoSignIn(), transport=transport)
    client.capabilities()
    assert transport.seconds_ahead is not None
    assert abs(transport.seconds_ahead - 86400) < 5
    client.close()
