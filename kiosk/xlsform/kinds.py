"""XLSForm's types: which a kiosk asks, which it leaves out to protect people, and which it cannot ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ASKED: Final[Mapping[str, str]] = {
    "text": "string",
    "string": "string",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "integer",
    "date": "date",
    "time": "time",
    "datetime": "dateTime",
    "acknowledge": "boolean",
    "trigger": "boolean",
    "note": "display",
}
"""The type in FHIR of what a kiosk asks or shows."""
DROPPED: Final = frozenset({
    "calculate", "calculate_here", "hidden", "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber",
    "username", "email", "audit", "start-geopoint", "background-audio", "background-geopoint", "csv-external", "xml-external",
})  # fmt: skip
"""Never asked, and often about who somebody is (S156)."""
_NO_PLACES: Final = "A kiosk does not ask where somebody is. Take the row out, or offer a list of places."
_NO_FILES: Final = "A kiosk keeps no {what} of a patient. Take the row out, or ask in words."
REFUSED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "location"), _NO_PLACES),
    "image": _NO_FILES.format(what="picture"),
    "photo": _NO_FILES.format(what="picture"),
    "audio": _NO_FILES.format(what="sound"),
    "video": _NO_FILES.format(what="film"),
    "file": _NO_FILES.format(what="file"),
    "barcode": "A kiosk reads no barcodes. Take the row out, or ask for the number as text.",
    "rank": "A kiosk cannot put answers in order. Ask for the most important one with select_one.",
    "select_one_from_file": "The answers are in another file. Put them on the sheet choices, and use select_one.",
    "select_multiple_from_file": "The answers are in another file. Put them on the sheet choices, and use select_multiple.",
    "select_one_external": "The answers are on another sheet. Put them on the sheet choices, and use select_one.",
}  # fmt: skip
"""What a kiosk cannot ask, and what to do about it."""
KNOWN: Final = "text, integer, decimal, range, date, time, dateTime, select_one, select_multiple, acknowledge and note"
_SELECT = re.compile(
    r"(?P<one>select[_ ]?one|select1|select one)|(?P<many>select[_ ]multiple|select all that apply|select many)", re.IGNORECASE
)
_OTHER = re.compile(r"\s+(?:or_other|or other|or specify other)$", re.IGNORECASE)
_FENCE = re.compile(r"(begin|end)[_ ]+(group|repeat|loop)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A cell of the column type. `word` is the type as a form builder calls it."""

    word: str
    fhir: str = ""
    list_name: str = ""
    many: bool = False
    or_other: bool = False

    @property
    def is_select(self) -> bool:
        return self.word in {"select_one", "select_multiple"}


def read_kind(cell: str) -> Kind:
    """The type in a cell, whatever it is; `fhir` is empty for what is not asked."""
    text = " ".join(cell.split())
    fence = _FENCE.fullmatch(text)
    if fence:
        return Kind(f"{fence[1]}_{fence[2]}".lower())
    first = text.partition(" ")[0].lower()
    if first in REFUSED:
        return Kind(first)
    select = _SELECT.match(text)
    if select:
        return _select(text[select.end() :], many=bool(select["many"]))
    whole = text.lower()
    return Kind(whole, ASKED.get(whole, ""))


def _select(rest: str, *, many: bool) -> Kind:
    name = re.sub(r"^\s+from\s+", " ", rest)
    other = _OTHER.search(name)
    name = (name[: other.start()] if other else name).strip()
    word = "select_multiple" if many else "select_one"
    return Kind(word, "open-choice" if other else "choice", name, many=many, or_other=bool(other))
