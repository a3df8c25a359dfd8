"""Which responses are meant: a survey, a period and a place; and how a period is made of whole months and single days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sync.hub.models import EVERYWHERE, Sheet, Site, Survey

Span = Sheet.Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Responses received from `first` to `last` (London days, both included), at one site or at every site there is to see.

    `within` are the ids of the sites that the person who asks may see, None for all of them. `shown`: count only what may be
    shown to people (see :mod:`sync.hub.counts.suppression`), each answer on the day since when it is shown.
    """

    survey: Survey
    first: date
    last: date
    site: Site | None = None
    within: frozenset[int] | None = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sheets that follow each other: days, or months by their first days; both ends included."""

    span: Span
    first: date
    last: date


def places(scope: Scope) -> list[int]:
    """Whose sheets add up to `scope`, as `Sheet.place`. Empty where the person may see nothing of it."""
    if scope.site is not None:
        return [scope.site.pk] if scope.within is None or scope.site.pk in scope.within else []
    return [EVERYWHERE] if scope.within is None else sorted(scope.within)


def sites(scope: Scope) -> list[int]:
    """The sites of `scope` one by one."""
    return list(Site.objects.values_list("pk", flat=True)) if places(scope) == [EVERYWHERE] else places(scope)


def stretches(first: date, last: date) -> Iterator[Stretch]:
    """The period in the fewest sheets: days up to the first whole month, whole months, and the days after them."""
    months_from = first if first.day == 1 else after_month(first)
    months_until = last.replace(day=1) if last != end_of_month(last) else after_month(last)
    if months_from >= months_until:
        yield Stretch(Span.DAY, first, last)
        return
    if first < months_from:
        yield Stretch(Span.DAY, first, months_from - timedelta(days=1))
    yield Stretch(Span.MONTH, months_from, months_until - timedelta(days=1))
    if months_until <= last:
        yield Stretch(Span.DAY, months_until, last)


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def after_month(day: date) -> date:
    """The first of the month after."""
    return end_of_month(day) + timedelta(days=1)
