"""Tables for spreadsheets: CSV that Excel reads as UTF-8, and in which no cell runs as a formula (S161)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(rows: Iterable[Iterable[object]]) -> str:
    """CSV with a byte-order mark in front."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def safe(cell: object) -> object:
    """A cell that a spreadsheet shows and never runs; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
