"""Every promise has a test that shows it (`tests.promises`), and that test is there: ``python -m tests.test_promises``."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.promises import NOT_YET, PROMISES

TESTS = Path(__file__).parent
GUIDE = TESTS.parent / "INSTALL.md"
FEWEST = {
    "On the wire": 12,
    "Losing or doubling answers": 11,
    "Kiosk behaviour": 8,
    "Access": 6,
    "Reception and administration": 6,
}
"""As many as there are lines in the list that the section comes from."""


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests that pytest would find there, by reading and not by running."""
    path = TESTS / file
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def is_there(shown_by: str) -> bool:
    file, _, name = shown_by.partition("::")
    return name in names_in(file)


@pytest.mark.parametrize("section", PROMISES)
def test_every_promise_is_shown_by_a_test_that_is_there(section: str) -> None:
    promises = PROMISES[section]
    assert len(promises) >= FEWEST[section]
    assert [promise for promise, shown in promises.items() if not shown and promise not in NOT_YET] == []
    assert [test for shown in promises.values() for test in shown if not is_there(test)] == []


def test_what_is_not_there_yet_is_named_and_nothing_else_is() -> None:
    """A promise that is kept by now leaves the list."""
    without = {promise for promises in PROMISES.values() for promise, shown in promises.items() if not shown}
    assert without == set(NOT_YET)


def test_a_test_that_is_gone_would_be_noticed() -> None:
    assert is_there("test_promises.py::test_a_test_that_is_gone_would_be_noticed")
    assert not is_there("test_promises.py::test_that_never_was")
    assert not is_there("test_no_such_file.py::test_a_test_that_is_gone_would_be_noticed")


def test_the_guide_says_for_each_system_how_to_lock_it_and_what_was_tried() -> None:
    """What a window cannot refuse is locked by the system; for what nobody could try here, that is said."""
    rows = [
        line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith(("| Linux", "| Windows", "| macOS"))
    ]
    assert [row.split("|")[1].strip() for row in rows] == ["Linux", "Windows", "macOS"]
    assert all(row.count("|") == 4 and row.split("|")[3].strip() for row in rows)
    assert "Alt+F4" in GUIDE.read_text(encoding="utf-8")


def counted() -> str:
    """How many promises, and how many tests show them."""
    shown = {test for promises in PROMISES.values() for tests in promises.values() for test in tests}
    each = ", ".join(f"{section} {len(promises)}" for section, promises in PROMISES.items())
    return f"{sum(map(len, PROMISES.values()))} promises ({each}), shown by {len(shown)} tests, {len(NOT_YET)} not there yet"


if __name__ == "__main__":
    print(counted())  # noqa: T201
