"""Answers written by hand: linkId to value; what does not fit is said in a sentence with its linkId."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kiosk.fhir import AnswerFault, answers_from_json, broken_answers, read_survey
from kiosk.survey import Attachment, Coding, Date, DateTime, Place, Quantity, Reference, Survey, Time, Url, Value
from tests.questionnaires import EVERYTHING, choice, coding, extension, group, item, survey, when

FORM = read_survey(EVERYTHING)
KILOS = Quantity(Decimal(5), "kilos", "http://unitsofmeasure.org", "kg")


@pytest.mark.parametrize(
    ("link_id", "raw", "value"),
    [
        ("well", True, True),
        ("cost", 2.5, Decimal("2.5")),
        ("pain", 4, 4),
        ("came", "2026-01", Date("2026-01")),
        ("seen", "2026-01-01T10:00:00Z", DateTime("2026-01-01T10:00:00Z")),
        ("lunch", "12:00:00", Time("12:00:00")),
        ("good", "Food", "Food"),
        ("page", "https://a", Url("https://a")),
        ("ward", "a", Coding("a", "urn:test:ward", "Ash")),
        ("need", "bsl", Coding("bsl", "urn:test:need", "BSL")),
        ("need", "A chair", "A chair"),
        ("day", "2026-01-01", Date("2026-01-01")),
        ("clinic", "Location/1", Reference("Location/1", "North")),
        ("who", "Dr Jones", Reference(display="Dr Jones")),
        ("weight", 5, KILOS),
        ("weight", {"value": 5, "unit": "kg"}, KILOS),
        ("weight", {"value": 2, "unit": "stone"}, Quantity(Decimal(2), "stone")),
        ("ward", {"system": "urn:test:ward", "code": "b"}, Coding("b", "urn:test:ward", "Birch")),
        ("who", {"reference": "Practitioner/1"}, Reference("Practitioner/1")),
    ],
)
def test_a_value_of_every_kind_is_understood(link_id: str, raw: object, value: Value) -> None:
    assert answers_from_json(FORM, {link_id: raw}) == {Place(link_id): (value,)}


def test_words_for_an_attachment_become_a_text_file() -> None:
    (value,) = answers_from_json(FORM, {"letter": "Come in"})[Place("letter")]
    assert isinstance(value, Attachment)


def test_several_answers_are_a_list_and_what_is_below_one_is_given_with_it() -> None:
    found = answers_from_json(FORM, {"staff": ["doctor", {"value": "nurse", "items": {"kind": 3}}]})
    assert [value.code for value in found[Place("staff")] if isinstance(value, Coding)] == ["doctor", "nurse"]
    assert found[Place("kind", (1,))] == (3,)


def test_a_section_that_repeats_is_a_list_of_objects() -> None:
    assert answers_from_json(FORM, {"visits": [{"wait": 5}, {"wait": 7}]}) == {
        Place("visits"): (2,), Place("wait", (0,)): (5,), Place("wait", (1,)): (7,),
    }  # fmt: skip


def test_a_section_that_does_not_repeat_may_be_left_out_or_given_as_an_object() -> None:
    assert answers_from_json(FORM, {"about": {"pain": 2}}) == answers_from_json(FORM, {"pain": 2})


def test_below_a_single_answer_questions_are_given_beside_it_or_with_it() -> None:
    beside = answers_from_json(FORM, {"pain": 2, "pain-where": "knee"})
    assert beside == answers_from_json(FORM, {"pain": {"value": 2, "items": {"pain-where": "knee"}}})


@pytest.mark.parametrize("nothing", [None, []])
def test_nothing_given_is_no_answer(nothing: object) -> None:
    assert answers_from_json(FORM, {"good": nothing}) == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"nobody": 1}, 'no question with the linkId "nobody"'),
        ({"hello": "x"}, '"hello" is a note'),
        ({"wait": 5}, 'give it inside "visits"'),
        ({"about": {"came": "2026"}}, '"came" does not stand in the section'),
        ({"ward": "z"}, "its options are: a, b, c"),
        ({"pain": "4"}, '"pain" is of type integer'),
        ({"pain": [1, 2]}, "takes one answer, not 2"),
        ({"well": "yes"}, '"well" is of type boolean'),
        ({"came": "2026-02-30"}, "is not a date"),
        ({"weight": "heavy"}, "takes a number"),
        ({"visits": {"wait": 5}}, '"visits" repeats: give a list'),
        ({"about": 5}, '"about" must be an object'),
        ({"visits": [[]]}, '"visits" repeats: give a list'),
        ({"staff": [{"value": "nurse", "items": 3}]}, "must be an object"),
    ],
)
def test_what_does_not_fit_is_said_with_its_link_id(data: dict[str, Any], words: str) -> None:
    with pytest.raises(AnswerFault) as caught:
        answers_from_json(FORM, data)
    assert words in str(caught.value)


def broken(form: Survey, **data: object) -> tuple[str, ...]:
    return broken_answers(form, answers_from_json(form, data))


def test_answers_that_keep_every_rule_have_nothing_broken() -> None:
    assert broken(FORM, well=True, pain=4, staff=[{"value": "nurse", "items": {"kind": 3}}]) == ()


def test_every_broken_rule_is_a_sentence_with_its_link_id() -> None:
    form = survey(
        item("a", required=True),
        item("b", enableWhen=[when("a", answerString="yes")]),
        item("c", maxLength=3),
        item("d", readOnly=True, initial=[{"valueString": "north"}]),
        group("e", item("f"), repeats=True, extension=[extension("questionnaire-maxOccurs", valueInteger=1)]),
    )
    assert broken(form, b="x", c="long", d="south", e=[{"f": "1"}, {"f": "2"}]) == (
        'Question "b" is answered, but is not asked when the others are answered so.',
        'Question "c" is longer than 3 characters (maxLength).',
        'Question "d" is read-only: its answer is the one the questionnaire gives it.',
        'Section "e" is filled in more than 1 times.',
        'Question "a" must be answered.',
    )


def test_two_options_with_one_code_are_told_apart_by_their_system() -> None:
    other = {"valueCoding": {"system": "urn:other", "code": "a"}}
    form = survey(item("q", "choice", answerOption=[{"valueCoding": coding("a")}, other]))
    assert answers_from_json(form, {"q": other["valueCoding"]}) == {Place("q"): (Coding("a", "urn:other"),)}
    assert broken(survey(choice("q", "a")), q="a") == ()
