"""Writing judged responses: the document, its flat answers, people's own words, and the counts. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from sync import wire
from sync.hub import surveys
from sync.hub.counts import counting, sheets, showing
from sync.hub.counts.counting import Columns
from sync.hub.models import Comment, Response, SurveyVersion
from sync.hub.taking_in import bulk, months
from sync.hub.taking_in.flat import FlatAnswer
from sync.hub.taking_in.judged import Judged, Reception
from sync.hub.taking_in.told import extensions, told
from sync.hub.texts import storable
from sync.hub.words import noticing

LANGUAGE_LENGTH = 35
LARGEST_SEQUENCE = 2**62
ANSWER_COLUMNS = ("response_id", "version_id", "site_id", "day", "link_id", "repetition", "system", "code", "number")


def all_of(reception: Reception, judged: Sequence[Judged]) -> None:
    """Keep these responses, which are not here yet. Counting comes last, for it holds up everybody else who counts."""
    if not judged:
        return
    months.make_ready([timezone.localdate(reception.at)])
    kept = Response.objects.bulk_create([_response(reception, one) for one in judged])
    pairs = list(zip(kept, judged, strict=True))
    bulk.insert("hub_answer", ANSWER_COLUMNS, [row for response, one in pairs for row in answer_rows(response, one.answers)])
    Comment.objects.bulk_create([words for response, one in pairs for words in comments(response, one.version, one.answers)])
    counts, fresh = _counts(kept, judged)
    sheets.add(counts | showing.lots(fresh, kept[0].day))


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


def answer_rows(response: Response, answers: Iterable[FlatAnswer]) -> list[bulk.Row]:
    """The answers of a response that is kept, as rows of ANSWER_COLUMNS."""
    whence = response.pk, response.version_id, response.site_id, response.day
    return [(*whence, one.link_id, one.repetition[:60], one.system, one.code, one.number) for one in answers]


def comments(response: Response, version: SurveyVersion, answers: Sequence[FlatAnswer]) -> list[Comment]:
    """A person's own words in this response, with what else it says of them (S105)."""
    overall = counting.overall(surveys.plan_of(version), answers)
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
            **noticing.of(answer.text, response.day),
        )
        for answer in answers
        if answer.text
    ]


def _counts(kept: Sequence[Response], judged: Sequence[Judged]) -> tuple[dict[sheets.Key, Columns], showing.Fresh]:
    """What is counted, by sheet; and what then waits to be shown."""
    counts: dict[sheets.Key, Columns] = {}
    fresh: showing.Fresh = {}
    for response, one in zip(kept, judged, strict=True):
        columns, said = Columns(), told(response.status, response.language, one.document, one.answers)
        counting.count(columns, surveys.plan_of(one.version), said)
        for key in sheets.keys(response.version_id, response.site_id, response.day):
            counts.setdefault(key, Columns()).add(columns)
        showing.add(fresh, one.version, response.site_id, columns)
    return counts, fresh


def _sequence(document: dict[str, Any]) -> int | None:
    numbers = (part.get("valueInteger") for part in extensions(document, wire.SEQUENCE_EXTENSION))
    return next((number for number in numbers if isinstance(number, int) and 0 <= number < LARGEST_SEQUENCE), None)
