"""enableWhen: every operator and kind of value, nearest occurrence, chains, and what is switched off counts as unanswered."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kiosk.answers import is_enabled, pruned
from kiosk.survey import (
    Answers,
    AnyItem,
    Coding,
    Condition,
    Date,
    DateTime,
    Kind,
    Operator,
    Place,
    Quantity,
    Question,
    Reference,
    Section,
    Survey,
    Time,
    Url,
    Value,
)


def question(link_id: str, kind: Kind = Kind.STRING, *, when: Condition | None = None, **members: object) -> Question:
    conditions = (when,) if when else ()
    return Question(link_id=link_id, kind=kind, conditions=conditions, **members)  # type: ignore[arg-type]


def form(*items: AnyItem) -> Survey:
    return Survey(
        url="u", version="1", title=Question(link_id="", kind=Kind.TEXT).text, language="en", languages=("en",), items=items
    )


def asks(kind: Kind, operator: Operator, bound: Value, *values: Value) -> bool:
    """Whether "then" is asked when "first" is answered with `values`."""
    survey = form(question("first", kind, repeats=True), question("then", when=Condition("first", operator, bound)))
    return is_enabled(survey, {Place("first"): values} if values else {}, Place("then"))


KG = {"unit": "kg", "system": "urn:ucum", "code": "kg"}


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        (Kind.INTEGER, 2, 10),
        (Kind.DECIMAL, Decimal("2.5"), Decimal(10)),
        (Kind.DATE, Date("2025-12-31"), Date("2026-01-01")),
        (Kind.DATE, Date("2025"), Date("2026-01-01")),
        (Kind.DATE_TIME, DateTime("2026-01-01T10:00:00+01:00"), DateTime("2026-01-01T09:30:00Z")),
        (Kind.TIME, Time("09:00:00"), Time("09:00:00.5")),
        (Kind.STRING, "apple", "pear"),
        (Kind.QUANTITY, Quantity(Decimal(2), **KG), Quantity(Decimal(10), **KG)),
    ],
)
def test_every_operator_works_on_every_kind_that_has_an_order(kind: Kind, low: Value, high: Value) -> None:
    expected = {
        Operator.EQUALS: (False, True, False),
        Operator.DIFFERS: (True, False, True),
        Operator.ABOVE: (False, False, True),
        Operator.BELOW: (True, False, False),
        Operator.AT_LEAST: (False, True, True),
        Operator.AT_MOST: (True, True, False),
    }
    for operator, (below, at, above) in expected.items():
        assert asks(kind, operator, high, low) is below, operator
        assert asks(kind, operator, low, low) is at, operator
        assert asks(kind, operator, low, high) is above, operator


@pytest.mark.parametrize(
    ("kind", "value", "other"),
    [
        (Kind.BOOLEAN, True, False),
        (Kind.CHOICE, Coding("a", "s", "Apple"), Coding("a", "t", "Apple")),
        (Kind.OPEN_CHOICE, "words", Coding("", "", "words")),
        (Kind.REFERENCE, Reference("Patient/1"), Reference("Patient/2")),
        (Kind.URL, Url("https://a"), Url("https://b")),
        (Kind.QUANTITY, Quantity(Decimal(1), **KG), Quantity(Decimal(1), "g", "urn:ucum", "g")),
        (Kind.DATE, Date("2026"), Date("2026-01")),
    ],
)
def test_equal_and_different_work_on_every_kind(kind: Kind, value: Value, other: Value) -> None:
    assert asks(kind, Operator.EQUALS, value, value)
    assert not asks(kind, Operator.EQUALS, value, other)
    assert asks(kind, Operator.DIFFERS, value, other)
    assert not asks(kind, Operator.DIFFERS, value, value)


def test_a_coding_is_the_same_whatever_its_words() -> None:
    assert asks(Kind.CHOICE, Operator.EQUALS, Coding("a", "s"), Coding("a", "s", "Afal"))


def test_exists_is_about_any_answer() -> None:
    assert asks(Kind.STRING, Operator.EXISTS, True, "x")
    assert not asks(Kind.STRING, Operator.EXISTS, True)
    assert asks(Kind.STRING, Operator.EXISTS, False)
    assert not asks(Kind.STRING, Operator.EXISTS, False, "x")


def test_of_several_answers_one_is_enough_but_for_different_none_may_be_equal() -> None:
    assert asks(Kind.INTEGER, Operator.EQUALS, 2, 1, 2)
    assert asks(Kind.INTEGER, Operator.ABOVE, 1, 1, 2)
    assert not asks(Kind.INTEGER, Operator.DIFFERS, 2, 1, 2)


def test_different_holds_without_an_answer_as_r4_defines_it() -> None:
    assert asks(Kind.INTEGER, Operator.DIFFERS, 2)


def test_values_without_an_order_are_neither_above_nor_below() -> None:
    for operator in (Operator.ABOVE, Operator.BELOW, Operator.AT_LEAST, Operator.AT_MOST):
        assert not asks(Kind.QUANTITY, operator, Quantity(Decimal(1), **KG), Quantity(Decimal(1), "g", "urn:ucum", "g"))
        assert not asks(Kind.DATE, operator, Date("2026"), Date("2026-05"))


@pytest.mark.parametrize(("any_condition", "asked"), [(True, True), (False, False)])
def test_enable_behaviour_says_whether_all_or_any_must_hold(any_condition: bool, asked: bool) -> None:
    conditions = tuple(Condition("first", Operator.EQUALS, value) for value in (1, 2))
    then = Question(link_id="then", kind=Kind.TEXT, conditions=conditions, any_condition=any_condition)
    assert is_enabled(form(question("first", Kind.INTEGER), then), {Place("first"): (1,)}, Place("then")) is asked


def chain() -> tuple[Survey, Answers]:
    survey = form(
        question("a", Kind.INTEGER),
        question("b", Kind.INTEGER, when=Condition("a", Operator.EQUALS, 1)),
        question("c", Kind.INTEGER, when=Condition("b", Operator.EXISTS, value=True)),
    )
    return survey, {Place("a"): (1,), Place("b"): (5,), Place("c"): (6,)}


def test_a_switched_off_question_counts_as_unanswered_all_along_the_chain() -> None:
    survey, answers = chain()
    assert is_enabled(survey, answers, Place("c"))
    changed = {**answers, Place("a"): (2,)}
    assert not is_enabled(survey, changed, Place("c"))
    assert pruned(survey, changed) == {Place("a"): (2,)}


def test_what_stands_in_a_switched_off_section_is_switched_off() -> None:
    section = Section(link_id="s", conditions=(Condition("a", Operator.EQUALS, 1),), items=(question("in"),))
    survey = form(question("a", Kind.INTEGER), section)
    assert is_enabled(survey, {Place("a"): (1,)}, Place("in"))
    assert not is_enabled(survey, {}, Place("in"))


def test_a_condition_may_look_ahead_in_the_form() -> None:
    survey = form(question("first", when=Condition("later", Operator.EXISTS, value=True)), question("later"))
    assert is_enabled(survey, {Place("later"): ("x",)}, Place("first"))


def test_a_condition_looks_at_its_own_repetition() -> None:
    then = question("then", when=Condition("wait", Operator.ABOVE, 30))
    survey = form(Section(link_id="s", repeats=True, items=(question("wait", Kind.INTEGER), then)))
    answers: Answers = {Place("s"): (2,), Place("wait", (0,)): (10,), Place("wait", (1,)): (60,)}
    assert not is_enabled(survey, answers, Place("then", (0,)))
    assert is_enabled(survey, answers, Place("then", (1,)))


def test_from_outside_the_nearest_repetition_counts_the_last_before_or_the_first_after() -> None:
    condition = Condition("wait", Operator.ABOVE, 30)
    section = Section(link_id="s", repeats=True, items=(question("wait", Kind.INTEGER),))
    survey = form(question("before", when=condition), section, question("after", when=condition))
    answers: Answers = {Place("s"): (2,), Place("wait", (0,)): (10,), Place("wait", (1,)): (60,)}
    assert not is_enabled(survey, answers, Place("before"))
    assert is_enabled(survey, answers, Place("after"))


def test_below_one_of_several_answers_a_condition_on_the_question_looks_at_that_answer() -> None:
    below = question("below", when=Condition("who", Operator.EQUALS, "nurse"))
    survey = form(question("who", repeats=True, items=(below,)))
    answers: Answers = {Place("who"): ("doctor", "nurse")}
    assert [is_enabled(survey, answers, Place("below", (index,))) for index in range(3)] == [False, True, False]


def test_a_place_that_does_not_exist_is_not_enabled() -> None:
    survey = form(
        question("a"), Section(link_id="s", repeats=True, items=(question("in"),)), question("q", items=(question("sub"),))
    )
    places = [Place("nobody"), Place("a", (0,)), Place("in"), Place("in", (1,)), Place("in", (0, 0)), Place("sub")]
    assert [is_enabled(survey, {}, place) for place in places] == [False] * len(places)
    assert is_enabled(survey, {}, Place("in", (0,)))


def test_a_hidden_or_read_only_question_counts_with_the_value_the_survey_gives_it() -> None:
    fixed = question("site", hidden=True, initial=("north",))
    survey = form(fixed, question("then", when=Condition("site", Operator.EQUALS, "north")))
    assert is_enabled(survey, {}, Place("then"))


def test_conditions_in_a_circle_ask_nothing_and_end() -> None:
    survey = form(
        question("a", when=Condition("b", Operator.EXISTS, value=True)),
        question("b", when=Condition("a", Operator.EXISTS, value=True)),
    )
    assert not is_enabled(survey, {Place("a"): ("x",), Place("b"): ("x",)}, Place("a"))
