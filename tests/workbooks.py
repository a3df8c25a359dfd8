"""XLSForm workbooks as a form builder writes them, with the least that each test needs to say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from openpyxl import Workbook

from kiosk.cli import commands

Cells = Mapping[str, object]
Sheets = Mapping[str, Sequence[Cells]]
YES_NO: Sequence[Cells] = (
    {"list_name": "yn", "name": "yes", "label": "Yes"},
    {"list_name": "yn", "name": "no", "label": "No"},
)
SIX = ("Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don’t know")
FFT: Sequence[Cells] = [{"list_name": "fft", "name": number, "label": label} for number, label in enumerate(SIX, 1)]
SETTINGS: Cells = {"form_title": "Your care", "form_id": "care", "version": "3", "default_language": "English (en)"}


def ask(kind: str, name: str, **cells: object) -> Cells:
    """A row of the sheet survey."""
    return {"type": kind, "name": name, "label": f"Question {name}?", **cells}


def sheets(*rows: Cells, choices: Sequence[Cells] = YES_NO, settings: Cells = SETTINGS) -> Sheets:
    return {"survey": rows, "choices": choices, "settings": [settings] if settings else []}


def write(path: Path, form: Sheets) -> Path:
    """The workbook as a real file; the columns are those that any row names."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in form.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    book.save(path)
    return path


@dataclass(frozen=True, slots=True)
class Imported:
    """What the command did with a workbook."""

    result: Result
    output: Path

    @property
    def document(self) -> dict[str, Any]:
        assert self.result.exit_code == 0, self.result.stderr
        document: dict[str, Any] = json.loads(self.output.read_text("utf-8"))
        return document

    @property
    def said(self) -> list[str]:
        """The lines on stderr without the file's name, and without the notes of what was left out."""
        lines = self.result.stderr.splitlines()
        return [line.partition(".xlsx: ")[2] for line in lines if ".xlsx: note: " not in line]

    @property
    def notes(self) -> list[str]:
        return [line.partition("note: ")[2] for line in self.result.stderr.splitlines() if ".xlsx: note: " in line]

    def item(self, link_id: str) -> dict[str, Any]:
        waiting = list(self.document["item"])
        while waiting:
            item: dict[str, Any] = waiting.pop()
            if item["linkId"] == link_id:
                return item
            waiting += item.get("item", [])
        raise KeyError(link_id)


def bring_in(folder: Path, form: Sheets | Path) -> Imported:
    """``kiosk survey import`` with this form, as a person would call it."""
    path = form if isinstance(form, Path) else write(folder / "form.xlsx", form)
    output = folder / "survey.json"
    arguments = ["survey", "import", str(path), "-o", str(output)]
    return Imported(CliRunner().invoke(commands, arguments), output)


def check(path: Path) -> Result:
    return CliRunner().invoke(commands, ["survey", "check", str(path)])
