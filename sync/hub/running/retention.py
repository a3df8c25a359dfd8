"""What is too old is deleted, survey by survey (S158). Counts stay for ever, and published words, apart from their response.

The age is the day of arrival. Deleting goes in small steps, so that devices never wait long for the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from sync.hub.counts import scopes
from sync.hub.models import Answer, Comment, Response, Survey
from sync.hub.running import forgetting
from sync.hub.taking_in import months

STEP: Final = 500
"""Responses in one transaction."""
RETENTION: Final = "retention"


def run(now: datetime) -> dict[str, int]:
    """Delete what is due; the number of responses deleted, by survey title."""
    today = timezone.localdate(now)
    deleted = {survey.title: of_survey(survey, now, today) for survey in Survey.objects.exclude(keep_days=None)}
    if any(deleted.values()):
        _give_back_room({month for of_one in deleted.values() for month in of_one})
    return {title: of_one.total() for title, of_one in deleted.items() if of_one}


def of_survey(survey: Survey, now: datetime, today: date) -> Counter[date]:
    """Delete the responses of `survey` that arrived more than `keep_days` days ago; how many, by the first of their month."""
    assert survey.keep_days is not None  # noqa: S101 - those without are kept for ever
    before, deleted = today - timedelta(days=survey.keep_days), Counter[date]()
    while True:
        with transaction.atomic():
            forgetting.overwrite_what_is_deleted()
            old = Response.objects.filter(version__survey=survey, day__lt=before).order_by("day", "pk")
            days = dict(old.values_list("pk", "day")[:STEP])
            if not days:
                return deleted
            keys = list(days)
            words = Comment.objects.filter(response_id__in=keys)
            words.filter(published_at__isnull=False).update(response=None, original="")
            words.filter(published_at=None).delete()
            forgetting.forget(keys, now, RETENTION)
        deleted.update(day.replace(day=1) for day in days.values())


def due_count(survey: Survey, today: date) -> int:
    """How many responses the next run deletes."""
    if survey.keep_days is None:
        return 0
    return Response.objects.filter(version__survey=survey, day__lt=today - timedelta(days=survey.keep_days)).count()


def _give_back_room(emptied: Iterable[date] = ()) -> None:
    """On PostgreSQL a month without an answer is dropped whole. On SQLite the index of words and the write-ahead log hold what
    was deleted, until they are put together and written back.
    """
    for month in emptied:
        if not Answer.objects.filter(day__gte=month, day__lt=scopes.after_month(month)).exists():
            months.drop(month)
    forgetting.forget_searched_words()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
