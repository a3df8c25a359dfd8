"""Ids of responses."""

import uuid

from kiosk.identity import new_response_id


def test_an_id_is_a_version_seven_uuid() -> None:
    made = uuid.UUID(new_response_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = [new_response_id(now_ms) for now_ms in (1, 2, 1_000_000, 2**47)]
    assert made == sorted(made)


def test_no_two_ids_are_alike_even_when_the_clock_stands_still() -> None:
    assert len({new_response_id(5) for _ in range(10_000)}) == 10_000
