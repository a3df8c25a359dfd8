"""The keys that answers are encrypted with: one is made at the first start, and where it lies is remembered.

``answers.key`` holds the key itself, or only the name under which the operating system's key store has it. A file is never
overwritten and never deleted: when a key cannot be had any more, the next file (``answers.2.key``) gets a new one, and
what was encrypted before can be read again should the old key come back.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import msgspec

from sync import system_store
from sync.files import fsync_folder

KEY_BYTES: Final = 32
"""AES-256."""
PATIENCE_SECONDS: Final = 2.0
"""A save waits so long for the key store, once, and then goes on with a key in a file."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key and its name, which is no secret. `store` is the key store's name, "" for a key kept in a file."""

    name: str
    secret: bytes = field(repr=False)
    store: str = ""


class _KeyFile(msgspec.Struct, frozen=True):
    name: str
    kept: Literal["file", "keyring"]
    secret: bytes = b""
    store: str = ""


class Keys:
    """The keys in `path` (``answers.key``) and the files after it. The key store is asked in a thread of its own."""

    def __init__(self, path: Path, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._ring: dict[str, Key] = {}
        self._current: Key | None = None
        self._patience_ends = time.monotonic() + patience_seconds
        files = self._read()
        self.were_here = bool(files)
        """Whether there were keys before: what was written on this device then is encrypted."""
        self._searched = threading.Event()
        if files and all(number_file[1].kept == "file" for number_file in files):
            self._searched.set()
        else:
            threading.Thread(target=self._search, args=(files,), name="key store", daemon=True).start()

    def __repr__(self) -> str:
        return f"Keys({str(self._path)!r})"

    def current(self) -> Key:
        """The key for what is written from now on. OSError when there is no way to keep one."""
        with self._guard:
            if self._current is None:
                self._wait()
            while self._current is None:
                last = max((number for number, _ in self._paths()), default=0)
                self._current = self._newest() or self._made_in_a_file(last + 1)
            return self._current

    def known(self) -> Mapping[str, Key]:
        """Every key that can be had now, by name; waits for the key store no longer than a save does."""
        self._wait()
        return dict(self._ring)

    @property
    def whereabouts(self) -> str:
        """Where the key for new answers lies, in words for staff (S159). OSError when there is no way to keep one."""
        self._wait()
        key = self._newest() if self.were_here else self.current()
        if key is None:
            return "out of reach"
        return f"keyring: {key.store}" if key.store else "file, readable by this account only"

    # --- finding ----------------------------------------------------------------------------------------------------

    def _wait(self) -> None:
        self._searched.wait(max(0.0, self._patience_ends - time.monotonic()))

    def _search(self, files: list[tuple[int, _KeyFile]]) -> None:
        """In its own thread: a key store may be slow, locked or gone."""
        try:
            for _, file in files:
                if file.kept == "keyring":
                    secret = system_store.fetch(file.store, file.name)
                    self._add(file, secret)
            if not files:
                self._make_in_the_store()
        finally:
            self._searched.set()
        if not files:
            with suppress(OSError):  # no room now: the first save tries again
                self.current()

    def _newest(self) -> Key | None:
        """The key of the last file whose key can be had."""
        names = [file.name for _, file in self._read()]
        return next((self._ring[name] for name in reversed(names) if name in self._ring), None)

    def _read(self) -> list[tuple[int, _KeyFile]]:
        """The files in their order; one that is damaged is passed over. A key in a file is known at once."""
        found = [(number, file) for number, path in sorted(self._paths()) if (file := _content(path)) is not None]
        for _, file in found:
            if file.kept == "file":
                self._add(file, file.secret)
        return found

    def _add(self, file: _KeyFile, secret: bytes | None) -> None:
        if secret is not None and len(secret) == KEY_BYTES:
            self._ring[file.name] = Key(file.name, secret, file.store.rpartition(".")[0].rpartition(".")[2])

    def _paths(self) -> Iterator[tuple[int, Path]]:
        for path in self._path.parent.glob(f"{self._path.stem}*{self._path.suffix}"):
            number = path.name[len(self._path.stem) : -len(self._path.suffix)].removeprefix(".")
            if number == "" or (number.isascii() and number.isdigit()):
                yield int(number or 1), path

    # --- making -----------------------------------------------------------------------------------------------------

    def _make_in_the_store(self) -> None:
        """The first key, where there is a real key store; only once it is safe there does the file name it."""
        store = system_store.real_store()
        if store is None:
            return
        name, secret = secrets.token_hex(8), secrets.token_bytes(KEY_BYTES)
        file = _KeyFile(name, "keyring", store=system_store.path_of(store))
        if system_store.put_away(store, name, secret):
            with suppress(OSError):  # too late, or no room: the key in the store is one that nobody uses
                _write_once(self._path, file)
                self._add(file, secret)

    def _made_in_a_file(self, number: int) -> Key | None:
        """A new key in the file of that number; None when another program was quicker, and its key is as good."""
        path = self._path.with_suffix(f".{number}{self._path.suffix}") if number > 1 else self._path
        file = _KeyFile(secrets.token_hex(8), "file", secrets.token_bytes(KEY_BYTES))
        try:
            _write_once(path, file)
        except FileExistsError:
            return None
        self._add(file, file.secret)
        return self._ring[file.name]


def _content(path: Path) -> _KeyFile | None:
    try:
        if os.name != "nt" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
        return msgspec.json.decode(path.read_bytes(), type=_KeyFile)
    except (OSError, msgspec.DecodeError):
        return None


def _write_once(path: Path, file: _KeyFile) -> None:
    """The whole file under its name, or none, even after a power cut; mode 0600. FileExistsError, OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        _write_new(draft, file)
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            _write_new(path, file)
    finally:
        draft.unlink(missing_ok=True)
    fsync_folder(path.parent)


def _write_new(path: Path, file: _KeyFile) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        new.write(msgspec.json.encode(file))
        new.flush()
        os.fsync(new.fileno())
