"""One response, by its id: found, taken away as a file, or deleted because somebody asks (S156 to S158).

A response has no name in it; who asks must know its id. The anonymous counts stay as they were: they tell of nobody, and a
month that was reported must not change. Its id is remembered, so that it is not taken in again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from sync.hub.models import Answer, Comment, Forgotten, Response

ASKED: Final = "asked"


def find(uuid: UUID) -> Response | None:
    """The response, with its site and survey."""
    return Response.objects.select_related("site", "version__survey").filter(uuid=uuid).first()


@transaction.atomic
def delete(response: Response, now: datetime) -> None:
    """Delete what this person said: document, answers, words, published ones too."""
    overwrite_what_is_deleted()
    Comment.objects.filter(response=response).delete()
    forget([response.pk], now, ASKED)
    forget_searched_words()


def forget(keys: Sequence[int], now: datetime, why: str) -> None:
    """Delete these responses with their answers, and remember their ids. In the caller's transaction."""
    known = Response.objects.filter(pk__in=keys).values_list("uuid", "digest")
    Forgotten.objects.bulk_create(
        [Forgotten(uuid=uuid, digest=digest, deleted_at=now, why=why) for uuid, digest in known], ignore_conflicts=True
    )
    overwrite_what_is_deleted()
    Answer.objects.filter(response_id__in=keys).delete()
    Response.objects.filter(pk__in=keys).delete()


def overwrite_what_is_deleted() -> None:
    """SQLite leaves deleted words in the file unless told not to; PostgreSQL's vacuum frees them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def forget_searched_words() -> None:
    """The index of words too holds what was deleted, until its parts are put together."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO hub_comment_words(hub_comment_words) VALUES ('optimize')")
