"""PostgreSQL: the table of answers in parts, one a month (migration 0005). On SQLite there is one table, and nothing to do.

A part is made when its first answer comes. What finds none goes to ``hub_answer_other``, so no answer is ever turned away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import connection, transaction

from sync.hub.counts import scopes

_LOCK: Final = 7_331_004
"""An advisory lock of our own: two hub processes never make the same part at once."""
_ready: set[tuple[str, date]] = set()
"""What this process has seen to be there, by database and month."""


def make_ready(days: Iterable[date]) -> None:
    """See that there is a part for the month of each of these days. Within a transaction, before anything is written in it."""
    if connection.vendor != "postgresql":
        return
    database = str(connection.settings_dict["NAME"])
    for month in sorted({day.replace(day=1) for day in days}):
        if (database, month) not in _ready:
            _make(month)
            transaction.on_commit(lambda month=month: _ready.add((database, month)))  # type: ignore[misc]


def name(month: date) -> str:
    """The table that holds this month's answers."""
    return f"hub_answer_{month:%Y_%m}"


def drop(month: date) -> bool:
    """Let all answers of this month go at once; False where they have no part of their own. Responses are not touched."""
    if connection.vendor != "postgresql" or not _exists(month):
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name(month)}")
    _ready.discard((str(connection.settings_dict["NAME"]), month))
    return True


def _make(month: date) -> None:
    """A part made beside the table and then attached: that holds up nobody who is writing into other parts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if _exists(month) or _has_others(month):
            return
        after = scopes.after_month(month)
        cursor.execute(f"CREATE TABLE {name(month)} (LIKE hub_answer INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        cursor.execute(f"ALTER TABLE hub_answer ATTACH PARTITION {name(month)} FOR VALUES FROM ('{month}') TO ('{after}')")


def _exists(month: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name(month)])
        return bool(cursor.fetchall()[0][0])


def _has_others(month: date) -> bool:
    """Whether answers of this month lie in ``hub_answer_other`` already: then they stay together there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM hub_answer_other WHERE day >= %s AND day < %s)", [month, scopes.after_month(month)]
        )
        return bool(cursor.fetchall()[0][0])
