"""Opening hours: what may be written, and how long a place was open."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.opening import hours, is_open, open_time

WEEK = {"monday": "08:00-12:00, 13:00-18:00", "tuesday": "08:00-18:00"}
MONDAY = datetime(2026, 11, 23, 0, 0)  # noqa: DTZ001 - a local time


def at(days: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return MONDAY + timedelta(days=days, hours=int(hour), minutes=int(minute))


def test_hours_are_kept_in_one_spelling_and_in_the_order_of_the_week() -> None:
    assert hours({"tuesday": "8:00 – 18:00", "monday": "13:00-18:00,08:00-12:00"}) == WEEK
    assert list(hours({"tuesday": "8:00-9:00", "monday": "8:00-9:00"})) == ["monday", "tuesday"]


@pytest.mark.parametrize("wrong", ["8-18", "18:00-08:00", "08:00-25:00", "08:00-12:00, 11:00-13:00", "always", 8])
def test_what_is_no_span_of_time_is_answered_with_an_example(wrong: object) -> None:
    with pytest.raises(ValueError, match="08:00-18:30"):
        hours({"monday": wrong})


@pytest.mark.parametrize("wrong", [{"mon": "08:00-09:00"}, "monday", ["monday"]])
def test_a_day_that_is_none_is_answered_with_the_seven(wrong: object) -> None:
    with pytest.raises(ValueError, match="saturday"):
        hours(wrong)


def test_a_place_is_open_from_the_first_minute_and_not_in_the_last() -> None:
    assert is_open(WEEK, at(0, "08:00"))
    assert not is_open(WEEK, at(0, "12:00"))
    assert not is_open(WEEK, at(5, "10:00"))
    assert is_open({}, at(5, "10:00"))


def test_only_open_time_is_counted() -> None:
    """Monday 17:00 to Tuesday 09:00: one hour, and one hour."""
    assert open_time(WEEK, at(0, "17:00"), at(1, "09:00")) == timedelta(hours=2)
    assert open_time(WEEK, at(0, "11:30"), at(0, "13:30")) == timedelta(hours=1)
    assert open_time(WEEK, at(2, "08:00"), at(6, "18:00")) == timedelta()


def test_without_hours_all_time_counts_and_none_before_its_start() -> None:
    assert open_time({}, at(0, "10:00"), at(1, "10:00")) == timedelta(days=1)
    assert open_time({}, at(1, "10:00"), at(0, "10:00")) == timedelta()


def test_the_day_when_the_clocks_go_back_has_its_usual_hours() -> None:
    """25 October 2026, a Sunday, in London: open from eight to ten is two hours."""
    london = ZoneInfo("Europe/London")
    start, end = datetime(2026, 10, 25, 0, 0, tzinfo=london), datetime(2026, 10, 25, 23, 0, tzinfo=london)
    assert open_time({"sunday": "08:00-10:00"}, start, end) == timedelta(hours=2)
