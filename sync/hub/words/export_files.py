"""Whole responses as files, all in flat memory: CSV, JSON and FHIR as streams of bytes, a workbook in a file on the disk."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

import msgspec
import xlsxwriter

from sync import wire
from sync.hub.analysis import spreadsheet
from sync.hub.taking_in.told import extensions
from sync.hub.words import exports
from sync.hub.words.exports import Column, Given, Taken, Whole

PIECE_CHARACTERS: Final = 60_000
ROWS_ON_A_SHEET: Final = 1_048_576
LONGEST_CELL: Final = 32_767
"""What Excel takes; the other files hold all of a longer comment."""
FIXED: Final = (
    "Response",
    "Day",
    "Site",
    "Device",
    "How far",
    "Language",
    "Words may be shared",
    "How it was answered",
    "How it was collected",
)
STATUS: Final = {"completed": "Finished", "amended": "Finished, then changed", "stopped": "Stopped early"}
KEPT_IN_FHIR: Final = ("resourceType", "id", "identifier", "questionnaire", "status", "language")
TOLD_EXTENSIONS: Final = frozenset({wire.WAY_EXTENSION, wire.METHOD_EXTENSION})
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ndjson": "application/fhir+ndjson",
}


def as_csv(taken: Taken) -> Iterator[bytes]:
    """One row a response, one column a question; read by Excel as UTF-8, and no cell of it runs (S161)."""
    lines = _Lines()
    writer = csv.writer(lines)
    yield spreadsheet.BOM.encode()
    for row in table(taken):
        writer.writerow([spreadsheet.safe(cell) for cell in row])
        if lines.length >= PIECE_CHARACTERS:
            yield lines.taken()
    yield lines.taken()


def as_json(taken: Taken) -> Iterator[bytes]:
    """One object: what was asked for, and ``responses``, an array with one flat object each."""
    scope = taken.scope
    head = {
        "survey": {"url": scope.survey.url, "title": scope.survey.title},
        "from": scope.first.isoformat(),
        "to": scope.last.isoformat(),
        "site": scope.site.name if scope.site else None,
        "questions": {column.link_id: column.words for column in exports.columns(taken)},
    }
    yield msgspec.json.encode(head)[:-1] + b',"responses":[\n'
    known = {column.link_id: column for column in exports.columns(taken)}
    objects = (msgspec.json.encode(_flat(whole, known)) for whole in exports.responses(taken))
    yield from _pieces(objects, b",\n")
    yield b"\n]}\n"


def as_ndjson(taken: Taken) -> Iterator[bytes]:
    """One FHIR R4 QuestionnaireResponse a line."""
    hidden = set() if taken.about_people else exports.about_people(taken.scope)
    yield from _pieces((msgspec.json.encode(fhir(whole, hidden)) for whole in exports.responses(taken)), b"\n")
    yield b"\n"


STREAMS: Final[dict[str, Callable[[Taken], Iterator[bytes]]]] = {"csv": as_csv, "json": as_json, "ndjson": as_ndjson}


def as_workbook(taken: Taken, folder: Path) -> IO[bytes]:
    """An open XLSX file without a name, at its beginning. It, and what it is made of, lie in `folder` meanwhile."""
    out = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - whoever asked closes it
    try:
        as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": str(folder), **as_text}) as book:
            _write(book, table(taken))
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return out


def table(taken: Taken) -> Iterator[list[object]]:
    """The headings, then a row a response."""
    columns = exports.columns(taken)
    yield [*FIXED, *(column.heading for column in columns)]
    for whole in exports.responses(taken):
        yield [*_fixed(whole), *(_cell(column, whole) for column in columns)]


def fhir(whole: Whole, hidden: set[str]) -> dict[str, Any]:
    """The response without times, order and what is `hidden` (linkIds); its words as they may be shown."""
    document = msgspec.json.decode(whole.document)
    shown = {name: document[name] for name in KEPT_IN_FHIR if name in document}
    told = [one for url in sorted(TOLD_EXTENSIONS) for one in extensions(document, url)]
    shown |= {"id": str(whole.uuid), "authored": str(document.get("authored", whole.day))[:10]}
    shown |= {"extension": told} if told else {}
    items = _items(document.get("item"), hidden)
    shown |= {"item": _shown(items, whole.redacted)} if items else {}
    return shown


class _Lines:
    """Where csv writes: pieces of text until they are taken."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0

    def write(self, line: str) -> None:
        self._parts.append(line)
        self.length += len(line)

    def taken(self) -> bytes:
        text = "".join(self._parts)
        self._parts.clear()
        self.length = 0
        return text.encode()


