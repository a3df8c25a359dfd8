"""The Friends and Family return of a month: six totals and the number by each method (S106), the whole of it.

What the devices brought is read from the month's sheets; what came on paper or another way is entered by staff. Once marked as
sent, a return is kept as it was and its month takes no more entries. A response belongs to the month in which it arrived,
so a month that is over cannot change by itself (S106). Figures are exact: they go to the commissioner, not on a page for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import holidays
import msgspec
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q

from sync.hub.analysis import figures
from sync.hub.counts import measures
from sync.hub.errors import ReturnRefused
from sync.hub.models import EVERYWHERE, MonthReturn, OtherMethod, Sheet, Site, SurveyVersion
from sync.hub.reporting import methods

DUE_WORKING_DAY = 12
"""Of the next month (S106)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One month at one site, or at all: how many gave each of the six answers, and how many answers came by each method."""

    month: date
    site: Site | None
    answers: dict[str, int]
    methods: dict[str, int]
    sent: MonthReturn | None = None

    @property
    def percentages(self) -> figures.FriendsAndFamily:
        """S108."""
        return figures.friends_and_family({(measures.FFT_ANSWERS, code): n for code, n in self.answers.items()})

    @property
    def total(self) -> int:
        return sum(self.answers.values())


def first_of(day: date) -> date:
    """The first of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first of the month after."""
    return first_of(month + timedelta(days=31))


def month_before(month: date) -> date:
    """The first of the month before."""
    return first_of(first_of(month) - timedelta(days=1))


def due(month: date) -> date:
    """The 12th working day of the month after, in England (S106)."""
    free = holidays.country_holidays("GB", subdiv="ENG")
    day, working = next_month(month) - timedelta(days=1), 0
    while working < DUE_WORKING_DAY:
        day += timedelta(days=1)
        working += day.weekday() < 5 and day not in free
    return day


def of(month: date, site: Site | None) -> Figures:
    """The return of `month` (its first day): as it was sent, or as it stands now."""
    sent = MonthReturn.objects.filter(month=month, site=site).select_related("sent_by").first()
    if sent is not None:
        return Figures(month, site, _ordered(sent.figures["answers"]), dict(sent.figures["methods"]), sent)
    by_method = by_each_method(month, site)
    answers = {code: sum(counts.get(code, 0) for counts in by_method.values()) for code in measures.FFT_CODES}
    return Figures(month, site, answers, {method: sum(counts.values()) for method, counts in by_method.items()})


def by_each_method(month: date, site: Site | None) -> dict[str, dict[str, int]]:
    """The six counts of each method that has any: what the devices brought, and what staff entered."""
    found: dict[str, dict[str, int]] = {}
    for method, counts in (*_from_devices(month, site), *_entered(month, site)):
        kept = found.setdefault(method or methods.KIOSK, dict.fromkeys(measures.FFT_CODES, 0))
        for code in measures.FFT_CODES:
            kept[code] += counts.get(code, 0)
    return {method: counts for method, counts in found.items() if any(counts.values())}


@dataclass(frozen=True, slots=True)
class Other:
    """What came by one other method in one month at one site."""

    month: date
    site: Site
    method: str
    counts: Mapping[str, int]


def enter(other: Other, who: User, now: datetime) -> None:
    """Put it in the place of what was entered before. Raises ReturnRefused once the month is sent."""
    _refuse_if_sent(other.month, other.site)
    place: dict[str, Any] = {"month": other.month, "site": other.site, "method": other.method}
    given = {code: other.counts[code] for code in measures.FFT_CODES if other.counts.get(code)}
    if given:
        values = {"counts": given, "entered_at": now, "entered_by": who}
        OtherMethod.objects.update_or_create(**place, defaults=values)
    else:
        OtherMethod.objects.filter(**place).delete()


@transaction.atomic
def mark_as_sent(month: date, site: Site | None, who: User, now: datetime, today: date) -> MonthReturn:
    """Keep the figures as they are, for good. Raises ReturnRefused for a month that is not over or was sent."""
    if next_month(month) > today:
        raise ReturnRefused("This month is not over yet. Its figures can still grow.")
    standing = of(month, site)
    kept = {"answers": standing.answers, "methods": standing.methods}
    try:
        with transaction.atomic():
            return MonthReturn.objects.create(month=month, site=site, figures=kept, sent_at=now, sent_by=who)
    except IntegrityError as twice:
        raise ReturnRefused("This return is marked as sent already.") from twice


def is_locked(month: date, site: Site) -> bool:
    """Whether a return that holds this site's month was sent: its own, or the one of all sites."""
    return MonthReturn.objects.filter(Q(site=site) | Q(site=None), month=month).exists()


def document(found: Figures) -> dict[str, Any]:
    """As JSON values: what ``kiosk hub report fft --json`` prints."""
    shares = found.percentages
    return {
        "month": f"{found.month:%Y-%m}",
        "site": found.site.name if found.site else None,
        "answers": found.answers,
        "methods": found.methods,
        "total": found.total,
        "positive_percent": shares.positive_percent,
        "negative_percent": shares.negative_percent,
        "sent": found.sent.sent_at.isoformat(timespec="seconds") if found.sent else None,
    }


def _from_devices(month: date, site: Site | None) -> Iterable[tuple[str, dict[str, int]]]:
    """Over every survey that asks the question."""
    versions = list(SurveyVersion.objects.values_list("pk", flat=True))  # named, for the index begins with them
    rows = Sheet.objects.filter(version__in=versions, place=site.pk if site else EVERYWHERE, span=Sheet.Span.MONTH, first=month)
    for groups in rows.values_list("groups", flat=True):
        for method, group in msgspec.json.decode(bytes(groups)).get("method", {}).items():
            yield method, group["measures"].get("fft", {})


def _entered(month: date, site: Site | None) -> Iterable[tuple[str, dict[str, int]]]:
    rows = OtherMethod.objects.filter(month=month)
    return (rows.filter(site=site) if site else rows).values_list("method", "counts")


def _refuse_if_sent(month: date, site: Site) -> None:
    if is_locked(month, site):
        raise ReturnRefused("This month's return was sent. It cannot change any more.")


def _ordered(answers: Mapping[str, int]) -> dict[str, int]:
    return {code: int(answers.get(code, 0)) for code in measures.FFT_CODES}
