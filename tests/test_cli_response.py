"""``kiosk response check``: an OperationOutcome on stdout; exit 0 valid, 1 not, 2 unreadable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import commands
from tests.questionnaires import answer, answered, item, raw


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.json"
    path.write_bytes(raw(item("a", "integer")))
    return path


def check(form: Path, response: bytes, *options: str) -> tuple[Result, Any]:
    path = form.parent / "response.json"
    path.write_bytes(response)
    result = CliRunner().invoke(commands, ["response", "check", str(form), str(path), *options])
    return result, json.loads(result.stdout)


def test_a_valid_response_is_all_ok(form: Path) -> None:
    result, outcome = check(form, json.dumps(answered(answer("a", {"valueInteger": 1}))).encode())
    assert result.exit_code == 0
    assert outcome["issue"] == [{"severity": "information", "code": "informational", "diagnostics": "All OK"}]
    assert result.stderr.endswith("response.json: valid.\n")


def test_a_response_that_breaks_its_form_has_issues_with_paths(form: Path) -> None:
    result, outcome = check(form, json.dumps(answered(answer("a", {"valueString": "1"}))).encode(), "--json")
    assert result.exit_code == 1
    assert outcome["resourceType"] == "OperationOutcome"
    assert outcome["issue"][0]["expression"] == ["QuestionnaireResponse.item[0].answer[0].valueString"]
    assert result.stderr == ""


def test_a_warning_alone_is_still_valid(form: Path) -> None:
    result, outcome = check(form, json.dumps(answered(questionnaire="urn:test:survey")).encode())
    assert (result.exit_code, outcome["issue"][0]["severity"]) == (0, "warning")


@pytest.mark.parametrize("response", [b"", b"{", b"\xff\xfe", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[" * 500])
def test_a_response_that_is_no_json_is_unreadable(form: Path, response: bytes) -> None:
    result, outcome = check(form, response)
    assert result.exit_code == 2
    assert outcome["issue"][0]["expression"] == ["QuestionnaireResponse"]
    assert "response.json: " in result.stderr


def test_json_that_is_no_response_is_read_and_not_valid(form: Path) -> None:
    assert check(form, b"[]")[0].exit_code == 1


def test_a_questionnaire_that_cannot_be_used_is_unreadable_and_said_why(form: Path) -> None:
    form.write_bytes(raw(item("a", "nonsense")))
    result, outcome = check(form, b"{}")
    assert result.exit_code == 2
    assert "nonsense" in outcome["issue"][0]["diagnostics"]


def test_a_file_that_is_not_there_is_unreadable(form: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["response", "check", str(form), str(tmp_path / "none.json")])
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
    form.unlink()
    assert check(form, b"{}")[0].exit_code == 2
