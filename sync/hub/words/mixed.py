"""Where a comment stands among all comments: by month, and anywhere within its month.

Somebody who knows who was here on a day must not find that person's words by the order or the time they came (S157). So a
comment is given a place when it comes: the month in front, chance behind. Pages, searches and the next page all go by it.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Final

from django.utils import timezone

CHANCE_BITS: Final = 48
"""A million comments in one month draw the same place twice in one case of 500; whoever keeps them then draws again."""


def place(day: date) -> int:
    """A place for a comment that came on `day`."""
    return first(day) + secrets.randbits(CHANCE_BITS)


def this_month() -> int:
    """A place for a comment that comes now."""
    return place(timezone.localdate())


def first(day: date) -> int:
    """The first place of the month of `day`."""
    return (day.year * 12 + day.month - 1) << CHANCE_BITS


def after(day: date) -> int:
    """The first place of the month after."""
    return first(day) + (1 << CHANCE_BITS)
