"""When two values are one answer, and which comes first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kiosk.answers import compare, key, same
from kiosk.survey import Attachment, Coding, Date, DateTime, Quantity, Reference, Time, Url, Value

ALIKE: list[tuple[Value, Value]] = [
    (3, Decimal("3.0")),
    (Coding("a", "s", "Apple"), Coding("a", "s", "Afal", "2")),
    (DateTime("2026-01-01T10:00:00Z"), DateTime("2026-01-01T11:00:00+01:00")),
    (Time("10:00:00"), Time("10:00:00.000")),
    (Quantity(Decimal(5), "kg", "urn:ucum", "kg"), Quantity(Decimal("5.0"), "kilos", "urn:ucum", "kg")),
    (DateTime("2026-06-30T23:59:60Z"), DateTime("2026-06-30T23:59:60Z")),
]
UNLIKE: list[tuple[Value, Value]] = [
    (True, 1),
    (1, "1"),
    ("2026", Date("2026")),
    (Date("2026"), DateTime("2026")),
    (Coding("", "", "Apple"), Coding("", "", "Pear")),
    (Coding("a", "s"), Coding("a", "t")),
    (Quantity(Decimal(5), "kg"), Quantity(Decimal(5), "g")),
    (Quantity(Decimal(5), "kg"), Quantity(Decimal(5), "kg", comparator="<")),
    (Reference("Patient/1"), Reference("Patient/2")),
    (Attachment("text/plain", "eA=="), Attachment("text/plain", "eQ==")),
    (Url("https://a"), Url("https://b")),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_values_that_mean_the_same_are_the_same_answer(one: Value, other: Value) -> None:
    assert same(one, other)
    assert hash(key(one)) == hash(key(other))


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_values_that_mean_something_else_are_not(one: Value, other: Value) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, Decimal("1.5")),
        (Date("2026-01"), Date("2026-02-01")),
        (Date("2025"), DateTime("2026-01-01T10:00:00Z")),
        (DateTime("2026-06-30T23:59:59Z"), DateTime("2026-06-30T23:59:60Z")),
        (Time("09:00:00"), Time("10:00:00")),
        ("a", "b"),
        (Url("https://a"), Url("https://b")),
    ],
)
def test_values_in_order_are_below_and_above_each_other(one: Value, other: Value) -> None:
    assert (compare(one, other), compare(other, one), compare(one, one)) == (-1, 1, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        (1, "1"),
        (Coding("a"), Coding("b")),
        (Date("2026"), Date("2026-05")),
        (Time("10:00:00"), Date("2026")),
        (True, False),
    ],
)
def test_values_without_an_order_have_none(one: Value, other: Value) -> None:
    assert compare(one, other) is None
