"""What makes a question of a row: its FHIR type, its options, its limits, what it starts with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kiosk.fhir.extensions import MAX_VALUE, MIN_VALUE, OPTION_EXCLUSIVE, SLIDER_STEP
from kiosk.xlsform.bounds import Bounds, read_bounds
from kiosk.xlsform.choices import ChoiceList, no_such_choice
from kiosk.xlsform.expressions import NotUnderstood
from kiosk.xlsform.literals import ANSWERS, literal
from kiosk.xlsform.remarks import listed
from kiosk.xlsform.sheets import Row
from kiosk.xlsform.tree import Branch

_CALL = re.compile(r"[a-z][a-z0-9:-]*\(.*\)", re.DOTALL)
_PARAMETER = re.compile(r"([a-z-]+)\s*=\s*([^\s,;]+)", re.IGNORECASE)
_UNFIT: Final = {
    "calculation": "A kiosk works nothing out. Take the calculation out.",
    "choice_filter": "A kiosk cannot choose which answers to show. Make a list and a question for each case.",
    "trigger": "A kiosk works nothing out. Take the trigger out.",
}
"""Columns that change what is asked or answered, and what to do about them."""


def question_members(branch: Branch, lists: Mapping[str, ChoiceList]) -> dict[str, Any]:
    """The members of a question that come from its type, constraint, default and parameters."""
    row, kind = branch.row, branch.kind
    for column, remedy in _UNFIT.items():
        if row.text(column):
            row.at.refuse(remedy, column)
    if "search(" in row.text("appearance"):
        row.at.refuse("The answers are in another file (search). Put them all on the sheet choices.", "appearance")
    if kind.is_select and "randomize" in row.text("parameters"):
        row.at.tell("The answers stay in the order of the list.", "parameters")
    bounds = Bounds(_fhir(branch), kind.many)
    if kind.word == "range":
        _range(row, bounds)
    _constrain(row, bounds)
    members: dict[str, Any] = {"type": bounds.fhir, **({"repeats": True} if kind.many else {}), **bounds.members()}
    if kind.is_select:
        return members | _options(branch, lists, bounds.exclusive)
    return members | _initial(row, bounds.fhir)


def _fhir(branch: Branch) -> str:
    is_long = branch.kind.fhir == "string" and "multiline" in branch.row.text("appearance").split()
    return "text" if is_long else branch.kind.fhir


def _constrain(row: Row, bounds: Bounds) -> None:
    text = row.text("constraint")
    if not text:
        return
    try:
        read_bounds(text, bounds)
    except NotUnderstood as reason:
        row.at.refuse(f"{reason} Write a simpler limit, such as . >= 0 and . <= 10, or take it out.", "constraint")


def _range(row: Row, bounds: Bounds) -> None:
    """start, end and step of the column parameters, as ODK assumes them when they are missing."""
    found = {"start": "1", "end": "10", "step": "1"}
    found |= {name.lower(): value for name, value in _PARAMETER.findall(row.text("parameters"))}
    try:
        start, end, step = (int(str(literal("integer", found[name]))) for name in ("start", "end", "step"))
    except NotUnderstood:
        row.at.refuse("A slider goes by whole numbers. Write for example start=0 end=10 step=1.", "parameters")
        return
    if step < 1 or start >= end or (end - start) % step:
        row.at.refuse("The slider cannot go from start to end in such steps. Try start=0 end=10 step=1.", "parameters")
        return
    bounds.bound(MIN_VALUE, {"valueInteger": start})
    bounds.bound(MAX_VALUE, {"valueInteger": end})
    bounds.bound(SLIDER_STEP, {"valueInteger": step})


def _options(branch: Branch, lists: Mapping[str, ChoiceList], exclusive: set[str]) -> dict[str, Any]:
    row, given = branch.row, lists.get(branch.kind.list_name)
    if given is None:
        named = listed(list(lists)) or "none yet"
        words = f'There is no list "{branch.kind.list_name[:40]}" on the sheet choices; the lists are: {named}.'
        row.at.refuse(f"{words} Add its answers, or name another list.", "type")
        return {}
    for name in sorted(exclusive - given.choices.keys()):
        row.at.refuse(f"{no_such_choice(given, name)} Write one of these.", "constraint")
    chosen = _chosen(branch, given)
    return {"answerOption": [_option(given, name, exclusive, chosen) for name in given.choices]}


def _option(given: ChoiceList, name: str, exclusive: set[str], chosen: set[str]) -> dict[str, Any]:
    option = given.choices[name].option()
    alone = [{"url": OPTION_EXCLUSIVE, "valueBoolean": True}] if name in exclusive else []
    before = option.pop("extension", [])
    extensions = [*(before if isinstance(before, list) else []), *alone]
    selected = {"initialSelected": True} if name in chosen else {}
    return {**({"extension": extensions} if extensions else {}), **option, **selected}


def _chosen(branch: Branch, given: ChoiceList) -> set[str]:
    text = branch.row.text("default")
    names = text.split() if branch.kind.many else [text] * bool(text)
    for name in names:
        if name not in given.choices:
            branch.row.at.refuse(f"{no_such_choice(given, name)} Write one of these, or nothing.", "default")
    return set(names)


def _initial(row: Row, fhir: str) -> dict[str, Any]:
    text = row.text("default")
    if not text:
        return {}
    if "${" in text or _CALL.fullmatch(text):
        row.at.refuse("The default must be worked out, which a kiosk cannot do. Write a fixed value, or nothing.", "default")
        return {}
    try:
        return {"initial": [{f"value{ANSWERS[fhir]}": literal(fhir, text)}]}
    except NotUnderstood as reason:
        row.at.refuse(f"{reason} Write a fixed value, or nothing.", "default")
        return {}
