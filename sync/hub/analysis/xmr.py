"""Making Data Count charts of single values and moving ranges: mean, limits, and which points are more than chance. Pure.

The rules are S141 to S146. A chart is parted where it is rebased; mean, limits and rules belong to one part alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

LIMIT: Final = 2.66
"""So many average moving ranges from the mean lie the limits (S141)."""
NEAR: Final = 2 / 3
"""The inner lines lie so far on the way to the limits (S141)."""
SCREEN: Final = 3.267
"""A moving range of so many average ones, or more, is left out where outliers are screened (S142)."""
FEWEST: Final = 5
ENOUGH: Final = 12
"""Points a part needs for limits, and for limits that are no longer a trial (S146)."""
RUN: Final = 7
"""Points that make a trend or a shift (S143)."""
FEW_PEOPLE: Final = 20
MANY_TIMES: Final = 3
"""A point of fewer people, or one of so many times as many as another, calls for a warning (S149)."""


class Direction(StrEnum):
    """What is good (S144)."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Cause(StrEnum):
    """Why a point is more than chance; the first that holds, in this order (S143)."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two-of-three"
    SHIFT = "shift"


class Meaning(StrEnum):
    """What a point says (S144)."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines of one part of a chart (S141). They are not cut at 0 or 100: only the drawing is (S149)."""

    mean: float
    lower: float
    upper: float
    inner_lower: float
    inner_upper: float


@dataclass(frozen=True, slots=True)
class Part:
    """Points that share their lines: from `first` to before `end`. `trial`: fewer than 12 points (S146)."""

    first: int
    end: int
    limits: Limits | None
    trial: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One value; `high` says which way a special cause points: up or down."""

    value: float
    part: Part
    meaning: Meaning = Meaning.COMMON
    cause: Cause | None = None
    high: bool = False


@dataclass(frozen=True, slots=True)
class Xmr:
    """A chart's arithmetic. `screened`: whether great moving ranges were left out (S142)."""

    points: tuple[Point, ...]
    parts: tuple[Part, ...]
    direction: Direction
    screened: bool


def xmr(values: Sequence[float], direction: Direction, rebased_at: Iterable[int] = (), *, screened: bool = False) -> Xmr:
    """The chart of these values in order of time. `rebased_at` are the positions where a new part begins (S144)."""
    edges = sorted({0, len(values), *(at for at in rebased_at if 0 < at < len(values))})
    parts = tuple(_part(values, first, end, screened) for first, end in pairwise(edges))
    points = tuple(point for part in parts for point in _points(values[part.first : part.end], part, direction))
    return Xmr(points, parts, direction, screened)


def moving_ranges(values: Sequence[float]) -> list[float]:
    """How far each value is from the one before it (S141)."""
    return [abs(value - before) for before, value in pairwise(values)]


def limits(values: Sequence[float], *, screened: bool = False) -> Limits:
    """Mean and lines of two values or more (S141, S142)."""
    mean, ranges = _mean(values), moving_ranges(values)
    average = _mean(ranges)
    if screened:
        average = _mean([one for one in ranges if one < SCREEN * average] or ranges)
    far = LIMIT * average
    return Limits(mean, mean - far, mean + far, mean - NEAR * far, mean + NEAR * far)


def warnings(people: Sequence[int]) -> list[str]:
    """What to say about the number of people behind each point: XmR does not look at it (S149)."""
    counted = [n for n in people if n]
    if not counted:
        return []
    found = []
    if min(counted) < FEW_PEOPLE:
        found.append(f"Some points stand for fewer than {FEW_PEOPLE} people. They jump about more than others.")
    if max(counted) > MANY_TIMES * min(counted):
        found.append(
            f"The number of people differs a lot: from {min(counted)} to {max(counted)}. The limits do not allow for that."
        )
    return found


def _part(values: Sequence[float], first: int, end: int, screened: bool) -> Part:
    own = values[first:end]
    lines = limits(own, screened=screened) if len(own) >= FEWEST else None
    return Part(first, end, lines, trial=lines is not None and len(own) < ENOUGH)


def _points(values: Sequence[float], part: Part, direction: Direction) -> Iterable[Point]:
    if part.limits is None:
        return [Point(value, part) for value in values]
    found: dict[int, tuple[Cause, bool]] = {}
    for cause, rule in (
        (Cause.OUTSIDE, _outside),
        (Cause.TREND, _trend),
        (Cause.TWO_OF_THREE, _two_of_three),
        (Cause.SHIFT, _shift),
    ):
        for at, high in rule(values, part.limits):
            found.setdefault(at, (cause, high))
    return [_judged(value, part, found.get(at), direction) for at, value in enumerate(values)]


def _judged(value: float, part: Part, special: tuple[Cause, bool] | None, direction: Direction) -> Point:
    if special is None:
        return Point(value, part)
    cause, high = special
    if direction is Direction.NEITHER:
        return Point(value, part, Meaning.NEUTRAL, cause, high)
    good = high == (direction is Direction.UP)
    return Point(value, part, Meaning.IMPROVEMENT if good else Meaning.CONCERN, cause, high)


Flag = tuple[int, bool]
"""The position of a point, and whether its special cause points up."""


def _outside(values: Sequence[float], lines: Limits) -> Iterable[Flag]:
    """S143 a: strictly beyond a limit."""
    return [(at, value > lines.upper) for at, value in enumerate(values) if not lines.lower <= value <= lines.upper]


def _trend(values: Sequence[float], _lines: Limits) -> Iterable[Flag]:
    """S143 b: seven that rise, or fall, one after the other."""
    steps = [_sign(value - before) for before, value in pairwise(values)]
    return [(at + more, sign > 0) for at, sign in _runs(steps, RUN - 1) for more in range(RUN)]


def _two_of_three(values: Sequence[float], lines: Limits) -> Iterable[Flag]:
    """S143 c: of three on one side of the mean, two or more between an inner line and its limit. Those alone are flagged."""
    sides = [_sign(value - lines.mean) for value in values]
    for at, side in _runs(sides, 3):
        near = [one for one in range(at, at + 3) if _is_near(values[one], lines)]
        if len(near) >= 2:
            yield from ((one, side > 0) for one in near)


def _shift(values: Sequence[float], lines: Limits) -> Iterable[Flag]:
    """S143 d: seven strictly on one side of the mean."""
    sides = [_sign(value - lines.mean) for value in values]
    return [(at + more, side > 0) for at, side in _runs(sides, RUN) for more in range(RUN)]


def _is_near(value: float, lines: Limits) -> bool:
    return lines.inner_upper < value <= lines.upper or lines.lower <= value < lines.inner_lower


def _runs(signs: Sequence[int], length: int) -> Iterable[tuple[int, int]]:
    """Where so many of the same sign, and not nothing, begin."""
    return [(at, signs[at]) for at in range(len(signs) - length + 1) if signs[at] and len({*signs[at : at + length]}) == 1]


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


RULES: Final = {
    Cause.OUTSIDE: _outside,
    Cause.TREND: _trend,
    Cause.TWO_OF_THREE: _two_of_three,
    Cause.SHIFT: _shift,
}
"""In their order: the first that holds names the cause (S143)."""
