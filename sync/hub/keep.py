"""Writing judged responses: the document, its flat answers, people's own words, and the counts. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from sync import wire
from sync.hub import counting, sheets, surveys
from sync.hub.counting import Columns, Told
from sync.hub.judged import Judged, Reception
from sync.hub.models import Comment, Response
from sync.hub.texts import storable

LANGUAGE_LENGTH = 35
CODE_LENGTH = 60
LARGEST_SEQUENCE = 2**62
_COLUMNS = ("response_id", "version_id", "site_id", "day", "link_id", "repetition", "system", "code", "number")
# Plain SQL: a batch has some two thousand answers, and making model instances of them costs more than storing them.
ADD_ANSWER = f"INSERT INTO hub_answer ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608


def all_of(reception: Reception, judged: Sequence[Judged]) -> None:
    """Keep these responses, which are not here yet. Counting comes last, for it holds up everybody else who counts."""
    if not judged:
        return
    kept = Response.objects.bulk_create([_response(reception, one) for one in judged])
    _keep_answers(kept, judged)
    Comment.objects.bulk_create([comment for pair in zip(kept, judged, strict=True) for comment in _comments(*pair)])
    sheets.add(_counts(kept, judged))


def _response(reception: Reception, judged: Judged) -> Response:
    document, device = judged.document, reception.device
    return Response(
        uuid=judged.arrival.uuid,
        version_id=judged.version.pk,
        device_id=device.pk,
        site_id=device.site_id,
        status=str(document.get("status"))[:20],
        language=storable(document.get("language") or judged.language, LANGUAGE_LENGTH),
        may_share=judged.may_share,
        received_at=reception.at,
        day=timezone.localdate(reception.at),
        device_time=storable(document.get("authored") or "", 40),
        clock_ahead_seconds=reception.clock_ahead_seconds,
        sequence=_sequence(document),
        document=judged.arrival.raw,
        digest=judged.digest,
    )


def _keep_answers(kept: Sequence[Response], judged: Sequence[Judged]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(ADD_ANSWER, [row for pair in zip(kept, judged, strict=True) for row in answer_rows(*pair)])


def answer_rows(response: Response, judged: Judged) -> list[tuple[int | float | str | date | None, ...]]:
    """The parameters of ADD_ANSWER, for each answer of a response that is kept."""
    whence = response.pk, response.version_id, response.site_id, response.day
    return [(*whence, one.link_id, one.repetition[:60], one.system, one.code, one.number) for one in judged.answers]


def _comments(response: Response, judged: Judged) -> list[Comment]:
    overall = counting.overall(surveys.plan_of(judged.version), judged.answers)
    return [
        Comment(
            response_id=response.pk,
            version_id=response.version_id,
            site_id=response.site_id,
            day=response.day,
            language=response.language,
            link_id=answer.link_id,
            text=answer.text,
            overall=overall,
            may_share=response.may_share,
        )
        for answer in judged.answers
        if answer.text
    ]


def _counts(kept: Sequence[Response], judged: Sequence[Judged]) -> dict[sheets.Key, Columns]:
    counts: dict[sheets.Key, Columns] = {}
    for response, one in zip(kept, judged, strict=True):
        columns = Columns()
        counting.count(columns, surveys.plan_of(one.version), told(response, one))
        for key in sheets.keys(response.version_id, response.site_id, response.day):
            counts.setdefault(key, Columns()).add(columns)
    return counts


def told(response: Response, judged: Judged) -> Told:
    """What counts of a response."""
    ways, methods = _codes(judged.document, wire.WAY_EXTENSION), _codes(judged.document, wire.METHOD_EXTENSION)
    return Told(response.status, response.language, methods[0] if methods else "", ways, judged.answers)


def _sequence(document: dict[str, Any]) -> int | None:
    numbers = (part.get("valueInteger") for part in _extensions(document, wire.SEQUENCE_EXTENSION))
    return next((number for number in numbers if isinstance(number, int) and 0 <= number < LARGEST_SEQUENCE), None)


def _codes(document: dict[str, Any], url: str) -> list[str]:
    return [storable(part.get("valueCode"), CODE_LENGTH) for part in _extensions(document, url)]


def _extensions(document: dict[str, Any], url: str) -> list[dict[str, Any]]:
    found = document.get("extension")
    return [part for part in found if isinstance(part, dict) and part.get("url") == url] if isinstance(found, list) else []
