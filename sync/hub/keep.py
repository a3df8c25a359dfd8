"""Writing judged responses: the document, its flat answers and the day's counts. In the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from sync import wire
from sync.hub import tally
from sync.hub.judged import Judged, Reception
from sync.hub.models import Response
from sync.hub.texts import storable

LANGUAGE_LENGTH = 35
CODE_LENGTH = 60
LARGEST_SEQUENCE = 2**62
_COLUMNS = (
    *("response_id", "version_id", "site_id", "device_id", "day", "language"),
    *("link_id", "repetition", "system", "code", "number", "text"),
)
# Plain SQL: a batch has some two thousand answers, and making model instances of them costs more than storing them.
_ADD_ANSWER = f"INSERT INTO hub_answer ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608


def all_of(reception: Reception, judged: Sequence[Judged]) -> None:
    """Keep these responses, which are not here yet."""
    if not judged:
        return
    kept = Response.objects.bulk_create([_response(reception, one) for one in judged])
    _keep_answers(kept, judged)
    tally.add(_counts(kept, judged))


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
    rows = [
        (*_whence(response), flat.link_id, flat.repetition[:60], flat.system, flat.code, flat.number, flat.text)
        for response, one in zip(kept, judged, strict=True)
        for flat in one.answers
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD_ANSWER, rows)


def _whence(of: Response) -> tuple[int, int, int, int, date, str]:
    return of.pk, of.version_id, of.site_id, of.device_id, of.day, of.language


def _counts(kept: Sequence[Response], judged: Sequence[Judged]) -> Counter[tally.Count]:
    counts: Counter[tally.Count] = Counter()
    for response, one in zip(kept, judged, strict=True):
        where = tally.Whence(response.day, response.version_id, response.site_id, response.device_id, response.language)
        ways = _codes(one.document, wire.WAY_EXTENSION)
        methods = _codes(one.document, wire.METHOD_EXTENSION)
        what = tally.of_response(response.status, ways, methods[0] if methods else "", one.answers)
        counts.update((where, counted) for counted in what)
    return counts


def _sequence(document: dict[str, Any]) -> int | None:
    numbers = (part.get("valueInteger") for part in _extensions(document, wire.SEQUENCE_EXTENSION))
    return next((number for number in numbers if isinstance(number, int) and 0 <= number < LARGEST_SEQUENCE), None)


def _codes(document: dict[str, Any], url: str) -> list[str]:
    return [storable(part.get("valueCode"), CODE_LENGTH) for part in _extensions(document, url)]


def _extensions(document: dict[str, Any], url: str) -> list[dict[str, Any]]:
    found = document.get("extension")
    return [part for part in found if isinstance(part, dict) and part.get("url") == url] if isinstance(found, list) else []
