"""Sheets of plain values to rows by column: headers as form builders write them, cells as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.xlsform.remarks import At, Remark

Rows = Sequence[tuple[int, Sequence[object]]]
"""The rows of a sheet that are not blank, each with Excel's own number."""

_ALIASES: Final[Mapping[str, str]] = {
    "list name": "list_name",
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "read_only": "readonly",
    "read only": "readonly",
    "repeat count": "repeat_count",
    "title": "form_title",
    "form title": "form_title",
    "id_string": "form_id",
    "form id": "form_id",
    "default language": "default_language",
}
IN_LANGUAGES: Final = ("label", "hint", "form_title")
"""Columns that may be there once a language: ``label::Cymraeg (cy)``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its cells that are not empty, by column."""

    at: At
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a sheet, as they are known here, and its rows."""

    name: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def read_sheet(name: str, rows: Rows, found: list[Remark]) -> Sheet:
    """A sheet whose first row that is not blank has the names of the columns."""
    if not rows:
        return Sheet(name)
    number, header = rows[0]
    columns = [column_name(text_of(value)) for value in header]
    for column in sorted({one for one in columns if one and columns.count(one) > 1}):
        At(found, name, number).refuse(f'The column "{column}" is there twice. Keep one of them.')
    read = (Row(At(found, name, at), _cells(columns, values)) for at, values in rows[1:])
    return Sheet(name, tuple(one for one in columns if one), tuple(row for row in read if row.cells))


def column_name(header: str) -> str:
    """A column's name as it is known here: ``Label :: English (en)`` is ``label::English (en)``."""
    sign = "::" if "::" in header else ":"
    first, _, rest = (" ".join(part.split()) for part in header.partition(sign))
    name = f"{first.lower()}::{rest}" if rest else first.lower()
    return _ALIASES.get(name.lower(), name if first.lower() not in _ALIASES else f"{_ALIASES[first.lower()]}::{rest}")


def text_of(value: object) -> str:
    """A cell as text: 1.0 is ``1``, and a day is ``2026-11-23``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).replace("\u00a0", " ").replace("\r\n", "\n").strip()


def _cells(columns: Sequence[str], values: Sequence[object]) -> dict[str, str]:
    return dict(_filled(columns, values))


def _filled(columns: Sequence[str], values: Sequence[object]) -> Iterator[tuple[str, str]]:
    for column, value in zip(columns, values, strict=False):
        text = text_of(value)
        if column and text:
            yield column, text
