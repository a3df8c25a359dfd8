"""Key stores of the tests' own, through keyring's own seam for back ends: one that works, and those that do not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class Shelf(KeyringBackend):
    """Works as the system's own store does. What it holds is the class's, for keyring makes a new one each time."""

    priority = 5.0
    held: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


class Locked(Shelf):
    """Says no to everything."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked


class Silent(Shelf):
    """Never answers, until `answers` is set."""

    answers: ClassVar[threading.Event] = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answers.wait()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.answers.wait()
        super().set_password(service, username, password)


class Plain(Shelf):
    """A store that keyring itself does not recommend."""

    priority = 0.5


@contextmanager
def in_use(store: type[KeyringBackend]) -> Iterator[None]:
    """This machine's key store is a new `store`."""
    before = keyring.get_keyring()
    Shelf.held.clear()
    Silent.answers.clear()
    keyring.set_keyring(store())
    try:
        yield
    finally:
        Silent.answers.set()
        keyring.set_keyring(before)
