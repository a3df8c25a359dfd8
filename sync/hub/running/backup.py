"""A whole hub in one file, and back: the database as it stood at one moment, and the keys that lie beside it.

The file is a tar: ``about.json`` first (what it is, and the SHA-256 of each part), then the parts. SQLite is copied with its
own online backup, PostgreSQL with its own ``pg_dump``; both while the hub serves. In it is everything that people said: keep
it as safe as the hub itself. It is written for its owner alone, whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from kiosk import __version__
from sync.hub.config import HubConfig, databases, make_data_directory
from sync.hub.errors import BackupUnusable
from sync.hub.taking_in.handover_key import FILE_NAME

FORMAT: Final = "feedback-hub-backup"
ABOUT: Final = "about.json"
SQLITE_PART: Final = "hub.sqlite3"
PASSED_ON: Final = frozenset({"host", "port", "sslmode", "sslrootcert"})
"""Options of the database's address that PostgreSQL's programs take by environment."""
POSTGRESQL_PART: Final = "hub.pgdump"
KEY_PARTS: Final = ("secret-key", FILE_NAME)
"""What signs sessions, and what opens answers that come as a file."""


class About(msgspec.Struct, frozen=True):
    """What a backup says of itself. `parts`: SHA-256 by name, in hex."""

    format: str
    version: int
    software: str
    made: str
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was written or read."""

    file: Path
    parts: tuple[str, ...]
    size_bytes: int


def save(config: HubConfig, file: Path, now: datetime) -> Saved:
    """Write the backup. Raises BackupUnusable."""
    if file.exists():
        raise BackupUnusable(f"{file} is there already. Choose another name: a backup never takes the place of an older one.")
    with _room_beside(file) as room:
        parts = [_database_part(config, room), *_key_parts(config, room)]
        about = About(FORMAT, 1, __version__, now.isoformat(timespec="seconds"), {part.name: _digest(part) for part in parts})
        (room / ABOUT).write_bytes(msgspec.json.encode(about))
        fresh = room / "whole"
        with tarfile.open(fresh, "w:gz", compresslevel=6) as whole:
            for part in (room / ABOUT, *parts):
                whole.add(part, part.name)
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.chmod(0o600)
        fresh.replace(file)
    return Saved(file, tuple(about.parts), file.stat().st_size)


def restore(config: HubConfig, file: Path) -> Saved:
    """Put the backup in the place of a hub that is empty or not there yet. Raises BackupUnusable."""
    make_data_directory(config)
    with _room_beside(config.data / "restored") as room:
        about = _unpacked(file, room)
        if SQLITE_PART in about.parts:
            _refuse_unless(not config.database, f"{file} holds a SQLite hub. Restore it without --database.")
            _refuse_unless(
                not config.sqlite_file.exists(), f"{config.sqlite_file} is there already. Choose an empty --data folder."
            )
            _check_sqlite(room / SQLITE_PART, file)
            (room / SQLITE_PART).replace(config.sqlite_file)
        else:
            _refuse_unless(bool(config.database), f"{file} holds a PostgreSQL hub. Name an empty database with --database.")
            _restore_postgresql(config, room / POSTGRESQL_PART)
        for key in KEY_PARTS:
            if key in about.parts and not (config.data / key).exists():
                (room / key).chmod(0o600)
                (room / key).replace(config.data / key)
    return Saved(file, tuple(about.parts), file.stat().st_size)


@contextmanager
def _room_beside(file: Path) -> Iterator[Path]:
    """A folder for its owner alone, on the same disk as `file`, gone afterwards."""
    try:
        with tempfile.TemporaryDirectory(prefix=".hub-", dir=file.parent) as room:
            yield Path(room)
    except OSError as problem:
        raise BackupUnusable(f"{file.parent}: {problem.strerror}. Check the folder, its owner and its free room.") from problem


def _database_part(config: HubConfig, room: Path) -> Path:
    if config.database:
        part = room / POSTGRESQL_PART
        _run_postgresql(config, ["pg_dump", "--format=custom", "--no-owner", f"--file={part}"])
        return part
    part = room / SQLITE_PART
    _refuse_unless(config.sqlite_file.exists(), f"There is no hub in {config.data}. Name its folder with --data.")
    with closing(sqlite3.connect(config.sqlite_file)) as living, closing(sqlite3.connect(part)) as copy:
        living.backup(copy, pages=4096)
        copy.execute("PRAGMA journal_mode=DELETE")
    return part


def _key_parts(config: HubConfig, room: Path) -> list[Path]:
    kept = [config.data / key for key in KEY_PARTS]
    return [Path(shutil.copy(file, room / file.name)) for file in kept if file.exists()]


def _unpacked(file: Path, room: Path) -> About:
    """Its parts, each checked against what the backup says of itself."""
    try:
        with tarfile.open(file, "r:gz") as whole:
            for name in (ABOUT, SQLITE_PART, POSTGRESQL_PART, *KEY_PARTS):  # nothing else, whatever the file holds
                _unpack(whole, name, room)
        about = msgspec.json.decode((room / ABOUT).read_bytes(), type=About)
    except (OSError, tarfile.TarError, EOFError, msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise BackupUnusable(f"{file} is not a whole backup of a hub. Try an older one.") from problem
    _refuse_unless(about.format == FORMAT and about.version == 1, f"{file} is a backup of another kind.")
    for name, digest in about.parts.items():
        whole_part = (room / name).is_file() and _digest(room / name) == digest
        _refuse_unless(whole_part, f"{file} is damaged: its part {name} is not what was saved. Try an older backup.")
    return about


def _unpack(whole: tarfile.TarFile, name: str, room: Path) -> None:
    part = whole.extractfile(name) if name in whole.getnames() else None
    if part is not None:
        with part, (room / name).open("wb") as out:
            shutil.copyfileobj(part, out)


def _check_sqlite(database: Path, file: Path) -> None:
    with closing(sqlite3.connect(database)) as opened:
        sound = opened.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    _refuse_unless(sound, f"{file} is damaged: its database is not sound. Try an older backup.")


def _restore_postgresql(config: HubConfig, part: Path) -> None:
    tables = _run_postgresql(config, ["psql", "-At", "-c", "SELECT count(*) FROM pg_tables WHERE tablename = 'hub_device'"])
    _refuse_unless(tables.strip() == "0", "That database holds a hub already. Name an empty one.")
    name = str(databases(config)["default"]["NAME"])
    _run_postgresql(config, ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(part)])


def _run_postgresql(config: HubConfig, command: list[str]) -> str:
    """Run one of PostgreSQL's own programs against the hub's database; the password goes by environment, not by argument."""
    place = databases(config)["default"]
    named = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    environment = os.environ | {name: str(place[key]) for name, key in named.items() if place[key]}
    environment |= {f"PG{name.upper()}": str(value) for name, value in place["OPTIONS"].items() if name in PASSED_ON}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        remedy = "Install PostgreSQL's client programs (Debian: postgresql-client)."
        raise BackupUnusable(f"{command[0]} is not on this machine. {remedy}") from missing
    if done.returncode:
        raise BackupUnusable(f"{command[0]} could not do it: {(done.stderr.strip().splitlines() or ['no reason given'])[0]}")
    return done.stdout


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _refuse_unless(fine: bool, words: str) -> None:
    if not fine:
        raise BackupUnusable(words)
