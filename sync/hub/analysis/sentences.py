"""Figures in words, the most important first."""

from __future__ import annotations

from datetime import date, timedelta

from sync.hub.analysis.differences import more_than_chance, two_parts
from sync.hub.analysis.figures import FriendsAndFamily, percent
from sync.hub.analysis.good import Part


def people(n: int) -> str:
    """``1 person``, ``1,200 people``."""
    return "1 person" if n == 1 else f"{n:,} people"


def share(part: Part) -> str:
    """``92% of 115 people``; never a percentage without its people."""
    return f"{percent(part.count, part.n):g}% of {people(part.n)}" if part.n else "nobody"


def in_short(total: int, fft: FriendsAndFamily | None) -> str:
    """What the page says in one or two sentences."""
    said = f"{people(total)} answered."
    if fft is None or not fft.n:
        return said
    of = "" if fft.n == total else f"Of the {people(fft.n)} who said how it was, "
    good, poor = f"{percent(fft.positive, fft.n):g}%", f"{percent(fft.negative, fft.n):g}%"
    return f"{said} {of}{good} said good or very good. {poor} said poor or very poor."


def compared(now: Part, before: Part, period: str) -> str:
    """The same part in the period before (`period`: ``in the 30 days before``), and whether it differs by more than chance."""
    if not now.n:
        return ""
    if not before.n:
        return f"There are no figures {period} to compare with."
    said = f"It was {share(before)} {period}."
    one, other = percent(now.count, now.n), percent(before.count, before.n)
    if one == other:
        return f"{said} That is the same."
    way = "more" if one > other else "less"
    if more_than_chance(two_parts(now, before)):
        return f"{said} It is {way} now, and that is more than chance."
    return f"{said} It is {way} now, but not more than chance."


def before(first: date, last: date) -> tuple[date, date]:
    """The period of the same length right before; before a whole month, the whole month before."""
    month_end = (last + timedelta(days=1)).day == 1
    if first.day == 1 and month_end:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        number = first.year * 12 + first.month - 1 - months
        return date(number // 12, number % 12 + 1, 1), first - timedelta(days=1)
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def length(first: date, last: date) -> str:
    """``in the 30 days before``, ``in the month before``, ``the day before``."""
    earlier, until = before(first, last)
    if earlier.day == 1 and first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (first.year - earlier.year) * 12 + first.month - earlier.month
        return "in the month before" if months == 1 else f"in the {months} months before"
    days = (until - earlier).days + 1
    return "the day before" if days == 1 else f"in the {days} days before"
