"""How long to wait: full-jitter back-off, Retry-After. Pure: chance and time are given, never taken."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

MAX_EXPONENT: Final = 20
"""A kiosk may be offline for months: an exponent that only grows overflows in the end."""
LONGEST_RETRY_AFTER_SECONDS: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Wait:
    """A time to wait: at least so much, and a random share of the spread."""

    at_least_seconds: float = 0.0
    spread_seconds: float = 0.0

    def drawn(self, chance: float) -> float:
        """The seconds to wait, for a `chance` from 0 to 1."""
        return self.at_least_seconds + self.spread_seconds * chance


@dataclass(frozen=True, slots=True)
class Pace:
    """The courier's times."""

    first_seconds: float = 5.0
    longest_seconds: float = 900.0
    errand_seconds: float = 900.0
    """Between two looks for new surveys, each with a health report."""
    start_spread_seconds: float = 0.0
    """The first contact comes at a random moment within so long: a power cut starts every kiosk of a town at once."""
    keep_sent_seconds: float = 30 * 86400.0
    """How long an acknowledged response stays on the device."""


def back_off(failures: int, pace: Pace) -> Wait:
    """Full jitter: anything from nothing to a ceiling that doubles with each failure in a row (1 for the first)."""
    exponent = min(max(failures - 1, 0), MAX_EXPONENT)
    return Wait(0.0, min(pace.longest_seconds, pace.first_seconds * 2**exponent))


def after(retry_after_seconds: float, pace: Pace) -> Wait:
    """What the centre asked for, and a little of our own so that not every kiosk comes back at once."""
    return Wait(retry_after_seconds, max(pace.first_seconds, retry_after_seconds / 10))


def retry_after_seconds(header: str, date_header: str) -> float | None:
    """A Retry-After header in seconds, at most an hour; a date counts from the server's own Date. None when unreadable."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_RETRY_AFTER_SECONDS)
    at, now = http_date(text), http_date(date_header)
    if at is None or now is None:
        return None
    return min(max(at - now, 0.0), LONGEST_RETRY_AFTER_SECONDS)


def http_date(header: str) -> float | None:
    """An HTTP date in seconds since 1970, or None."""
    try:
        at: datetime = parsedate_to_datetime(header)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
