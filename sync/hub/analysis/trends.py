"""From the sheets of counts to a chart: a point for each whole month or week in which somebody was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from sync.hub.analysis import good, xmr
from sync.hub.analysis.assurance import IN_WORDS, of_chart
from sync.hub.analysis.charts import Series, in_words
from sync.hub.analysis.figures import percent
from sync.hub.analysis.good import View
from sync.hub.counts import sheets
from sync.hub.counts.scopes import Scope
from sync.hub.models import Rebase, Target

Step = Literal["month", "week"]
MONTHS: Final = 24
WEEKS: Final = 52
PEOPLE: Final = View("people", "", "answered", "People who answered", frozenset(), frozenset(), xmr.Direction.NEITHER)
"""Not a part of people, but how many there were."""
CHOICES: Final = {**good.VIEWS, PEOPLE.name: PEOPLE}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which chart."""

    scope: Scope
    """Its dates are not looked at."""
    view: View
    step: Step = "month"
    screened: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart and what stands around it. `starts` are the first days of its points; `reasons` why it was rebased where."""

    wish: Wish
    series: Series
    starts: tuple[date, ...]
    parts: tuple[good.Part, ...]
    warnings: tuple[str, ...]
    reasons: dict[int, str]
    assurance: str


def period(step: Step, today: date) -> tuple[date, date]:
    """The last two years of whole months, or the last year of whole weeks: what has not ended is not drawn."""
    if step == "week":
        monday = today - timedelta(days=today.weekday())
        return monday - timedelta(weeks=WEEKS), monday - timedelta(days=1)
    number = today.year * 12 + today.month - 1 - MONTHS
    return date(number // 12, number % 12 + 1, 1), today.replace(day=1) - timedelta(days=1)


def trend(wish: Wish, today: date) -> Trend:
    """The chart that is wished for."""
    first, last = period(wish.step, today)
    headlines = sheets.headlines(replace(wish.scope, first=first, last=last), wish.step)
    counted = [(start, _part(wish.view, headline)) for start, headline in headlines.items()]
    points = [(start, part) for start, part in counted if part.n]
    starts, parts = tuple(start for start, _ in points), tuple(part for _, part in points)
    rebased = _rebased(wish.scope, starts)
    chart = xmr.xmr(_values(wish.view, parts), wish.view.direction, rebased, screened=wish.screened)
    people = tuple(part.n for part in parts)
    aim = target(wish)
    counting = wish.view is PEOPLE
    series = Series(
        title=f"{wish.view.title}, {wish.step} by {wish.step}",
        chart=chart,
        labels=tuple(_label(start, wish.step) for start in starts),
        people=people,
        target=aim,
        unit="" if counting else "%",
        most=float("inf") if counting else 100,
    )
    sure = of_chart(chart, aim)
    cautions = () if counting else xmr.warnings(people)
    return Trend(wish, series, starts, parts, tuple(cautions), rebased, IN_WORDS[sure] if sure else "")


def target(wish: Wish) -> float | None:
    """What part of people should give the good answers, where somebody has set it. The good view alone has a target."""
    if good.BY_MEASURE.get(wish.view.measure) != wish.view:
        return None
    found = Target.objects.filter(survey=wish.scope.survey, measure=wish.view.measure).first()
    return float(found.percent) if found else None


def rows(trend: Trend) -> list[list[object]]:
    """The figures of the chart, as a table."""
    unit = " percent" if trend.series.unit else ""

    found: list[list[object]] = [
        [
            trend.wish.step.title(),
            trend.wish.view.title + unit,
            "People",
            "Average",
            "Lower limit",
            "Upper limit",
            "What it means",
        ]
    ]
    for start, part, point in zip(trend.starts, trend.parts, trend.series.chart.points, strict=True):
        limits = point.part.limits
        drawn = [round(value, 2) for value in (limits.mean, limits.lower, limits.upper)] if limits else ["", "", ""]
        found.append([start.isoformat(), round(point.value, 2), part.n, *drawn, in_words(point)])
    return found


def _part(view: View, headline: sheets.Headline) -> good.Part:
    return good.Part(headline.n, headline.n) if view is PEOPLE else good.part(view, headline.measures)


def _values(view: View, parts: Sequence[good.Part]) -> list[float]:
    return [float(part.n) if view is PEOPLE else percent(part.count, part.n) for part in parts]


def _rebased(scope: Scope, starts: Sequence[date]) -> dict[int, str]:
    """Where a new part begins, and why: at the first point that starts on that day or later."""
    found: dict[int, str] = {}
    for one in Rebase.objects.filter(survey=scope.survey, site=scope.site):
        at = sum(start < one.day for start in starts)
        if 0 < at < len(starts):
            found[at] = one.why
    return found


def _label(start: date, step: Step) -> str:
    return f"{start:%b %y}" if step == "month" else f"{start.day} {start:%b}"
