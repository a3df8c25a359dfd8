"""The outbox when things go wrong: broken files are set aside and saved from, a full disk is told in a sentence."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sync.errors import OutboxFull, OutboxUnusable
from sync.outbox import Outbox
from tests.outbox_in_use import NOON, SURVEY, Clock, due_ids, put

pytest_plugins = ("tests.outbox_on_disk",)


# --- broken files ------------------------------------------------------------------------------------------------------


def damage(path: Path, first_page: int, pages: int) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = db.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek(first_page * size)
        file.write(b"\xa5" * size * pages)


def test_a_broken_file_is_set_aside_and_what_can_be_read_is_saved(outbox: Outbox, path: Path) -> None:
    put(outbox, *range(200), size=1000)
    outbox.mark_refused("id-199", "no")
    outbox.close()
    damage(path, 20, 3)
    with closing(Outbox(path)) as again:
        assert again.rescued is not None
        assert again.rescued.set_aside.exists()
        assert 150 < again.rescued.saved < 200
        assert again.rescued.saved + again.rescued.lost == 200
        assert again.counts().waiting == again.rescued.saved - 1
        assert [kept.response_id for kept in again.refused()] == ["id-199"]


def test_saved_responses_keep_their_words_and_their_sequence(outbox: Outbox, path: Path) -> None:
    put(outbox, *range(200), size=1000)
    before = {queued.sequence: queued for queued in outbox.due(NOON, 200, 10**9)}
    outbox.close()
    damage(path, 20, 3)
    with closing(Outbox(path)) as again:
        for queued in again.due(NOON, 200, 10**9):
            assert queued == before[queued.sequence]
        assert again.put("id-new", SURVEY, b"x") == 201


def test_what_can_be_read_is_found_even_without_the_count_of_the_table(outbox: Outbox, path: Path) -> None:
    put(outbox, *range(200), size=1000)
    outbox._file.db().execute("DELETE FROM sqlite_sequence")
    outbox.close()
    damage(path, 20, 3)
    with closing(Outbox(path)) as again:
        assert again.rescued is not None
        assert again.rescued.saved + again.rescued.lost == 200


def test_the_folder_is_made_when_it_is_not_there(path: Path) -> None:
    with closing(Outbox(path.parent / "new" / "folder" / "outbox.sqlite")) as outbox:
        assert outbox.put("id-1", SURVEY, b"x") == 1


def test_a_file_that_is_no_database_does_not_stop_the_kiosk(path: Path) -> None:
    path.write_bytes(b"this was a database once" * 1000)
    with closing(Outbox(path)) as outbox:
        assert outbox.rescued is not None
        assert (outbox.rescued.saved, outbox.rescued.lost) == (0, 0)
        assert outbox.put("id-1", SURVEY, b"x") == 1


def test_two_broken_files_in_one_second_are_both_kept(path: Path, clock: Clock) -> None:
    for _ in range(2):
        path.write_bytes(b"this was a database once" * 1000)
        Outbox(path, clock=clock).close()
    assert len(list(path.parent.glob("*.broken-*.sqlite*"))) == 2


def test_an_answer_whose_bytes_were_altered_on_the_disk_is_not_passed_on(outbox: Outbox, path: Path) -> None:
    put(outbox, *range(200), size=1000)
    sealed = outbox._file.rows("SELECT document FROM responses WHERE response_id = 'id-7'")[0]["document"]
    outbox.close()
    damage(path, 20, 1)
    altered = path.read_bytes().replace(sealed[:20], sealed[:19] + bytes([sealed[19] ^ 1]))
    path.write_bytes(altered)
    with closing(Outbox(path)) as again:
        assert "id-7" not in due_ids(again, entries=200)


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that is open")
def test_a_broken_file_another_program_has_open_is_not_moved_away_under_it(outbox: Outbox, path: Path) -> None:
    put(outbox, *range(200), size=1000)
    damage(path, 20, 3)
    with pytest.raises(OutboxUnusable, match="another program has it open"):
        Outbox(path)
    assert list(path.parent.glob("*.broken-*")) == []
    outbox.close()
    with closing(Outbox(path)) as again:
        assert again.rescued is not None


def test_a_sound_file_may_be_opened_by_several(outbox: Outbox, path: Path) -> None:
    put(outbox, 1)
    with closing(Outbox(path)) as other:
        assert other.counts().waiting == 1
        put(other, 2)
    assert outbox.counts().waiting == 2


# --- no room, no rights ------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutboxUnusable, match=r"outbox\.sqlite cannot be used: \w+ \w+"):
        Outbox(tmp_path / "file" / "outbox.sqlite")


def test_when_no_room_is_left_the_person_reads_what_to_do(outbox: Outbox) -> None:
    put(outbox, 1)
    db = outbox._file.db()
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(OutboxFull, match=r"no room left on the disk for outbox\.sqlite"):
        put(outbox, 2, size=100_000)
    assert due_ids(outbox) == ["id-1"]


FILLS_THE_DISK = """
from pathlib import Path
from sync.outbox import Outbox
from sync.errors import OutboxFull
from sync.reserve import Reserve
folder = Path({folder!r})
reserve = Reserve(folder / "outbox.reserve", 1_000_000)
outbox = Outbox(folder / "outbox.sqlite", reserve=reserve)
assert reserve.is_held
with (folder / "hog").open("wb", buffering=0) as hog:
    try:
        while hog.write(b"x" * 4096):
            pass
    except OSError:
        pass
outbox.put("id-1", "s", b"x" * 100_000)
assert not reserve.is_held
try:
    for number in range(1000):
        outbox.put("more-%d" % number, "s", b"x" * 10_000)
except OutboxFull:
    print("saved", outbox.counts().waiting - number)
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a small disk of its own")
def test_on_a_full_disk_the_reserve_makes_room_for_the_last_answers(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=6m tmpfs {tmp_path} && exec {sys.executable} -"
    command = ["unshare", "-rm", "sh", "-c", mount]
    if subprocess.run([*command[:2], "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    script = FILLS_THE_DISK.format(folder=str(tmp_path))
    ended = subprocess.run(command, input=script, capture_output=True, text=True, cwd=Path(__file__).parent.parent, check=False)
    assert (ended.stdout.strip(), ended.stderr) == ("saved 1", "")
