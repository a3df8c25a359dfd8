"""An outbox from before answers were encrypted: after one start nothing in it can be read any more without the key."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from sync.outbox import Outbox
from sync.reserve import Reserve
from sync.schema import SCHEMA
from sync.sealing import unsealed
from tests.outbox_in_use import NOON, SURVEY, Clock

pytest_plugins = ("tests.outbox_on_disk",)

WORDS = b"my sore knee"
ROWS = 450
GAPS_SEED = 1


def plain(number: int) -> bytes:
    """Of every size: within a page, over several, and longer than the free gaps that moving rows leaves."""
    return b"%d " % number + WORDS * Random(number).choice((1, 20, 90, 300, 2000))


@pytest.fixture
def old(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as an older kiosk left it, closed in an orderly way unless a test holds it open."""
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        db.enable_wal()
        db.execute("PRAGMA secure_delete = ON")
        SCHEMA.apply(db, stop_before="name_the_key")
        rows = [(f"id-{number}", SURVEY, plain(number), hashlib.sha256(plain(number)).digest(), NOON) for number in range(ROWS)]
        with db.atomic():
            sql = "INSERT INTO responses (response_id, survey, document, digest, queued_at) VALUES (?, ?, ?, ?, ?)"
            connection.executemany(sql, rows)
            connection.execute("DELETE FROM responses WHERE sequence % 7 = 3")
        yield connection


def in_plain(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if WORDS in file.read_bytes()]


def opened(path: Path, clock: Clock) -> Outbox:
    return Outbox(path, clock=clock, reserve=Reserve(path.with_suffix(".reserve"), 1000))


def test_no_word_of_an_answer_stays_anywhere_in_the_files(old: sqlite3.Connection, path: Path, clock: Clock) -> None:
    """S159: database, log, index of the log and reserve, while the kiosk runs and after it ended."""
    old.close()
    assert in_plain(path.parent) == [path.name]
    with closing(opened(path, clock)) as outbox:
        outbox.put("id-new", SURVEY, b"new: " + WORDS)
        assert {file.suffix for file in path.parent.iterdir()} >= {".sqlite", ".sqlite-wal", ".sqlite-shm", ".key", ".reserve"}
        assert in_plain(path.parent) == []
    assert in_plain(path.parent) == []


def test_no_word_stays_in_the_gaps_that_moving_rows_left(path: Path, clock: Clock) -> None:
    """SQLite overwrites what is deleted, but not what was moved within a page: the file has to be written anew. S159."""
    chance = Random(GAPS_SEED)
    with closing(sqlite3.connect(path)) as connection:
        SCHEMA.apply(Database(connection), stop_before="name_the_key")
        connection.execute("PRAGMA secure_delete = ON")
        for batch in range(20):
            rows = [(f"id-{batch}-{number}", WORDS * chance.choice((1, 2, 5, 20, 50, 90, 200, 330))) for number in range(40)]
            sql = "INSERT INTO responses (response_id, survey, document, digest, queued_at) VALUES (?, '', ?, x'00', 0)"
            connection.executemany(sql, rows)
            connection.execute("DELETE FROM responses WHERE sequence % ? = 1", (chance.randint(2, 9),))
            connection.commit()
    opened(path, clock).close()
    assert in_plain(path.parent) == []


def test_every_answer_is_still_there_with_its_words_its_place_and_its_time(
    old: sqlite3.Connection, path: Path, clock: Clock
) -> None:
    old.close()
    with closing(opened(path, clock)) as outbox:
        found = {queued.sequence: queued for queued in outbox.due(NOON, ROWS, 10**9)}
        kept = [number for number in range(ROWS) if (number + 1) % 7 != 3]
        assert [(one.response_id, one.document, one.queued_at) for one in found.values()] == [
            (f"id-{number}", plain(number), NOON) for number in kept
        ]
        assert outbox.put("id-new", SURVEY, b"x") == ROWS + 1


def test_a_start_that_was_cut_short_is_gone_on_with_at_the_next(old: sqlite3.Connection, path: Path, clock: Clock) -> None:
    old.close()
    opened(path, clock).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("DROP TRIGGER documents_stay_as_queued")
        db.execute("UPDATE responses SET document = ?, key = '' WHERE sequence > 100", (WORDS,))
        db.commit()
    with closing(opened(path, clock)) as outbox:
        assert in_plain(path.parent) == []
        assert outbox.due(NOON, ROWS, 10**9)[-1].document == WORDS


def test_while_another_program_reads_it_the_file_is_encrypted_all_the_same(
    old: sqlite3.Connection, path: Path, clock: Clock
) -> None:
    """Writing it anew waits for the next start; nobody is kept from answering."""
    old.execute("BEGIN")
    old.execute("SELECT count(*) FROM responses").fetchone()
    with closing(opened(path, clock)) as outbox:
        assert outbox._file.number("SELECT count(*) FROM responses WHERE key = ''") == 0
        outbox.put("id-new", SURVEY, b"x")
    old.close()
    opened(path, clock).close()
    assert in_plain(path.parent) == []


def test_an_encrypted_row_cannot_be_made_plain_again(path: Path, clock: Clock) -> None:
    """The database itself refuses: only what is plain may change, and only into what is encrypted. S159."""
    with closing(opened(path, clock)) as outbox:
        outbox.put("id-1", SURVEY, WORDS)
        with closing(sqlite3.connect(path)) as intruder, pytest.raises(sqlite3.IntegrityError, match="never changed"):
            intruder.execute("UPDATE responses SET document = x'00', key = ''")


# --- what was set aside ------------------------------------------------------------------------------------------------


def test_files_that_an_older_kiosk_set_aside_are_locked_away(path: Path, clock: Clock) -> None:
    """S159: with their logs. They can be opened again with the key."""
    names = ("outbox.broken-1.sqlite", "outbox.broken-1.sqlite-wal", "outbox.broken-2.sqlite")
    for name in names:
        (path.parent / name).write_bytes(WORDS * 100_000)
    with closing(opened(path, clock)) as outbox:
        assert in_plain(path.parent) == []
        assert sorted(file.name for file in path.parent.glob("*.sealed")) == sorted(f"{name}.sealed" for name in names)
        assert b"".join(unsealed(path.parent / f"{names[0]}.sealed", outbox._vault)) == WORDS * 100_000


def test_a_file_that_broke_before_it_was_encrypted_is_rescued_and_locked_away(
    old: sqlite3.Connection, path: Path, clock: Clock
) -> None:
    """S159: neither the rescued answers nor the broken file can be read."""
    old.close()
    with path.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xa5" * 4096)
    with closing(opened(path, clock)) as outbox:
        assert outbox.rescued is not None
        assert outbox.rescued.saved > ROWS // 2
        assert outbox.rescued.set_aside.name.endswith(".sealed")
        assert in_plain(path.parent) == []
        assert outbox.due(NOON, 1, 10**6)[0].document == plain(0)


def test_a_file_that_broke_afterwards_is_encrypted_already_and_stays_as_it_is(path: Path, clock: Clock) -> None:
    """S159: whoever examines it needs no more than its key."""
    with closing(opened(path, clock)) as outbox:
        for number in range(200):
            outbox.put(f"id-{number}", SURVEY, plain(number))
    with path.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xa5" * 4096)
    with closing(opened(path, clock)) as outbox:
        assert outbox.rescued is not None
        assert outbox.rescued.set_aside.suffix == ".sqlite"
        assert in_plain(path.parent) == []
