"""Which test shows which requirement: ``python -m tests.statement`` fills the last column of ACCESSIBILITY.md.

A test shows a requirement when its docstring, or its module's, names the number: "S26".
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
STATEMENT = TESTS.parent / "ACCESSIBILITY.md"
NUMBER = re.compile(r"\bS(\d{1,3})\b")
ROW = re.compile(r"^\| (S\d+) \|(.*)\|$", re.MULTILINE)
STATES = ("met", "partly", "not met")


@dataclass(frozen=True)
class Row:
    """One requirement as the statement has it; `shown_by` is its last column."""

    number: str
    asked: str
    how: str
    state: str
    shown_by: str


def rows() -> tuple[Row, ...]:
    """Every row of the statement."""
    found = ROW.findall(STATEMENT.read_text(encoding="utf-8"))
    return tuple(Row(number, *(cell.strip() for cell in cells.split("|"))) for number, cells in found)


def shown_by(number: str) -> str:
    """The tests that name `number`, as files with how many tests in each: ``test_window (3), journeys/test_x``."""
    counts = Counter(name for name, cited in citations() if number in cited)
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in sorted(counts.items()))


@cache
def citations() -> tuple[tuple[str, frozenset[str]], ...]:
    """(file, numbers) for each test; a module's own docstring counts as one more."""
    return tuple((name, cited) for path in sorted(TESTS.rglob("test_*.py")) for name, cited in cited_in(path))


def cited_in(path: Path) -> list[tuple[str, frozenset[str]]]:
    name = str(path.relative_to(TESTS).with_suffix(""))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts: list[ast.Module | ast.FunctionDef] = [tree]
    parts += [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    cited = [frozenset(f"S{number}" for number in NUMBER.findall(ast.get_docstring(part) or "")) for part in parts]
    return [(name, numbers) for numbers in cited if numbers]


def filled(text: str) -> str:
    """The statement with its last column as the tests are now, and its counts."""

    def with_tests(row: re.Match[str]) -> str:
        cells = row[2].rsplit("|", 1)[0]
        return f"| {row[1]} |{cells}| {shown_by(row[1])} |".replace("|  |", "| |")

    text = ROW.sub(with_tests, text)
    counts = Counter(cells.split("|")[2].strip() for _, cells in ROW.findall(text))
    told = f"{counts['met']} met, {counts['partly']} partly met, {counts['not met']} not met"
    return re.sub(r"\d+ met, \d+ partly met, \d+ not met", told, text)


if __name__ == "__main__":
    STATEMENT.write_text(filled(STATEMENT.read_text(encoding="utf-8")), encoding="utf-8")
