"""Opening hours of a place, by day of the week, in its own local time. Pure: whoever asks brings the moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any, TypeAlias

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Hours: TypeAlias = Mapping[str, str]
"""By day, one or more spans: ``{"monday": "08:00-12:30, 13:30-18:00"}``. A day that is left out is closed."""
HOW = 'Write times such as "08:00-18:30", or two of them: "08:00-12:30, 13:30-18:00".'
_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)")
_DAY_MINUTES = 24 * 60


def hours(value: Any) -> dict[str, str]:
    """`value` as it is kept: days in their order, times with two digits. ValueError, with a sentence, for anything else."""
    if not isinstance(value, Mapping):
        raise ValueError(f"write a table with the days {', '.join(DAYS)}.")
    strange = next((day for day in value if day not in DAYS), None)
    if strange is not None:
        raise ValueError(f'"{strange}" is no day of the week. Write one of: {", ".join(DAYS)}.')
    return {day: spans_in_words(value[day]) for day in DAYS if value.get(day)}


def spans_in_words(text: Any) -> str:
    """One day's times in their usual spelling. ValueError."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in _spans(text))


def is_open(place: Hours, moment: datetime) -> bool:
    """Whether the place is open at `moment`, a local time; always, where no hours are known."""
    minute = moment.hour * 60 + moment.minute
    return not place or any(start <= minute < end for start, end in _on(place, moment))


def open_time(place: Hours, start: datetime, end: datetime) -> timedelta:
    """How long the place was open from `start` to `end`, two local times; all of it, where no hours are known."""
    if not place or end <= start:
        return max(timedelta(), end - start)
    total, day = timedelta(), datetime.combine(start.date(), time(), start.tzinfo)
    while day < end:
        for first, last in _on(place, day):
            opens, closes = day + timedelta(minutes=first), day + timedelta(minutes=last)
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return total


def _on(place: Hours, day: datetime) -> list[tuple[int, int]]:
    return _spans(place.get(DAYS[day.weekday()], ""))


def _spans(text: Any) -> list[tuple[int, int]]:
    """(first, last) minute of the day of each span, ascending."""
    if not isinstance(text, str):
        raise ValueError(HOW)
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        span = _SPAN.fullmatch(part)
        numbers = [int(number) for number in span.groups()] if span else [0, 0, 0, 0]
        start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
        if span is None or not start < end <= _DAY_MINUTES:
            raise ValueError(f'"{part[:40]}" will not do. {HOW}')
        found.append((start, end))
    found.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise ValueError(f'"{text[:60]}" has times that overlap. {HOW}')
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
