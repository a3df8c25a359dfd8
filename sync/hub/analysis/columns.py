"""How many people came when: a column for each day, week or month of a period, whichever makes a chart that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

LONGEST_IN_DAYS: Final = 62
LONGEST_IN_WEEKS: Final = 400
Step = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Columns:
    """`columns` in order of time, those without anybody too; `path` draws them 1 wide and at most 100 high."""

    step: Step
    columns: tuple[tuple[date, int], ...]

    @property
    def most(self) -> int:
        return max((count for _, count in self.columns), default=0)

    @property
    def path(self) -> str:
        heights = [round(100 * count / self.most, 1) if self.most else 0 for _, count in self.columns]
        return "".join(f"M{at}.1 100v-{height}h.8v{height}z" for at, height in enumerate(heights) if height)


def of(days: Mapping[date, int], first: date, last: date) -> Columns:
    """The columns of a period; a week or month that it cuts holds what lies within. Of months, from the first with anybody."""
    length = (last - first).days + 1
    step: Step = "day" if length <= LONGEST_IN_DAYS else "week" if length <= LONGEST_IN_WEEKS else "month"
    counts: dict[date, int] = {}
    for day in _between(days, first, last) if step == "month" else _between((first, last), first, last):
        counts.setdefault(_start(day, step), 0)
    for day, count in days.items():
        counts[_start(day, step)] += count
    return Columns(step, tuple(sorted(counts.items())))


def _between(days: Iterable[date], first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last of `days`."""
    since, until = min(days, default=last), max(days, default=first)
    return (since + timedelta(days=after) for after in range((until - since).days + 1))


def _start(day: date, step: Step) -> date:
    match step:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
