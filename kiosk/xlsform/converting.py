"""A whole workbook of plain values to a Questionnaire, with everything that is wrong said at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from kiosk.fhir import find_faults
from kiosk.xlsform.choices import read_choices
from kiosk.xlsform.items import Making, dropped_sentence, make_items
from kiosk.xlsform.remarks import At, Remark, listed
from kiosk.xlsform.sheets import IN_LANGUAGES, Row, Rows, Sheet, read_sheet
from kiosk.xlsform.tree import asked_by_name, read_tree
from kiosk.xlsform.wording import Languages, read_languages

_SHEETS: Final = ("survey", "choices", "settings")
_USED: Final[Mapping[str, frozenset[str]]] = {
    "survey": frozenset({
        "type", "name", "required", "readonly", "default", "constraint", "relevant", "appearance", "parameters", "repeat_count",
        "disabled", "calculation", "choice_filter", "trigger",
    }),
    "choices": frozenset({"list_name", "name"}),
    "settings": frozenset({"form_id", "version", "default_language"}),
}  # fmt: skip
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {"survey": ("type", "name"), "choices": ("list_name", "name")}
_ORDER: Final = {"settings": 1, "survey": 2, "choices": 3}
_NOT_IN_A_VERSION: Final = re.compile(r"[^A-Za-z0-9._~()+-]+")
_MEDIA: Final = frozenset({"image", "big-image", "audio", "video", "media"})


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of a workbook: the Questionnaire, or None when there are mistakes; then everything to say, mistakes first."""

    questionnaire: dict[str, Any] | None
    remarks: tuple[Remark, ...]

    @property
    def mistakes(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.is_mistake)


def convert(workbook: Mapping[str, Rows], form_name: str) -> Converted:
    """The Questionnaire of a workbook's sheets, by name. `form_name` stands for a form_id that is missing."""
    found: list[Remark] = []
    sheets = _sheets(workbook, found)
    document: dict[str, Any] = {}
    if sheets["survey"].rows:
        document = _document(sheets, form_name, found)
    elif not found:
        At(found, "survey").refuse("There is nothing on the sheet survey. Write a row for each question.")
    if not any(one.is_mistake for one in found):
        found += _faults(document, sheets["survey"])
    remarks = tuple(sorted(found, key=lambda one: (not one.is_mistake, _ORDER.get(one.sheet, 0), one.row)))
    return Converted(None if any(one.is_mistake for one in found) else document, remarks)


def _sheets(workbook: Mapping[str, Rows], found: list[Remark]) -> dict[str, Sheet]:
    by_name = {name.strip().lower(): rows for name, rows in workbook.items()}
    if "survey" not in by_name:
        there = listed(list(workbook)) or "none"
        words = f"There is no sheet survey; the sheets are: {there}. Name the sheet with the questions survey."
        At(found).refuse(words)
    others = sorted(set(by_name) - set(_SHEETS))
    if others and "survey" in by_name:
        At(found).tell(f"Sheets left out: {listed(others)}.")
    sheets = {name: read_sheet(name, by_name.get(name, ()), found) for name in _SHEETS}
    for sheet in sheets.values():
        _check_columns(sheet, found)
    return sheets


def _check_columns(sheet: Sheet, found: list[Remark]) -> None:
    at = At(found, sheet.name, 1)
    missing = [one for one in _NEEDED.get(sheet.name, ()) if one not in sheet.columns] if sheet.rows else []
    if missing:
        at.refuse(f"The column {listed(missing)} is missing. Its name must stand in the first row.")
    others = [one for one in sheet.columns if one.partition("::")[0] not in _USED[sheet.name] | set(IN_LANGUAGES)]
    media = [one for one in others if one.partition("::")[0] in _MEDIA]
    if media:
        at.tell(f"Pictures, sounds and films are left out: {listed(media)}.")
    rest = [one for one in others if one not in media]
    if rest:
        At(found, sheet.name).tell(f"Columns left out: {listed(rest)}.")


def _document(sheets: Mapping[str, Sheet], form_name: str, found: list[Remark]) -> dict[str, Any]:
    settings = sheets["settings"].rows[0] if sheets["settings"].rows else Row(At(found, "settings"), {})
    languages = read_languages(list(sheets.values()), settings.text("default_language"), found)
    form_id = settings.text("form_id") or re.sub(r"\s+", "-", form_name) or "form"
    lists = read_choices(sheets["choices"], form_id, languages)
    branches = read_tree(sheets["survey"])
    asked = asked_by_name(branches, lists)
    making = Making(languages, lists, asked, set(asked))
    items = make_items(branches, making)
    if making.dropped:
        At(found, "survey").tell(dropped_sentence(making.dropped))
    if not items and not any(one.is_mistake for one in found):
        At(found, "survey").refuse("Nothing on it is a question that a kiosk asks. Add a row such as select_one.")
    return {**_head(settings, languages, form_id), "item": items}


def _head(settings: Row, languages: Languages, form_id: str) -> dict[str, Any]:
    title = languages.words(settings, "form_title")
    if not settings.text("form_id"):
        settings.at.tell(f'There is no form_id, so it is "{form_id}", the name of the file.')
    if not title.text:
        settings.at.tell("There is no form_title, so staff will see the form_id. Add a title.")
    version = _NOT_IN_A_VERSION.sub("-", settings.text("version")).strip("-")  # it stands behind the url, which has no spaces
    if not version:
        settings.at.tell("There is no version: answers cannot say to which edition they belong. Add one.")
    return {
        "resourceType": "Questionnaire",
        "language": languages.own,
        "url": f"urn:xlsform:{quote(form_id, safe='')}",
        **({"version": version} if version else {}),
        **(title.members("title") if title.text else {"title": form_id}),
        "status": "active",
    }


def _faults(document: Mapping[str, Any], survey: Sheet) -> list[Remark]:
    """What only shows when the Questionnaire is whole, in the words of ``kiosk survey check``."""
    rows = {row.text("name"): row.at.row for row in survey.rows}
    faults = find_faults(json.dumps(document, ensure_ascii=False))
    wrong = [one for one in faults if one.severity == "error"]
    return [Remark("survey", rows.get(one.link_id, 0), "", f"{one.words} Change it in the form.") for one in wrong]
