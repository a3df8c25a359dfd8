"""Every way a response can break its questionnaire is found, with its exact path."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.fhir import Fault, check_response, operation_outcome, read_survey
from kiosk.survey import Survey
from tests.questionnaires import Json, answer, answered, choice, coding, extension, group, item, questionnaire, survey, when

Q = "QuestionnaireResponse"


def check(form: Survey, *items: Json, **members: Any) -> list[tuple[str, str, str]]:
    """(severity, path, words) of every fault of a response with these items."""
    return [(fault.severity, fault.path, fault.words) for fault in check_response(form, answered(*items, **members))]


def one_fault(form: Survey, *items: Json, at: str, words: str, **members: Any) -> None:
    found = check(form, *items, **members)
    assert [(severity, path) for severity, path, _ in found] == [("error", f"{Q}{at}")]
    assert words in found[0][2]


def test_a_valid_response_has_no_faults_and_the_outcome_says_so() -> None:
    form = survey(item("a"), choice("b", "x", "y"), group("g", item("c", "integer")))
    items = [answer("a", {"valueString": "s"}), answer("b", {"valueCoding": coding("x")})]
    assert check(form, *items, {"linkId": "g", "item": [answer("c", {"valueInteger": 3})]}) == []
    assert operation_outcome(()) == {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "information", "code": "informational", "diagnostics": "All OK"}],
    }


def test_an_outcome_has_an_issue_with_path_and_words_for_each_fault() -> None:
    faults = [Fault("A.b", "x", "error", "value", "Words."), Fault("A.c", "", "warning", "structure", "More.")]
    assert operation_outcome(faults)["issue"] == [
        {"severity": "error", "code": "value", "diagnostics": "Words.", "expression": ["A.b"]},
        {"severity": "warning", "code": "structure", "diagnostics": "More.", "expression": ["A.c"]},
    ]


@pytest.mark.parametrize("document", [None, [], "x", 3, {}, {"resourceType": "Questionnaire"}])
def test_what_is_no_response_is_one_fault(document: object) -> None:
    assert [fault.path for fault in check_response(survey(item("a")), document)] == [Q]


@pytest.mark.parametrize(
    ("members", "at"),
    [
        ({"status": "done"}, ".status"),
        ({"status": 3}, ".status"),
        ({"status": None}, ".status"),
        ({"questionnaire": "urn:other|1"}, ".questionnaire"),
        ({"questionnaire": "urn:test:survey|2"}, ".questionnaire"),
        ({"questionnaire": ""}, ".questionnaire"),
        ({"questionnaire": 5}, ".questionnaire"),
        ({"authored": "yesterday"}, ".authored"),
        ({"authored": "2026-13-01"}, ".authored"),
        ({"authored": "2026-01-01T10:00"}, ".authored"),
        ({"id": "no spaces"}, ".id"),
        ({"language": "?"}, ".language"),
        ({"subject": "Patient/1"}, ".subject"),
        ({"identifier": {"value": 5}}, ".identifier.value"),
        ({"identifier": {"system": "a b"}}, ".identifier.system"),
        ({"extension": []}, ".extension"),
        ({"extension": [{"valueCode": "x"}]}, ".extension[0].url"),
        ({"extension": [4]}, ".extension[0]"),
        ({"modifierExtension": [{"url": "x"}]}, ".modifierExtension"),
        ({"implicitRules": "x"}, ".implicitRules"),
        ({"answers": []}, ".answers"),
        ({"item": []}, ".item"),
        ({"item": {}}, ".item"),
        ({"item": [None]}, ".item[0]"),
        ({"item": [{"answer": []}]}, ".item[0]"),
    ],
)
def test_a_head_that_is_wrong_is_found_with_its_path(members: Json, at: str) -> None:
    assert [path for severity, path, _ in check(survey(item("a")), **members) if severity == "error"] == [f"{Q}{at}"]


def test_a_missing_status_and_a_missing_reference_are_found() -> None:
    document = {"resourceType": Q}
    assert [fault.path for fault in check_response(survey(item("a")), document)] == [f"{Q}.status", f"{Q}.questionnaire"]


def test_a_reference_without_a_version_is_a_warning() -> None:
    assert [severity for severity, _, _ in check(survey(item("a")), questionnaire="urn:test:survey")] == ["warning"]


def test_an_item_the_form_does_not_have_is_found() -> None:
    one_fault(survey(item("a")), answer("b", {"valueString": "x"}), at=".item[0].linkId", words='no item with the linkId "b"')


def test_an_item_under_the_wrong_parent_is_found_and_said_where_it_belongs() -> None:
    form = survey(group("g", item("a")), item("b"))
    one_fault(form, answer("a", {"valueString": "x"}), at=".item[0]", words='belongs below "g"')
    misplaced = {"linkId": "g", "item": [answer("b", {"valueString": "x"})]}
    one_fault(form, misplaced, at=".item[0].item[0]", words='stands below "g", but belongs at the top')


@pytest.mark.parametrize(
    ("kind", "value", "at"),
    [
        ("string", {"valueInteger": 3}, "valueInteger"),
        ("integer", {"valueString": "3"}, "valueString"),
        ("integer", {"valueInteger": 3.5}, "valueInteger"),
        ("integer", {"valueInteger": True}, "valueInteger"),
        ("integer", {"valueInteger": 2**31}, "valueInteger"),
        ("boolean", {"valueBoolean": "true"}, "valueBoolean"),
        ("decimal", {"valueDecimal": "1.5"}, "valueDecimal"),
        ("decimal", {"valueDecimal": float("nan")}, "valueDecimal"),
        ("date", {"valueDate": "2026-02-30"}, "valueDate"),
        ("date", {"valueDate": "26-01-01"}, "valueDate"),
        ("date", {"valueDate": "2026-1-1"}, "valueDate"),
        ("dateTime", {"valueDateTime": "2026-01-01T10:00:00"}, "valueDateTime"),
        ("dateTime", {"valueDateTime": "2026-01T10:00:00Z"}, "valueDateTime"),
        ("time", {"valueTime": "25:00:00"}, "valueTime"),
        ("time", {"valueTime": "10:00"}, "valueTime"),
        ("string", {"valueString": ""}, "valueString"),
        ("string", {"valueString": "a\x00b"}, "valueString"),
        ("url", {"valueUri": "a b"}, "valueUri"),
        ("url", {"valueUrl": "https://a"}, "valueUrl"),
        ("quantity", {"valueQuantity": {"unit": "kg"}}, "valueQuantity.value"),
        ("quantity", {"valueQuantity": {"value": 1, "code": "kg"}}, "valueQuantity.code"),
        ("quantity", {"valueQuantity": {"value": 1, "comparator": "="}}, "valueQuantity.comparator"),
        ("attachment", {"valueAttachment": {"data": "eA=="}}, "valueAttachment"),
        ("attachment", {"valueAttachment": {"contentType": "text/plain", "data": "no base64!"}}, "valueAttachment.data"),
        ("reference", {"valueReference": {}}, "valueReference"),
        ("reference", {"valueReference": {"reference": 3}}, "valueReference.reference"),
    ],
)
def test_a_value_of_the_wrong_type_or_form_is_found(kind: str, value: Json, at: str) -> None:
    found = check(survey(item("a", kind)), answer("a", value), status="in-progress")
    assert [(severity, path) for severity, path, _ in found] == [("error", f"{Q}.item[0].answer[0].{at}")]


@pytest.mark.parametrize(
    "value",
    [{"valueCoding": {**coding("a"), "code": "z"}}, {"valueCoding": {**coding("a"), "system": "urn:x"}}, {"valueString": "A"}],
)
def test_a_choice_that_is_not_an_option_is_found(value: Json) -> None:
    one_fault(
        survey(choice("a", "a", "b")),
        answer("a", value),
        at=f".item[0].answer[0].{next(iter(value))}",
        words="its options: a, b",
    )


def test_an_open_choice_may_be_other_words_but_no_other_coding() -> None:
    form = survey(choice("a", "a", kind="open-choice"))
    assert check(form, answer("a", {"valueString": "other"})) == []
    one_fault(
        form, answer("a", {"valueCoding": coding("z")}), at=".item[0].answer[0].valueCoding", words="not one of its options"
    )


def test_options_of_other_types_are_told_from_each_other() -> None:
    form = survey(item("a", "choice", answerOption=[{"valueInteger": 1}, {"valueString": "x"}, {"valueDate": "2026-01-01"}]))
    assert check(form, answer("a", {"valueInteger": 1})) == []
    assert check(form, answer("a", {"valueDate": "2026-01-01"})) == []
    one_fault(form, answer("a", {"valueString": "1"}), at=".item[0].answer[0].valueString", words="not one of its options")


@pytest.mark.parametrize(
    ("status", "wrong"), [("completed", True), ("amended", True), ("in-progress", False), ("stopped", False)]
)
def test_what_is_required_is_missed_only_where_the_response_claims_to_be_whole(status: str, wrong: bool) -> None:
    form = survey(item("a", required=True), group("g", item("b", required=True)), group("h", item("c"), required=True))
    found = check(form, {"linkId": "g", "text": "here"}, status=status)
    assert [path for _, path, _ in found] == ([Q, f"{Q}.item[0]", Q] if wrong else [])


def test_what_is_switched_off_is_not_missed_and_must_not_be_answered() -> None:
    form = survey(item("a"), group("g", item("b", required=True), enableWhen=[when("a", answerString="yes")]))
    assert check(form, answer("a", {"valueString": "no"})) == []
    one_fault(form, answer("a", {"valueString": "yes"}), at="", words='"b" is required')
    off = {"linkId": "g", "item": [answer("b", {"valueString": "x"})]}
    one_fault(form, answer("a", {"valueString": "no"}), off, at=".item[1]", words="switch it off")


LIMITED = survey(
    item("long", maxLength=3),
    item("short", extension=[extension("minLength", valueInteger=3)]),
    item("form", extension=[extension("regex", valueString="[a-z]+")]),
    item("least", "integer", extension=[extension("minValue", valueInteger=3)]),
    item("most", "date", extension=[extension("maxValue", valueDate="2026-01-01")]),
    item("fine", "decimal", extension=[extension("maxDecimalPlaces", valueInteger=1)]),
    item("step", "integer", extension=[extension("questionnaire-sliderStepValue", valueInteger=5)]),
)


@pytest.mark.parametrize(
    ("link_id", "value", "words"),
    [
        ("long", {"valueString": "four"}, "longer than 3"),
        ("short", {"valueString": "ab"}, "shorter than 3"),
        ("form", {"valueString": "A1"}, "regex"),
        ("least", {"valueInteger": 2}, "the least it may be, 3"),
        ("most", {"valueDate": "2026-01-02"}, "the most it may be, 2026-01-01"),
        ("fine", {"valueDecimal": 1.25}, "more than 1 decimal"),
        ("step", {"valueInteger": 7}, "the step is 5"),
    ],
)
def test_a_value_beyond_its_bounds_is_found(link_id: str, value: Json, words: str) -> None:
    one_fault(LIMITED, answer(link_id, value), at=f".item[0].answer[0].{next(iter(value))}", words=words)


def test_nesting_that_is_wrong_is_found() -> None:
    form = survey(item("q", item=[item("sub")]), item("n", "display"), group("g", item("x")))
    sub = answer("sub", {"valueString": "s"})
    one_fault(form, {"linkId": "q", "item": [sub]}, at=".item[0].item", words="answer.item")
    one_fault(form, {**answer("q", {"valueString": "x"}), "item": [sub]}, at=".item[0]", words="qrs-1")
    one_fault(form, answer("n", {"valueString": "x"}), at=".item[0].answer", words="a display, which cannot have an answer")
    one_fault(form, {"linkId": "n", "item": [sub]}, at=".item[0].item", words="a display, which cannot have items")
    one_fault(form, answer("g", {"valueString": "x"}), at=".item[0].answer", words="a group, which cannot have an answer")
    one_fault(form, {"linkId": "q", "answer": []}, at=".item[0].answer", words="list of answers")
    one_fault(form, answer("q", {}), at=".item[0].answer[0]", words="without a value")
    one_fault(form, answer("q", {"valueString": "x", "valueInteger": 1}), at=".item[0].answer[0]", words="with 2 values")
    one_fault(form, answer("q", {"valueString": "x", "extra": 1}), at=".item[0].answer[0].extra", words="does not have there")
    assert check(form, answer("q", {"valueString": "x", "item": [sub]}), {"linkId": "n", "text": "Words."}) == []


def test_more_answers_or_items_than_allowed_are_found() -> None:
    often = [extension("questionnaire-minOccurs", valueInteger=2), extension("questionnaire-maxOccurs", valueInteger=3)]
    form = survey(
        item("one"), item("several", repeats=True, extension=often), group("g", item("in"), repeats=True, extension=often)
    )
    a = {"valueString": "x"}
    section = {"linkId": "g", "item": [answer("in", a)]}
    one_fault(form, answer("one", a, a), at=".item[0]", words="the most is 1")
    one_fault(form, answer("several", {"valueString": "y"}), at=".item[0]", words="the least is 2")
    one_fault(form, answer("several", *({"valueString": str(n)} for n in range(4))), at=".item[0]", words="the most is 3")
    one_fault(form, section, at=".item[0]", words="the least is 2")
    one_fault(form, section, section, section, section, at=".item[0]", words="filled in 4 times")
    assert check(form, answer("several", a), section, status="stopped") == []
    one_fault(form, answer("one", a), answer("one", a), at=".item[1]", words="one item")


def test_a_group_that_does_not_repeat_is_there_once() -> None:
    section = {"linkId": "g", "item": [answer("a", {"valueString": "x"})]}
    one_fault(survey(group("g", item("a"))), section, section, at=".item[1]", words="does not repeat")


def test_an_exclusive_option_with_another_is_found() -> None:
    exclusive = {"valueCoding": coding("none"), "extension": [extension("questionnaire-optionExclusive", valueBoolean=True)]}
    form = survey(item("a", "choice", repeats=True, answerOption=[{"valueCoding": coding("x")}, exclusive]))
    both = answer("a", {"valueCoding": coding("x")}, {"valueCoding": coding("none")})
    one_fault(form, both, at=".item[0]", words="together with another")


def test_a_read_only_answer_that_was_changed_is_found() -> None:
    form = survey(item("a", readOnly=True, initial=[{"valueString": "north"}]))
    assert check(form, answer("a", {"valueString": "north"})) == []
    one_fault(form, answer("a", {"valueString": "south"}), at=".item[0]", words="readOnly")


def test_another_order_and_the_same_answer_twice_are_warnings() -> None:
    form = survey(item("a"), item("b", repeats=True))
    b, a = answer("b", {"valueString": "x"}, {"valueString": "x"}), answer("a", {"valueString": "y"})
    assert [(severity, path) for severity, path, _ in check(form, b, a)] == [
        ("warning", f"{Q}.item[1]"),
        ("warning", f"{Q}.item[0]"),
    ]


def test_paths_lead_into_repetitions_and_answers() -> None:
    form = survey(group("g", choice("who", "n", "d", repeats=True, item=[item("kind", "integer")]), repeats=True))
    doctor = {"valueCoding": coding("d"), "item": [answer("kind", {"valueInteger": "3"})]}
    second = {"linkId": "g", "item": [answer("who", {"valueCoding": coding("n")}, doctor)]}
    first = {"linkId": "g", "item": [answer("who", {"valueCoding": coding("n")})]}
    at = ".item[1].item[0].answer[1].item[0].answer[0].valueInteger"
    one_fault(form, first, second, at=at, words="not a whole number")


def test_a_hostile_pattern_ends_at_once_on_a_long_answer() -> None:
    form = survey(item("a", extension=[extension("regex", valueString="(a+)+")]))
    one_fault(form, answer("a", {"valueString": "a" * 5000 + "!"}), at=".item[0].answer[0].valueString", words="regex")


def test_a_form_without_an_address_asks_for_no_reference() -> None:
    document = questionnaire(item("a"))
    del document["url"]
    form = read_survey(json.dumps(document))
    assert check(form, questionnaire="urn:whatever") == []
