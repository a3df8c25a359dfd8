"""Writing judged responses: the document, its flat answers and the day's counts. In the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from sync import wire
from sync.hub import tally
from sync.hub.flat import FlatAnswer
from sync.hub.models import Answer, Device, Response

if TYPE_CHECKING:
    from sync.hub.intake import Judged

LANGUAGE_LENGTH = 35
ROWS_AT_ONCE = 500


def all_of(device: Device, judged: Sequence[Judged], received_at: datetime) -> None:
    """Keep these responses, which are not here yet."""
    if not judged:
        return
    kept = Response.objects.bulk_create([_response(device, one, received_at) for one in judged])
    rows = [_answer(response, flat) for response, one in zip(kept, judged, strict=True) for flat in one.answers]
    Answer.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    tally.add(_counts(kept, judged))


def _response(device: Device, judged: Judged, received_at: datetime) -> Response:
    document = judged.document
    sequences = [part.get("valueInteger") for part in _extensions(document, wire.SEQUENCE_EXTENSION)]
    return Response(
        uuid=judged.arrival.uuid,
        version_id=judged.version.pk,
        device_id=device.pk,
        site_id=device.site_id,
        status=str(document.get("status"))[:20],
        language=str(document.get("language") or judged.language)[:LANGUAGE_LENGTH],
        may_share=judged.may_share,
        received_at=received_at,
        day=timezone.localdate(received_at),
        device_time=str(document.get("authored") or "")[:40],
        sequence=next((number for number in sequences if isinstance(number, int)), None),
        document=judged.arrival.raw,
        digest=judged.digest,
    )


def _answer(response: Response, flat: FlatAnswer) -> Answer:
    return Answer(
        response_id=response.pk,
        version_id=response.version_id,
        site_id=response.site_id,
        device_id=response.device_id,
        day=response.day,
        language=response.language,
        link_id=flat.link_id,
        repetition=flat.repetition[:60],
        system=flat.system,
        code=flat.code,
        number=flat.number,
        text=flat.text,
    )


def _counts(kept: Sequence[Response], judged: Sequence[Judged]) -> Counter[tally.Count]:
    counts: Counter[tally.Count] = Counter()
    for response, one in zip(kept, judged, strict=True):
        where = tally.Whence(response.day, response.version_id, response.site_id, response.device_id, response.language)
        ways = {str(part.get("valueCode")) for part in _extensions(one.document, wire.WAY_EXTENSION)}
        methods = [str(part.get("valueCode")) for part in _extensions(one.document, wire.METHOD_EXTENSION)]
        what = tally.of_response(response.status, ways, methods[0] if methods else "", one.answers)
        counts.update((where, counted) for counted in what)
    return counts


def _extensions(document: dict[str, Any], url: str) -> list[dict[str, Any]]:
    found = document.get("extension")
    return [part for part in found if isinstance(part, dict) and part.get("url") == url] if isinstance(found, list) else []
