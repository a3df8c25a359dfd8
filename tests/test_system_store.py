"""The system's key store on Linux: used when it is open, never asked when that would open a window before patients."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.keys import Keys
from sync.system_store import real_store
from tests.key_stores import in_use
from tests.secret_service import SECRETS, SecretService, on_a_bus_of_its_own

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's key store")

LOGIN = f"{SECRETS}/collection/login"
FILE = "file, readable by this account only"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], SecretService]]:
    from keyring.backends.SecretService import Keyring

    with on_a_bus_of_its_own(monkeypatch) as started, in_use(Keyring):
        yield started


def test_an_open_secret_service_keeps_the_key_and_gives_it_back(
    service: Callable[[str], SecretService], tmp_path: Path
) -> None:
    """S159: over a real message bus."""
    login = service(LOGIN)
    keys = Keys(tmp_path / "answers.key")
    key = keys.current()
    assert keys.whereabouts == "keyring: SecretService"
    assert [attributes["username"] for attributes, _ in login.secrets] == [key.name]
    assert Keys(tmp_path / "answers.key").current() == key


def test_a_locked_one_is_left_alone_and_no_window_asks_for_its_password(
    service: Callable[[str], SecretService], tmp_path: Path
) -> None:
    """S159: in a waiting room nobody is there to type it, and a window over the questions would stay there."""
    login = service(LOGIN)
    login.locked = True
    assert Keys(tmp_path / "answers.key").whereabouts == FILE
    assert login.asked_for_password == 0


def test_one_that_is_locked_only_later_is_left_alone_too(service: Callable[[str], SecretService], tmp_path: Path) -> None:
    login = service(LOGIN)
    first = Keys(tmp_path / "answers.key").current()
    login.locked = True
    assert Keys(tmp_path / "answers.key").current() != first
    assert login.asked_for_password == 0


@pytest.mark.parametrize("collection", ["/", f"{SECRETS}/collection/session"])
def test_one_without_a_lasting_collection_is_not_trusted_with_the_key(
    service: Callable[[str], SecretService], collection: str
) -> None:
    """What it holds would be gone with the next restart, and every answer with it."""
    there = service(collection)
    assert real_store() is None
    assert there.asked_for_password == 0


def test_a_bus_without_a_secret_service_is_no_key_store(service: Callable[[str], SecretService]) -> None:
    assert real_store() is None


def test_without_a_bus_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    assert real_store() is None
