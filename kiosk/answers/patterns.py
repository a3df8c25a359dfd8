"""Patterns of the regex extension, matched in time proportional to the answer.

Python's own engine tries alternatives one after the other, so a careless or hostile pattern such as ``(a+)+$`` can hold it for
hours on thirty letters. This one walks all alternatives at once (Thompson's construction): a survey cannot make the screen
or the hub hang. The price is that looking around and referring back are not known; such patterns are refused when a survey
is read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_SIZE_LIMIT = 4_000
"""States of a pattern, after ``{n,m}`` is written out."""
_DEPTH_LIMIT = 40
_REPEAT = re.compile(r"([*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\\\]])*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:[dDwWsS]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[nrtfv]|[^A-Za-z0-9])", re.DOTALL)

Fits = Callable[[str], object]


class BadPattern(ValueError):
    """A pattern the kiosk cannot match; the text completes "it cannot be used: …"."""


@dataclass(frozen=True, slots=True)
class _One:
    """One character that fits."""

    fits: Fits


@dataclass(frozen=True, slots=True)
class _Edge:
    """The start (``^``) or the end (``$``)."""

    end: bool


@dataclass(frozen=True, slots=True)
class _All:
    parts: tuple["_Part", ...]


@dataclass(frozen=True, slots=True)
class _Any:
    branches: tuple["_Part", ...]


@dataclass(frozen=True, slots=True)
class _Times:
    part: "_Part"
    least: int
    most: int | None


_Part = _One | _Edge | _All | _Any | _Times


@dataclass(slots=True)
class _Step:
    """One state: eat a character (`fits`), stand at an edge, or go on to any of `to`."""

    to: tuple[int, ...] = ()
    fits: Fits | None = None
    edge: _Edge | None = None


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` has the form `pattern`. Raises BadPattern."""
    steps = compiled(pattern)
    states = _reached(steps, {0}, at_start=True, at_end=not text)
    for index, character in enumerate(text):
        eaten = {state + 1 for state in states if (fits := steps[state].fits) and fits(character)}
        if not eaten:
            return False
        states = _reached(steps, eaten, at_start=False, at_end=index == len(text) - 1)
    return len(steps) - 1 in states


@lru_cache(maxsize=256)
def compiled(pattern: str) -> tuple[_Step, ...]:
    """The states of `pattern`; the last one is its end. Raises BadPattern."""
    part, rest = _alternatives(pattern, 0, 0)
    if rest != len(pattern):
        raise BadPattern("a bracket closes that was never opened")
    steps: list[_Step] = []
    _emit(part, steps)
    return (*steps, _Step())


def _reached(steps: tuple[_Step, ...], states: set[int], *, at_start: bool, at_end: bool) -> set[int]:
    waiting, seen = list(states), set[int]()
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        step = steps[state]
        if step.edge is None:
            waiting += step.to
        elif at_end if step.edge.end else at_start:
            waiting.append(state + 1)
    return seen


# --- from a part to states ---------------------------------------------------------------------------------------------


def _emit(part: _Part, steps: list[_Step]) -> None:
    if len(steps) > _SIZE_LIMIT:
        raise BadPattern("it is too large")
    if isinstance(part, _One):
        steps.append(_Step(fits=part.fits))
    elif isinstance(part, _Edge):
        steps.append(_Step(edge=part))
    elif isinstance(part, _All):
        for each in part.parts:
            _emit(each, steps)
    elif isinstance(part, _Any):
        _emit_any(part, steps)
    else:
        _emit_times(part, steps)


def _emit_any(part: _Any, steps: list[_Step]) -> None:
    fork, ends, starts = _Step(), [], []
    steps.append(fork)
    for branch in part.branches:
        starts.append(len(steps))
        _emit(branch, steps)
        ends.append(_Step())
        steps.append(ends[-1])
    fork.to = tuple(starts)
    for end in ends:
        end.to = (len(steps),)


def _emit_times(part: _Times, steps: list[_Step]) -> None:
    for _ in range(part.least):
        _emit(part.part, steps)
    if part.most is None:
        fork = _Step()
        start = len(steps)
        steps.append(fork)
        _emit(part.part, steps)
        steps.append(_Step(to=(start,)))
        fork.to = (start + 1, len(steps))
        return
    forks = []
    for _ in range(part.most - part.least):
        forks.append((_Step(), len(steps)))
        steps.append(forks[-1][0])
        _emit(part.part, steps)
    for fork, at in forks:
        fork.to = (at + 1, len(steps))


# --- from text to parts ------------------------------------------------------------------------------------------------


def _alternatives(pattern: str, at: int, depth: int) -> tuple[_Part, int]:
    if depth > _DEPTH_LIMIT:
        raise BadPattern("its brackets are nested too deep")
    branches: list[_Part] = []
    while True:
        branch, at = _sequence(pattern, at, depth)
        branches.append(branch)
        if pattern[at : at + 1] != "|":
            return (branches[0] if len(branches) == 1 else _Any(tuple(branches))), at
        at += 1


def _sequence(pattern: str, at: int, depth: int) -> tuple[_Part, int]:
    parts: list[_Part] = []
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _atom(pattern, at, depth)
        repeat = _REPEAT.match(pattern, at)
        if repeat:
            part, at = _repeated(part, repeat.group(1)), repeat.end()
            if _REPEAT.match(pattern, at):
                raise BadPattern("something is repeated twice over")
        parts.append(part)
    return _All(tuple(parts)), at


def _repeated(part: _Part, sign: str) -> _Part:
    if sign in {"*", "+", "?"}:
        return _Times(part, int(sign == "+"), 1 if sign == "?" else None)
    least, comma, most = sign[1:-1].partition(",")
    upper = int(most) if most else None if comma else int(least)
    if upper is not None and upper < int(least):
        raise BadPattern(f"{sign} counts backwards")
    return _Times(part, int(least), upper)


def _atom(pattern: str, at: int, depth: int) -> tuple[_Part, int]:
    character = pattern[at]
    if character == "(":
        return _group(pattern, at, depth)
    if character in "^$":
        return _Edge(character == "$"), at + 1
    if character in "*+?":
        raise BadPattern(f"{character} has nothing to repeat")
    if character == "[":
        return _single(_CLASS.match(pattern, at), "a [ is never closed")
    if character == "\\":
        return _single(_ESCAPE.match(pattern, at), f"{pattern[at : at + 2]} is not known here")
    return (_One((lambda one: one not in "\n\r") if character == "." else character.__eq__)), at + 1


def _group(pattern: str, at: int, depth: int) -> tuple[_Part, int]:
    if pattern.startswith("(?", at) and not pattern.startswith("(?:", at):
        raise BadPattern("it has a group that looks around, has a name or sets a switch")
    part, end = _alternatives(pattern, at + (3 if pattern.startswith("(?:", at) else 1), depth + 1)
    if pattern[end : end + 1] != ")":
        raise BadPattern("a bracket is never closed")
    return part, end + 1


def _single(found: re.Match[str] | None, otherwise: str) -> tuple[_Part, int]:
    """A class or an escape: Python's own engine is safe for one character."""
    if found is None:
        raise BadPattern(otherwise)
    try:
        return _One(re.compile(found.group(), re.ASCII).fullmatch), found.end()
    except re.error:
        raise BadPattern(f"{found.group()[:40]} is not known here") from None
