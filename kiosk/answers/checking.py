"""Whether an answer will do: kind, options, bounds (FHIR R4 item types and their extensions)."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from kiosk.answers.patterns import matches
from kiosk.answers.problems import Problem, ProblemKind
from kiosk.answers.values import compare, same
from kiosk.survey import (
    Attachment,
    Coding,
    Date,
    DateTime,
    Kind,
    Limits,
    Quantity,
    Question,
    Reference,
    Time,
    Url,
    Value,
)

MOST = 2**31 - 1
LEAST = -(2**31)
"""Bounds of a FHIR integer."""

_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.BOOLEAN: (bool,),
    Kind.DECIMAL: (Decimal, int),
    Kind.INTEGER: (int,),
    Kind.DATE: (Date,),
    Kind.DATE_TIME: (DateTime,),
    Kind.TIME: (Time,),
    Kind.STRING: (str,),
    Kind.TEXT: (str,),
    Kind.URL: (Url,),
    Kind.CHOICE: (Coding, int, Date, Time, str, Reference),
    Kind.OPEN_CHOICE: (Coding, int, Date, Time, str, Reference),
    Kind.ATTACHMENT: (Attachment,),
    Kind.REFERENCE: (Reference,),
    Kind.QUANTITY: (Quantity,),
}


def check(question: Question, values: tuple[Value, ...]) -> Problem | None:
    """The first problem with `values` as the whole answer to `question`; None when they will do."""
    if not values:
        return Problem(ProblemKind.NEEDED) if question.required else None
    return check_number_of(question, values) or next(
        (problem for value in values if (problem := check_one(question, value))), None
    )


def check_number_of(question: Question, values: tuple[Value, ...]) -> Problem | None:
    """What is wrong with how many answers there are, or with their being together (repeats, min/maxOccurs, optionExclusive)."""
    most = question.limits.max_occurs if question.repeats else 1
    if most is not None and len(values) > most:
        return Problem(ProblemKind.TOO_MANY, most)
    if len(values) < (question.limits.min_occurs or 0):
        return Problem(ProblemKind.TOO_FEW, question.limits.min_occurs)
    if len(values) > 1:
        for option in question.options:
            if option.exclusive and any(same(option.value, value) for value in values):
                return Problem(ProblemKind.NOT_TOGETHER, option.value)
    return None


def check_one(question: Question, value: Value) -> Problem | None:
    """What is wrong with one value, whatever the others are."""
    if not has_kind(question.kind, value):
        return Problem(ProblemKind.WRONG_FORM)
    if not _is_offered(question, value):
        return Problem(ProblemKind.NOT_AN_OPTION)
    return next(_broken_limits(question, value), None)


def has_kind(kind: Kind, value: Value) -> bool:
    """Whether a question of this kind can have such a value at all."""
    return isinstance(value, _TYPES.get(kind, ())) and (not isinstance(value, bool) or kind is Kind.BOOLEAN)


def _is_offered(question: Question, value: Value) -> bool:
    if not question.options or any(same(option.value, value) for option in question.options):
        return True
    return question.kind is Kind.OPEN_CHOICE and isinstance(value, str)


def _broken_limits(question: Question, value: Value) -> Iterator[Problem]:
    limits = question.limits
    yield from _out_of_range(limits, value)
    for rule in _RULES:
        problem = rule(question, value)
        if problem:
            yield problem


def _out_of_range(limits: Limits, value: Value) -> Iterator[Problem]:
    if isinstance(value, int) and not isinstance(value, bool):
        if value > MOST:
            yield Problem(ProblemKind.TOO_LARGE, MOST)
        if value < LEAST:
            yield Problem(ProblemKind.TOO_SMALL, LEAST)
    if limits.min_value is not None and _stands_to(value, limits.min_value) == -1:
        yield Problem(ProblemKind.TOO_SMALL, limits.min_value)
    if limits.max_value is not None and _stands_to(value, limits.max_value) == 1:
        yield Problem(ProblemKind.TOO_LARGE, limits.max_value)


def _stands_to(value: Value, bound: Value) -> int | None:
    """A quantity is held against a bare number by its amount."""
    if isinstance(value, Quantity) and not isinstance(bound, Quantity):
        return compare(value.value, bound)
    return compare(value, bound)


def _length(question: Question, value: Value) -> Problem | None:
    length, limits = _length_of(value), question.limits
    if length is None:
        return None
    if limits.max_length is not None and length > limits.max_length:
        return Problem(ProblemKind.TOO_LONG, limits.max_length)
    if limits.min_length is not None and length < limits.min_length:
        return Problem(ProblemKind.TOO_SHORT, limits.min_length)
    return None


def _length_of(value: Value) -> int | None:
    """Characters; of an attachment bytes, which base64 writes four for three."""
    if isinstance(value, Attachment):
        return len(value.data.rstrip("=")) * 3 // 4
    text = written(value)
    return None if text is None else len(text)


def _pattern(question: Question, value: Value) -> Problem | None:
    text = written(value)
    if question.limits.pattern is None or text is None or matches(question.limits.pattern, text):
        return None
    return Problem(ProblemKind.WRONG_FORM)


def _decimals(question: Question, value: Value) -> Problem | None:
    most = question.limits.max_decimal_places
    number = value.value if isinstance(value, Quantity) else value
    if most is None or not isinstance(number, Decimal):
        return None
    exponent = number.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return Problem(ProblemKind.TOO_MANY_DECIMALS, most) if places > most else None


def _step(question: Question, value: Value) -> Problem | None:
    step = question.limits.slider_step
    if not step or not isinstance(value, int | Decimal) or isinstance(value, bool):
        return None
    start = question.limits.min_value
    offset = value - (start if isinstance(start, int | Decimal) else 0)
    return Problem(ProblemKind.OFF_STEP, step) if offset % step else None


def written(value: Value) -> str | None:
    """A value as its characters, for lengths and patterns; None for kinds that have none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, Url | Date | DateTime | Time):
        return value.text
    return format(value, "f") if isinstance(value, Decimal) else str(value) if isinstance(value, int) else None


_RULES: tuple[Callable[[Question, Value], Problem | None], ...] = (_length, _pattern, _decimals, _step)
