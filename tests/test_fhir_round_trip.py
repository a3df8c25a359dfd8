"""Random surveys, answered by random patients: the response is valid, and read back it is the same answers."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from kiosk.answers import another, check, item_at, key, missing, pages, pruned, put, starting
from kiosk.answers.enabling import is_fixed
from kiosk.fhir import check_response, find_faults, read_answers, read_survey
from kiosk.survey import (
    Answers,
    Attachment,
    Coding,
    Date,
    DateTime,
    Kind,
    Place,
    Quantity,
    Question,
    Reference,
    Section,
    Survey,
    Time,
    Url,
    Value,
)
from tests.questionnaires import Json, coding, extension, questionnaire, response, when

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).filter(str.strip)
NUMBERS = st.decimals(-(10**6), 10**6, places=3, allow_nan=False)
DATES = st.dates().map(lambda date: date.isoformat().rjust(10, "0"))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.BOOLEAN: st.booleans(),
    Kind.DECIMAL: NUMBERS,
    Kind.INTEGER: st.integers(-(2**31), 2**31 - 1),
    Kind.DATE: st.builds(lambda text, cut: Date(text[:cut]), DATES, st.sampled_from([4, 7, 10])),
    Kind.DATE_TIME: st.builds(
        lambda text, rest: DateTime(text + rest), DATES, st.sampled_from(["", "T10:00:00Z", "T23:59:59.5+05:30"])
    ),
    Kind.TIME: st.times().map(lambda time: Time(time.replace(microsecond=0).isoformat())),
    Kind.STRING: WORDS,
    Kind.TEXT: WORDS,
    Kind.URL: st.just(Url("https://example.org/a?b=c")),
    Kind.OPEN_CHOICE: WORDS,
    Kind.ATTACHMENT: st.builds(
        Attachment, content_type=st.just("text/plain"), data=st.just("eA=="), title=WORDS, size=st.integers(0, 9)
    ),
    Kind.REFERENCE: st.builds(Reference, reference=st.just("Location/1"), display=WORDS, identifier=st.just(("urn:x", "7"))),
    Kind.QUANTITY: st.builds(Quantity, NUMBERS, st.just("kg"), st.just("urn:ucum"), st.just("kg")),
}
KINDS = st.sampled_from(sorted(set(Kind) - {Kind.GROUP, Kind.DISPLAY}))
LIMITS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Author:
    """Writes a questionnaire, item by item; a condition points to what was written before it."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.count = 0
        self.before: list[str] = []

    def items(self, depth: int) -> list[Json]:
        return [self.item(depth) for _ in range(self.data.draw(st.integers(1, 3)))]

    def item(self, depth: int) -> Json:
        self.count += 1
        link_id = f"q{self.count}"
        written: Json = {"linkId": link_id, "text": f"Text {link_id}"}
        conditional = self.data.draw(st.booleans())
        if conditional and self.before:
            there = self.data.draw(st.booleans())
            written["enableWhen"] = [when(self.data.draw(st.sampled_from(self.before)), "exists", answerBoolean=there)]
        shape = self.data.draw(st.sampled_from(["group", "display", "question", "question", "question"]))
        if shape == "display" or (shape == "group" and depth == 0):
            return {**written, "type": "display"}
        repeats = {"repeats": True} if self.data.draw(st.booleans()) else {}
        if shape == "group":
            return {**written, "type": "group", **repeats, "item": self.items(depth - 1)}
        asked = {**self.question(written), **repeats}
        nests = (
            depth > 0 and "extension" not in asked and self.data.draw(st.booleans())
        )  # below what is hidden nobody could answer
        return {**asked, "item": self.items(depth - 1)} if nests else asked

    def question(self, written: Json) -> Json:
        kind = self.data.draw(KINDS)
        if kind in {Kind.CHOICE, Kind.OPEN_CHOICE}:
            written["answerOption"] = [{"valueCoding": coding("a")}, {"valueString": "b"}, {"valueInteger": 3}]
        elif kind is Kind.STRING and self.data.draw(st.booleans()):
            hidden = {"extension": [extension("questionnaire-hidden", valueBoolean=True)]}
            fixed: Json = hidden if self.data.draw(st.booleans()) else {"readOnly": True}
            written |= {"initial": [{"valueString": "set"}], **fixed}
        elif self.data.draw(st.booleans()):
            written["required"] = True
        self.before.append(written["linkId"])
        return {**written, "type": kind.value}


