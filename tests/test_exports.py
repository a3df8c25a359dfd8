"""Whole responses taken away: less than is kept, for the few who may, on record, and safe to open."""

from __future__ import annotations

import csv
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.hub_people import Hub, Staff
from tests.hub_survey import ASKS_AGE, answer
from tests.hub_words import write

if TYPE_CHECKING:
    from sync.hub.words.exports import Taken

pytest_plugins = ("tests.hub_server",)


def take(staff: Staff, kind: str, **form: str) -> requests.Response:
    staff.see("/exports/visit")
    return staff.send("/exports/visit/file", {"kind": kind} | form)


def rows(reply: requests.Response) -> list[dict[str, str]]:
    assert reply.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))


WHY = "Please can you tell us why? (why)"
FFT = "Overall, how was your experience of our service? (fft)"
CALM = "How calm was the room, from 0 to 10? (calm)"
NEEDS = "What did you need? (needs)"


def test_a_row_holds_one_response_with_its_answers_in_words(hub: Hub) -> None:
    """S105: score and comment of one person stand in one row."""
    document = answer(
        "poor", why={"valueString": "Cold"}, calm={"valueInteger": 7}, needs=[{"valueString": "Time"}, {"valueString": "Quiet"}]
    )
    hub.device("Ward 7").put(document)
    [row] = rows(take(hub.staff(), "csv"))
    assert (row["Response"], row["Site"], row["How far"], row["Words may be shared"]) == (
        document["id"],
        "Ward 7",
        "Finished",
        "No",
    )
    assert (row[FFT], row[WHY], row[CALM], row[NEEDS]) == ("Poor", "Cold", "7", "Time; Quiet")


@pytest.mark.parametrize("kind", ["csv", "json", "ndjson"])
def test_no_time_no_sequence_and_nothing_unknown_leaves_the_hub(hub: Hub, kind: str) -> None:
    """S156: times are rounded to the day, and what is not needed stays."""
    document = answer(why={"valueString": "Kind"}) | {
        "authored": "2026-11-01T09:41:17.123Z",
        "extension": [
            {"url": "urn:feedback-kiosk:sequence", "valueInteger": 4711},
            {"url": "urn:feedback-kiosk:way-of-answering", "valueCode": "keypad"},
        ],
        "meta": {"lastUpdated": "2026-11-01T09:42:42Z"},
    }
    assert hub.device().put(document).status_code == 201
    text = take(hub.staff(), kind).text
    assert "Kind" in text
    assert not [secret for secret in ("09:41", "4711", "09:42") if secret in text]
    if kind == "ndjson":
        assert json.loads(text)["authored"] == "2026-11-01"
    if kind != "json":
        assert "keypad" in text


def test_ndjson_holds_one_fhir_response_a_line(hub: Hub) -> None:
    """S106, S156: what came goes out as FHIR, item by item."""
    documents = {
        one["id"]: one for one in (answer("good", calm={"valueInteger": 3}), answer("poor", why={"valueString": "Ärger"}))
    }
    device = hub.device()
    for document in documents.values():
        device.put(document)
    reply = take(hub.staff(), "ndjson")
    assert reply.headers["Content-Type"] == "application/fhir+ndjson"
    found = [json.loads(line) for line in reply.text.splitlines()]
    assert {one["id"]: one["item"] for one in found} == {key: one["item"] for key, one in documents.items()}
    assert {one["resourceType"] for one in found} == {"QuestionnaireResponse"}


def test_json_is_one_object_with_flat_responses(hub: Hub) -> None:
    """S105."""
    hub.device().put(answer("good", why={"valueString": "Kind"}, calm={"valueInteger": 3}))
    found = take(hub.staff(), "json").json()
    assert found["survey"]["title"] == "Your visit"
    assert found["responses"][0]["answers"] == {
        "fft": [{"system": "urn:feedback-kiosk:fft", "code": "good", "words": "Good"}],
        "calm": [{"number": 3.0}],
        "why": [{"text": "Kind"}],
    }


@pytest.mark.parametrize("kind", ["csv", "json", "ndjson", "xlsx"])
def test_what_was_taken_out_stays_out_of_every_file_unless_asked_for(hub: Hub, kind: str) -> None:
    """S157, S161: words as they came go out only on purpose, and that stands on record."""
    from django.contrib.auth.models import User

    from sync.hub.models import StaffAction
    from sync.hub.taking_in.marks import digest
    from sync.hub.words import redacting

    [comment], staff = write(hub.device(), "Rita was kind"), hub.staff()
    redacting.redact(comment.pk, digest("Rita was kind"), "[name removed] was kind", User.objects.get())
    less, all_of_it = (text_of(take(staff, kind, **form)) for form in ({}, {"originals": "yes"}))
    assert ("Rita" in less, "[name removed] was kind" in less) == (False, True)
    assert ("Rita was kind" in all_of_it, "[name removed]" in all_of_it) == (True, False)
    noted = list(StaffAction.objects.values_list("what", flat=True))
    assert sum(f"Took responses as {kind}: visit" in what for what in noted) == 2
    assert sum("words as they came" in what for what in noted) == 1


