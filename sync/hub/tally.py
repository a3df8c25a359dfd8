"""Counting as answers come in, so that results only add up (see models.Tally)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from sync.hub.flat import FlatAnswer


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a response is counted."""

    day: date
    version_id: int
    site_id: int
    device_id: int
    language: str


class Counted(NamedTuple):
    """What is counted there: see models.Tally."""

    subject: str
    link_id: str = ""
    system: str = ""
    code: str = ""


Count = tuple[Whence, Counted]


def of_response(status: str, ways: Iterable[str], method: str, answers: list[FlatAnswer]) -> set[Counted]:
    """What one response adds one to. A question asked several times counts each of its answers once."""
    ways_used = {Counted("way", code=way) for way in ways}
    methods = {Counted("method", code=method)} if method else set()
    answered = {Counted("answered", answer.link_id) for answer in answers}
    given = {Counted("answer", answer.link_id, answer.system, answer.code) for answer in answers if answer.code}
    return {Counted("status", code=status)} | ways_used | methods | answered | given


_COLUMNS = ("day", "version_id", "site_id", "device_id", "language", "subject", "link_id", "system", "code")
_ADD = (
    f"INSERT INTO hub_tally ({', '.join(_COLUMNS)}, count) VALUES ({', '.join(['%s'] * (len(_COLUMNS) + 1))})"  # noqa: S608
    f" ON CONFLICT ({', '.join(_COLUMNS)}) DO UPDATE SET count = hub_tally.count + excluded.count"
)


def add(counts: Counter[Count]) -> None:
    """Add to what is counted so far. Sorted, so that two hub processes never wait for each other in a circle."""
    rows = sorted(
        (where.day, where.version_id, where.site_id, where.device_id, where.language, *what, count)
        for (where, what), count in counts.items()
    )
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)
