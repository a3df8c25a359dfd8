"""The plug is pulled: what a patient was thanked for survives the loss of everything that was not synced to the disk.

The real outbox writes with its own settings; :mod:`tests.torture.disk` records each write and each sync of SQLite and makes
the files that a power cut at any moment would leave. What it cannot show is a disk that lies about having synced.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from kiosk.app.desk import Desk, Surroundings
from kiosk.app.device import Device
from kiosk.steps import Finished
from kiosk.survey import Place
from sync.outbox import Outbox
from sync.reserve import Reserve
from sync.schema import SCHEMA
from tests.surveys import coding, rating, survey_of, words
from tests.torture.disk import Disk, can_be_recorded
from tests.torture.said import answers_in

pytestmark = pytest.mark.skipif(not can_be_recorded(), reason="SQLite is built into this Python and cannot be listened to.")

PUTS = 12
CUTS = 60


def opened(folder: Path) -> Outbox:
    return Outbox(folder / "answers.db", reserve=Reserve(folder / "reserve", 1000))


def document(number: int) -> bytes:
    return f'{{"number": {number}}}'.encode() + b" " * (number % 7 * 1000)


def kept(folder: Path) -> dict[str, bytes]:
    """What an outbox opened after the cut still holds, and can read."""
    outbox = opened(folder)
    assert outbox.rescued is None
    found = {queued.response_id: queued.document for queued in outbox.due(2e9, 1000, 10**9)}
    outbox.close()
    return found


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    """What an outbox wrote in three lives, with a promise after each put, and sending and purging in between."""
    disk, folder = Disk(), tmp_path_factory.mktemp("device")
    with disk.recording():
        for life in range(3):
            outbox = opened(folder)
            for number in range(PUTS):
                name = f"r{life}-{number}"
                outbox.put(name, "s|1", document(number))
                disk.promise(name)
                if number % 5 == 4:
                    outbox.put(f"sent-{name}", "s|1", document(number))
                    outbox.mark_sent([f"sent-{name}"])
                    outbox.postpone([name], 5.0, "busy")
                    outbox.purge_sent(1e12)
            outbox.close()
    return disk


@pytest.mark.parametrize("others", ["are-lost", "survive-by-chance"])
def test_every_answer_that_was_promised_survives_a_power_cut_at_any_moment(disk: Disk, tmp_path: Path, others: str) -> None:
    """S159: it is encrypted, and the key survives as well."""
    assert {event.kind for event in disk.events} == {"write", "truncate", "sync", "delete", "folder", "promise"}
    moments = sorted(Random(1).sample(range(len(disk.events)), min(CUTS, len(disk.events))))
    for until in [*moments, len(disk.events)]:
        folder = tmp_path / str(until)
        folder.mkdir()
        disk.after_power_cut(until, folder, None if others == "are-lost" else Random(until))
        promised = {name: document(int(name.partition("-")[2])) for name in disk.promised(until)}
        assert promised.items() <= kept(folder).items(), f"after event {until}"
        assert [file.name for file in folder.iterdir() if b'"number"' in file.read_bytes()] == [], f"after event {until}"


def test_the_same_cut_finds_what_was_not_synced(tmp_path: Path) -> None:
    """A database that does not wait for the disk loses what it promised: the method can tell."""
    disk = Disk()
    path = tmp_path / "careless.db"
    with disk.recording(), closing(sqlite3.connect(path)) as careless:
        careless.execute("PRAGMA journal_mode = WAL")
        careless.execute("PRAGMA synchronous = OFF")
        careless.execute("CREATE TABLE answers (id TEXT)")
        careless.execute("INSERT INTO answers VALUES ('r0')")
        careless.commit()
        until = len(disk.events)
    after = tmp_path / "after"
    after.mkdir()
    disk.after_power_cut(until, after)
    assert b"r0" not in b"".join(file.read_bytes() for file in after.iterdir())
    assert b"r0" in path.read_bytes()


STEPS = (b"one answer", b"two answers", b"three answers", b"the whole")


def test_a_power_cut_in_the_middle_of_a_session_keeps_everything_up_to_the_last_answer(tmp_path: Path) -> None:
    """Each session is found once, as it was after its last answer or after the one that was just being given."""
    disk, folder = Disk(), tmp_path / "device"
    folder.mkdir()
    with disk.recording():
        outbox = opened(folder)
        for session in range(4):
            for step, document in enumerate(STEPS):
                (outbox.put if document is STEPS[-1] else outbox.keep_session)(f"r{session}", "s|1", document)
                disk.promise(f"r{session} {step}")
        outbox.close()
    for until in range(0, len(disk.events), 3):
        after = tmp_path / str(until)
        after.mkdir()
        disk.after_power_cut(until, after, Random(until))
        found = left_in(after)
        assert len({name for name, _ in found}) == len(found), f"after event {until}"
        for name, answered in (promise.split() for promise in disk.promised(until)):
            assert dict(found)[name] >= int(answered), f"after event {until}"


def left_in(folder: Path) -> list[tuple[str, int]]:
    """After the next start: each response's id, and which of the steps it stands at."""
    outbox = opened(folder)
    outbox.queue_left_sessions()
    found = [(queued.response_id, STEPS.index(queued.document)) for queued in outbox.due(2e9, 1000, 10**9)]
    outbox.close()
    return found


