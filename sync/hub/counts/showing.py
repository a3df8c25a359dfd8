"""From what is counted to what may be shown: what waits at each site, and the lots that are taken from it."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeAlias

from sync.hub import surveys
from sync.hub.counts import sheets, suppression
from sync.hub.counts.counting import Columns
from sync.hub.counts.sheets import Key
from sync.hub.counts.suppression import Rule
from sync.hub.models import EVERYWHERE, Sheet, SmallNumbers, SurveyVersion

Span = Sheet.Span
ALWAYS: Final = date(2000, 1, 1)
"""The day on every waiting sheet: there is one a version and site."""

Fresh: TypeAlias = dict[tuple[SurveyVersion, int], Columns]
"""What came in now, by version and site id."""


def rule() -> Rule:
    """What is set for this hub."""
    kept = SmallNumbers.objects.first()
    return Rule(kept.hide_below) if kept else Rule()


def hide_below(people: int) -> None:
    """From now on hide groups of fewer than so many people. What is shown already stays. Raises ValueError."""
    SmallNumbers.objects.update_or_create(pk=1, defaults={"hide_below": Rule(people).hide_below})


def add(fresh: Fresh, version: SurveyVersion, site_id: int, columns: Columns) -> None:
    """One response more that waits to be shown, counted in `columns` as usual."""
    waiting = suppression.of_one(columns, surveys.plan_of(version))
    fresh.setdefault((version, site_id), Columns()).add(waiting)


def lots(fresh: Fresh, day: date) -> dict[Key, Columns]:
    """Put what came in to what waits, and take the lots that may be shown: what they add to which sheet. In a transaction.

    The waiting sheets are locked in the order of their keys and before any other sheet, so that nobody waits in a circle.
    """
    keys = {Key(version.pk, site, Span.WAITING, ALWAYS): (version, site) for version, site in fresh}
    found: dict[Key, Columns] = {}
    rule_now = rule()
    for key, columns, sheet in sheets.locked(sorted(keys)):
        version, site = keys[key]
        columns.add(fresh[version, site])
        lot = suppression.take_lots(columns, rule_now, suppression.about_people(surveys.plan_of(version)))
        sheets.write(sheet, columns).save(update_fields=sheets.COLUMNS)
        for shown in shown_on(version.pk, site, day) if lot.headline else ():
            found.setdefault(shown, Columns()).add(lot)
    return found


def shown_on(version_id: int, site_id: int, day: date) -> list[Key]:
    """The four sheets that a lot shown on this day is counted on."""
    month = day.replace(day=1)
    spans = ((Span.SHOWN_DAY, day), (Span.SHOWN_MONTH, month))
    return [Key(version_id, place, *of) for place in (EVERYWHERE, site_id) for of in spans]
