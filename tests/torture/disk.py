"""A disk that forgets: records what SQLite writes and what it syncs, and rebuilds the files as a power cut would leave them.

Python's own SQLite is given a VFS (sqlite.org/vfs.html) that does everything through the usual one and writes down each
xWrite, xTruncate, xSync and xDelete, and each folder that SQLite opens in order to sync it. A power cut keeps what was
synced; of the rest it keeps nothing, or parts by chance: whole writes, or the first sectors of one. That a file was made or
deleted counts once its folder is synced.
Files that Python itself makes (the key) are listened to at `os.fsync`: what was synced is there once its folder was, too.
"""

from __future__ import annotations

import ctypes
import os
import sqlite3
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

POINTER = ctypes.c_void_p
VFS_SLOTS = ("open", "delete", *(f"slot{number}" for number in range(11)), "set_call", "get_call", "next_call")
FILE_SLOTS = ("close", "read", "write", "truncate", "sync", *(f"slot{number}" for number in range(13)))
OPEN = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, POINTER, POINTER, ctypes.c_int, POINTER)
DELETE = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, ctypes.c_char_p, ctypes.c_int)
WRITE = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, POINTER, ctypes.c_int, ctypes.c_int64)
TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, ctypes.c_int64)
SET_CALL = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, ctypes.c_char_p, POINTER)
GET_CALL = ctypes.CFUNCTYPE(POINTER, POINTER, ctypes.c_char_p)
OPEN_FOLDER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, POINTER)
FOLDER_CALL = b"openDirectory"
SECTOR_BYTES = 512
"""The most that a disk writes whole or not at all."""
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, POINTER, ctypes.c_int)


_KEPT: list[Any] = []
"""What SQLite may still call when Python ends."""


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", POINTER),
        ("name", ctypes.c_char_p),
        ("app_data", POINTER),
        *((name, POINTER) for name in VFS_SLOTS),
    )


class _FileMethods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (("version", ctypes.c_int), *((name, POINTER) for name in FILE_SLOTS))


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_FileMethods)),)


@dataclass(frozen=True, slots=True)
class Event:
    """`kind`: write | truncate | sync | delete | folder | promise. What the program said is safe is a promise of `data`."""

    kind: str
    path: str
    at: int = 0
    data: bytes = field(default=b"", repr=False)


