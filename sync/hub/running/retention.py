"""What is too old is deleted, survey by survey (S158). Counts stay for ever, and published words, apart from their response.

The age is the day of arrival. Deleting goes in small steps, so that devices never wait long for the database.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from sync.hub.models import Comment, Response, Survey
from sync.hub.running import forgetting

STEP: Final = 500
"""Responses in one transaction."""
RETENTION: Final = "retention"


def run(now: datetime) -> dict[str, int]:
    """Delete what is due; the number of responses deleted, by survey title."""
    today = timezone.localdate(now)
    deleted = {survey.title: of_survey(survey, now, today) for survey in Survey.objects.exclude(keep_days=None)}
    if any(deleted.values()):
        _give_back_room()
    return {title: count for title, count in deleted.items() if count}


def of_survey(survey: Survey, now: datetime, today: date) -> int:
    """Delete the responses of `survey` that arrived more than `keep_days` days ago."""
    assert survey.keep_days is not None  # noqa: S101 - those without are kept for ever
    before, total = today - timedelta(days=survey.keep_days), 0
    while True:
        with transaction.atomic():
            forgetting.overwrite_what_is_deleted()
            old = Response.objects.filter(version__survey=survey, day__lt=before).order_by("day", "pk")
            keys = list(old.values_list("pk", flat=True)[:STEP])
            if not keys:
                return total
            words = Comment.objects.filter(response_id__in=keys)
            words.filter(published_at__isnull=False).update(response=None, original="")
            words.filter(published_at=None).delete()
            forgetting.forget(keys, now, RETENTION)
        total += len(keys)


def due_count(survey: Survey, today: date) -> int:
    """How many responses the next run deletes."""
    if survey.keep_days is None:
        return 0
    return Response.objects.filter(version__survey=survey, day__lt=today - timedelta(days=survey.keep_days)).count()


def _give_back_room() -> None:
    """The index of words and the write-ahead log hold what was deleted, until they are put together and written back."""
    forgetting.forget_searched_words()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
