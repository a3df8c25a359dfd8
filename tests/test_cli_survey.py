"""``kiosk survey``: check and try, in words for people and in JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import commands
from kiosk.fhir import READ_LIMIT_BYTES, check_response, read_survey
from tests.questionnaires import DATA, choice, item, questionnaire, raw, translated, when

FORM = (
    choice("fft", "good", "poor", required=True, _text=translated(cy="Sut?")),
    item("why", "text", enableWhen=[when("fft", answerCoding={"system": "urn:test", "code": "poor"})]),
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.json"
    path.write_bytes(raw(*FORM))
    return path


def kiosk(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def try_out(form: Path, answers: object, *options: str) -> Result:
    given = form.parent / "answers.json"
    given.write_text(answers if isinstance(answers, str) else json.dumps(answers), encoding="utf-8")
    return kiosk("survey", "try", form, "--answers", given, *options)


def test_a_survey_that_is_ready_is_summed_up_in_a_line() -> None:
    result = kiosk("survey", "check", DATA / "everything.json")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].endswith("everything.json: ready: All of it, 23 questions, in en, cy.")


def test_every_fault_is_a_line_with_file_path_and_words(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(raw(item("a", "nonsense"), item("b", enableWhen=[when("nowhere", answerString="x")])))
    result = kiosk("survey", "check", path)
    assert result.exit_code == 1
    first, second, summary = result.stdout.splitlines()
    assert first.startswith(f"{path}: Questionnaire.item[0].type: Item \"a\" has the type 'nonsense'")
    assert second.startswith(f"{path}: Questionnaire.item[1].enableWhen[0].question: ")
    assert summary == f"{path}: cannot be used: 2 faults."


def test_several_files_are_checked_and_one_bad_one_is_enough_to_fail(form: Path, tmp_path: Path) -> None:
    result = kiosk("survey", "check", form, tmp_path / "missing.json", "--json")
    assert result.exit_code == 1
    good, missing = json.loads(result.stdout)["files"]
    assert (good["ok"], good["title"], good["questions"], good["languages"]) == (True, "A test", 2, ["en", "cy"])
    assert missing["ok"] is False
    assert "cannot be read" in missing["faults"][0]["words"]


def test_a_warning_does_not_fail_a_survey(form: Path) -> None:
    result = kiosk("survey", "check", form)
    assert result.exit_code == 0
    assert "warning: " in result.stdout


def test_a_file_far_too_large_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(10 * READ_LIMIT_BYTES)
    result = kiosk("survey", "check", path)
    assert result.exit_code == 1
    assert "5 MB" in result.stdout


@pytest.mark.parametrize("content", [b"", b"\xff", b"[[[[", b"{}", b'"x"', b"\x00" * 100])
def test_whatever_the_file_holds_the_answer_is_words_and_never_a_traceback(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    result = kiosk("survey", "check", path)
    assert (result.exit_code, "Traceback" in result.output) == (1, False)


def test_no_file_at_all_is_a_mistake_of_use() -> None:
    assert kiosk("survey", "check").exit_code == 2


def test_trying_a_survey_prints_the_response_the_kiosk_would_keep(form: Path) -> None:
    result = try_out(form, {"fft": "poor", "why": "Cold tea"}, "--lang", "cy")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document["item"][0]["text"] == "Sut?"
    assert document["item"][1]["answer"] == [{"valueString": "Cold tea"}]
    assert check_response(read_survey(form.read_bytes()), document) == ()


def test_initial_values_are_in_the_response_as_on_the_kiosk(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(raw(item("a", initial=[{"valueString": "north"}]), item("b")))
    document = json.loads(try_out(path, {"b": "x"}).stdout)
    assert [each["linkId"] for each in document["item"]] == ["a", "b"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, 'Question "fft" must be answered.'),
        ({"fft": "good", "why": "x"}, 'Question "why" is answered, but is not asked'),
        ({"fft": "best"}, "its options are: good, poor"),
        ({"fft": "good", "other": 1}, 'no question with the linkId "other"'),
        ([1], "must be a JSON object"),
        ("{", "not JSON"),
    ],
)
def test_answers_that_will_not_do_are_a_sentence_on_stderr(form: Path, answers: object, words: str) -> None:
    result = try_out(form, answers)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


def test_a_language_without_its_region_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(raw(item("a"), language="en-GB"))
    assert json.loads(try_out(path, {"a": "x"}, "--lang", "en").stdout)["language"] == "en-GB"


def test_a_language_the_survey_does_not_have_is_refused(form: Path) -> None:
    result = try_out(form, {"fft": "good"}, "--lang", "ur")
    assert result.exit_code == 1
    assert "it is in en, cy" in result.stderr


def test_a_survey_that_cannot_be_used_cannot_be_tried(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_text(json.dumps(questionnaire(item("a", "nonsense"))), encoding="utf-8")
    result = try_out(path, {})
    assert result.exit_code == 1
    assert "nonsense" in result.stderr
