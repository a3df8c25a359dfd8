"""Whether a process can be trusted to meet its target, as Making Data Count says it (S145)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sync.hub.analysis.xmr import Direction, Limits, Xmr


class Assurance(StrEnum):
    """What is to be expected of the next points."""

    PASS = "pass"  # noqa: S105 it is no password
    FAIL = "fail"
    HIT_AND_MISS = "hit-and-miss"


IN_WORDS: Final = {
    Assurance.PASS: "As things are, the target will be met each time.",
    Assurance.FAIL: "As things are, the target will not be met. Something has to change.",
    Assurance.HIT_AND_MISS: "As things are, the target will be met at times and missed at times, by chance.",
}


def assurance(lines: Limits, target: float, direction: Direction) -> Assurance | None:
    """None where neither way is the good one."""
    if direction is Direction.NEITHER:
        return None
    if target > lines.upper:
        return Assurance.FAIL if direction is Direction.UP else Assurance.PASS
    if target < lines.lower:
        return Assurance.PASS if direction is Direction.UP else Assurance.FAIL
    return Assurance.HIT_AND_MISS


def of_chart(chart: Xmr, target: float | None) -> Assurance | None:
    """By the lines of the last point; None without them or without a target."""
    last = chart.parts[-1].limits if chart.parts else None
    return None if target is None or last is None else assurance(last, target, chart.direction)
