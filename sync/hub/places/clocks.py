"""Devices' clocks against ours. They decide nothing here; staff are told when one is off."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from django.utils.dateparse import parse_datetime

OFF_SECONDS: Final = 120
UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def ahead_by_date(header: str, now: datetime) -> int | None:
    """How many seconds the sender's clock is ahead, by its Date header (RFC 9110, 6.6.1); None without a readable one."""
    try:
        told = parsedate_to_datetime(header)
        return round((told - now).total_seconds()) if told.tzinfo else None
    except (ValueError, OverflowError):
        return None


def ahead_by_report(said: object, now: datetime) -> int | None:
    """The same, by `device_time` in a report (sync.wire.REPORT_FIELDS). ValueError for what is no date and time."""
    if said is None:
        return None
    told = parse_datetime(str(said))
    if told is None or told.tzinfo is None:
        raise ValueError("device_time must be a date and time with a zone")
    return round((told - now).total_seconds())


def is_off(ahead_seconds: int | None) -> bool:
    """Whether the clock is off by more than two minutes."""
    return abs(ahead_seconds or 0) > OFF_SECONDS


def in_words(ahead_seconds: int | None) -> str:
    """``right``, or by how much it is off: ``5 minutes fast``, ``2 days slow``."""
    if not is_off(ahead_seconds):
        return "right"
    return f"{span(abs(ahead_seconds or 0))} {'fast' if (ahead_seconds or 0) > 0 else 'slow'}"


def span(seconds: int) -> str:
    """A length of time in its largest fitting unit: ``3 hours``."""
    for unit, length in UNITS:
        if seconds >= length:
            count = seconds // length
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"
