"""Where the key to the answers lies: in the system's key store where there is a real one, else in a file of our own."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.keys import Keys
from sync.vault import Vault
from tests.key_stores import Locked, Plain, Shelf, Silent, in_use

A_MOMENT = 0.05
FILE = "file, readable by this account only"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.key"


@pytest.fixture
def store() -> Iterator[None]:
    with in_use(Shelf):
        yield


def test_with_a_real_key_store_the_key_is_there_and_the_file_only_says_where(path: Path, store: None) -> None:
    """S159."""
    keys = Keys(path)
    secret = keys.current().secret
    assert keys.whereabouts == "keyring: key_stores"
    assert len(Shelf.held) == 1
    assert secret not in path.read_bytes()
    assert Keys(path).current().secret == secret


def test_without_a_key_store_the_key_is_in_a_file_for_this_account_alone(path: Path) -> None:
    """S159."""
    keys = Keys(path)
    assert keys.current() == Keys(path).current()
    assert keys.whereabouts == FILE
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("useless", [Locked, Plain])
def test_a_store_that_is_locked_or_keeps_plain_text_is_not_used(path: Path, useless: type[Shelf]) -> None:
    """S159."""
    with in_use(useless):
        assert Keys(path).whereabouts == FILE
        assert Shelf.held == {}


def test_where_the_key_lies_is_decided_once(path: Path) -> None:
    first = Keys(path).current()
    with in_use(Shelf):
        keys = Keys(path)
        assert keys.current() == first
        assert Shelf.held == {}


def test_a_key_store_that_never_answers_keeps_nobody_waiting(path: Path) -> None:
    """A save goes on with a key in a file; what the store says afterwards changes nothing."""
    with in_use(Silent):
        keys = Keys(path, patience_seconds=A_MOMENT)
        chosen = keys.current()
        assert keys.whereabouts == FILE
        Silent.answers.set()
        assert keys.current() == chosen
    assert Keys(path).current() == chosen


def test_a_store_that_answers_late_still_gives_its_key_back(path: Path) -> None:
    with in_use(Shelf):
        first = Vault(Keys(path))
        sealed = first.seal("id-1", b"words")
        held = dict(Shelf.held)
        path.write_bytes(path.read_bytes().replace(b"key_stores.Shelf", b"key_stores.Silent"))
        with in_use(Silent):
            Shelf.held.update(held)
            late = Vault(Keys(path, patience_seconds=A_MOMENT))
            assert late.open("id-1", sealed) is None
            Silent.answers.set()
            assert late.keys._searched.wait(10)
            assert late.open("id-1", sealed) == b"words"


def test_when_the_store_has_lost_the_key_new_answers_go_on_under_another(path: Path, store: None) -> None:
    """S159: what was encrypted before is neither opened nor thrown away."""
    sealed = Vault(Keys(path)).seal("id-1", b"words")
    before = path.read_bytes()
    kept = dict(Shelf.held)
    Shelf.held.clear()
    vault = Vault(Keys(path))
    assert vault.open("id-1", sealed) is None
    assert vault.open("id-2", vault.seal("id-2", b"new words")) == b"new words"
    assert path.read_bytes() == before
    Shelf.held.update(kept)
    again = Vault(Keys(path))
    assert again.open("id-1", sealed) == b"words"
    assert again.keys.current().name == vault.keys.current().name


def test_looking_at_a_device_whose_store_is_out_of_reach_makes_no_new_key(path: Path, store: None) -> None:
    """An administrator at another terminal has no key store; the kiosk's own stays the one in use."""
    Keys(path).current()
    Shelf.held.clear()
    assert Keys(path).whereabouts == "out of reach"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_key_file_is_kept_and_a_new_one_stands_beside_it(path: Path) -> None:
    path.write_bytes(b"{")
    key = Keys(path).current()
    assert path.read_bytes() == b"{"
    assert (path.parent / "answers.2.key").exists()
    assert Keys(path).current() == key


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode bits")
def test_a_key_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    """S159."""
    Keys(path).current()
    path.chmod(0o644)
    Keys(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_programs_that_start_at_once_agree_on_one_key(path: Path) -> None:
    start, found = threading.Barrier(8), []

    def begin() -> None:
        start.wait()
        found.append(Keys(path).current())

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]
