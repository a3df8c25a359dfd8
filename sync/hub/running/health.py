"""``/healthz``: this process answers. ``/readyz``: it can also do its work: the database, its tables, room on the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sync.hub.doors import replies

LEAST_ROOM_MB: Final = 200
"""Below this the next batches may not be kept."""


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as requests are answered at all."""
    return replies.plain({"status": "ok"})


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200, or 503 with what is wrong in words."""
    wrong = list(faults())
    return replies.plain({"status": "not ready", "wrong": wrong}, 503) if wrong else replies.plain({"status": "ready"})


def faults() -> Iterator[str]:
    """What keeps this hub from doing its work, each in a sentence."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if _newest_migration() not in _applied():
            yield "The database is of another version of the hub. Start the hub again."
    except DatabaseError:
        yield "The database does not answer."
    room = room_mb()
    if room is not None and room < LEAST_ROOM_MB:
        yield f"Only {room} MB are free on the disk. Make room."


def room_mb() -> int | None:
    """Free room where the hub keeps its data; None where there is no such place."""
    place = Path(settings.HUB_DATA)
    return shutil.disk_usage(place).free // 1_000_000 if place.is_dir() else None


@cache
def _newest_migration() -> str:
    from django.db.migrations.loader import MigrationLoader

    newest: str = MigrationLoader(None).graph.leaf_nodes("hub")[0][1]
    return newest


def _applied() -> set[str]:
    from django.db.migrations.recorder import MigrationRecorder

    return {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "hub"}
