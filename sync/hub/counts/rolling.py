"""Counting a great many responses that come in the order of their days: one day and one month are held, the rest is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from sync.hub.counts import counting, showing, suppression
from sync.hub.counts.counting import Columns, Plan, Told
from sync.hub.counts.sheets import Key
from sync.hub.counts.suppression import Rule
from sync.hub.models import EVERYWHERE, Sheet

Counts: TypeAlias = Mapping[Key, Columns]
Span = Sheet.Span
Place: TypeAlias = tuple[int, int]
"""A survey version and a site, by their ids."""


class Rolling:
    """Sheets that fill as time goes on. `keep` gets those of a day once it is over, and those of a month likewise.

    What may be shown (:mod:`sync.hub.counts.showing`) is looked at once a day: as if each site had sent one batch.
    """

    def __init__(self, keep: Callable[[Counts], object], rule: Rule) -> None:
        self._keep, self._rule = keep, rule
        self._day = date.min
        self._of_day, self._of_month, self._waiting = _columns(), _columns(), _columns()
        self._plans: dict[int, Plan] = {}

    def count(self, day: date, place: Place, plan: Plan, told: Told) -> None:
        """Count a response of `day`, never earlier than the one before."""
        if day != self._day:
            self.turn(day)
        version, site = place
        self._plans[version] = plan
        one = Columns()
        counting.count(one, plan, told)
        self._of_day[Key(version, site, Span.DAY, day)].add(one)
        self._waiting[_waits(version, site)].add(suppression.of_one(one, plan))

    def turn(self, day: date) -> None:
        """Nothing more comes from before `day`: keep what is over."""
        self._take_lots()
        for key, columns in list(self._of_day.items()):
            self._of_day[key._replace(place=EVERYWHERE)].add(columns)
        for key, columns in self._of_day.items():
            span = Span.MONTH if key.span == Span.DAY else Span.SHOWN_MONTH
            self._of_month[key._replace(span=span, first=key.first.replace(day=1))].add(columns)
        self._hand_over(self._of_day)
        if (day.year, day.month) != (self._day.year, self._day.month):
            self._hand_over(self._of_month)
        self._day = day

    def close(self) -> None:
        """Nothing more comes: keep what is held."""
        self.turn(date.max)
        self._hand_over(self._waiting)

    def _take_lots(self) -> None:
        for key in list(self._of_day):
            plan, waiting = self._plans[key.version_id], self._waiting[_waits(key.version_id, key.place)]
            lot = suppression.take_lots(waiting, self._rule, suppression.about_people(plan))
            if lot.headline:
                self._of_day[key._replace(span=Span.SHOWN_DAY)].add(lot)

    def _hand_over(self, columns: defaultdict[Key, Columns]) -> None:
        if columns:
            self._keep(columns)
            columns.clear()


def _columns() -> defaultdict[Key, Columns]:
    return defaultdict(Columns)


def _waits(version: int, site: int) -> Key:
    return Key(version, site, Span.WAITING, showing.ALWAYS)
