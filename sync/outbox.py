"""Where answers are safe: a table of responses on disk, each kept until the centre has acknowledged that very one.

The GUI thread puts; the courier asks what is due and settles it. Each thread has its own connection to the same file
(WAL, synchronous=FULL), so a put is durable before it returns and waits for nobody longer than one short commit. What
patients said stands there encrypted (:mod:`sync.vault`); what is handed out is plain.
"""

import errno
import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from sqlite_utils import Database

from sync.claim import Claim
from sync.connections import Connections
from sync.encrypting import encrypt_what_is_plain
from sync.errors import DocumentChanged, OutboxUnusable
from sync.keys import Keys
from sync.rescue import Rescue, is_broken, primary_code, save_readable, set_aside
from sync.reserve import Reserve
from sync.schema import REFUSED, SCHEMA, SENT, WAITING
from sync.sealing import where_it_is
from sync.vault import Sealed, Vault

T = TypeVar("T")
Row: TypeAlias = tuple[str, str, bytes, bytes, float, str]
"""response_id, survey, sealed document, its digest, when, the key's name."""
NO_ROOM_CODES: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
LONGEST_WAIT_SECONDS: Final = 2 * 3600
"""A row that waits longer than this was written by a clock that has been put right since; it is due."""
PURGE_ROWS: Final = 200
"""Rows in one purging commit, so that no put waits long."""
INSERT: Final = "INSERT INTO responses (response_id, survey, document, digest, queued_at, key) VALUES (?, ?, ?, ?, ?, ?)"
KEEP_SESSION: Final = """
    INSERT INTO open_sessions (response_id, survey, document, digest, queued_at, key) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET survey = excluded.survey, document = excluded.document, digest = excluded.digest,
                              queued_at = excluded.queued_at, key = excluded.key"""
QUEUE_SESSIONS: Final = """
    INSERT OR IGNORE INTO responses (response_id, survey, document, digest, queued_at, key)
    SELECT response_id, survey, document, digest, queued_at, key FROM open_sessions ORDER BY queued_at"""
UNREADABLE: Final = "unreadable"
DUE: Final = """
    SELECT * FROM responses WHERE state = 'waiting' AND key NOT IN (SELECT value FROM json_each(?))
                                  AND (next_attempt_at <= ? OR next_attempt_at > ?) ORDER BY sequence LIMIT ?"""
ALL_WAITING: Final = """
    SELECT * FROM responses WHERE state = 'waiting' AND key NOT IN (SELECT value FROM json_each(?)) ORDER BY sequence"""
NEXT_DUE: Final = "SELECT min(next_attempt_at) AS at FROM responses WHERE key = ? AND state = 'waiting'"
OLDEST: Final = """
    SELECT queued_at FROM responses
    WHERE state = 'waiting' AND key NOT IN (SELECT value FROM json_each(?)) ORDER BY sequence LIMIT 1"""
TALLIES: Final = "SELECT key, state, number FROM tallies WHERE number > 0"


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
    """How many responses are in which state; `oldest_waiting_seconds` is None when nothing waits.

    `unreadable`: they wait too, but the key that opens them cannot be had now. They are kept.
    """

    waiting: int = 0
    sent: int = 0
    refused: int = 0
    oldest_waiting_seconds: int | None = None
    unreadable: int = 0


