"""The outbox and its key: what cannot be read now is kept and counted, the rest goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sync.errors import DocumentChanged
from sync.outbox import Counts, Outbox
from sync.reserve import Reserve
from tests.outbox_in_use import NOON, SURVEY, Clock, due_ids, put

pytest_plugins = ("tests.outbox_on_disk",)


def again(path: Path, clock: Clock) -> Outbox:
    return Outbox(path, clock=clock, reserve=Reserve(path.with_suffix(".reserve"), 1000))


@pytest.fixture
def key(path: Path) -> Path:
    return path.with_suffix(".key")


@pytest.fixture
def bereft(outbox: Outbox, path: Path, key: Path, clock: Clock) -> Iterator[Outbox]:
    """Two answers wait, one was refused; then the key was lost."""
    put(outbox, 1, 2, 3)
    outbox.mark_refused("id-3", "no")
    outbox.close()
    key.rename(key.with_suffix(".away"))
    with closing(again(path, clock)) as bereft:
        yield bereft


def test_without_their_key_answers_are_counted_as_unreadable_and_kept(bereft: Outbox) -> None:
    """S159."""
    assert bereft.counts() == Counts(refused=1, unreadable=2)
    assert bereft.purge_sent(NOON + 10**9) == 0
    assert bereft._file.number("SELECT count(*) FROM responses") == 3


def test_new_answers_go_on_under_a_new_key_past_the_unreadable_ones(bereft: Outbox, clock: Clock) -> None:
    clock.now += 60
    put(bereft, 4)
    assert due_ids(bereft, NOON + 60, entries=1) == ["id-4"]
    assert bereft.counts() == Counts(waiting=1, refused=1, oldest_waiting_seconds=0, unreadable=2)


def test_a_courier_has_nothing_to_do_while_nothing_can_be_read(bereft: Outbox) -> None:
    """It sleeps, instead of asking again and again."""
    assert bereft.next_due_at() is None
    assert due_ids(bereft) == []


def test_when_the_key_is_back_its_answers_are_sent_like_any_other(bereft: Outbox, path: Path, key: Path, clock: Clock) -> None:
    put(bereft, 4)
    bereft.close()
    key.rename(key.with_suffix(".2.key"))
    key.with_suffix(".away").rename(key)
    with closing(again(path, clock)) as outbox:
        assert due_ids(outbox) == ["id-1", "id-2", "id-4"]
        assert outbox.counts().unreadable == 0
        assert outbox.due(NOON, 1, 1000)[0].document.startswith(b"document 1")


def test_a_response_that_nobody_can_read_any_more_gives_way_to_itself(bereft: Outbox) -> None:
    bereft.put("id-1", SURVEY, b"the same response, saved again")
    assert due_ids(bereft) == ["id-1"]
    assert bereft.counts().unreadable == 1


def test_what_the_centre_refused_is_listed_even_when_it_cannot_be_read(bereft: Outbox) -> None:
    assert [(kept.response_id, kept.reason, kept.document) for kept in bereft.refused()] == [("id-3", "no", b"")]


def test_a_text_moved_into_another_row_is_not_sent_as_that_persons(outbox: Outbox, path: Path) -> None:
    """S159: such a row has nothing to send, so no centre takes it, and staff see it among the refused."""
    put(outbox, 1, 2)
    with closing(sqlite3.connect(path)) as intruder:
        intruder.execute("DROP TRIGGER documents_stay_as_queued")
        sql = "UPDATE responses SET document = (SELECT document FROM responses WHERE sequence = 1) WHERE sequence = 2"
        intruder.execute(sql)
        intruder.commit()
    assert [queued.document for queued in outbox.due(NOON, 10, 1000)] == [b"document 1 ", b""]


def test_the_words_are_in_no_file_beside_the_key(outbox: Outbox, path: Path) -> None:
    """S159."""
    outbox.put("id-1", SURVEY, b"my sore knee " * 1000)
    outbox.keep_session("id-2", SURVEY, b"my sore knee " * 1000)
    outbox.mark_refused("id-1", "no")
    assert [file.name for file in path.parent.iterdir() if b"sore knee" in file.read_bytes()] == []


def test_a_purged_answer_is_gone_in_its_encrypted_form_too(outbox: Outbox, path: Path) -> None:
    """S159: should the key become known one day, there is nothing left to open."""
    outbox.put("id-1", SURVEY, b"my sore knee " * 1000)
    sealed = outbox._file.rows("SELECT document FROM responses")[0]["document"]
    piece = sealed[5000:5100]
    assert any(piece in file.read_bytes() for file in path.parent.iterdir())
    outbox.mark_sent(["id-1"])
    outbox.purge_sent(NOON + 1)
    assert not any(piece in file.read_bytes() for file in path.parent.iterdir())


# --- sessions that are not over ----------------------------------------------------------------------------------------


def test_a_session_kept_so_far_is_not_sent_before_it_is_over(outbox: Outbox) -> None:
    outbox.keep_session("id-1", SURVEY, b"half")
    assert due_ids(outbox) == []
    assert outbox.counts() == Counts()


def test_only_the_last_of_what_was_kept_is_queued_after_a_crash(outbox: Outbox, path: Path, clock: Clock) -> None:
    outbox.keep_session("id-1", SURVEY, b"one answer")
    outbox.keep_session("id-1", SURVEY, b"two answers")
    outbox.close()
    with closing(again(path, clock)) as later:
        assert later.queue_left_sessions() == 1
        assert later.queue_left_sessions() == 0
        assert [(one.response_id, one.document) for one in later.due(NOON, 9, 999)] == [("id-1", b"two answers")]


def test_a_finished_response_takes_its_open_session_with_it(outbox: Outbox) -> None:
    """In one transaction: no crash can leave both, or neither."""
    outbox.keep_session("id-1", SURVEY, b"half")
    outbox.put("id-1", SURVEY, b"whole")
    assert outbox.queue_left_sessions() == 0
    assert [one.document for one in outbox.due(NOON, 9, 999)] == [b"whole"]


def test_a_put_that_fails_leaves_the_open_session(outbox: Outbox) -> None:
    outbox.put("id-1", SURVEY, b"whole")
    outbox.keep_session("id-1", SURVEY, b"half")
    with pytest.raises(DocumentChanged):
        outbox.put("id-1", SURVEY, b"other")
    assert outbox._file.number("SELECT count(*) FROM open_sessions") == 1


def test_what_is_queued_already_is_never_doubled_by_what_was_left(outbox: Outbox) -> None:
    outbox.put("id-1", SURVEY, b"whole")
    outbox.keep_session("id-1", SURVEY, b"half")
    assert outbox.queue_left_sessions() == 0
    assert [one.document for one in outbox.due(NOON, 9, 999)] == [b"whole"]


def test_a_session_taken_back_is_not_kept(outbox: Outbox) -> None:
    """S160."""
    outbox.keep_session("id-1", SURVEY, b"half")
    outbox.forget_session("id-1")
    assert outbox.queue_left_sessions() == 0


def test_a_broken_file_gives_its_open_session_back_too(outbox: Outbox, path: Path, clock: Clock) -> None:
    put(outbox, *range(200), size=1000)
    outbox.keep_session("id-open", SURVEY, b"half")
    outbox.close()
    with path.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xa5" * 4096)
    with closing(again(path, clock)) as saved:
        assert saved.rescued is not None
        assert saved.queue_left_sessions() == 1
        assert saved.due(NOON, 300, 10**9)[-1].document == b"half"


def test_the_tallies_are_what_a_count_would_say_whatever_happened(outbox: Outbox, path: Path, clock: Clock) -> None:
    put(outbox, *range(12))
    put(outbox, 3)
    outbox.mark_sent(["id-1", "id-2", "id-5"])
    outbox.mark_sent(["id-1"])
    outbox.mark_refused("id-6", "no")
    outbox.purge_sent(NOON + 1)
    outbox.mark_refused("id-7", "no")
    outbox.try_refused_again()
    outbox.mark_sent(["id-8"])
    for number in range(3):
        outbox.keep_session(f"id-{number + 10}", SURVEY, b"half")
    outbox.queue_left_sessions()
    counted = outbox._file.rows("SELECT key, state, count(*) AS number FROM responses GROUP BY key, state")
    assert outbox._file.rows("SELECT * FROM tallies WHERE number > 0") == counted
    assert outbox.counts() == Counts(waiting=9, sent=1, oldest_waiting_seconds=0)
