"""XLSForm's expressions: a closed grammar, and whatever stands in a cell ends in a tree or in a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from kiosk.fhir import find_faults
from kiosk.xlsform import convert
from kiosk.xlsform.bounds import Bounds, read_bounds
from kiosk.xlsform.choices import Choice, ChoiceList
from kiosk.xlsform.conditions import Asked, enable_when
from kiosk.xlsform.expressions import Compare, Constant, Joined, Not, NotUnderstood, Of, Selected, parse
from kiosk.xlsform.wording import Words

PIECES = st.one_of(
    st.sampled_from(["${a}", "${b}", "${c}", "${d}", "${}", ".", "(", ")", ",", "+"]),
    st.sampled_from(["'yes'", "'", '"no"', "3", "-2.5", "'2026-02-30'", "'[a-z'", "‘yes’"]),
    st.sampled_from(["=", "!=", "<", ">=", "and", "or", "not", "true()"]),
    st.sampled_from(["selected", "regex", "string-length", "count-selected", "date"]),
)
EXPRESSIONS = st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=30)
YES = ChoiceList("yn", {"yes": Choice("yes", "urn:yn", "yes", Words("Yes"))})
ASKED = {"a": Asked("integer"), "b": Asked("choice", many=True, choices=YES), "c": Asked("date"), "d": Asked("")}
TYPES = ["text", "select_one l", "begin_group", "end_group", "begin_repeat", "end_repeat", "range", "note", "calculate"]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text(max_size=8),
    st.sampled_from([*TYPES, "a", "l"]),
)
COLUMNS = st.one_of(
    st.sampled_from(["type", "name", "label", "label::cy", "label::English (en)", "hint", "list_name", "::", "x::y"]),
    st.sampled_from(["required", "relevant", "constraint", "default", "parameters", "appearance", "repeat_count"]),
    st.sampled_from(["readonly", "disabled", "form_id", "version"]),
)
LIMITS = settings(max_examples=120, deadline=None)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("${a} = 'x'", Compare(Of("a"), "=", Constant("x"))),
        ("3 < ${a}", Compare(Of("a"), ">", Constant("3"))),
        ("not(selected(${a}, 'x'))", Not(Selected(Of("a"), "x"))),
        ("string-length(.) <= 5", Compare(Of(".", "length"), "<=", Constant("5"))),
        (".>=.5", Compare(Of("."), ">=", Constant(".5"))),
        ("${d} > date('2026-01-01')", Compare(Of("d"), ">", Constant("2026-01-01"))),
        ("${a} = 'this or that'", Compare(Of("a"), "=", Constant("this or that"))),
    ],
)
def test_an_expression_is_read_as_it_is_meant(text: str, tree: object) -> None:
    assert parse(text) == tree


def test_and_binds_more_closely_than_or() -> None:
    tree = parse("${a} = 1 or ${b} = 2 and ${c} = 3")
    assert isinstance(tree, Joined)
    assert tree.any_is_enough
    assert isinstance(tree.parts[1], Joined)


@LIMITS
@given(EXPRESSIONS)
def test_whatever_stands_in_relevant_ends_in_conditions_or_a_sentence(text: str) -> None:
    """S72: an error is described in words, never a traceback."""
    try:
        came_of_it = bool(enable_when(text, ASKED)["enableWhen"])
    except NotUnderstood as reason:
        came_of_it = str(reason).endswith(".")
    assert came_of_it


@LIMITS
@given(EXPRESSIONS, st.sampled_from(["string", "integer", "decimal", "date", "time", "dateTime", "boolean", "choice"]))
def test_whatever_stands_in_constraint_ends_in_limits_or_a_sentence(text: str, fhir: str) -> None:
    bounds = Bounds(fhir, many=fhir == "choice")
    try:
        read_bounds(text, bounds)
        came_of_it = bool(bounds.members() or bounds.exclusive)
    except NotUnderstood as reason:
        came_of_it = str(reason).endswith(".")
    assert came_of_it


SHEET = st.lists(st.lists(CELLS, max_size=6), max_size=6)
HEADER = st.lists(COLUMNS, min_size=1, max_size=6)


@LIMITS
@given(st.fixed_dictionaries({name: st.tuples(HEADER, SHEET) for name in ("survey", "choices", "settings")}))
def test_whatever_a_workbook_holds_ends_in_a_ready_survey_or_mistakes(workbook: dict[str, Any]) -> None:
    """What is given back is what the kiosk can ask: the converter never trusts its own work unchecked."""
    made = convert({name: list(enumerate([header, *rows], 1)) for name, (header, rows) in workbook.items()}, "form")
    if made.questionnaire is None:
        assert made.mistakes
    else:
        assert not [one for one in find_faults(json.dumps(made.questionnaire)) if one.severity == "error"]
    assert all(str(remark).rstrip().endswith((".", '"')) for remark in made.remarks)


ROW = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["text", "integer", "decimal", "date", "select_one yn", "select_multiple yn", "acknowledge", "note"]
        ),
        "label": st.sampled_from(["Well?", "Why not?"]),
        "required": st.sampled_from([None, True, "yes", "no"]),
        "relevant": st.sampled_from([None, "${q0} != ''", "selected(${q1}, 'yes')", "${q0} = 'yes' or ${q1} = 'no'"]),
        "constraint": st.sampled_from([None, ". > 3", "string-length(.) < 9", "count-selected(.) < 3"]),
        "default": st.sampled_from([None, "yes", 4.0, "2026-11-23"]),
        "readonly": st.sampled_from([None, "yes"]),
    }
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=4))
def test_what_the_converter_takes_the_kiosks_own_reader_takes(rows: list[dict[str, object]]) -> None:
    """What only the whole shows is a circle, or a default that its own limits refuse: all else is found in its cell."""
    header: list[object] = ["name", *rows[0]]
    survey: list[list[object]] = [header, *([f"q{number}", *row.values()] for number, row in enumerate(rows))]
    choices = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
    made = convert({"survey": list(enumerate(survey, 1)), "choices": list(enumerate(choices, 1))}, "form")
    allowed = ("depends, perhaps", "initial value that its own rules refuse", "nobody could answer it")
    late = [one.words for one in made.mistakes if one.words.endswith("Change it in the form.")]
    assert [said for said in late if not any(words in said for words in allowed)] == []
