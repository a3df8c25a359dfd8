"""Where answers are safe: a table of responses on disk, each kept until the centre has acknowledged that very one.

The GUI thread puts; the courier asks what is due and settles it. Each thread has its own connection to the same file
(WAL, synchronous=FULL), so a put is durable before it returns and waits for nobody longer than one short commit.
"""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from sync.claim import Claim
from sync.errors import DocumentChanged, OutboxFull, OutboxUnusable
from sync.rescue import Rescue, is_broken, primary_code, save_readable, set_aside
from sync.reserve import Reserve
from sync.schema import REFUSED, SCHEMA, SENT, WAITING

BUSY_SECONDS: Final = 10.0
LONGEST_WAIT_SECONDS: Final = 2 * 3600
"""A row that waits longer than this was written by a clock that has been put right since; it is due."""
PURGE_ROWS: Final = 200
"""Rows in one purging commit, so that no put waits long."""


@dataclass(frozen=True, slots=True)
class Queued:
    """One response in the outbox. `attempts` and `objections` count tries and the centre's noes to this very response."""

    sequence: int
    response_id: str
    survey: str
    document: bytes = field(repr=False)
    queued_at: float = 0.0
    attempts: int = 0
    objections: int = 0
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many responses are in which state; `oldest_waiting_seconds` is None when nothing waits."""

    waiting: int = 0
    sent: int = 0
    refused: int = 0
    oldest_waiting_seconds: int | None = None


class Outbox:
    """The outbox file at `path`. `rescued` tells what became of a broken one. OutboxUnusable, OutboxFull."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time, reserve: Reserve | None = None) -> None:
        self.path = path
        self._clock = clock
        self._reserve = reserve or Reserve(path.with_suffix(".reserve"))
        self._mine = threading.local()
        self._connections: list[Database] = []
        self._guard = threading.Lock()
        self._claim: Claim | None = None
        try:
            with self._in_words():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
                self._claim = Claim(path.with_suffix(".lock"))
                self.rescued: Rescue | None = self._open(self._claim)
        except BaseException:
            self.close()
            raise
        self._reserve.take()

    def __repr__(self) -> str:
        return f"Outbox({str(self.path)!r})"

    def close(self) -> None:
        """Close every thread's connection. Stop the courier first."""
        with self._guard:
            while self._connections:
                self._connections.pop().close()
            self._mine = threading.local()
            if self._claim:
                self._claim.release()
            self._claim = None

    # --- the kiosk's side -------------------------------------------------------------------------------------------

    def put(self, response_id: str, survey: str, document: bytes) -> int:
        """Queue one response and return its sequence number, on disk before this returns.

        The same id with the same document is the same response: nothing happens. DocumentChanged, OutboxFull, OutboxUnusable.
        """
        row = (response_id, survey, document, hashlib.sha256(document).digest(), self._clock())
        with self._in_words():
            try:
                return self._insert(row)
            except sqlite3.OperationalError as error:
                if primary_code(error) not in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR} or not self._reserve.free():
                    raise
                return self._insert(row)

    def answered_today(self) -> int:
        """How many responses were queued since midnight, local time."""
        midnight = datetime.fromtimestamp(self._clock()).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        return self._number("SELECT count(*) FROM responses WHERE queued_at >= ?", midnight.timestamp())

    def counts(self) -> Counts:
        """How things stand."""
        rows = self._rows("SELECT state, count(*) AS number FROM responses GROUP BY state")
        number = {row["state"]: int(row["number"]) for row in rows}
        first = self._rows("SELECT queued_at FROM responses WHERE state = ? ORDER BY sequence LIMIT 1", WAITING)
        oldest = max(0, int(self._clock() - first[0]["queued_at"])) if first else None
        return Counts(number.get(WAITING, 0), number.get(SENT, 0), number.get(REFUSED, 0), oldest)

    def refused(self) -> list[Queued]:
        """What the centre would not take, oldest first, with its reasons. Kept until a person decides."""
        return [_queued(row) for row in self._rows("SELECT * FROM responses WHERE state = ? ORDER BY sequence", REFUSED)]

    def try_refused_again(self) -> int:
        """Put what was refused back in the queue, for when the centre has been put right; how many."""
        with self._in_words(), self._writing() as db:
            sql = "UPDATE responses SET state = ?, objections = 0, next_attempt_at = 0, settled_at = NULL WHERE state = ?"
            return db.execute(sql, (WAITING, REFUSED)).rowcount

    # --- the courier's side -----------------------------------------------------------------------------------------

    def due(self, now: float, limit_entries: int, limit_bytes: int) -> list[Queued]:
        """What may be sent now, oldest first: within both limits, but always one if any is due."""
        sql = """SELECT * FROM responses WHERE state = ? AND (next_attempt_at <= ? OR next_attempt_at > ?)
                 ORDER BY sequence LIMIT ?"""
        found: list[Queued] = []
        size = 0
        with closing(self._each(sql, WAITING, now, now + LONGEST_WAIT_SECONDS, limit_entries)) as rows:
            for row in rows:
                size += len(row["document"])
                if found and size > limit_bytes:
                    break
                found.append(_queued(row))
        return found

    def next_due_at(self) -> float | None:
        """When the next waiting response may be sent (seconds since 1970), or None when none waits."""
        rows = self._rows("SELECT min(next_attempt_at) AS at FROM responses WHERE state = ?", WAITING)
        at: float | None = rows[0]["at"]
        return at

    def mark_sent(self, response_ids: Iterable[str]) -> None:
        """The centre has acknowledged these."""
        self._settle([(SENT, self._clock(), "", response_id) for response_id in response_ids])

    def mark_refused(self, response_id: str, reason: str) -> None:
        """The centre will not take this one, in its own words. It is kept and shown."""
        self._settle([(REFUSED, self._clock(), reason, response_id)])

    def postpone(self, response_ids: Iterable[str], until: float, reason: str, *, objected: bool = False) -> None:
        """Not before `until`. `objected`: the centre said no to these very responses."""
        sql = """UPDATE responses SET attempts = attempts + 1, objections = objections + ?, next_attempt_at = ?, reason = ?
                 WHERE response_id = ? AND state = ?"""
        rows = [(int(objected), until, reason, response_id, WAITING) for response_id in response_ids]
        with self._in_words(), self._writing() as db:
            db.conn.executemany(sql, rows)

    def purge_sent(self, before: float) -> int:
        """Delete what was acknowledged before `before`, and overwrite where it stood; how many. Nothing else is deleted."""
        sql = """DELETE FROM responses WHERE sequence IN
                 (SELECT sequence FROM responses WHERE state = ? AND settled_at < ? ORDER BY sequence LIMIT ?)"""
        purged = 0
        while True:
            with self._in_words(), self._writing() as db:
                deleted = db.execute(sql, (SENT, before, PURGE_ROWS)).rowcount
            purged += deleted
            if deleted < PURGE_ROWS:
                break
        if purged:
            # What was deleted still stands in the log until it is emptied.
            self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        self._reserve.take()
        return purged

    # --- the file ---------------------------------------------------------------------------------------------------

    def _open(self, claim: Claim) -> Rescue | None:
        if not is_broken(self.path):
            SCHEMA.apply(self._db())
            return None
        if not claim.is_alone():
            raise OutboxUnusable(self.path, "it is damaged, and another program has it open")
        broken = set_aside(self.path, self._clock())
        SCHEMA.apply(self._db())
        rescue = save_readable(broken, self._db())
        claim.share()
        return rescue

    def _db(self) -> Database:
        """This thread's own connection."""
        db: Database | None = getattr(self._mine, "db", None)
        if db is None:
            # Only close() ever reaches over from another thread.
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
            db = Database(connection)
            db.enable_wal()
            for pragma in ("synchronous = FULL", "secure_delete = ON", "fullfsync = ON"):
                db.execute(f"PRAGMA {pragma}")
            with self._guard:
                self._connections.append(db)
            self._mine.db = db
        return db

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """One transaction that takes the write lock at once: a later upgrade could fail without waiting."""
        db = self._db()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.commit()
        finally:
            db.rollback()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if primary_code(error) == sqlite3.SQLITE_FULL:
                raise OutboxFull(self.path) from error
            raise OutboxUnusable(self.path, str(error)) from error
        except OSError as error:
            raise OutboxUnusable(self.path, error.strerror or type(error).__name__) from error

    def _insert(self, row: tuple[str, str, bytes, bytes, float]) -> int:
        response_id, digest = row[0], row[3]
        with self._writing() as db:
            known = db.execute("SELECT sequence, digest FROM responses WHERE response_id = ?", (response_id,)).fetchone()
            if known is None:
                sql = "INSERT INTO responses (response_id, survey, document, digest, queued_at) VALUES (?, ?, ?, ?, ?)"
                return int(db.execute(sql, row).lastrowid or 0)
            if known[1] != digest:
                raise DocumentChanged(response_id)
            return int(known[0])

    def _settle(self, rows: list[tuple[str, float, str, str]]) -> None:
        sql = """UPDATE responses SET state = ?, settled_at = ?, reason = ?, attempts = attempts + 1
                 WHERE response_id = ? AND state != 'sent'"""
        with self._in_words(), self._writing() as db:
            db.conn.executemany(sql, rows)

    def _each(self, sql: str, *values: object) -> Generator[Mapping[str, Any]]:
        with self._in_words():
            cursor = self._db().execute(sql, values)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))
            cursor.close()

    def _rows(self, sql: str, *values: object) -> list[Mapping[str, Any]]:
        return list(self._each(sql, *values))

    def _number(self, sql: str, *values: object) -> int:
        return int(next(iter(self._rows(sql, *values)[0].values())))


def _queued(row: Mapping[str, Any]) -> Queued:
    return Queued(**{name: row[name] for name in Queued.__slots__})
