"""Saving one response for good, and one answer in the middle of a session, beside a bare SQLite commit of the same row."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from sync.outbox import Outbox
from tests.benchmarks.table import Row

PAIRS_A_ROUND = 80
FOLDER = Path(".benchmarks")  # in the project, so on a disk: the system's temporary folder may be memory
Save = Callable[[str, bytes], object]


def measure(rounds: int) -> list[Row]:
    """Alternates the three, one response each."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        outbox = Outbox(Path(folder) / "ours.db")
        bare = bare_table(Path(folder) / "bare.db")
        ours, so_far, theirs = [], [], []
        for _ in range(rounds * PAIRS_A_ROUND):
            so_far.append(milliseconds(lambda _, document: outbox.keep_session("open", "urn:example:survey|1", document)))
            ours.append(milliseconds(lambda identity, document: outbox.put(identity, "urn:example:survey|1", document)))
            theirs.append(milliseconds(lambda identity, document: bare_insert(bare, identity, document)))
        outbox.close()
        bare.close()
    return [
        Row("one response encrypted and saved for good", "ms", ours, theirs, "bare SQLite commit"),
        Row("one answer kept in the middle of a session", "ms", so_far, theirs, "bare SQLite commit"),
    ]


def milliseconds(save: Save) -> float:
    identity = str(uuid4())
    document = json.dumps(
        {"resourceType": "QuestionnaireResponse", "identifier": identity, "item": ["word " * 20] * 15}
    ).encode()
    start = time.perf_counter()
    save(identity, document)
    return (time.perf_counter() - start) * 1000


def bare_table(path: Path) -> sqlite3.Connection:
    """The outbox's columns and pragmas, and nothing else."""
    connection = connect(path)
    columns = (
        "sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, survey TEXT, document BLOB, sha256 BLOB, queued_at REAL"
    )
    connection.execute(f"CREATE TABLE responses ({columns})")
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection whose commits are on the disk before they return. Any thread may use it."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def bare_insert(connection: sqlite3.Connection, identity: str, document: bytes) -> None:
    row = (identity, "urn:example:survey|1", document, hashlib.sha256(document).digest(), time.time())
    connection.execute("INSERT INTO responses (id, survey, document, sha256, queued_at) VALUES (?, ?, ?, ?, ?)", row)
