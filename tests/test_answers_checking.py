"""Which answers will do: kind, options, how many, and every bound, with the bound that was broken."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kiosk.answers import Problem, ProblemKind as Is, check
from kiosk.survey import (
    Attachment,
    Coding,
    Date,
    DateTime,
    Kind,
    Limits,
    Option,
    Quantity,
    Question,
    Reference,
    Time,
    Url,
    Value,
    Wording,
)

KG = {"unit": "kg", "system": "urn:ucum", "code": "kg"}


def question(kind: Kind, **members: object) -> Question:
    return Question(**{"link_id": "q", "kind": kind, **members})  # type: ignore[arg-type]


def options(*values: Value, exclusive: Value | None = None) -> tuple[Option, ...]:
    return tuple(Option(value, Wording(str(value)), exclusive=value == exclusive) for value in values)


A_VALUE_OF: dict[Kind, Value] = {
    Kind.BOOLEAN: True,
    Kind.DECIMAL: Decimal("1.5"),
    Kind.INTEGER: 1,
    Kind.DATE: Date("2026"),
    Kind.DATE_TIME: DateTime("2026"),
    Kind.TIME: Time("10:00:00"),
    Kind.STRING: "words",
    Kind.TEXT: "words",
    Kind.URL: Url("https://a"),
    Kind.ATTACHMENT: Attachment("text/plain", "eA=="),
    Kind.REFERENCE: Reference(display="Dr Who"),
    Kind.QUANTITY: Quantity(Decimal(1)),
}


@pytest.mark.parametrize("kind", A_VALUE_OF)
def test_a_value_of_its_own_kind_will_do_and_of_another_will_not(kind: Kind) -> None:
    for other, value in A_VALUE_OF.items():
        fits = other is kind or {kind, other} == {Kind.STRING, Kind.TEXT} or (kind, other) == (Kind.DECIMAL, Kind.INTEGER)
        assert check(question(kind), (value,)) == (None if fits else Problem(Is.WRONG_FORM)), other


def test_a_required_question_needs_an_answer() -> None:
    assert check(question(Kind.STRING, required=True), ()) == Problem(Is.NEEDED)
    assert check(question(Kind.STRING), ()) is None


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.INTEGER, Kind.DATE, Kind.STRING])
def test_where_there_are_options_only_they_will_do(kind: Kind) -> None:
    value: Value = A_VALUE_OF.get(kind) or Coding("a", "s")
    others: dict[Kind, Value] = {Kind.CHOICE: Coding("b", "s"), Kind.INTEGER: 2, Kind.DATE: Date("2027"), Kind.STRING: "other"}
    offered = question(kind, options=options(value))
    assert check(offered, (value,)) is None
    assert check(offered, (others[kind],)) == Problem(Is.NOT_AN_OPTION)


def test_a_coding_is_an_option_by_system_and_code_not_by_its_words() -> None:
    offered = question(Kind.CHOICE, options=options(Coding("a", "s", "Apple")))
    assert check(offered, (Coding("a", "s", "Afal"),)) is None
    assert check(offered, (Coding("a", "t", "Apple"),)) == Problem(Is.NOT_AN_OPTION)


def test_an_open_choice_takes_other_words_but_no_other_coding() -> None:
    offered = question(Kind.OPEN_CHOICE, options=options(Coding("a", "s")))
    assert check(offered, ("something else",)) is None
    assert check(offered, (Coding("b", "s"),)) == Problem(Is.NOT_AN_OPTION)


def test_one_answer_unless_it_repeats_and_never_more_than_max_occurs_or_fewer_than_min_occurs() -> None:
    assert check(question(Kind.STRING), ("a", "b")) == Problem(Is.TOO_MANY, 1)
    several = question(Kind.STRING, repeats=True, limits=Limits(min_occurs=2, max_occurs=3))
    assert check(several, ("a",)) == Problem(Is.TOO_FEW, 2)
    assert check(several, ("a", "b", "c")) is None
    assert check(several, ("a", "b", "c", "d")) == Problem(Is.TOO_MANY, 3)


def test_an_exclusive_option_stands_alone() -> None:
    none = Coding("none", "s")
    offered = question(Kind.CHOICE, repeats=True, options=options(Coding("a", "s"), none, exclusive=none))
    assert check(offered, (none,)) is None
    assert check(offered, (Coding("a", "s"), none)) == Problem(Is.NOT_TOGETHER, none)


@pytest.mark.parametrize(
    ("kind", "low", "inside", "high"),
    [
        (Kind.INTEGER, 1, 5, 9),
        (Kind.DECIMAL, Decimal("1.1"), Decimal("1.5"), Decimal("1.9")),
        (Kind.DATE, Date("2026-01-01"), Date("2026-01-02"), Date("2026-01-03")),
        (
            Kind.DATE_TIME,
            DateTime("2026-01-01T10:00:00Z"),
            DateTime("2026-01-01T12:00:00+01:00"),
            DateTime("2026-01-01T11:30:00Z"),
        ),
        (Kind.TIME, Time("08:00:00"), Time("12:00:00"), Time("18:00:00")),
        (Kind.QUANTITY, Quantity(Decimal(1), **KG), Quantity(Decimal(5), **KG), Quantity(Decimal(9), **KG)),
    ],
)
def test_bounds_are_kept_and_named(kind: Kind, low: Value, inside: Value, high: Value) -> None:
    assert check(question(kind, limits=Limits(min_value=low, max_value=high)), (inside,)) is None
    assert check(question(kind, limits=Limits(min_value=low, max_value=high)), (low,)) is None
    assert check(question(kind, limits=Limits(min_value=inside)), (low,)) == Problem(Is.TOO_SMALL, inside)
    assert check(question(kind, limits=Limits(max_value=inside)), (high,)) == Problem(Is.TOO_LARGE, inside)


def test_a_quantity_is_held_against_a_bare_number_by_its_amount() -> None:
    bounded = question(Kind.QUANTITY, limits=Limits(max_value=Decimal(10)))
    assert check(bounded, (Quantity(Decimal(11), "kg"),)) == Problem(Is.TOO_LARGE, Decimal(10))


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1])
def test_an_integer_fits_in_32_bits_as_fhir_wants(value: int) -> None:
    problem = check(question(Kind.INTEGER), (value,))
    assert problem is not None
    assert problem.kind in {Is.TOO_LARGE, Is.TOO_SMALL}


def test_lengths_count_characters() -> None:
    bounded = question(Kind.TEXT, limits=Limits(min_length=2, max_length=4))
    assert check(bounded, ("é",)) == Problem(Is.TOO_SHORT, 2)
    assert check(bounded, ("😀😀😀😀",)) is None
    assert check(bounded, ("hello",)) == Problem(Is.TOO_LONG, 4)
    assert check(question(Kind.URL, limits=Limits(max_length=4)), (Url("https://a"),)) == Problem(Is.TOO_LONG, 4)


def test_the_length_of_an_attachment_is_its_bytes() -> None:
    bounded = question(Kind.ATTACHMENT, limits=Limits(max_length=4))
    assert check(bounded, (Attachment("text/plain", "YWJjZA=="),)) is None
    assert check(bounded, (Attachment("text/plain", "YWJjZGU="),)) == Problem(Is.TOO_LONG, 4)


def test_a_pattern_must_fit_the_whole_answer() -> None:
    bounded = question(Kind.STRING, limits=Limits(pattern="[A-Z]{2}[0-9]+"))
    assert check(bounded, ("LS1",)) is None
    assert check(bounded, ("LS1 and more",)) == Problem(Is.WRONG_FORM)


@pytest.mark.parametrize(("value", "fits"), [("1.23", True), ("1.230", True), ("1.234", False), ("100", True)])
def test_decimal_places_are_counted_without_closing_zeros(value: str, fits: bool) -> None:
    for kind, number in ((Kind.DECIMAL, Decimal(value)), (Kind.QUANTITY, Quantity(Decimal(value)))):
        problem = check(question(kind, limits=Limits(max_decimal_places=2)), (number,))
        assert problem == (None if fits else Problem(Is.TOO_MANY_DECIMALS, 2))


def test_a_slider_answer_stands_on_a_step_counted_from_its_least_value() -> None:
    slider = question(Kind.INTEGER, limits=Limits(min_value=1, slider_step=2))
    assert check(slider, (5,)) is None
    assert check(slider, (4,)) == Problem(Is.OFF_STEP, 2)


def test_of_several_answers_each_is_checked() -> None:
    bounded = question(Kind.STRING, repeats=True, limits=Limits(max_length=3))
    assert check(bounded, ("one", "three")) == Problem(Is.TOO_LONG, 3)
