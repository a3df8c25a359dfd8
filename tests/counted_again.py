"""Counts made once more from the documents that are kept, to hold beside the sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sync.hub.counts.counting import Columns

if TYPE_CHECKING:
    from sync.hub.counts.sheets import Key
    from sync.hub.models import Response


def recounted(responses: Iterable[Response]) -> dict[Key, Columns]:
    """What the sheets of these responses' days and months should hold, one response after the other."""
    from sync.hub import surveys
    from sync.hub.counts import counting, sheets
    from sync.hub.taking_in import intake
    from sync.hub.taking_in.judged import Arrival, Judged
    from sync.hub.taking_in.told import told

    counts: defaultdict[Key, Columns] = defaultdict(Columns)
    for response in responses:
        (one,) = intake.judge([Arrival(response.uuid, bytes(response.document))])
        assert isinstance(one, Judged)
        columns, said = Columns(), told(response.status, response.language, one.document, one.answers)
        counting.count(columns, surveys.plan_of(one.version), said)
        for key in sheets.keys(one.version.pk, response.site_id, response.day):
            counts[key].add(columns)
    return dict(counts)