class Outbox:
    """The outbox file at `path`, its key beside it. `rescued` tells what became of a broken one. OutboxUnusable, OutboxFull."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        reserve: Reserve | None = None,
        keys: Keys | None = None,
        damaged: bool = False,
    ) -> None:
        """`damaged`: somebody met damage in the file already, whatever a check says of it."""
        self.path = path
        self._clock = clock
        self._reserve = reserve or Reserve(path.with_suffix(".reserve"))
        self._file = Connections(path)
        self._claim: Claim | None = None
        try:
            with self._file.in_words():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
                self._claim = Claim(path.with_suffix(".lock"))
                self.keys = keys or Keys(path.with_suffix(".key"))
                self._vault = Vault(self.keys)
                self.rescued: Rescue | None = self._open(self._claim, damaged=damaged)
        except BaseException:
            self.close()
            raise
        self._reserve.take()

    def __repr__(self) -> str:
        return f"Outbox({str(self.path)!r})"

    def close(self) -> None:
        """Close every thread's connection. Stop the courier first."""
        self._file.close()
        if self._claim:
            self._claim.release()
        self._claim = None

    # --- the kiosk's side -------------------------------------------------------------------------------------------

    def put(self, response_id: str, survey: str, document: bytes) -> int:
        """Queue one response and return its sequence number, on disk before this returns. Its open session is over.

        The same id with the same document is the same response: nothing happens. DocumentChanged, OutboxFull, OutboxUnusable.
        """
        with self._file.in_words():
            row = self._with_room(lambda: self._row(response_id, survey, document))
            return self._with_room(lambda: self._insert(row, document))

    def keep_session(self, response_id: str, survey: str, document: bytes) -> None:
        """Keep what somebody has answered so far, in place of what they had before. OutboxFull, OutboxUnusable."""
        with self._file.in_words():
            row = self._with_room(lambda: self._row(response_id, survey, document))
            self._with_room(lambda: self._run(KEEP_SESSION, *row))

    def forget_session(self, response_id: str) -> None:
        """Somebody has taken back all they said, or started again: nothing of it is kept."""
        with self._file.in_words():
            self._run("DELETE FROM open_sessions WHERE response_id = ?", response_id)

    def queue_left_sessions(self) -> int:
        """What a crash left of sessions is queued as it stands; how many. For a kiosk that starts, while nobody is there."""
        with self._file.in_words(), self._file.writing() as db:
            queued = db.execute(QUEUE_SESSIONS).rowcount
            db.execute("DELETE FROM open_sessions")
            return queued

    def answered_today(self) -> int:
        """How many responses were queued since midnight, local time."""
        midnight = datetime.fromtimestamp(self._clock()).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        return self._file.number("SELECT count(*) FROM responses WHERE queued_at >= ?", midnight.timestamp())

    def counts(self) -> Counts:
        """How things stand."""
        lost = self._lost()
        number = dict.fromkeys((WAITING, SENT, REFUSED, UNREADABLE), 0)
        for row in self._file.rows(TALLIES):
            number[UNREADABLE if row["state"] == WAITING and row["key"] in lost else row["state"]] += row["number"]
        first = self._file.rows(OLDEST, json.dumps(lost))
        oldest = max(0, int(self._clock() - first[0]["queued_at"])) if first else None
        return Counts(number[WAITING], number[SENT], number[REFUSED], oldest, number[UNREADABLE])

    def refused(self) -> list[Queued]:
        """What the centre would not take, oldest first, with its reasons. Kept until a person decides."""
        rows = self._file.rows("SELECT * FROM responses WHERE state = ? ORDER BY sequence", REFUSED)
        return [self._queued(row) for row in rows]

    def try_refused_again(self) -> int:
        """Put what was refused back in the queue, for when the centre has been put right; how many."""
        with self._file.in_words(), self._file.writing() as db:
            sql = "UPDATE responses SET state = ?, objections = 0, next_attempt_at = 0, settled_at = NULL WHERE state = ?"
            return db.execute(sql, (WAITING, REFUSED)).rowcount

    def waiting(self) -> Iterator[Queued]:
        """All that waits, oldest first, due or not: what is handed over without a network. Read it to the end or close it."""
        with closing(self._file.each(ALL_WAITING, json.dumps(self._lost()))) as rows:
            yield from map(self._queued, rows)

    # --- the courier's side -----------------------------------------------------------------------------------------

    def due(self, now: float, limit_entries: int, limit_bytes: int) -> list[Queued]:
        """What may be sent now, oldest first: within both limits, but always one if any is due.

        One whose bytes were altered on the disk has an empty document: no centre takes it, and so it is set aside and shown.
        """
        found: list[Queued] = []
        size = 0
        values = (json.dumps(self._lost()), now, now + LONGEST_WAIT_SECONDS, limit_entries)
        with closing(self._file.each(DUE, *values)) as rows:
            for row in rows:
                queued = self._queued(row)
                size += len(queued.document)
                if found and size > limit_bytes:
                    break
                found.append(queued)
        return found

    def next_due_at(self) -> float | None:
        """When the next waiting response may be sent (seconds since 1970), or None when none waits."""
        known = self.keys.known()
        found = [self._file.rows(NEXT_DUE, name)[0]["at"] for name in self._names() if name in known]
        return min((at for at in found if at is not None), default=None)

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
        with self._file.in_words(), self._file.writing() as db:
            db.conn.executemany(sql, rows)

    def purge_sent(self, before: float) -> int:
        """Delete what was acknowledged before `before`, and overwrite where it stood; how many. Nothing else is deleted."""
        sql = """DELETE FROM responses WHERE sequence IN
                 (SELECT sequence FROM responses WHERE state = ? AND settled_at < ? ORDER BY sequence LIMIT ?)
                 RETURNING sequence"""
        purged = 0
        while True:
            with self._file.in_words(), self._file.writing() as db:
                deleted = len(db.execute(sql, (SENT, before, PURGE_ROWS)).fetchall())
            purged += deleted
            if deleted < PURGE_ROWS:
                break
        if purged:
            self._file.empty_log()
        self._reserve.take()
        return purged

    # --- the file ---------------------------------------------------------------------------------------------------

    def _open(self, claim: Claim, *, damaged: bool) -> Rescue | None:
        if not damaged and not is_broken(self.path):
            SCHEMA.apply(self._file.db())
            encrypt_what_is_plain(self._file, self._vault)
            return None
        if not claim.is_alone():
            raise OutboxUnusable(self.path, "it is damaged, and another program has it open")
        broken = set_aside(self.path, self._clock())
        SCHEMA.apply(self._file.db())
        rescue = save_readable(broken, self._file.db(), self._vault)
        encrypt_what_is_plain(self._file, self._vault)
        claim.share()
        return replace(rescue, set_aside=where_it_is(broken))

    def _row(self, response_id: str, survey: str, document: bytes) -> Row:
        sealed = self._vault.seal(response_id, document)
        return response_id, survey, sealed.document, hashlib.sha256(sealed.document).digest(), self._clock(), sealed.key

    def _with_room(self, write: Callable[[], T]) -> T:
        """Once more when the disk was full and the reserve makes room."""
        try:
            return write()
        except (sqlite3.OperationalError, OSError) as error:
            if not _means_no_room(error) or not self._reserve.free():
                raise
            return write()

    def _insert(self, row: Row, document: bytes) -> int:
        with self._file.writing() as db:
            db.execute("DELETE FROM open_sessions WHERE response_id = ?", row[:1])
            known = self._known(db, row[0], document)
            if known is not None:
                return known
            return int(db.execute(INSERT, row).lastrowid or 0)

    def _known(self, db: Database, response_id: str, document: bytes) -> int | None:
        """The sequence number of this very response, if it is here. One that nobody can read any more gives way."""
        sql = "SELECT sequence, state, key, document FROM responses WHERE response_id = ?"
        row = db.execute(sql, (response_id,)).fetchone()
        if row is None:
            return None
        there = self._vault.open(response_id, Sealed(row[2], row[3]))
        if there is not None and there != document:
            raise DocumentChanged(response_id)
        if there is None and row[1] == WAITING:
            db.execute("DELETE FROM responses WHERE sequence = ?", (row[0],))
            return None
        return int(row[0])

    def _run(self, sql: str, *values: object) -> None:
        with self._file.writing() as db:
            db.execute(sql, values)

    def _settle(self, rows: list[tuple[str, float, str, str]]) -> None:
        sql = """UPDATE responses SET state = ?, settled_at = ?, reason = ?, attempts = attempts + 1
                 WHERE response_id = ? AND state != 'sent'"""
        with self._file.in_words(), self._file.writing() as db:
            db.conn.executemany(sql, rows)

    def _names(self) -> set[str]:
        """The names of the keys in the file."""
        return {row["key"] for row in self._file.rows(TALLIES)}

    def _lost(self) -> list[str]:
        """Those of the names whose key cannot be had now."""
        names = self._names()
        return sorted(names - self.keys.known().keys()) if names else []

    def _queued(self, row: Mapping[str, Any]) -> Queued:
        plain = self._vault.open(row["response_id"], Sealed(row["key"], row["document"])) or b""
        return Queued(**{name: row[name] for name in Queued.__slots__ if name != "document"}, document=plain)


def _means_no_room(error: sqlite3.OperationalError | OSError) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    return primary_code(error) in NO_ROOM_CODES