SURVEY = survey_of(rating(), words())
GOOD = Finished({Place("fft"): (coding("Good"),)}, "stopped", "en-GB", frozenset({"touch"}))
WHY = replace(GOOD, answers={**GOOD.answers, Place("why"): ("my sore knee",)})


def desk_at(folder: Path) -> Desk:
    """A kiosk's desk, with little room held on its disk."""
    device = Device(folder)
    device.outbox = opened(folder)
    return Desk(device, Surroundings(lambda: SURVEY, lambda _: None, lambda _: None), lambda: None)


def test_a_power_cut_while_somebody_answers_at_the_desk_keeps_what_they_gave_and_nothing_they_took_back(tmp_path: Path) -> None:
    """S159, S160: one who sends, one who goes, one who starts again; a cut at any moment."""
    disk, folder = Disk(), tmp_path / "device"
    folder.mkdir()
    with disk.recording():
        desk = desk_at(folder)
        for last in ("sends", "goes", "starts-again"):
            desk.open_session()
            for so_far in (GOOD, WHY):
                desk.answered(so_far)
                disk.promise(f"{desk._response_id} {len(so_far.answers)} stopped")
            if last == "sends":
                desk.save(replace(WHY, status="completed"))
                disk.promise(f"{desk._response_id} 2 completed")
            if last == "starts-again":
                desk.answered(None)
                disk.promise(f"{desk._response_id} 0 gone")
        desk.device.close()
    for until in range(0, len(disk.events) + 1, 3):
        after = tmp_path / str(until)
        after.mkdir()
        disk.after_power_cut(until, after, Random(until))
        _as_promised(found_at_the_next_start(after), disk.promised(until), disk.promised(len(disk.events)))
        assert [file.name for file in after.iterdir() if b"my sore knee" in file.read_bytes()] == [], f"after event {until}"


def found_at_the_next_start(folder: Path) -> dict[str, tuple[int, str]]:
    """For each response how many answers it has, and its status."""
    desk = desk_at(folder)
    desk.device.take_seat()
    rows = [json.loads(queued.document) for queued in desk.device.outbox.due(2e9, 1000, 10**9)]
    desk.device.leave_seat()
    desk.device.close()
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: (len(answers_in(row)), row["status"]) for row in rows}


def _as_promised(found: dict[str, tuple[int, str]], promised: list[str], whole_story: list[str]) -> None:
    """Each response stands where its last promise says, or one step further."""
    for response_id in dict.fromkeys(promise.split()[0] for promise in whole_story):
        story = [promise.removeprefix(f"{response_id} ") for promise in whole_story if promise.startswith(response_id)]
        told = sum(promise.startswith(response_id) for promise in promised)
        possible = ["0 gone", *story][told : told + 2]
        answers, status = found.get(response_id, (0, "gone"))
        assert f"{answers} {status}" in possible


WORDS = b"my sore knee "


def test_a_power_cut_while_old_answers_are_being_encrypted_loses_none_and_leaves_none_in_plain(tmp_path: Path) -> None:
    """S159: the first start after an update, cut short at any moment; the next start goes on."""
    disk, folder = Disk(), tmp_path / "device"
    folder.mkdir()
    documents = {f"r{number}": WORDS * (number * number % 300 + 1) for number in range(60)}
    with disk.recording():
        left_by_an_older_kiosk(folder / "answers.db", documents)
        updated = len(disk.events)
        opened(folder).close()
    assert updated < len(disk.events) - 20
    for until in range(updated, len(disk.events), 2):
        after = tmp_path / str(until)
        after.mkdir()
        disk.after_power_cut(until, after, Random(until))
        outbox = opened(after)
        assert {queued.response_id: queued.document for queued in outbox.due(2e9, 1000, 10**9)} == documents
        outbox.close()
        assert [file.name for file in after.iterdir() if WORDS in file.read_bytes()] == [], f"after event {until}"


def left_by_an_older_kiosk(path: Path, documents: dict[str, bytes]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        db.enable_wal()
        for pragma in ("synchronous = FULL", "secure_delete = ON"):
            db.execute(f"PRAGMA {pragma}")
        SCHEMA.apply(db, stop_before="name_the_key")
        rows = [(name, document, hashlib.sha256(document).digest()) for name, document in documents.items()]
        sql = "INSERT INTO responses (response_id, survey, document, digest, queued_at) VALUES (?, 's|1', ?, ?, 0)"
        connection.executemany(sql, rows)
        connection.commit()
