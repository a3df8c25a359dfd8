"""An outbox file with very many responses in it, filled in one transaction: a commit for each would take an hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sync.outbox import INSERT, Outbox, Row

Made = tuple[str, str, bytes]
"""A response's id, its survey, its document."""
AT_ONCE = 1_000


def fill(path: Path, number: int, make: Callable[[], Made]) -> None:
    """Queue `number` responses that `make` makes, encrypted like every other, and left as after a clean end."""
    with closing(Outbox(path)) as outbox:
        rows = _rows(outbox, number, make)
        while some := list(islice(rows, AT_ONCE)):
            with outbox._file.writing() as db:
                db.conn.executemany(INSERT, some)
        outbox._file.empty_log()


def _rows(outbox: Outbox, number: int, make: Callable[[], Made]) -> Iterator[Row]:
    return (outbox._row(*make()) for _ in range(number))