def _pieces(parts: Iterable[bytes], between: bytes) -> Iterator[bytes]:
    """`parts` with `between` between them, in pieces of a good size."""
    piece, first = bytearray(), True
    for part in parts:
        piece += part if first else between + part
        first = False
        if len(piece) >= PIECE_CHARACTERS:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _fixed(whole: Whole) -> list[object]:
    document = msgspec.json.decode(whole.document)
    ways, methods = (_codes(document, url) for url in (wire.WAY_EXTENSION, wire.METHOD_EXTENSION))
    share = "Yes" if whole.may_share else "No"
    far = STATUS.get(whole.status, whole.status)
    return [str(whole.uuid), whole.day.isoformat(), whole.site, whole.device, far, whole.language, share, ways, methods]


def _codes(document: dict[str, Any], url: str) -> str:
    return "; ".join(str(part.get("valueCode", "")) for part in extensions(document, url))


def _cell(column: Column, whole: Whole) -> object:
    answers = whole.answers.get(column.link_id, [])
    if len(answers) == 1 and isinstance(answers[0], Given) and answers[0].number is not None:
        number = answers[0].number
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return "; ".join(_said(column, answer) for answer in answers)


def _said(column: Column, answer: Given | str) -> str:
    return answer if isinstance(answer, str) else column.wording.get((answer.system, answer.code), answer.code)


def _flat(whole: Whole, columns: dict[str, Column]) -> dict[str, object]:
    answers = {
        link_id: [_answer(columns[link_id], answer) for answer in given]
        for link_id, given in whole.answers.items()
        if link_id in columns
    }
    return {
        "id": str(whole.uuid),
        "day": whole.day.isoformat(),
        "site": whole.site,
        "device": whole.device,
        "status": whole.status,
        "language": whole.language,
        "may_share": whole.may_share,
        "answers": answers,
    }


def _answer(column: Column, answer: Given | str) -> dict[str, object]:
    if isinstance(answer, str):
        return {"text": answer}
    if answer.number is not None:
        return {"number": answer.number}
    return {
        "system": answer.system,
        "code": answer.code,
        "words": column.wording.get((answer.system, answer.code), answer.code),
    }


def _items(items: object, hidden: set[str]) -> list[dict[str, Any]]:
    """Items that are not hidden, and of groups only those that hold something still."""
    found = []
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict) or item.get("linkId") in hidden:
            continue
        inside, answers = _items(item.get("item"), hidden), item.get("answer")
        kept = {name: value for name, value in item.items() if name in {"linkId", "text", "definition"}}
        if isinstance(answers, list) and answers:
            kept["answer"] = [_answered(answer, hidden) for answer in answers if isinstance(answer, dict)]
        if inside:
            kept["item"] = inside
        if inside or kept.get("answer"):
            found.append(kept)
    return found


def _answered(answer: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
    kept = {name: value for name, value in answer.items() if name.startswith("value")}
    inside = _items(answer.get("item"), hidden)
    return kept | ({"item": inside} if inside else {})


def _shown(value: Any, redacted: Any) -> Any:
    """`value` with every one of the `redacted` texts replaced, however deep it stands."""
    if not redacted:
        return value
    if isinstance(value, dict):
        return {name: _shown(inside, redacted) for name, inside in value.items()}
    if isinstance(value, list):
        return [_shown(inside, redacted) for inside in value]
    if isinstance(value, str):
        for original, text in redacted.items():
            value = value.replace(original, text)
    return value


def _write(book: Any, rows: Iterable[list[object]]) -> None:
    """Rows on as many sheets as they need, each with the headings on top."""
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    headings: list[object] = []
    sheet, at = None, ROWS_ON_A_SHEET
    for row in rows:
        if not headings:
            headings = row
            continue
        if at >= ROWS_ON_A_SHEET:
            sheet, at = _sheet(book, headings, bold), 1
        _write_row(sheet, at, row)
        at += 1
    if sheet is None:
        _sheet(book, headings, bold)


def _sheet(book: Any, headings: list[object], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, 18)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, str(heading)[:LONGEST_CELL], bold)
    return sheet


def _write_row(sheet: Any, at: int, row: list[object]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int | float):
            sheet.write_number(at, column, cell)
        elif cell != "":
            sheet.write_string(at, column, str(cell)[:LONGEST_CELL])
