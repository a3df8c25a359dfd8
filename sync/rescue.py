"""When the outbox file is broken: set it aside, save what can be read, go on."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from sync.sealing import where_it_is
from sync.vault import Vault

COLUMNS: Final = (
    "sequence",
    "response_id",
    "survey",
    "document",
    "digest",
    "queued_at",
    "state",
    "attempts",
    "objections",
    "next_attempt_at",
    "reason",
    "settled_at",
    "key",
)
MAX_LOOKUPS: Final = 1_000_000
"""A damaged number must not keep the kiosk from starting: this many look-ups take seconds."""
LOCK_CODES: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})

BROKEN_CODES: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
UNREADABLE_CODES: Final = frozenset(
    {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS},
)


@dataclass(frozen=True, slots=True)
class Rescue:
    """What became of a broken outbox: where it lies now, how many responses were saved, how many at least were not."""

    set_aside: Path
    saved: int
    lost: int


def is_broken(path: Path) -> bool:
    """Whether SQLite finds damage in the file. A locked file is not a broken one: sqlite3.Error. An empty one is sound."""
    try:
        with closing(sqlite3.connect(path, timeout=5.0)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.DatabaseError as error:
        if primary_code(error) in LOCK_CODES:
            raise
        return primary_code(error) in BROKEN_CODES or getattr(error, "sqlite_errorcode", 0) in UNREADABLE_CODES


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its extension; 0 for errors Python raised itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def set_aside(path: Path, now: float) -> Path:
    """Rename the file and what SQLite keeps beside it; the new path."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.stem}.broken-{stamp}{path.suffix}")
    number = 1
    while target.exists() or where_it_is(target).exists():
        number += 1
        target = path.with_name(f"{path.stem}.broken-{stamp}-{number}{path.suffix}")
    path.rename(target)
    for tail in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{tail}").rename(f"{target}{tail}")
    return target


def save_readable(broken: Path, db: Database, vault: Vault) -> Rescue:
    """Copy every response that can still be read, and is what it was, into the new outbox `db` in one transaction.

    Its key need not be there. What was not encrypted yet is from now on.
    """
    saved = lost = 0
    with closing(sqlite3.connect(broken)) as source, db.atomic():
        source.row_factory = sqlite3.Row
        for row in _rows(source):
            if row is not None and _is_whole(row):
                saved += _copy("responses", dict(row), db, vault)
            else:
                lost += 1
        for row in _open_sessions(source):
            if _is_whole(row):
                _copy("open_sessions", dict(row), db, vault)
    return Rescue(broken, saved, lost)


def _copy(table: str, row: dict[str, Any], db: Database, vault: Vault) -> int:
    """Insert one row as it was; 0 when its id is there already, as a broken tree may show a row twice."""
    if not row.get("key"):
        sealed = vault.seal(row["response_id"], row["document"])
        digest = hashlib.sha256(sealed.document).digest()
        row |= {"document": sealed.document, "digest": digest, "key": sealed.key}
    names = [name for name in COLUMNS if name in row]
    marks = ", ".join("?" * len(names))
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names are constants
    return db.conn.execute(sql, [row[name] for name in names]).rowcount


def _open_sessions(source: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """The few that there are, as far as they can be read."""
    with suppress(sqlite3.DatabaseError):
        yield from source.execute("SELECT * FROM open_sessions")


def _rows(source: sqlite3.Connection) -> Iterator[sqlite3.Row | None]:
    """Each response that can be found; None for a number whose page cannot be read.

    One look-up a number, because a walk over the table ends at the first broken page and a look-up reads only its own.
    """
    highest = _answer(source, "SELECT seq FROM sqlite_sequence WHERE name = 'responses'")
    if highest is None:
        highest = _answer(source, "SELECT max(sequence) FROM responses") or 0
    lowest = _answer(source, "SELECT min(sequence) FROM responses") or 1
    for sequence in range(max(lowest, highest - MAX_LOOKUPS), highest + 1):
        try:
            row = source.execute("SELECT * FROM responses WHERE sequence = ?", (sequence,)).fetchone()
        except sqlite3.DatabaseError:
            yield None
        else:
            if row is not None:
                yield row


def _answer(source: sqlite3.Connection, question: str) -> int | None:
    try:
        row = source.execute(question).fetchone()
    except sqlite3.DatabaseError:
        return None
    return None if row is None or not isinstance(row[0], int) else int(row[0])


def _is_whole(row: sqlite3.Row) -> bool:
    values: dict[str, Any] = dict(row)
    document = values.get("document")
    return isinstance(document, bytes) and hashlib.sha256(document).digest() == values.get("digest")
