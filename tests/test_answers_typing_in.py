"""What was typed becomes a value, in any script's digits, or a problem without words."""

from __future__ import annotations

import base64
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from kiosk.answers import Problem, ProblemKind as Is, check, read_typed
from kiosk.answers.checking import has_kind
from kiosk.survey import Attachment, Coding, Date, DateTime, Kind, Quantity, Question, Reference, Time, Url, Value

KILOS = Coding("kg", "urn:ucum", "kilos")


def question(kind: Kind, **members: object) -> Question:
    return Question(**{"link_id": "q", "kind": kind, **members})  # type: ignore[arg-type]


def typed(kind: Kind, *fields: str) -> tuple[Value, ...] | Problem:
    return read_typed(question(kind), (), fields)


@pytest.mark.parametrize("kind", set(Kind) - {Kind.GROUP, Kind.DISPLAY})
def test_nothing_typed_is_no_answer_and_leaves_what_was_chosen(kind: Kind) -> None:
    assert typed(kind, "", " ", "") == ()
    assert typed(kind) == ()
    assert read_typed(question(kind), ("chosen",), ("",)) == ("chosen",)


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("-3", -3), ("+4", 4), ("−5", -5), ("٣", 3), (" 7 ", 7), ("007", 7)])
def test_whole_numbers_are_read(text: str, value: int) -> None:
    assert typed(Kind.INTEGER, text) == (value,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12,5", Is.NOT_WHOLE),
        ("1,000", Is.NOT_WHOLE),
        ("ten", Is.NOT_A_NUMBER),
        ("1_0", Is.NOT_A_NUMBER),
        ("1e3", Is.NOT_A_NUMBER),
        ("NaN", Is.NOT_A_NUMBER),
        ("--1", Is.NOT_A_NUMBER),
        ("1" * 40, Is.NOT_A_NUMBER),
    ],
)
def test_what_is_no_whole_number_is_a_problem(text: str, kind: Is) -> None:
    assert typed(Kind.INTEGER, text) == Problem(kind)


@pytest.mark.parametrize(
    ("text", "value"), [("12,5", "12.5"), ("12.50", "12.50"), ("٣٫٥", "3.5"), ("-0,1", "-0.1"), ("3", "3")]
)
def test_a_number_may_have_a_comma_or_a_point(text: str, value: str) -> None:
    assert typed(Kind.DECIMAL, text) == (Decimal(value),)


@pytest.mark.parametrize("text", ["1,2,3", "1.", ".5", "5 kg", "inf", "0x10"])
def test_what_is_no_number_is_a_problem(text: str) -> None:
    assert typed(Kind.DECIMAL, text) == Problem(Is.NOT_A_NUMBER)


def test_a_number_has_no_more_digits_than_every_reader_keeps() -> None:
    assert typed(Kind.DECIMAL, "3.14159265358979323") == Problem(Is.TOO_MANY_DECIMALS, 14)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (("28", "2", "2026"), "2026-02-28"),
        (("", "2", "2026"), "2026-02"),
        (("", "", "2026"), "2026"),
        (("29", "02", "2024"), "2024-02-29"),
        (("٢٨", "٢", "٢٠٢٦"), "2026-02-28"),
    ],
)
def test_a_date_may_be_partial(fields: tuple[str, ...], text: str) -> None:
    assert typed(Kind.DATE, *fields) == (Date(text),)


@pytest.mark.parametrize(
    "fields",
    [
        ("30", "2", "2026"),
        ("29", "2", "2025"),
        ("1", "13", "2026"),
        ("1", "", "2026"),
        ("1", "1", "26"),
        ("1", "1", ""),
        ("a", "1", "2026"),
        ("0", "1", "2026"),
        ("1", "1", "0000"),
        ("1",),
        ("-1", "1", "2026"),
    ],
)
def test_a_date_that_is_not_in_the_calendar_is_a_problem(fields: tuple[str, ...]) -> None:
    assert typed(Kind.DATE, *fields) == Problem(Is.NO_SUCH_DATE)


@pytest.mark.parametrize(("fields", "text"), [(("9", "5"), "09:05:00"), (("23", "59"), "23:59:00"), (("7", ""), "07:00:00")])
def test_a_time_is_hour_and_minute(fields: tuple[str, ...], text: str) -> None:
    assert typed(Kind.TIME, *fields) == (Time(text),)


