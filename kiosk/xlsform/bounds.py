"""The column constraint to what FHIR can bound: minValue, maxValue, maxLength, minLength, regex, how many may be chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from kiosk.answers.patterns import BadPattern, compiled
from kiosk.fhir.extensions import MAX_OCCURS, MAX_VALUE, MIN_LENGTH, MIN_OCCURS, MIN_VALUE, REGEX
from kiosk.xlsform.expressions import Compare, Fits, Joined, Not, NotUnderstood, Of, Part, Selected, parse
from kiosk.xlsform.literals import ANSWERS, is_number, literal, number

_WORDS: Final = frozenset({"string", "text"})
_BOUNDED: Final = frozenset({"integer", "decimal", "date", "time", "dateTime"})
_SIDES: Final = {">": (True, False), ">=": (True, True), "<": (False, False), "<=": (False, True)}
"""Of each sign: whether it sets the least, and whether the value itself is allowed."""


@dataclass(slots=True)
class Bounds:
    """What a constraint comes to: FHIR's bounds, and the names of choices that stand alone."""

    fhir: str
    many: bool = False
    extensions: dict[str, dict[str, object]] = field(default_factory=dict)
    max_length: int | None = None
    exclusive: set[str] = field(default_factory=set)

    def bound(self, url: str, value: dict[str, object]) -> None:
        if url in self.extensions:
            raise NotUnderstood("It sets the same limit twice.")
        self.extensions[url] = {"url": url, **value}

    def members(self) -> dict[str, object]:
        """The members of the item."""
        extension = {"extension": list(self.extensions.values())} if self.extensions else {}
        return {**extension, **({"maxLength": self.max_length} if self.max_length else {})}


def read_bounds(text: str, bounds: Bounds) -> None:
    """Add what a constraint says to `bounds`. Raises NotUnderstood."""
    for part in _all_of(parse(text)):
        _add(part, bounds)


def _all_of(part: Part) -> list[Part]:
    if not isinstance(part, Joined):
        return [part]
    if part.any_is_enough:
        raise NotUnderstood("It joins limits with or; a kiosk can hold only limits joined with and.")
    return [one for inner in part.parts for one in _all_of(inner)]


def _add(part: Part, bounds: Bounds) -> None:
    if isinstance(part, Not):
        bounds.exclusive.add(_alone(part.part, bounds))
    elif isinstance(part, Fits):
        _pattern(part, bounds)
    elif isinstance(part, Compare) and part.left.name == ".":
        _compare(part, bounds)
    else:
        raise NotUnderstood("A limit must be about the row's own answer, written as a full stop.")


def _alone(part: Part, bounds: Bounds) -> str:
    """The choice in ``not(selected(., 'none') and count-selected(.) > 1)``: it goes with no other."""
    parts = part.parts if isinstance(part, Joined) and not part.any_is_enough else ()
    chosen = [one.code for one in parts if isinstance(one, Selected) and one.of == Of(".")]
    counts = [one for one in parts if isinstance(one, Compare) and one.left == Of(".", "count")]
    several = [(one.operator, one.right.text) in {(">", "1"), (">=", "2")} for one in counts]
    if not bounds.many or len(parts) != 2 or len(chosen) != 1 or several != [True]:
        raise NotUnderstood("not() works only as not(selected(., 'none') and count-selected(.) > 1).")
    return chosen[0]


def _pattern(part: Fits, bounds: Bounds) -> None:
    if part.of != Of(".") or bounds.fhir not in _WORDS:
        raise NotUnderstood("regex() works only on the row's own answer, of the type text.")
    try:
        compiled(part.pattern)
    except BadPattern as bad:
        raise NotUnderstood(f"The kiosk cannot use this regex: {bad}.") from None
    bounds.bound(REGEX, {"valueString": part.pattern})


def _compare(part: Compare, bounds: Bounds) -> None:
    if part.left.measure == "length":
        _length(part, bounds)
    elif part.left.measure == "count":
        _count(part, bounds)
    elif bounds.fhir not in _BOUNDED or part.operator not in _SIDES:
        raise NotUnderstood("Limits of a value work only on numbers, dates and times, with <, <=, > or >=.")
    else:
        least, is_in = _SIDES[part.operator]
        name, value = _value(bounds.fhir, part.right.text, least, is_in)
        bounds.bound(MIN_VALUE if least else MAX_VALUE, {f"value{name}": value})


def _value(fhir: str, text: str, least: bool, is_in: bool) -> tuple[str, object]:
    """The end of ``value[x]`` and the bound itself, moved by one where the value is not allowed."""
    step = 0 if is_in else (1 if least else -1)
    if fhir == "integer" and is_number(text) and isinstance(number(text), float):
        return "Decimal", number(text)
    value = literal(fhir, text)
    if not step:
        return ANSWERS[fhir], value
    if fhir == "integer" and isinstance(value, int):
        return "Integer", value + step
    if fhir == "date" and isinstance(value, str):
        try:
            return "Date", (dt.date.fromisoformat(value) + dt.timedelta(days=step)).isoformat()
        except OverflowError:
            raise NotUnderstood(f'"{value}" is too far away for a limit.') from None
    raise NotUnderstood(f"The kiosk has no limit that leaves out {text[:20]} itself. Write {'>=' if least else '<='}.")


def _length(part: Compare, bounds: Bounds) -> None:
    if bounds.fhir not in _WORDS:
        raise NotUnderstood("string-length() works only on the type text.")
    for least, value in _whole_sides(part):
        if least:
            bounds.bound(MIN_LENGTH, {"valueInteger": value})
        elif bounds.max_length is not None or value < 1:
            raise NotUnderstood("It leaves no room to write, or sets the same limit twice.")
        else:
            bounds.max_length = value


def _count(part: Compare, bounds: Bounds) -> None:
    if not bounds.many:
        raise NotUnderstood("count-selected() works only on select_multiple.")
    for least, value in _whole_sides(part):
        if value < 1 and not least:
            raise NotUnderstood("It leaves nothing that could be chosen.")
        bounds.bound(MIN_OCCURS if least else MAX_OCCURS, {"valueInteger": value})


def _whole_sides(part: Compare) -> list[tuple[bool, int]]:
    """Whether it is the least, and the whole number allowed: one side, or both for ``=``."""
    value = literal("integer", part.right.text)
    if not isinstance(value, int) or part.operator == "!=" or value < 0:
        raise NotUnderstood("Write how many with <=, >= or =.")
    if part.operator == "=":
        return [(True, value), (False, value)]
    least, is_in = _SIDES[part.operator]
    return [(least, value + (0 if is_in else (1 if least else -1)))]
