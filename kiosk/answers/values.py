"""When two values are the same answer, and which comes first."""

from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from kiosk.survey import Coding, Date, DateTime, Quantity, Time, Url, Value

Ordered = TypeVar("Ordered", Decimal, str, datetime)


def same(left: Value, right: Value) -> bool:
    """Whether two values are one answer: codings by system and code, numbers by amount, moments by instant."""
    if isinstance(left, Coding) and isinstance(right, Coding):
        return _coding_key(left) == _coding_key(right)
    if _is_number(left) and _is_number(right):
        return left == right
    if type(left) is not type(right):
        return False
    if isinstance(left, DateTime | Time | Quantity):
        return compare(left, right) == 0
    return left == right


def compare(left: Value, right: Value) -> int | None:
    """-1, 0 or 1; None where the two have no order: other kinds, other units, ``2024`` against ``2024-05``."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return _sign(left.value, right.value) if _unit_key(left) == _unit_key(right) else None
    if isinstance(left, Date | DateTime) and isinstance(right, Date | DateTime):
        return _compare_moments(left.text, right.text)
    if isinstance(left, Time) and isinstance(right, Time):
        return _sign(_seconds(left.text), _seconds(right.text))
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return None if isinstance(left, bool) or isinstance(right, bool) else _sign(Decimal(left), Decimal(right))
    if isinstance(left, str) and isinstance(right, str):
        return _sign(left, right)
    return _sign(left.text, right.text) if isinstance(left, Url) and isinstance(right, Url) else None


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _coding_key(coding: Coding) -> tuple[str, str, str]:
    """A coding without a code is only its words (an open choice written down as a coding)."""
    return (coding.system, coding.code, "" if coding.code else coding.display)


def _unit_key(quantity: Quantity) -> tuple[str, str]:
    return (quantity.system, quantity.code) if quantity.code else ("", quantity.unit)


def _sign(left: Ordered, right: Ordered) -> int:
    return (left > right) - (left < right)


def _seconds(text: str) -> str:
    """A time as text that sorts: ``09:30:00.500`` and ``09:30:00.5`` are one moment."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _compare_moments(left: str, right: str) -> int | None:
    if "T" in left and "T" in right:
        try:
            return _sign(datetime.fromisoformat(left), datetime.fromisoformat(right))
        except (ValueError, TypeError):  # a leap second, or a zone on one side only
            return _sign(left, right)
    left, right = left.partition("T")[0], right.partition("T")[0]
    shorter = min(len(left), len(right))
    order = _sign(left[:shorter], right[:shorter])
    return order if order or len(left) == len(right) else None