@pytest.mark.parametrize("fields", [("24", "0"), ("9", "60"), ("", "5"), ("x", "5")])
def test_a_time_that_is_on_no_clock_is_a_problem(fields: tuple[str, ...]) -> None:
    assert typed(Kind.TIME, *fields) == Problem(Is.NO_SUCH_TIME)


def test_a_moment_has_the_zone_fhir_wants() -> None:
    values = typed(Kind.DATE_TIME, "1", "2", "2026", "9", "30")
    assert not isinstance(values, Problem)
    assert isinstance(values[0], DateTime)
    assert values[0].text.startswith("2026-02-01T09:30:00")
    assert values[0].text[19:] in {"Z", "+00:00"} or values[0].text[19] in "+-"


def test_a_moment_may_be_only_a_date_and_its_time_needs_a_whole_one() -> None:
    assert typed(Kind.DATE_TIME, "", "2", "2026", "", "") == (DateTime("2026-02"),)
    assert typed(Kind.DATE_TIME, "", "2", "2026", "9", "30") == Problem(Is.NO_SUCH_TIME)
    assert typed(Kind.DATE_TIME, "31", "2", "2026", "9", "30") == Problem(Is.NO_SUCH_DATE)


@pytest.mark.parametrize("kind", [Kind.STRING, Kind.TEXT, Kind.OPEN_CHOICE])
def test_words_are_kept_without_the_space_around_them_and_without_unseen_characters(kind: Kind) -> None:
    assert typed(kind, " very\x00 good\n") == ("very good",)


def test_a_web_address_has_no_spaces() -> None:
    assert typed(Kind.URL, "www.example.org/a?b=1") == (Url("www.example.org/a?b=1"),)
    assert typed(Kind.URL, "my page") == Problem(Is.NOT_A_WEB_ADDRESS)


def test_a_quantity_takes_the_unit_typed_known_or_given() -> None:
    weight = question(Kind.QUANTITY, unit=KILOS, units=(KILOS, Coding("g", "urn:ucum", "grams")))
    assert read_typed(weight, (), ("12,5", "")) == (Quantity(Decimal("12.5"), "kilos", "urn:ucum", "kg"),)
    assert read_typed(weight, (), ("3", "grams")) == (Quantity(Decimal(3), "grams", "urn:ucum", "g"),)
    assert read_typed(weight, (), ("3", "stone")) == (Quantity(Decimal(3), "stone"),)
    assert read_typed(weight, (), ("", "grams")) == ()
    assert read_typed(weight, (), ("many", "grams")) == Problem(Is.NOT_A_NUMBER)


def test_words_for_an_attachment_become_a_text_file_and_for_a_reference_its_name() -> None:
    values = typed(Kind.ATTACHMENT, "naïve")
    assert not isinstance(values, Problem)
    assert isinstance(values[0], Attachment)
    assert base64.b64decode(values[0].data).decode() == "naïve"
    assert values[0].content_type.startswith("text/plain")
    assert typed(Kind.REFERENCE, "Dr Jones") == (Reference(display="Dr Jones"),)


def test_typed_words_replace_the_choice_where_one_answer_is_allowed_and_join_it_where_several_are() -> None:
    assert read_typed(question(Kind.OPEN_CHOICE), ("a",), ("other",)) == ("other",)
    assert read_typed(question(Kind.OPEN_CHOICE, repeats=True), ("a",), ("other",)) == ("a", "other")


def test_where_several_answers_are_allowed_each_field_is_one() -> None:
    assert read_typed(question(Kind.STRING, repeats=True), (), ("one", "", "two")) == ("one", "two")
    assert read_typed(question(Kind.DATE, repeats=True), (Date("2025"),), ("", "", "2026")) == (Date("2025"), Date("2026"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(set(Kind) - {Kind.GROUP, Kind.DISPLAY})), st.lists(st.text(max_size=12), max_size=6))
def test_whatever_is_typed_is_a_value_of_the_right_kind_or_a_problem(kind: Kind, fields: list[str]) -> None:
    asked = question(kind)
    values = read_typed(asked, (), tuple(fields))
    if not isinstance(values, Problem):
        assert all(has_kind(kind, value) for value in values)
        assert len(values) <= 1
        problem = check(asked, values)
        assert problem is None or problem.kind in {Is.TOO_LARGE, Is.TOO_SMALL}
