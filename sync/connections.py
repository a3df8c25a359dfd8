"""One database file as its threads see it: a connection each, every commit on the disk before it returns, errors in words."""

import sqlite3
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from sync.errors import OutboxDamaged, OutboxFull, OutboxUnusable
from sync.rescue import BROKEN_CODES, primary_code

BUSY_SECONDS: Final = 10.0


class Connections:
    """The file at `path`: WAL, synchronous=FULL, what is deleted is overwritten. Nothing is opened before it is used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = threading.local()
        self._open: list[Database] = []
        self._guard = threading.Lock()

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            while self._open:
                self._open.pop().close()
            self._mine = threading.local()

    def db(self) -> Database:
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
                self._open.append(db)
            self._mine.db = db
        return db

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction that takes the write lock at once: a later upgrade could fail without waiting."""
        db = self.db()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.commit()
        finally:
            db.rollback()

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """SQLite's and the system's errors as OutboxFull, OutboxDamaged or OutboxUnusable."""
        try:
            yield
        except sqlite3.Error as error:
            if primary_code(error) == sqlite3.SQLITE_FULL:
                raise OutboxFull(self.path) from error
            kind = OutboxDamaged if primary_code(error) in BROKEN_CODES else OutboxUnusable
            raise kind(self.path, str(error)) from error
        except OSError as error:
            raise OutboxUnusable(self.path, error.strerror or type(error).__name__) from error

    def each(self, sql: str, *values: object) -> Generator[Mapping[str, Any]]:
        """The rows of an answer, one by one. Close it when it is not read to the end."""
        with self.in_words():
            cursor = self.db().execute(sql, values)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))
            cursor.close()

    def rows(self, sql: str, *values: object) -> list[Mapping[str, Any]]:
        return list(self.each(sql, *values))

    def number(self, sql: str, *values: object) -> int:
        """The one number an answer holds; 0 for none."""
        return next((int(next(iter(row.values())) or 0) for row in self.rows(sql, *values)), 0)

    def empty_log(self) -> bool:
        """What was deleted still stands in the write-ahead log until it is emptied; whether it is. Others may be reading it."""
        return not self.number("PRAGMA wal_checkpoint(TRUNCATE)")

    def wait_for_others(self, seconds: float) -> None:
        """How long this thread waits from now on while another program has the file locked."""
        self.db().execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
