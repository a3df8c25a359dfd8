"""Counts made once more from the documents that are kept, to hold beside the sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sync.hub.counting import Columns

if TYPE_CHECKING:
    from sync.hub.models import Response
    from sync.hub.sheets import Key


def recounted(responses: Iterable[Response]) -> dict[Key, Columns]:
    """What the sheets of these responses' days and months should hold, one response after the other."""
    from sync.hub import counting, intake, sheets, surveys
    from sync.hub.judged import Arrival, Judged
    from sync.hub.told import told

    counts: defaultdict[Key, Columns] = defaultdict(Columns)
    for response in responses:
        (one,) = intake.judge([Arrival(response.uuid, bytes(response.document))])
        assert isinstance(one, Judged)
        columns, said = Columns(), told(response.status, response.language, one.document, one.answers)
        counting.count(columns, surveys.plan_of(one.version), said)
        for key in sheets.keys(one.version.pk, response.site_id, response.day):
            counts[key].add(columns)
    return dict(counts)
