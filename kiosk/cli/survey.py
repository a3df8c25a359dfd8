"""``kiosk survey``: look over a survey before patients see it."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from pathlib import Path

import click

from kiosk.answers import starting
from kiosk.cli.documents import CannotRead, print_json, read_document
from kiosk.cli.lazily import Lazily
from kiosk.fhir import (
    AnswerFault,
    Fault,
    SurveyFault,
    answers_from_json,
    broken_answers,
    find_faults,
    read_json,
    read_survey,
    to_response,
)
from kiosk.survey import Answers, Question, Survey


@click.group(cls=Lazily, table={"import": "kiosk.cli.survey_import:import_form"})
def survey() -> None:
    """Check surveys (FHIR R4 Questionnaires), try them out, and make them of a form builder's workbook."""


@dataclass(frozen=True, slots=True)
class _Checked:
    file: str
    faults: tuple[Fault, ...]
    survey: Survey | None

    @property
    def questions(self) -> int:
        return sum(isinstance(item, Question) for item in self.survey.walk()) if self.survey else 0


@survey.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what is wrong with each FILE, or that it is ready. Exit 1 when a file cannot be used."""
    checked = [_check(path) for path in files]
    if as_json:
        print_json({"files": [_as_json(one) for one in checked]})
    else:
        for one in checked:
            _say(one)
    if any(one.survey is None for one in checked):
        raise SystemExit(1)


@survey.command("try")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--answers", "answers_file", required=True, type=click.Path(path_type=Path), help="JSON: linkId to value.")
@click.option("--lang", "language", default="", help="The language the patient reads, e.g. cy.")
def try_out(file: Path, answers_file: Path, language: str) -> None:
    """Answer the survey in FILE as a patient would, and print the QuestionnaireResponse that the kiosk would keep."""
    form = _read(file)
    tag = _language(form, language)
    if not tag:
        raise _Refused(f"{file}: The survey is not in {language}; it is in {', '.join(form.languages)}.")
    given = _given(form, answers_file)
    broken = broken_answers(form, given)
    if broken:
        raise _Refused("\n".join(f"{answers_file}: {sentence}" for sentence in broken))
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    response = to_response(
        form,
        given,
        response_id=str(uuid.uuid4()),
        status="completed",
        language=tag,
        authored=now.isoformat(),
    )
    print_json(response)


def _language(form: Survey, wanted: str) -> str:
    """The survey's language that is meant: the very one, else one of the same family (``en`` for ``en-GB``)."""
    if not wanted or wanted in form.languages:
        return wanted or form.language
    return next((tag for tag in form.languages if tag.partition("-")[0] == wanted.partition("-")[0]), "")


class _Refused(click.ClickException):
    """A sentence on stderr, exit 1."""

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's signature
        click.echo(self.message, err=True)


def _check(path: Path) -> _Checked:
    try:
        raw = read_document(path)
    except CannotRead as reason:
        return _Checked(str(path), (Fault("", "", "error", "not-found", str(reason)),), None)
    faults = find_faults(raw)
    whole = not any(fault.severity == "error" for fault in faults)
    return _Checked(str(path), faults, read_survey(raw) if whole else None)


def _say(one: _Checked) -> None:
    for fault in one.faults:
        where = f"{fault.path}: " if fault.path else ""
        what = "" if fault.severity == "error" else f"{fault.severity}: "
        click.echo(f"{one.file}: {where}{what}{fault.words}")
    if one.survey is None:
        count = sum(fault.severity == "error" for fault in one.faults)
        click.echo(f"{one.file}: cannot be used: {count} fault{'s' if count != 1 else ''}.")
        return
    title = one.survey.title.text or "a survey without a title"
    languages = ", ".join(one.survey.languages)
    plural = "s" if one.questions != 1 else ""
    click.echo(f"{one.file}: ready: {title}, {one.questions} question{plural}, in {languages}.")


def _as_json(one: _Checked) -> dict[str, object]:
    return {
        "file": one.file,
        "ok": one.survey is not None,
        "title": one.survey.title.text if one.survey else None,
        "questions": one.questions,
        "languages": list(one.survey.languages) if one.survey else [],
        "faults": [
            {"path": f.path, "linkId": f.link_id, "severity": f.severity, "code": f.code, "words": f.words} for f in one.faults
        ],
    }


def _read(path: Path) -> Survey:
    try:
        return read_survey(read_document(path))
    except (CannotRead, SurveyFault) as reason:
        raise _Refused(f"{path}: {reason}") from None


def _given(form: Survey, path: Path) -> Answers:
    """The answers in the file, and the survey's own initial values where it has none, as on the kiosk."""
    try:
        data = read_json(read_document(path))
        if not isinstance(data, dict):
            raise _Refused(f"{path}: The answers must be a JSON object, linkId to value.")
        return starting(form, answers_from_json(form, data))
    except (CannotRead, SurveyFault, AnswerFault) as reason:
        raise _Refused(f"{path}: {reason}") from None
