"""The languages of a form, and its words in them: ``label::Cymraeg (cy)`` to FHIR's translation extension."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from kiosk.fhir.extensions import TRANSLATION
from kiosk.fhir.primitives import is_language
from kiosk.languages import LANGUAGES
from kiosk.xlsform.remarks import At, Remark
from kiosk.xlsform.sheets import IN_LANGUAGES, Row, Sheet

_TAG_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*\)\s*$")
_SHORT_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_REFERENCE = re.compile(r"\$\{[^{}]*\}")
_MARKS = re.compile(r"</?[A-Za-z][^<>]*>|\*\*|^#{1,6} +", re.MULTILINE)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAMES: Final[Mapping[str, str]] = {
    name.casefold(): one.tag for one in LANGUAGES.values() for name in (one.own_name, one.english_name)
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words in the form's own language, and in others by tag."""

    text: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    def members(self, name: str) -> dict[str, object]:
        """The FHIR members for a primitive called `name`; none when there are no words."""
        if not self.text:
            return {}
        extensions = [_translation(tag, words) for tag, words in self.others.items()]
        return {name: self.text, **({f"_{name}": {"extension": extensions}} if extensions else {})}

    def then(self, more: Words) -> Words:
        """These words and then `more`, in every language that either has."""
        tags = dict.fromkeys((*self.others, *more.others))
        pairs = {tag: (self.others.get(tag, self.text), more.others.get(tag, more.text)) for tag in tags}
        return Words(_after(self.text, more.text), {tag: _after(*pair) for tag, pair in pairs.items()})


@dataclass(frozen=True, slots=True)
class Languages:
    """The form's own language, and the tag of each language that a column names."""

    own: str
    tags: Mapping[str, str]

    def words(self, row: Row, column: str) -> Words:
        """What stands in `column`, in every language; what no kiosk could show is noted."""
        found: dict[str, str] = {}
        for name, cell in row.cells.items():
            first, _, language = name.partition("::")
            if first == column and cell != "-":
                tag = self.tags.get(language, "") if language else self.own
                text = _shown(row, name, cell)
                if tag and (language or tag not in found):
                    found[tag] = text
        return Words(found.pop(self.own, ""), found)

    def english(self, words: Words) -> str:
        """Words in English; empty when the form does not have them."""
        if self.own.partition("-")[0] == "en":
            return words.text
        return next((said for tag, said in words.others.items() if tag.partition("-")[0] == "en"), "")


def read_languages(sheets: Collection[Sheet], default: str, found: list[Remark]) -> Languages:
    """The languages that the columns name; `default` is default_language of the settings, or empty."""
    places = {column.partition("::")[2]: sheet.name for sheet in sheets for column in _worded(sheet)}
    tags: dict[str, str] = {}
    for name, where in places.items():
        tag = tag_of(name)
        if name and not tag:
            words = f'Nobody can tell which language "{name[:40]}" is. Write its code too: "label::{name[:40]} (cy)".'
            At(found, where, 1).refuse(words)
        elif name:
            tags[name] = tag
    for sheet in sheets:
        _check_twice(sheet, tags, found)
    has_plain = any("::" not in column for sheet in sheets if sheet.name != "settings" for column in _worded(sheet))
    return Languages(_own(default, has_plain, list(tags.values()), found), tags)


def tag_of(name: str) -> str:
    """The BCP 47 tag of a language as form builders write it: ``English (en)``, ``en`` or ``English``; empty if unknown."""
    bracketed = _TAG_IN_BRACKETS.search(name)
    if bracketed:
        return bracketed[1]
    known = _NAMES.get(name.strip().casefold(), "")
    return known or (name.strip() if _SHORT_TAG.fullmatch(name.strip()) and is_language(name.strip()) else "")


def _own(default: str, has_plain: bool, tags: list[str], found: list[Remark]) -> str:
    own = tag_of(default)
    at = At(found, "settings", 2)
    if default and default != "default" and not own:
        at.refuse(f'Nobody can tell which language "{default[:40]}" is. Write for example "English (en)".', "default_language")
    elif own and tags and own not in tags and not has_plain:
        at.refuse(f"No column has its words in {own}. Add label::{default[:40]}, or choose another.", "default_language")
    if own:
        return own
    if not has_plain and tags:
        return tags[0]
    words = "The words without a language are taken to be English. If they are not, write default_language."
    At(found, "settings").tell(words)
    return "en"


def _check_twice(sheet: Sheet, tags: Mapping[str, str], found: list[Remark]) -> None:
    """Note two columns for the same words in one language: nobody could say which of them counts."""
    first: dict[tuple[str, str], str] = {}
    for column in _worded(sheet):
        kind, _, language = column.partition("::")
        other = first.setdefault((kind, tags.get(language, "")), column)
        if other != column and tags.get(language):
            At(found, sheet.name, 1).refuse(f'"{other}" and "{column}" are in the same language. Keep one of them.')


def _worded(sheet: Sheet) -> list[str]:
    return [column for column in sheet.columns if column.partition("::")[0] in IN_LANGUAGES]


def _shown(row: Row, column: str, cell: str) -> str:
    if _REFERENCE.search(cell):
        said = _REFERENCE.findall(cell)[0][:40]
        row.at.refuse(f"The words show another answer, {said}; a kiosk cannot. Write them without it.", column)
    plain = " ".join(_UNFIT.sub("", _MARKS.sub("", cell)).split(" ")).strip()
    if plain != cell:
        row.at.tell("Signs for bold, colour or size are left out: the kiosk has one plain style.", column)
    return plain


def _after(first: str, second: str) -> str:
    return " ".join(part for part in (first, second) if part)


def _translation(tag: str, words: str) -> dict[str, object]:
    parts = [{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": words}]
    return {"url": TRANSLATION, "extension": parts}
