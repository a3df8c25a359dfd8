"""The outbox: answers are safe on the disk from the moment `put` returns until the centre has acknowledged them."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from sync.errors import DocumentChanged
from sync.outbox import Counts, Outbox
from tests.outbox_in_use import NOON, SURVEY, Clock, due_ids, put

pytest_plugins = ("tests.outbox_on_disk",)


# --- putting -----------------------------------------------------------------------------------------------------------


def test_a_response_put_is_there_after_the_file_is_opened_again(outbox: Outbox, path: Path) -> None:
    put(outbox, 1)
    outbox.close()
    with closing(Outbox(path)) as again:
        assert due_ids(again) == ["id-1"]
        assert again.rescued is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_response_put_survives_the_program_being_killed(path: Path) -> None:
    code = "import os,sys; from pathlib import Path; from sync.outbox import Outbox; import signal\n"
    code += f"Outbox(Path({str(path)!r})).put('id-1', 's', b'doc'); os.kill(os.getpid(), signal.SIGKILL)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=False)
    assert ended.returncode == -signal.SIGKILL
    with closing(Outbox(path)) as again:
        assert due_ids(again) == ["id-1"]


def test_every_commit_is_forced_to_the_disk(outbox: Outbox) -> None:
    names = ("journal_mode", "synchronous", "secure_delete")
    settings = [outbox._file.db().execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert settings == ["wal", 2, 1]


def test_the_same_response_twice_is_one_response(outbox: Outbox) -> None:
    first = outbox.put("id-1", SURVEY, b"words")
    assert outbox.put("id-1", SURVEY, b"words") == first
    assert outbox.counts().waiting == 1


def test_the_same_id_with_other_words_is_an_error_and_changes_nothing(outbox: Outbox) -> None:
    outbox.put("id-1", SURVEY, b"words")
    with pytest.raises(DocumentChanged, match="id-1"):
        outbox.put("id-1", SURVEY, b"other words")
    assert outbox.due(NOON, 10, 1000)[0].document == b"words"


def test_a_queued_document_cannot_be_changed_even_past_the_outbox(outbox: Outbox, path: Path) -> None:
    put(outbox, 1)
    with closing(sqlite3.connect(path)) as intruder, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        intruder.execute("UPDATE responses SET document = x'00'")


def test_a_sequence_number_is_never_used_twice_not_even_after_a_purge(outbox: Outbox) -> None:
    put(outbox, 1, 2)
    outbox.mark_sent(["id-1", "id-2"])
    outbox.purge_sent(NOON + 1)
    assert outbox.put("id-3", SURVEY, b"x") == 3


def test_no_repr_shows_what_a_patient_said(outbox: Outbox) -> None:
    outbox.put("id-1", SURVEY, b"my sore knee")
    outbox.postpone(["id-1"], NOON, "'my sore knee' is no code")
    assert "knee" not in f"{outbox!r} {outbox.due(NOON, 10, 1000)!r}"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode bits")
def test_only_the_kiosks_own_user_may_read_the_file(outbox: Outbox, path: Path) -> None:
    put(outbox, 1)
    assert {name.stat().st_mode & 0o077 for name in path.parent.glob("outbox.sqlite*")} == {0}


# --- sending -----------------------------------------------------------------------------------------------------------


def test_due_gives_the_oldest_first_within_both_limits(outbox: Outbox) -> None:
    put(outbox, 1, 2, 3, size=100)
    assert due_ids(outbox, entries=2) == ["id-1", "id-2"]
    assert due_ids(outbox, size=250) == ["id-1", "id-2"]


def test_a_response_larger_than_the_limit_goes_alone(outbox: Outbox) -> None:
    put(outbox, 1, 2, size=1000)
    assert due_ids(outbox, size=10) == ["id-1"]


def test_a_postponed_response_waits_and_the_rest_goes_on(outbox: Outbox) -> None:
    put(outbox, 1, 2)
    outbox.postpone(["id-1"], NOON + 60, "busy")
    assert due_ids(outbox) == ["id-2"]
    assert due_ids(outbox, NOON + 60) == ["id-1", "id-2"]
    waiting = outbox.due(NOON + 60, 1, 1000)[0]
    assert (waiting.attempts, waiting.objections, waiting.reason) == (1, 0, "busy")


def test_an_objection_is_counted_apart_from_other_failures(outbox: Outbox) -> None:
    put(outbox, 1)
    outbox.postpone(["id-1"], NOON, "busy")
    outbox.postpone(["id-1"], NOON, "not valid", objected=True)
    waiting = outbox.due(NOON, 1, 1000)[0]
    assert (waiting.attempts, waiting.objections) == (2, 1)


def test_a_clock_set_back_by_years_delays_nothing(outbox: Outbox) -> None:
    put(outbox, 1)
    outbox.postpone(["id-1"], NOON + 900, "busy")
    assert due_ids(outbox, NOON - 5 * 365 * 86400) == ["id-1"]


def test_next_due_at_tells_when_to_look_again(outbox: Outbox) -> None:
    assert outbox.next_due_at() is None
    put(outbox, 1, 2)
    outbox.postpone(["id-1"], NOON + 60, "busy")
    outbox.postpone(["id-2"], NOON + 90, "busy")
    assert outbox.next_due_at() == NOON + 60


def test_a_refused_response_is_kept_and_shown_with_its_reason(outbox: Outbox) -> None:
    put(outbox, 1, 2)
    outbox.mark_refused("id-1", "The item q9 is unknown.")
    assert [(kept.response_id, kept.reason) for kept in outbox.refused()] == [("id-1", "The item q9 is unknown.")]
    outbox.purge_sent(NOON + 10**9)
    assert outbox.counts() == Counts(waiting=1, refused=1, oldest_waiting_seconds=0)


def test_refused_responses_can_be_sent_again_once_the_centre_is_put_right(outbox: Outbox) -> None:
    put(outbox, 1)
    outbox.postpone(["id-1"], NOON + 60, "no", objected=True)
    outbox.mark_refused("id-1", "no")
    assert outbox.try_refused_again() == 1
    assert outbox.due(NOON, 1, 1000)[0].objections == 0


def test_what_was_sent_is_never_refused_afterwards(outbox: Outbox) -> None:
    put(outbox, 1)
    outbox.mark_sent(["id-1"])
    outbox.mark_refused("id-1", "late reply")
    assert outbox.counts() == Counts(sent=1)


def test_health_is_the_age_of_the_oldest_waiting_response(outbox: Outbox, clock: Clock) -> None:
    put(outbox, 1)
    clock.now += 100
    put(outbox, 2)
    assert outbox.counts().oldest_waiting_seconds == 100
    outbox.mark_sent(["id-1"])
    assert outbox.counts() == Counts(waiting=1, sent=1, oldest_waiting_seconds=0)


def test_a_clock_set_back_makes_no_negative_age(outbox: Outbox, clock: Clock) -> None:
    put(outbox, 1)
    clock.now -= 10**6
    assert outbox.counts().oldest_waiting_seconds == 0


def test_reception_sees_how_many_answered_since_midnight(outbox: Outbox, clock: Clock) -> None:
    clock.now -= 86400
    put(outbox, 1)
    clock.now += 86400
    put(outbox, 2, 3)
    assert outbox.answered_today() == 2


# --- purging -----------------------------------------------------------------------------------------------------------


def test_only_acknowledged_responses_are_purged_and_only_after_their_time(outbox: Outbox, clock: Clock) -> None:
    put(outbox, 1, 2, 3)
    outbox.mark_sent(["id-1"])
    clock.now += 100
    outbox.mark_sent(["id-2"])
    assert outbox.purge_sent(NOON + 50) == 1
    assert outbox.counts() == Counts(waiting=1, sent=1, oldest_waiting_seconds=100)


def test_a_purged_answer_is_nowhere_in_the_files(outbox: Outbox, path: Path) -> None:
    outbox.put("id-1", SURVEY, b"my sore knee " * 1000)
    outbox.mark_sent(["id-1"])
    outbox.purge_sent(NOON + 1)
    assert [name for name in path.parent.iterdir() if b"sore knee" in name.read_bytes()] == []


def test_a_long_purge_goes_in_short_steps(outbox: Outbox) -> None:
    put(outbox, *range(450))
    outbox.mark_sent([f"id-{number}" for number in range(450)])
    assert outbox.purge_sent(NOON + 1) == 450


# --- two threads -------------------------------------------------------------------------------------------------------


def test_puts_while_the_courier_works_are_neither_lost_nor_refused(outbox: Outbox) -> None:
    finished = threading.Event()

    def courier() -> None:
        while not finished.is_set() or outbox.counts().waiting:
            outbox.mark_sent(due_ids(outbox, entries=10))
            outbox.purge_sent(0)

    thread = threading.Thread(target=courier)
    thread.start()
    put(outbox, *range(300))
    finished.set()
    thread.join(30)
    assert outbox.counts() == Counts(sent=300)
