"""The sheet choices: lists of answers, with the Friends and Family codes where they are its six (S113)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from kiosk.fhir.extensions import ORDINAL_VALUE
from kiosk.fhir.primitives import is_code
from kiosk.xlsform import friends_and_family
from kiosk.xlsform.remarks import listed
from kiosk.xlsform.sheets import Row, Sheet
from kiosk.xlsform.wording import Languages, Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list. `name` is the form's, `code` the one that is sent."""

    name: str
    system: str
    code: str
    words: Words

    @property
    def coding(self) -> dict[str, object]:
        """The answer without its words, for conditions."""
        return {"system": self.system, "code": self.code}

    def option(self) -> dict[str, object]:
        """The FHIR answerOption."""
        order = friends_and_family.ORDER.get(self.code) if self.system == friends_and_family.ANSWERS else None
        extension = {"extension": [{"url": ORDINAL_VALUE[0], "valueDecimal": order}]} if order else {}
        return {**extension, "valueCoding": {**self.coding, **self.words.members("display")}}


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The answers of one list, by the form's names for them, in the form's order."""

    name: str
    choices: Mapping[str, Choice]
    is_fft: bool = False


def read_choices(sheet: Sheet, form_id: str, languages: Languages) -> dict[str, ChoiceList]:
    """Every list of the sheet, by its name."""
    lists: dict[str, dict[str, Choice]] = {}
    for row in sheet.rows:
        list_name = row.text("list_name")
        if list_name:
            choices = lists.setdefault(list_name, {})
            choice = _read(row, languages, f"urn:xlsform:{quote(form_id, safe='')}:{quote(list_name, safe='')}")
            if choice.name in choices and choice.name:
                said = f'The list {list_name} has the name "{choice.name[:40]}" twice. Give each answer a name of its own.'
                row.at.refuse(said, "name")
            choices.setdefault(choice.name or f"row {row.at.row}", choice)
        elif row.text("name") or row.text("label"):
            row.at.refuse("The answer is in no list. Write the name of its list.", "list_name")
    return {name: _with_fft(ChoiceList(name, choices), languages) for name, choices in lists.items()}


def _read(row: Row, languages: Languages, system: str) -> Choice:
    name, words = row.text("name"), languages.words(row, "label")
    if not name:
        row.at.refuse("The answer has no name. Give it a short one, such as yes.", "name")
    elif not is_code(name) or any(mark in name for mark in "'\""):
        row.at.refuse(f'The name "{name[:40]}" has signs a name cannot have. Use letters, digits, - and _.', "name")
    if not words.text:
        row.at.refuse(f"The answer has no words in {languages.own}. Write what patients should read.", "label")
    return Choice(name, system, name, words)


def _with_fft(given: ChoiceList, languages: Languages) -> ChoiceList:
    """The list with the Friends and Family codes, if it has exactly its six answers in English."""
    codes = friends_and_family.codes_of([languages.english(choice.words) for choice in given.choices.values()])
    if not codes:
        return given
    pairs = zip(given.choices.items(), codes, strict=True)
    known = {name: replace(choice, system=friends_and_family.ANSWERS, code=code) for (name, choice), code in pairs}
    return ChoiceList(given.name, known, is_fft=True)


def no_such_choice(given: ChoiceList, name: str) -> str:
    """The sentence for a name that the list does not have."""
    return f'The list {given.name} has no answer named "{name[:40]}"; it has {listed(list(given.choices))}.'
