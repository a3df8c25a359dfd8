"""Files from anybody: what is not one clear JSON document is refused in one sentence."""

from __future__ import annotations

import json

import pytest

from kiosk.fhir import READ_LIMIT_BYTES, NotAQuestionnaire, NotJson, SurveyFault, TooLarge, find_faults, read_survey
from tests.questionnaires import group, item, questionnaire, raw


def refusal(text: bytes | str, family: type[SurveyFault]) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(family) as caught:
        read_survey(text)
    return str(caught.value)


def test_a_file_over_the_limit_is_refused_before_it_is_parsed_and_the_limit_is_named() -> None:
    assert "5 MB" in refusal(b"{" * (READ_LIMIT_BYTES + 1), TooLarge)


def test_brackets_nested_beyond_all_need_are_refused() -> None:
    assert "nested deeper" in refusal("[" * 100_000 + "]" * 100_000, TooLarge)


def test_brackets_inside_strings_are_not_nesting() -> None:
    assert read_survey(raw(item("a", text="[{" * 500))).items[0].text.text == "[{" * 500


def test_items_nested_deeper_than_the_kiosk_reads_are_refused_with_the_place() -> None:
    deep = item("bottom")
    for number in range(30):
        deep = group(f"g{number}", deep)
    faults = find_faults(json.dumps(questionnaire(deep)))
    assert faults[0].code == "too-long"
    assert faults[0].path.count("item[0]") == 24


@pytest.mark.parametrize("text", ["", "not json", '{"a":', "{]", b"\xff\xfe{}", '{"a": "\t\x00"}'])
def test_what_is_not_json_is_refused(text: bytes | str) -> None:
    assert refusal(text, NotJson).startswith("The file is not JSON")


def test_the_place_of_a_json_mistake_is_named() -> None:
    assert "(line 2, column 1)" in refusal('{"a": 1\n"b": 2}', NotJson)


def test_a_key_twice_is_refused_because_readers_disagree_which_counts() -> None:
    assert "'status' twice" in refusal('{"resourceType": "Questionnaire", "status": "draft", "status": "active"}', NotJson)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_json_does_not_know_are_refused(number: str) -> None:
    assert number in refusal(f'{{"resourceType": "Questionnaire", "version": {number}}}', NotJson)


@pytest.mark.parametrize("number", ["1" * 5000, "1e999999999", "1e99999999999999999999", "0." + "1" * 50])
def test_numbers_beyond_all_sense_are_refused(number: str) -> None:
    assert "number with more than" in refusal(f'{{"resourceType": "Questionnaire", "version": {number}}}', NotJson)


@pytest.mark.parametrize("character", ["\\u0000", "\\ud800", "\\u001b"])
def test_characters_no_text_may_have_are_refused(character: str) -> None:
    assert "character" in refusal(f'{{"resourceType": "Questionnaire", "title": "a{character}"}}', NotJson)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_survey(b"\xef\xbb\xbf" + raw(item("a"))).title.text == "A test"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[]", "not an object"),
        ('{"a": 1}', "no resourceType"),
        ('{"resourceType": "Patient"}', "'Patient'"),
        ("3", "not an object"),
    ],
)
def test_json_that_is_no_questionnaire_is_refused_and_said_what_it_is(text: str, found: str) -> None:
    assert found in refusal(text, NotAQuestionnaire)


def test_a_fault_says_how_many_more_there_are() -> None:
    text = json.dumps(questionnaire(item("a", "nonsense"), item("b", "nonsense"), item("c", "nonsense")))
    assert refusal(text, SurveyFault).endswith(", and 2 more faults.")
