"""Writing many responses at once, as :mod:`sync.hub.taking_in.keep` writes a few."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Final

from sync.hub import surveys
from sync.hub.counts import sheets, showing
from sync.hub.counts.counting import Told as Counted
from sync.hub.counts.rolling import Counts, Rolling
from sync.hub.fill.papers import KIOSK_METHOD
from sync.hub.fill.story import Told
from sync.hub.models import Response, Sheet, SurveyVersion
from sync.hub.taking_in import bulk, keep, months

AT_ONCE: Final = 1000
SHEETS_AT_ONCE: Final = 50


class Writer:
    """Documents, answers and own words as they come; counts when their day or month is over. In the caller's transactions."""

    def __init__(self, version: SurveyVersion) -> None:
        self._version, self._plan = version, surveys.plan_of(version)
        self._asks_to_share = [link_id for link_id, names in self._plan.measures.items() if "share-words" in names]
        put = _add if Sheet.objects.filter(version=version).exists() else _make
        self._rolling = Rolling(put, showing.rule())
        self.comments = 0

    def add(self, told: Iterable[Told]) -> None:
        """The responses of one day, no earlier than the day before."""
        coming = iter(told)
        while some := list(islice(coming, AT_ONCE)):
            self._keep(some)
            for one in some:
                said = Counted(one.paper.status, one.head.language, KIOSK_METHOD, one.head.ways, one.paper.answers)
                self._rolling.count(one.day, (self._version.pk, one.place.site_id), self._plan, said)

    def end(self, day: date) -> None:
        """Nothing more comes from before `day`."""
        self._rolling.turn(day)

    def close(self) -> None:
        """Nothing more comes."""
        self._rolling.close()

    def _keep(self, some: list[Told]) -> None:
        months.make_ready({one.day for one in some})
        kept = [self._response(one, pk) for one, pk in zip(some, bulk.numbers(Response, len(some)), strict=True)]
        bulk.insert_all(kept)
        pairs = list(zip(kept, some, strict=True))
        rows = [row for response, one in pairs for row in keep.answer_rows(response, one.paper.answers)]
        bulk.insert("hub_answer", keep.ANSWER_COLUMNS, rows)
        quoted = [words for response, one in pairs for words in keep.comments(response, self._version, one.paper.answers)]
        bulk.insert_all(quoted)
        self.comments += len(quoted)

    def _response(self, told: Told, pk: int) -> Response:
        return Response(
            pk=pk,
            uuid=told.head.uuid,
            version_id=self._version.pk,
            device_id=told.device,
            site_id=told.place.site_id,
            status=told.paper.status,
            language=told.head.language,
            may_share=any("yes" in told.paper.given.get(link_id, ()) for link_id in self._asks_to_share),
            received_at=told.at,
            day=told.day,
            device_time=told.head.authored,
            clock_ahead_seconds=0,
            sequence=told.head.sequence,
            document=told.document,
            digest=told.digest,
        )


def _make(counts: Counts) -> None:
    """Sheets that are not here yet."""
    bulk.insert_all([sheets.write(sheets.blank(key), columns) for key, columns in counts.items()])


def _add(counts: Counts) -> None:
    """Sheets of which some are here. A few at a time: a query has an end."""
    keys = sorted(counts)
    for start in range(0, len(keys), SHEETS_AT_ONCE):
        sheets.add({key: counts[key] for key in keys[start : start + SHEETS_AT_ONCE]})
