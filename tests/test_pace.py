"""How long the courier waits."""

import pytest
from hypothesis import given, strategies

from sync.pace import Pace, Wait, after, back_off, http_date, retry_after_seconds

PACE = Pace()
NOON = "Tue, 01 Dec 2026 12:00:00 GMT"
FIVE_PAST = "Tue, 01 Dec 2026 12:05:00 GMT"


def test_back_off_doubles_from_five_seconds_and_ends_at_fifteen_minutes() -> None:
    ceilings = [back_off(failures, PACE).spread_seconds for failures in range(1, 11)]
    assert ceilings == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


@pytest.mark.parametrize("failures", [1_024, 10**6, 10**30])
def test_a_kiosk_offline_for_months_does_not_overflow(failures: int) -> None:
    assert back_off(failures, PACE).drawn(1.0) == 900


@given(strategies.integers(min_value=0), strategies.floats(0, 1))
def test_back_off_is_full_jitter_anything_up_to_its_ceiling(failures: int, chance: float) -> None:
    assert 0 <= back_off(failures, PACE).drawn(chance) <= 900


def test_retry_after_is_waited_out_and_a_little_more() -> None:
    wait = after(120, PACE)
    assert (wait.drawn(0.0), wait.drawn(1.0)) == (120, 132)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        (" 7 ", 7),
        (FIVE_PAST, 300),
        (NOON, 0),
        ("99999999999999", 3600),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_by_the_servers_own_clock(header: str, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOON) == seconds


def test_a_retry_after_date_without_the_servers_date_is_not_guessed_at() -> None:
    assert retry_after_seconds(FIVE_PAST, "") is None


@given(strategies.text())
def test_no_header_whatever_it_holds_is_an_error(header: str) -> None:
    retry_after_seconds(header, header)
    http_date(header)


def test_a_wait_is_a_least_time_and_a_share_of_its_spread() -> None:
    assert Wait(10, 4).drawn(0.5) == 12
