"""Tables as a workbook for spreadsheets. Text stays text: nothing in it runs (S161)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Final

NAME_LENGTH: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def workbook(tables: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    """An XLSX file with a sheet for each table; the first row of each is its heading."""
    import xlsxwriter

    out = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, never) as book:
        bold = book.add_format({"bold": True})
        for name, rows in tables.items():
            sheet = book.add_worksheet(name.translate(_FORBIDDEN).strip()[:NAME_LENGTH] or None)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 0, 40)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write(sheet, (at, column), cell, None if at else bold)
    return out.getvalue()


def _write(sheet: object, place: tuple[int, int], cell: object, style: object) -> None:
    if cell is None:
        return
    if isinstance(cell, bool | int | float):
        sheet.write_number(*place, cell, style)  # type: ignore[attr-defined]
    else:
        sheet.write_string(*place, str(cell), style)  # type: ignore[attr-defined]
