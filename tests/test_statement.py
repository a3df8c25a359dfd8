"""The accessibility statement tells the truth: every requirement has its tests, every test's requirement its line."""

from __future__ import annotations

from tests.statement import STATEMENT, STATES, citations, filled, rows, shown_by


def test_every_requirement_stands_there_once_and_with_a_state() -> None:
    numbers = [row.number for row in rows()]
    assert len(numbers) > 100
    assert sorted({number for number in numbers if numbers.count(number) > 1}) == []
    assert [row.number for row in rows() if row.state not in STATES] == []
    assert [row.number for row in rows() if not (row.asked and row.how)] == []


def test_every_requirement_that_is_met_is_shown_by_a_test() -> None:
    assert [row.number for row in rows() if row.state == "met" and not shown_by(row.number)] == []


def test_every_requirement_that_a_test_names_stands_in_the_statement() -> None:
    named = {number for _, cited in citations() for number in cited}
    assert sorted(named - {row.number for row in rows()}) == []


def test_the_statement_names_the_tests_there_are() -> None:
    """If this fails: ``python -m tests.statement``."""
    text = STATEMENT.read_text(encoding="utf-8")
    assert filled(text) == text