class Disk:
    """Everything that happened to files since :meth:`recording` began."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._paths: dict[int, str] = {}
        self._methods: dict[int, _FileMethods] = {}
        self._synced: dict[int, bytes] = {}
        """What Python's own files held when they were synced, by inode."""

    def promise(self, name: str) -> None:
        """From here on a power cut must not lose `name`."""
        self.events.append(Event("promise", "", data=name.encode()))

    def promised(self, until: int) -> list[str]:
        return [event.data.decode() for event in self.events[:until] if event.kind == "promise"]

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Every SQLite file that is opened and closed in here is recorded."""
        library = _library()
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        usual = library.sqlite3_vfs_find(None).contents
        ours = _Vfs.from_buffer_copy(usual)
        ours.name = b"recorded"
        ours.open = self._keep(OPEN(self._opener(OPEN(usual.open))))
        ours.delete = self._keep(DELETE(self._deleter(DELETE(usual.delete))))
        _KEPT.append(ours)
        set_call = SET_CALL(usual.set_call)
        folder_opened = OPEN_FOLDER(
            self._folder_opener(OPEN_FOLDER(GET_CALL(usual.get_call)(ctypes.addressof(usual), FOLDER_CALL)))
        )
        set_call(ctypes.addressof(usual), FOLDER_CALL, self._keep(folder_opened))
        library.sqlite3_vfs_register(ctypes.byref(ours), 1)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, "fsync", self._fsynced(os.fsync))
                yield
        finally:
            set_call(ctypes.addressof(usual), FOLDER_CALL, None)
            library.sqlite3_vfs_unregister(ctypes.byref(ours))

    def after_power_cut(self, until: int, folder: Path, chance: Random | None = None) -> None:
        """Write the files as they are found after a power cut before event `until`. `chance` draws what else survived."""
        for path, events in self._by_file(until).items():
            content = _survivor(events, chance)
            if content is not None:
                (folder / Path(path).name).write_bytes(content)

    def _by_file(self, until: int) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.events[:until]:
            if event.kind == "folder":
                for events in found.values():
                    events.append(event)
            elif event.kind != "promise":
                found[event.path].append(event)
        return found

    # --- what Python calls ------------------------------------------------------------------------------------------

    def _fsynced(self, usual: Callable[[int], None]) -> Callable[[int], None]:
        def fsynced(handle: int) -> None:
            usual(handle)
            status, path = os.fstat(handle), Path(f"/proc/self/fd/{handle}")
            if stat.S_ISDIR(status.st_mode):
                self._names_synced(path.resolve())
            else:
                self._synced[status.st_ino] = path.read_bytes()

        return fsynced

    def _names_synced(self, folder: Path) -> None:
        """Every name in the folder is safe now, and leads to what was synced of its file."""
        for file in os.scandir(folder):
            content = self._synced.get(file.inode())
            if content is not None:
                self.events += [Event("write", file.path, 0, content), Event("sync", file.path)]
        self.events.append(Event("folder", ""))

    # --- what SQLite calls ------------------------------------------------------------------------------------------

    def _opener(self, usual: Callable[..., int]) -> Callable[..., int]:
        def opened(vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
            result = usual(vfs, name, file, flags, out)
            methods = _File.from_address(file).methods
            if result == sqlite3.SQLITE_OK and name and methods:
                self._paths[file] = ctypes.string_at(name).decode()
                _File.from_address(file).methods = ctypes.pointer(self._recorded(methods))
            return result

        return opened

    def _folder_opener(self, usual: Callable[..., int]) -> Callable[..., int]:
        def folder_opened(name: bytes, out: int | None) -> int:
            self.events.append(Event("folder", ""))
            return usual(name, out)

        return folder_opened

    def _deleter(self, usual: Callable[..., int]) -> Callable[..., int]:
        def deleted(vfs: int, name: bytes, sync_folder: int) -> int:
            self.events.append(Event("delete", name.decode()))
            return usual(vfs, name, sync_folder)

        return deleted

    def _recorded(self, methods: Any) -> _FileMethods:
        """The usual methods of a file, with ours before those that change it."""
        address = ctypes.addressof(methods.contents)
        if address not in self._methods:
            usual = methods.contents
            ours = self._methods[address] = _FileMethods.from_buffer_copy(usual)
            write, truncate, sync = WRITE(usual.write), TRUNCATE(usual.truncate), SYNC(usual.sync)

            def written(file: int, data: int, size: int, at: int) -> int:
                self.events.append(Event("write", self._paths[file], at, ctypes.string_at(data, size)))
                return int(write(file, data, size, at))

            def truncated(file: int, size: int) -> int:
                self.events.append(Event("truncate", self._paths[file], size))
                return int(truncate(file, size))

            def synced(file: int, flags: int) -> int:
                result = int(sync(file, flags))
                self.events.append(Event("sync", self._paths[file]))
                return result

            ours.write, ours.truncate = self._keep(WRITE(written)), self._keep(TRUNCATE(truncated))
            ours.sync = self._keep(SYNC(synced))
        return self._methods[address]

    def _keep(self, callback: Any) -> int | None:
        """SQLite holds only the address."""
        _KEPT.append(callback)
        return ctypes.cast(callback, POINTER).value


def _survivor(events: list[Event], chance: Random | None) -> bytes | None:
    """A file's content after the cut; None when it is gone or was never made."""
    last_sync, last_folder = (_last(kind, events) for kind in ("sync", "folder"))
    content: bytearray | None = None
    for number, event in enumerate(events):
        makes_or_deletes = event.kind == "delete" or content is None
        settled = number <= (last_folder if makes_or_deletes else last_sync)
        if settled:
            content = _applied(content, event)
        elif chance is not None and chance.random() < 0.5:
            content = _applied(content, _torn(event, chance))
    return None if content is None else bytes(content)


def _torn(event: Event, chance: Random) -> Event:
    """What a disk has written of it when the power goes: all, or some sectors."""
    sectors = -(-len(event.data) // SECTOR_BYTES)
    return replace(event, data=event.data[: chance.randint(0, 2 * sectors) * SECTOR_BYTES])


def _last(kind: str, events: list[Event]) -> int:
    return max((number for number, event in enumerate(events) if event.kind == kind), default=-1)


def _applied(content: bytearray | None, event: Event) -> bytearray | None:
    match event.kind:
        case "delete":
            return None
        case "truncate":
            content = content or bytearray()
            return content[: event.at].ljust(event.at, b"\0")
        case "write":
            content = (content or bytearray()).ljust(event.at, b"\0")
            content[event.at : event.at + len(event.data)] = event.data
    return content


def _library() -> ctypes.CDLL:
    """The SQLite of Python's own sqlite3. Raises ImportError, OSError or AttributeError where it cannot be reached."""
    import _sqlite3

    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
    library.sqlite3_vfs_register.argtypes = [POINTER, ctypes.c_int]
    library.sqlite3_vfs_unregister.argtypes = [POINTER]
    return library


def can_be_recorded() -> bool:
    """Whether Python's SQLite is a library of its own here."""
    try:
        _library()
    except (ImportError, OSError, AttributeError):
        return False
    return Path("/proc/self/fd").exists()
