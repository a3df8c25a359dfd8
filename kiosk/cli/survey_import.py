"""``kiosk survey import``: an XLSForm workbook to a Questionnaire that the kiosk can ask."""

from __future__ import annotations

import json
import os
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any, Final

import click

from kiosk.fhir import READ_LIMIT_BYTES, read_survey
from kiosk.survey import Question
from kiosk.xlsform import Converted, Rows, convert

SIZE_LIMIT_BYTES: Final = 20 * 1024 * 1024
"""The largest workbook that is read, and four times that unpacked."""
ROW_LIMIT: Final = 10_000
"""The most rows of a sheet that are not blank."""
_OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_NO_READER: Final = 'Reading workbooks needs openpyxl. Install it: pip install "feedback-kiosk[forms]".'


class _CannotUse(Exception):
    """A workbook that cannot be read; the text is why, and what to do."""


@click.command("import")
@click.argument("form", type=click.Path(path_type=Path))
@click.option("-o", "--output", "output", required=True, type=click.Path(path_type=Path), help="The Questionnaire to write.")
def import_form(form: Path, output: Path) -> None:
    """Make a survey of FORM, an XLSForm workbook (ODK, Kobo, Survey123). Exit 1, and nothing written, when it has mistakes."""
    try:
        made = convert(_read(form, output), form.stem)
    except _CannotUse as reason:
        click.echo(f"{form}: {reason}", err=True)
        raise SystemExit(1) from None
    for remark in made.remarks:
        click.echo(f"{form}: {'' if remark.is_mistake else 'note: '}{remark}", err=True)
    document = _whole(form, made)
    try:
        _write(output, document)
    except OSError as problem:
        click.echo(f"{output}: It cannot be written: {problem.strerror or problem}. Choose another place.", err=True)
        raise SystemExit(1) from None
    click.echo(_summary(output, document))


def _whole(form: Path, made: Converted) -> bytes:
    """The Questionnaire's JSON. Ends the command when there is none."""
    count = len(made.mistakes)
    if made.questionnaire is None:
        click.echo(f"{form}: cannot be used: {count} mistake{'' if count == 1 else 's'}. Nothing was written.", err=True)
        raise SystemExit(1)
    document = (json.dumps(made.questionnaire, ensure_ascii=False, indent=2) + "\n").encode()
    if len(document) > READ_LIMIT_BYTES:
        click.echo(f"{form}: The survey would be larger than a kiosk reads. Make it shorter.", err=True)
        raise SystemExit(1)
    return document


def _summary(output: Path, document: bytes) -> str:
    survey = read_survey(document)
    count = sum(isinstance(item, Question) for item in survey.walk())
    made = f"{survey.title.text}, {count} question{'' if count == 1 else 's'}, in {', '.join(survey.languages)}"
    return f"{output}: ready: {made}. Look it over: kiosk survey check {output}"


def _read(form: Path, output: Path) -> dict[str, Rows]:
    """The rows of every sheet that are not blank, as plain values. Raises _CannotUse."""
    if output.resolve() == form.resolve():
        raise _CannotUse("It cannot be the output too. Give the survey a name of its own, such as survey.json.")
    try:
        _check_file(form)
    except OSError as problem:
        raise _CannotUse(f"It cannot be read: {problem.strerror or problem}. Check its name and place.") from None
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        raise _CannotUse(_NO_READER) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and drop-down lists, which nobody needs here
        try:
            book = load_workbook(form, read_only=True, data_only=True)
            try:
                return {sheet.title: _rows(sheet) for sheet in book.worksheets}
            finally:
                book.close()
        except _CannotUse:
            raise
        except Exception:  # noqa: BLE001 - there is no end to what a spoilt file makes a reader raise
            raise _CannotUse("The workbook is spoilt. Open it, save it again as .xlsx, and try once more.") from None


def _check_file(form: Path) -> None:
    if form.stat().st_size > SIZE_LIMIT_BYTES:
        raise _CannotUse(f"It is larger than {SIZE_LIMIT_BYTES // 1024 // 1024} MB. Take the pictures out of the workbook.")
    start = form.read_bytes()
    if start.startswith(_OLD_OFFICE) and _PROTECTED in start:
        raise _CannotUse("It is locked with a password. Save it without one, and try again.")
    if start.startswith(_OLD_OFFICE):
        raise _CannotUse("It is a workbook of the old kind. Open it, and save it as .xlsx.")
    if not zipfile.is_zipfile(form):
        raise _CannotUse("It is not a workbook. Save the form as .xlsx, and try again.")
    try:
        with zipfile.ZipFile(form) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            is_workbook = any(part.filename == "[Content_Types].xml" for part in parts.infolist())
    except zipfile.BadZipFile:
        raise _CannotUse("The workbook is spoilt. Open it, save it again as .xlsx, and try once more.") from None
    if not is_workbook:
        raise _CannotUse("It is not a workbook. Save the form as .xlsx, and try again.")
    if unpacked > 4 * SIZE_LIMIT_BYTES:
        raise _CannotUse("It is too large when it is unpacked. Copy its sheets into a new workbook.")


def _rows(sheet: Any) -> Rows:
    sheet.reset_dimensions()  # some programs write a wrong size, and everything beyond it would be lost
    found = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(value is not None and str(value).strip() for value in values):
            found.append((number, values))
        if len(found) > ROW_LIMIT:
            raise _CannotUse(f'The sheet "{sheet.title}" has more than {ROW_LIMIT:,} rows. Make it shorter.')
    return found


def _write(output: Path, document: bytes) -> None:
    """The whole file or none: it is written beside its place, and put there when it is done."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=".survey-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(document)
        Path(name).chmod(0o644)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
