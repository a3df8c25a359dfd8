"""The sheet survey as a tree: begin and end of groups and repeats, and the names that conditions go by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kiosk.xlsform.choices import ChoiceList
from kiosk.xlsform.conditions import Asked
from kiosk.xlsform.kinds import Kind, read_kind
from kiosk.xlsform.sheets import Row, Sheet

DEPTH_LIMIT: Final = 20
"""How deep groups may stand in each other; items below need room in the reader's own limit."""
_NAME = re.compile(r"[^\W\d][\w.-]{0,99}")
_FENCES: Final = {"begin_group": "group", "begin_repeat": "repeat", "end_group": "group", "end_repeat": "repeat"}
_TRUE: Final = frozenset({"yes", "true", "true()", "1"})
_FALSE: Final = frozenset({"", "no", "false", "false()", "0"})


@dataclass(slots=True)
class Branch:
    """A row, and the rows in it when it begins a group or a repeat."""

    row: Row
    kind: Kind
    name: str
    branches: list[Branch] = field(default_factory=list)

    @property
    def is_section(self) -> bool:
        return self.kind.word in {"begin_group", "begin_repeat"}

    @property
    def is_note(self) -> bool:
        """A note, or the old way to write one: a text that nobody can change and that says nothing."""
        is_old = self.kind.fhir == "string" and not self.row.text("default") and is_yes(self.row, "readonly")
        return self.kind.fhir == "display" or is_old


def read_tree(sheet: Sheet) -> list[Branch]:
    """The rows of the survey in their groups. Names, and where groups begin and end, are checked."""
    top: list[Branch] = []
    open_ones: list[Branch] = []
    for row in sheet.rows:
        check_yes_or_no(row, "disabled")
        if is_yes(row, "disabled"):
            continue
        kind = read_kind(row.text("type"))
        if kind.word in {"end_group", "end_repeat"}:
            _close(row, kind, open_ones)
            continue
        branch = Branch(row, kind, _name(row, kind))
        (open_ones[min(len(open_ones), DEPTH_LIMIT) - 1].branches if open_ones else top).append(branch)
        if branch.is_section:
            open_ones.append(branch)
            if len(open_ones) == DEPTH_LIMIT + 1:
                row.at.refuse(f"Groups stand in each other more than {DEPTH_LIMIT} deep. Use fewer groups.")
    for branch in open_ones:
        what = _FENCES[branch.kind.word]
        branch.row.at.refuse(f'The {what} "{branch.name}" begins here and never ends. Add a row with end_{what}.', "type")
    _check_twice(top)
    return top


def walk(branches: list[Branch]) -> Iterator[Branch]:
    """Every branch, in the order of the sheet."""
    for branch in branches:
        yield branch
        yield from walk(branch.branches)


def asked_by_name(branches: list[Branch], lists: Mapping[str, ChoiceList]) -> dict[str, Asked]:
    """What a condition can be about, by name: every row that has one."""
    found: dict[str, Asked] = {}
    for branch in walk(branches):
        kind = branch.kind
        if kind.is_select:
            asked = Asked(kind.fhir, kind.many, lists.get(kind.list_name, ChoiceList(kind.list_name, {})))
        else:
            asked = Asked("group" if branch.is_section else "display" if branch.is_note else kind.fhir)
        found.setdefault(branch.name, asked)
    return found


def is_yes(row: Row, column: str) -> bool:
    """Whether a cell says yes."""
    return row.text(column).lower() in _TRUE


def check_yes_or_no(row: Row, *columns: str) -> None:
    """Note the cells that are neither yes nor no."""
    for column in columns:
        if row.text(column).lower() not in _TRUE | _FALSE:
            said = row.text(column)[:40]
            row.at.refuse(f'"{said}" must be worked out, which a kiosk cannot do. Write yes or no.', column)


def _close(row: Row, kind: Kind, open_ones: list[Branch]) -> None:
    what = _FENCES[kind.word]
    if not open_ones:
        row.at.refuse(f"A {what} ends here that never began. Take the row out, or add begin_{what} above.", "type")
        return
    begun = open_ones.pop()
    if _FENCES[begun.kind.word] != what:
        other = _FENCES[begun.kind.word]
        row.at.refuse(f'A {what} ends here, but the {other} "{begun.name}" is still open. Write end_{other}.', "type")


def _name(row: Row, kind: Kind) -> str:
    name = row.text("name")
    if not name and (kind.fhir == "display" or kind.word in _FENCES):
        return f"{_FENCES.get(kind.word, kind.word)}-{row.at.row}"
    if not name and kind.word:
        row.at.refuse("The row has no name. Give it a short one, such as waiting_time.", "name")
    elif name and not _NAME.fullmatch(name):
        row.at.refuse(f'The name "{name[:40]}" has signs a name cannot have. Use letters, digits, - and _.', "name")
    return name or f"row-{row.at.row}"


def _check_twice(branches: list[Branch]) -> None:
    first: dict[str, int] = {}
    for branch in walk(branches):
        row = branch.row
        if branch.name in first:
            words = f'The name "{branch.name}" is in row {first[branch.name]} too. Give each row a name of its own.'
            row.at.refuse(words, "name")
        first.setdefault(branch.name, row.at.row)
