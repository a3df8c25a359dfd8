"""The client against a real server on a socket: what it makes of the replies."""

import json
import threading
from typing import Any

import pytest

from sync.client import Client
from sync.outcomes import Accepted, Capable, Entry, Foreign, Pulled, Refused, Reported, Unchanged, Unreachable
from sync.signin import NoSignIn
from tests.batches import batch
from tests.fhir_centre import Centre, Told, fhir
from tests.fhir_plays import commit_then_drop, drop, one_entry_short, portal, redirect, says

pytest_plugins = ("tests.kiosk_and_centre",)


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