def text_of(reply: requests.Response) -> str:
    if not reply.content.startswith(b"PK"):
        return reply.text
    with zipfile.ZipFile(io.BytesIO(reply.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def test_answers_about_the_person_go_out_only_where_they_are_asked_for(hub: Hub) -> None:
    """S122, S127: equality answers are special category data."""
    from sync.hub import surveys

    surveys.add(json.dumps(ASKS_AGE).encode())
    document = answer("good") | {"questionnaire": f"{ASKS_AGE['url']}|1"}
    document["item"].append(
        {"linkId": "you", "item": [{"linkId": "age", "answer": [{"valueCoding": {"system": "urn:x", "code": "75-84"}}]}]}
    )
    assert hub.device().put(document).status_code == 201
    staff = hub.staff()
    for kind in ("csv", "json", "ndjson"):
        without, with_them = (
            staff.send("/exports/age/file", {"kind": kind} | form).text for form in ({}, {"about_people": "yes"})
        )
        assert ("How old" in without, "75-84" in without, "75 to 84" in without) == (False, False, False)
        assert "75 to 84" in with_them or "75-84" in with_them


def test_within_a_day_the_order_is_one_of_chance(hub: Hub) -> None:
    """S157: nobody is found by when they came."""
    device = hub.device()
    documents = [answer() for _ in range(12)]
    for document in documents:
        device.put(document)
    came = [document["id"] for document in documents]
    order = [row["Response"] for row in rows(take(hub.staff(), "csv"))]
    assert sorted(order) == sorted(came)
    assert order not in (came, came[::-1])  # once in 240 million


def test_only_those_who_may_export_do_and_the_page_warns_first(hub: Hub) -> None:
    """S111, S157: small numbers are not hidden in whole responses, so few take them, and are told."""
    write(hub.device(), "Kind")
    admin = hub.staff()
    manager = hub.staff("Mo", role="site-manager", sites=["Ward 7"])
    assert "Small numbers are not hidden in it." in admin.reads("/exports/visit")
    manager.see("/comments/visit")
    assert manager.see("/exports/visit").status_code == 403
    assert manager.send("/exports/visit/file", {"kind": "csv"}).status_code == 403
    assert admin.see("/exports/visit/file").status_code == 405  # nothing leaves by a link


def test_period_and_site_limit_what_is_taken(hub: Hub) -> None:
    """S156."""
    from sync.hub.models import Response

    [old], [new] = write(hub.device("Ward 7"), "Said before"), write(hub.device("Ward 8"), "Said now")
    Response.objects.filter(comments=old).update(day=date(2026, 3, 17))
    staff = hub.staff()
    staff.see("/exports/visit")
    for query, texts in (
        ("from=2026-03-01&to=2026-03-31", ["Said before"]),
        (f"site={new.site_id}&from=2026-01-01", ["Said now"]),
    ):
        found = rows(staff.send(f"/exports/visit/file?{query}", {"kind": "csv"}))
        assert [row[WHY] for row in found] == texts


def test_what_is_asked_for_is_streamed_group_by_group(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """S158: the first piece is out before the second group is read, so a million need no more memory than a few."""
    from django.db import connection

    from sync.hub.words import export_files, exports

    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr(export_files, "PIECE_CHARACTERS", 10)
    write(hub.device(), *(f"Text {number}" for number in range(9)))
    asked: list[str] = []

    def remember(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(remember):
        pieces = export_files.as_ndjson(everything())
        next(pieces)
        at_first = sum("hub_answer" in sql for sql in asked)
        assert sum(piece.count(b"Text") for piece in pieces) == 8
    assert (at_first, sum("hub_answer" in sql for sql in asked)) == (1, 5)


def test_the_server_sends_what_is_written_before_the_rest_is_there(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """S158: waitress passes pieces on; it does not wait for the whole."""
    from sync.hub.words import export_files

    seen_by_the_client = threading.Event()

    def slowly(_: Taken) -> Iterator[bytes]:
        yield b"first" * 20_000
        assert seen_by_the_client.wait(60)
        yield b"last"

    monkeypatch.setitem(export_files.STREAMS, "csv", slowly)
    staff = hub.staff()
    staff.see("/exports/visit")
    reply = staff.send("/exports/visit/file", {"kind": "csv"}, stream=True)
    pieces = reply.iter_content(5000)
    assert next(pieces).startswith(b"first")
    seen_by_the_client.set()
    assert b"".join(pieces).endswith(b"last")


def test_an_export_that_breaks_off_is_cut_short_and_logs_nobody(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """S161: half a file does not look whole, and no answer stands in the log."""
    from sync.hub.words import export_files

    def broken(_: Taken) -> Iterator[bytes]:
        yield b"x" * 100_000
        raise ValueError("a patient's words")

    monkeypatch.setitem(export_files.STREAMS, "csv", broken)
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        take(hub.staff(), "csv")
    assert "An export broke off: ValueError at broken" in caplog.text
    assert "a patient's words" not in caplog.text


def test_two_exports_at_a_time_and_the_next_is_told_to_wait(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """S158: long files leave threads for devices and people; a place is free again when a file is done."""
    from sync.hub.pages import exports as page

    staff = hub.staff()
    for _ in range(3):
        assert take(staff, "csv").status_code == 200
    monkeypatch.setattr(page, "_places", threading.BoundedSemaphore(1))
    page._places.acquire()
    assert "Two exports are being written already." in take(staff, "csv").text


def everything() -> Taken:
    from sync.hub.counts.scopes import Scope
    from sync.hub.models import Survey
    from sync.hub.words.exports import Taken

    return Taken(Scope(Survey.objects.get(slug="visit"), date(2020, 1, 1), date(2100, 1, 1)))


def test_a_workbook_begins_another_sheet_when_one_is_full(hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """S161: Excel takes about a million rows a sheet; none is left out, and nothing stays behind on the disk."""
    from sync.hub.words import export_files

    monkeypatch.setattr(export_files, "ROWS_ON_A_SHEET", 3)
    write(hub.device(), *(f"Text {number}" for number in range(5)))
    with export_files.as_workbook(everything(), tmp_path) as book, zipfile.ZipFile(book) as parts:
        sheets = [parts.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2, 3)]
    assert [sheet.count("<row") for sheet in sheets] == [3, 3, 2]
    assert list(tmp_path.iterdir()) == []
