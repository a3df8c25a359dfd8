"""Branches of the survey to FHIR items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kiosk.fhir.extensions import CHOICE_ORIENTATION, ITEM_CONTROL, MAX_OCCURS, MIN_OCCURS
from kiosk.xlsform import friends_and_family
from kiosk.xlsform.choices import ChoiceList
from kiosk.xlsform.conditions import Asked, enable_when
from kiosk.xlsform.expressions import NotUnderstood
from kiosk.xlsform.kinds import DROPPED, KNOWN, REFUSED
from kiosk.xlsform.questions import question_members
from kiosk.xlsform.remarks import listed
from kiosk.xlsform.tree import Branch, check_yes_or_no, is_yes
from kiosk.xlsform.wording import Languages, Words

Json = dict[str, Any]
_CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"
_SIDE_BY_SIDE: Final = frozenset({"horizontal", "horizontal-compact", "likert"})
_LABELS_ONLY: Final = frozenset({"label"})


@dataclass(slots=True)
class Making:
    """What making items needs of the whole form, and what it has met."""

    languages: Languages
    lists: Mapping[str, ChoiceList]
    asked: Mapping[str, Asked]
    link_ids: set[str]
    dropped: list[str] = field(default_factory=list)
    fft: str = ""


def make_items(branches: list[Branch], making: Making) -> list[Json]:
    """The items of these branches; what is not asked is left out or refused."""
    return [item for branch in branches for item in _make(branch, making)]


def _make(branch: Branch, making: Making) -> list[Json]:
    kind, row = branch.kind, branch.row
    if kind.word in DROPPED:
        making.dropped.append(branch.name)
    elif branch.is_section:
        return _section(branch, making)
    elif kind.word in REFUSED:
        row.at.refuse(f'"{branch.name}" has the type {kind.word}. {REFUSED[kind.word]}', "type")
    elif kind.is_select and _LABELS_ONLY & set(row.text("appearance").split()):
        row.at.tell("The heading of a grid is left out: the kiosk asks one question at a time.", "appearance")
    elif kind.fhir:
        return [_note(branch, making)] if branch.is_note else [_question(branch, making)]
    else:
        said = f'The type "{row.text("type")[:40]}" is not known here.' if kind.word else "The row has no type."
        row.at.refuse(f"{said} Use {KNOWN}.", "type")
    return []


def _section(branch: Branch, making: Making) -> list[Json]:
    items = make_items(branch.branches, making)
    if not items:
        if all(one.kind.word in DROPPED for one in branch.branches):
            branch.row.at.tell(f'"{branch.name}" is left out: nothing in it is asked.')
        return []
    hint = _words(branch, making, "hint")
    if hint.text:
        items = [{"linkId": _free_id(f"{branch.name}-help", making), **hint.members("text"), "type": "display"}, *items]
    times = _times(branch) if branch.kind.word == "begin_repeat" else {}
    return [{**times, **_head(branch, making), "type": "group", **_repeats(branch), "item": items}]


def _repeats(branch: Branch) -> Json:
    return {"repeats": True} if branch.kind.word == "begin_repeat" else {}


def _times(branch: Branch) -> Json:
    text = branch.row.text("repeat_count")
    if not text:
        return {}
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:6]) <= 100:
        branch.row.at.refuse("A kiosk cannot work out how often. Write a number from 1 to 100, or nothing.", "repeat_count")
        return {}
    return {"extension": [{"url": url, "valueInteger": int(text)} for url in (MIN_OCCURS, MAX_OCCURS)]}


def _note(branch: Branch, making: Making) -> Json:
    head = _head(branch, making, _words(branch, making, "label").then(_words(branch, making, "hint")))
    return {**head, "type": "display"}


def _question(branch: Branch, making: Making) -> Json:
    row = branch.row
    check_yes_or_no(row, "required", "readonly")
    members = question_members(branch, making.lists)
    extensions = [*_control(branch), *members.pop("extension", [])]
    item: Json = {"extension": extensions} if extensions else {}
    item |= _head(branch, making)
    item |= _measure(branch, making)
    item |= {"type": members.pop("type"), **members}
    if is_yes(row, "required"):
        item["required"] = True
    if is_yes(row, "readonly"):
        item["readOnly"] = True
    hint = _words(branch, making, "hint")
    if hint.text:
        item["item"] = [_help(_free_id(f"{branch.name}-help", making), hint)]
    return item


def _head(branch: Branch, making: Making, words: Words | None = None) -> Json:
    words = _words(branch, making, "label") if words is None else words
    if not words.text and not branch.is_section:
        said = f'"{branch.name}" has no words in {making.languages.own}. Write what patients should read.'
        branch.row.at.refuse(said, "label")
    return {"linkId": branch.name, **words.members("text"), **_enable_when(branch, making)}


def _enable_when(branch: Branch, making: Making) -> Json:
    text = branch.row.text("relevant")
    if not text:
        return {}
    try:
        return enable_when(text, making.asked)
    except NotUnderstood as reason:
        branch.row.at.refuse(f"{reason} Write it more simply, such as ${{question}} = 'yes', or take it out.", "relevant")
        return {}


def _measure(branch: Branch, making: Making) -> Json:
    """The tag of the Friends and Family question, which one form has once."""
    choices = making.lists.get(branch.kind.list_name)
    if branch.kind.word != "select_one" or branch.kind.or_other or choices is None or not choices.is_fft:
        return {}
    if making.fft:
        said = f'"{making.fft}" is taken to be the Friends and Family question; "{branch.name}" is counted on its own.'
        branch.row.at.tell(said)
        return {}
    making.fft = branch.name
    _check_fft(branch, making, choices)
    return {"code": [{"system": friends_and_family.MEASURE, "code": "fft"}]}


def _check_fft(branch: Branch, making: Making, choices: ChoiceList) -> None:
    """What the national guidance asks of the question itself (S99, S100)."""
    at = branch.row.at
    if branch.row.text("default"):
        at.refuse("The Friends and Family question must start with no answer chosen. Take the default out.", "default")
    if not friends_and_family.is_in_order([choice.code for choice in choices.choices.values()]):
        at.tell("The Friends and Family answers must go from very good to very poor, and then don't know.")
    if not friends_and_family.is_worded_right(making.languages.english(_words(branch, making, "label"))):
        at.tell(f'The Friends and Family question must say: "{friends_and_family.QUESTION}"')


def _control(branch: Branch) -> list[Json]:
    names = {"select_one": "radio-button", "select_multiple": "check-box", "range": "slider"}
    control = names.get(branch.kind.word)
    extensions = [_item_control(control)] if control else []
    if branch.kind.is_select and _SIDE_BY_SIDE & set(branch.row.text("appearance").split()):
        extensions.append({"url": CHOICE_ORIENTATION, "valueCode": "horizontal"})
    return extensions


def _item_control(code: str) -> Json:
    return {"url": ITEM_CONTROL, "valueCodeableConcept": {"coding": [{"system": _CONTROLS, "code": code}]}}


def _help(link_id: str, words: Words) -> Json:
    return {"extension": [_item_control("help")], "linkId": link_id, **words.members("text"), "type": "display"}


def _words(branch: Branch, making: Making, column: str) -> Words:
    return making.languages.words(branch.row, column)


def _free_id(wanted: str, making: Making) -> str:
    while wanted in making.link_ids:
        wanted += "-"
    making.link_ids.add(wanted)
    return wanted


def dropped_sentence(names: list[str]) -> str:
    """What is said of rows that are never asked (S156)."""
    return f"Left out, for a kiosk keeps nothing that could tell who answers, and works nothing out: {listed(names)}."
