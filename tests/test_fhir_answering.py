"""Answers become a FHIR R4 QuestionnaireResponse: nested as the form is, counted alike in every language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kiosk.fhir import RESPONSE_SYSTEM, read_answers, read_survey, to_response
from kiosk.survey import Answers, Coding, Place, Survey
from tests.questionnaires import EVERYTHING, choice, coding, extension, group, item, response, survey, translated, when


def only_item(document: Any) -> Any:
    assert len(document["item"]) == 1
    return document["item"][0]


def test_the_head_says_which_form_when_and_which_response() -> None:
    form = survey(item("a"))
    written = to_response(
        form,
        {Place("a"): ("x",)},
        response_id="0198-ab",
        status="stopped",
        language="cy",
        authored="2026-11-23T10:00:00+00:00",
        extensions=[{"url": "urn:way", "valueCode": "touch"}],
    )
    assert written | {"item": None} == {
        "resourceType": "QuestionnaireResponse",
        "id": "0198-ab",
        "identifier": {"system": RESPONSE_SYSTEM, "value": "0198-ab"},
        "questionnaire": "urn:test:survey|1",
        "status": "stopped",
        "language": "cy",
        "authored": "2026-11-23T10:00:00+00:00",
        "extension": [{"url": "urn:way", "valueCode": "touch"}],
        "item": None,
    }


def test_a_response_without_answers_has_no_items() -> None:
    assert "item" not in response(survey(item("a"), group("g", item("b"))), {})


def test_items_are_in_the_language_answered_and_codings_in_the_surveys_own_so_counts_merge() -> None:
    """S113: the same code with the same display, whatever was read on the screen."""
    option = {"valueCoding": {**coding("good"), "_display": translated(cy="Da")}}
    form = survey(item("a", "choice", _text=translated(cy="Sut?"), answerOption=[option]))
    written = to_response(
        form,
        {Place("a"): (Coding("good", "urn:test", "Da"),)},
        response_id="1",
        status="completed",
        language="cy",
        authored="2026",
    )
    assert only_item(written) == {"linkId": "a", "text": "Sut?", "answer": [{"valueCoding": coding("good")}]}


def test_sections_nest_and_repeated_ones_are_items_with_the_same_link_id() -> None:
    form = survey(group("outer", group("visit", item("wait", "integer"), repeats=True)))
    answers: Answers = {Place("visit"): (2,), Place("wait", (0,)): (5,), Place("wait", (1,)): (7,)}
    outer = only_item(response(form, answers))
    assert [visit["linkId"] for visit in outer["item"]] == ["visit", "visit"]
    assert [visit["item"][0]["answer"] for visit in outer["item"]] == [[{"valueInteger": 5}], [{"valueInteger": 7}]]


def test_a_section_without_answers_is_left_out_and_an_empty_repetition_among_others_keeps_its_number() -> None:
    form = survey(group("visit", item("wait", "integer"), repeats=True))
    assert "item" not in response(form, {Place("visit"): (2,)})
    answers: Answers = {Place("visit"): (2,), Place("wait", (1,)): (7,)}
    written = response(form, answers)
    assert [set(visit) for visit in written["item"]] == [{"linkId", "text"}, {"linkId", "text", "item"}]
    assert read_answers(form, written) == answers


def test_what_is_asked_below_an_answer_stands_in_that_answer() -> None:
    form = survey(choice("who", "nurse", "doctor", repeats=True, item=[item("kind", "integer")]))
    who = (Coding("nurse", "urn:test"), Coding("doctor", "urn:test"))
    answers = only_item(response(form, {Place("who"): who, Place("kind", (1,)): (3,)}))["answer"]
    assert answers == [
        {"valueCoding": coding("nurse")},
        {
            "valueCoding": coding("doctor"),
            "item": [{"linkId": "kind", "text": "Question kind?", "answer": [{"valueInteger": 3}]}],
        },
    ]


def test_what_is_not_asked_is_not_sent() -> None:
    form = survey(item("a"), item("b", enableWhen=[when("a", answerString="yes")]))
    written = response(form, {Place("a"): ("no",), Place("b"): ("secret",)})
    assert only_item(written)["linkId"] == "a"


def test_notes_are_not_sent() -> None:
    assert only_item(response(survey(item("n", "display"), item("a")), {Place("a"): ("x",)}))["linkId"] == "a"


def test_hidden_and_read_only_values_are_sent_in_every_repetition() -> None:
    hidden = item("site", initial=[{"valueString": "north"}], extension=[extension("questionnaire-hidden", valueBoolean=True)])
    fixed = item("form", readOnly=True, initial=[{"valueString": "f1"}])
    form = survey(group("visit", hidden, fixed, item("wait", "integer"), repeats=True))
    items = response(form, {Place("visit"): (2,), Place("wait", (0,)): (5,), Place("wait", (1,)): (7,)})["item"]
    assert [[below["linkId"] for below in visit["item"]] for visit in items] == [["site", "form", "wait"]] * 2


def test_numbers_are_json_numbers() -> None:
    form = survey(item("a", "decimal"), item("b", "quantity"))
    written = response(form, read_answers(form, {"item": [{"linkId": "a", "answer": [{"valueDecimal": 2.5}]}]}))
    assert only_item(written)["answer"] == [{"valueDecimal": 2.5}]
    assert only_item(response(form, {Place("a"): (Decimal("3.00"),)}))["answer"] == [{"valueDecimal": 3}]


def test_the_completion_mode_of_the_form_is_carried_over() -> None:
    form: Survey = read_survey(EVERYTHING)
    assert response(form, {})["extension"][0]["valueCodeableConcept"]["coding"] == [{"code": "electronic"}]
