"""The hub under hostile requests: a short run of ``python -m tests.fuzz``."""

from __future__ import annotations

from tests.fuzz.rounds import play


def test_hostile_requests_bring_no_fault_out_of_the_hub_and_nothing_into_it() -> None:
    """No 5xx, no crash, memory within bounds; good requests are answered in between, and all that is stored validates."""
    result = play(1_500, 1)
    assert result.faults == []
    assert result.good == 60
    assert result.stored >= result.good
