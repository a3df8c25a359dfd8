"""Starting in turn: hubs may start at the same moment on the same data, and only one at a time makes or changes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sync.hub.errors import DataUnusable

PATIENCE_SECONDS: Final = 120.0
"""To change a large database takes its time."""
ADVISORY_LOCK: Final = 7_268_031_911
"""Any number, the same in every hub."""


@contextmanager
def on_this_machine(data: Path) -> Iterator[None]:
    """One at a time in this directory. SQLite's lock on an empty file works on every system, and ends with us. DataUnusable."""
    with closing(sqlite3.connect(data / "starting", timeout=PATIENCE_SECONDS, isolation_level=None)) as file:
        try:
            file.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as problem:
            raise DataUnusable(f"Another hub is still starting in {data}. Wait, then start this one again.") from problem
        yield


@contextmanager
def in_this_database() -> Iterator[None]:
    """One at a time in a PostgreSQL, whatever machine the others are on. For Django that is set up. DatabaseError."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
