"""When two values are the same answer, and which comes first."""

from collections.abc import Hashable
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from kiosk.survey import Coding, Date, DateTime, Quantity, Time, Url, Value

Ordered = TypeVar("Ordered", Decimal, str, datetime)


def same(left: Value, right: Value) -> bool:
    """Whether two values are one answer: codings by system and code, numbers by amount, moments by instant."""
    return key(left) == key(right)


def key(value: Value) -> Hashable:
    """What two values that are the same answer have in common."""
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, int | Decimal):
        return (Decimal, value)
    if isinstance(value, Coding):  # without a code it is only its words: an open choice written down as a coding
        return (Coding, value.system, value.code, "" if value.code else value.display)
    if isinstance(value, Quantity):
        return (Quantity, value.value, _unit_key(value), value.comparator)
    if isinstance(value, Time):
        return (Time, _seconds(value.text))
    return (DateTime, _instant(value.text)) if isinstance(value, DateTime) else (type(value), value)


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


def _unit_key(quantity: Quantity) -> tuple[str, str]:
    return (quantity.system, quantity.code) if quantity.code else ("", quantity.unit)


def _sign(left: Ordered, right: Ordered) -> int:
    return (left > right) - (left < right)


def _seconds(text: str) -> str:
    """A time as text that sorts: ``09:30:00.500`` and ``09:30:00.5`` are one moment."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _instant(text: str) -> datetime | str:
    """The moment a text with time and zone names; the text itself where it names none (a leap second, a bare date)."""
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return text
    return moment if moment and moment.tzinfo else text


def _compare_moments(left: str, right: str) -> int | None:
    if "T" in left and "T" in right:
        first, second = _instant(left), _instant(right)
        if isinstance(first, datetime) and isinstance(second, datetime):
            return _sign(first, second)
        return _sign(left, right)
    left, right = left.partition("T")[0], right.partition("T")[0]
    shorter = min(len(left), len(right))
    order = _sign(left[:shorter], right[:shorter])
    return order if order or len(left) == len(right) else None