class Patient:
    """Walks through a survey page by page, and answers as the dice fall."""

    def __init__(self, data: st.DataObject, survey: Survey) -> None:
        self.data = data
        self.survey = survey
        self.answers: Answers = starting(survey)

    def walk_through(self) -> Answers:
        done: set[Place] = set()
        while todo := [place for place in pages(self.survey, self.answers) if place not in done]:
            done.add(todo[0])
            item = item_at(self.survey, todo[0])
            if isinstance(item, Question):
                self.answers = put(self.survey, self.answers, todo[0], self.values(item))
            elif isinstance(item, Section) and len(done) < 40 and self.data.draw(st.booleans()):
                self.answers = another(self.survey, self.answers, todo[0])
                done.discard(todo[0])
        return pruned(self.survey, self.answers)

    def values(self, question: Question) -> tuple[Value, ...]:
        one = st.sampled_from([option.value for option in question.options]) if question.options else VALUES[question.kind]
        least = 1 if question.required else 0
        return tuple(self.data.draw(st.lists(one, min_size=least, max_size=3 if question.repeats else 1, unique_by=key)))


def said(survey: Survey, answers: Answers) -> Counter[tuple[str, object]]:
    """Every value answered, by linkId."""
    return Counter((place.link_id, key(value)) for place in said_at(survey, answers) for value in answers[place])


def said_at(survey: Survey, answers: Answers) -> set[Place]:
    """Where questions are answered."""
    return {place for place in answers if isinstance(item_at(survey, place), Question)}


@LIMITS
@given(st.data())
def test_what_a_patient_says_is_valid_and_comes_back_unchanged(data: st.DataObject) -> None:
    raw = json.dumps(questionnaire(*Author(data).items(depth=2)))
    assert [fault.words for fault in find_faults(raw) if fault.severity == "error"] == []
    survey = read_survey(raw)
    answers = Patient(data, survey).walk_through()
    assert missing(survey, answers) == ()
    assert all(check(question, answers[at]) is None for at in answers if isinstance(question := item_at(survey, at), Question))

    document = json.loads(json.dumps(response(survey, answers)))
    assert [fault.words for fault in check_response(survey, document)] == []
    back = read_answers(survey, document)
    assert said(survey, answers) <= said(survey, back)
    assert all(is_fixed(survey, item_at(survey, at)) for at in said_at(survey, back) - said_at(survey, answers))
    assert json.loads(json.dumps(response(survey, back))) == document


@LIMITS
@given(st.data(), KINDS)
def test_every_value_of_every_kind_comes_back_the_same(data: st.DataObject, kind: Kind) -> None:
    options = {"answerOption": [{"valueCoding": coding("a")}]} if kind is Kind.CHOICE else {}
    survey = read_survey(
        json.dumps(questionnaire({"linkId": "q", "text": "Q", "type": kind.value, "repeats": True, **options}))
    )
    one = VALUES.get(kind, st.just(Coding("a", "urn:test", "A")))
    answers: Answers = {Place("q"): tuple(data.draw(st.lists(one, min_size=1, max_size=4)))}
    document = json.loads(json.dumps(response(survey, answers)))
    assert not [fault for fault in check_response(survey, document) if fault.severity == "error"]
    back = read_answers(survey, document)
    assert [(type(value), key(value)) for value in back[Place("q")]] == [
        (type(value), key(value)) for value in answers[Place("q")]
    ]
    if kind is not Kind.DECIMAL:
        assert back == answers


def test_numbers_keep_their_digits() -> None:
    survey = read_survey(json.dumps(questionnaire({"linkId": "q", "text": "Q", "type": "decimal"})))
    for number in ("0.1", "-12.05", "123456789012345", "0.000001", "1E+20"):
        document = json.loads(json.dumps(response(survey, {Place("q"): (Decimal(number),)})))
        assert read_answers(survey, document) == {Place("q"): (Decimal(number),)}
