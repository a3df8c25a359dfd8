"""What was queued before answers were encrypted is encrypted where it lies, and no plain word stays in the file (S159)."""

import hashlib
import sqlite3
from pathlib import Path
from typing import Final

from sync.connections import BUSY_SECONDS, Connections
from sync.rescue import primary_code
from sync.sealing import SUFFIX, seal_file
from sync.vault import Vault

ENCRYPTED: Final = 1
"""The file's user_version, once there is nothing plain in it."""
ROWS: Final = 200
"""Rows in one commit."""
SOON_SECONDS: Final = 0.2
MAGIC: Final = b"SQLite format 3\0"
USER_VERSION: Final = slice(60, 64)
"""Where it stands in a file's header (sqlite.org/fileformat2.html)."""
LATER_CODES: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})


def encrypt_what_is_plain(file: Connections, vault: Vault) -> int:
    """Once in a file's life; how many were encrypted. A power cut in between costs nothing: the next start goes on.

    What moved inside the file may have left words in the gaps of its pages, so it is written anew and the log emptied; files
    set aside before are locked away whole. Where there is no room for that, or another program is at work in the file, it is
    left to the next start.
    """
    if file.number("PRAGMA user_version") >= ENCRYPTED:
        return 0
    encrypted = 0
    while done := _some(file, vault):
        encrypted += done
    nothing_before = not file.number("SELECT seq FROM sqlite_sequence WHERE name = 'responses'")
    if _locked_away(file.path, vault) and (nothing_before or _written_anew(file)):
        file.db().execute(f"PRAGMA user_version = {ENCRYPTED}")
    return encrypted


def _locked_away(path: Path, vault: Vault) -> bool:
    """Whether nothing that was set aside can be read any more."""
    try:
        for older in [older for older in path.parent.glob(f"{path.stem}.broken-*") if _may_be_plain(older)]:
            seal_file(older, vault)
    except OSError:
        return False
    return True


def _may_be_plain(path: Path) -> bool:
    """Whether a file that was set aside, or its log, is from before: its header says otherwise, or none can be read (S159)."""
    if path.suffix == SUFFIX:
        return False
    main = path.with_name(path.name.removesuffix("-wal").removesuffix("-shm"))
    if not main.exists():
        return True
    with main.open("rb") as file:
        head = file.read(USER_VERSION.stop)
    return head[: len(MAGIC)] != MAGIC or int.from_bytes(head[USER_VERSION], "big") < ENCRYPTED


def _written_anew(file: Connections) -> bool:
    """Whether it could be done now."""
    file.wait_for_others(SOON_SECONDS)
    try:
        file.db().execute("VACUUM")
        return file.empty_log()
    except sqlite3.OperationalError as error:
        if primary_code(error) not in LATER_CODES:
            raise
        return False
    finally:
        file.wait_for_others(BUSY_SECONDS)


def _some(file: Connections, vault: Vault) -> int:
    plain = file.rows("SELECT sequence, response_id, document FROM responses WHERE key = '' LIMIT ?", ROWS)
    sealed = [(vault.seal(row["response_id"], row["document"]), row["sequence"]) for row in plain]
    rows = [(one.document, hashlib.sha256(one.document).digest(), one.key, sequence) for one, sequence in sealed]
    with file.writing() as db:
        db.conn.executemany("UPDATE responses SET document = ?, digest = ?, key = ? WHERE sequence = ? AND key = ''", rows)
    return len(rows)
