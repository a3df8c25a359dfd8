"""``kiosk response``: is this an answer to that questionnaire?"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from kiosk.cli.documents import CannotRead, print_json, read_document
from kiosk.fhir import Fault, SurveyFault, check_response, operation_outcome, read_json, read_survey
from kiosk.survey import Survey


@click.group()
def response() -> None:
    """Check responses (FHIR R4 QuestionnaireResponses)."""


@response.command("check")
@click.argument("questionnaire", type=click.Path(path_type=Path))
@click.argument("response_file", metavar="RESPONSE", type=click.Path(path_type=Path))
@click.option("--json", "only_json", is_flag=True, help="Print the OperationOutcome and nothing else.")
def check(questionnaire: Path, response_file: Path, only_json: bool) -> None:
    """Print an OperationOutcome: what is wrong with RESPONSE as an answer to QUESTIONNAIRE.

    Exit 0 when it is valid, 1 when it is not, 2 when a file cannot be read.
    """
    form = _survey(questionnaire, only_json)
    faults = check_response(form, _document(response_file, only_json))
    wrong = sum(fault.severity == "error" for fault in faults)
    _print(faults)
    if not only_json:
        verdict = "valid" if not wrong else f"not valid: {wrong} fault{'s' if wrong > 1 else ''}"
        click.echo(f"{response_file}: {verdict}.", err=True)
    raise SystemExit(1 if wrong else 0)


def _survey(path: Path, only_json: bool) -> Survey:
    try:
        return read_survey(read_document(path))
    except SurveyFault as fault:
        _unreadable(path, fault.faults, str(fault), only_json)
    except CannotRead as reason:
        _unreadable(path, (Fault("Questionnaire", "", "error", "not-found", str(reason)),), str(reason), only_json)


def _document(path: Path, only_json: bool) -> object:
    try:
        return read_json(read_document(path), root="QuestionnaireResponse")
    except SurveyFault as fault:
        _unreadable(path, fault.faults, str(fault), only_json)
    except CannotRead as reason:
        _unreadable(path, (Fault("QuestionnaireResponse", "", "error", "not-found", str(reason)),), str(reason), only_json)


def _unreadable(path: Path, faults: tuple[Fault, ...], sentence: str, only_json: bool) -> NoReturn:
    _print(faults)
    if not only_json:
        click.echo(f"{path}: {sentence}", err=True)
    raise SystemExit(2)


def _print(faults: tuple[Fault, ...]) -> None:
    print_json(operation_outcome(faults))
