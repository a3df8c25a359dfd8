"""What one response adds to the counts: each thing it says once, and nothing that has no end."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.survey import Coding, Kind, Option, Question, Survey, Wording
from sync.hub.counts import counting
from sync.hub.counts.counting import Columns, Told
from sync.hub.counts.measures import CHARACTERISTIC, FFT_ANSWERS, MEASURE
from sync.hub.taking_in.flat import FlatAnswer

ANSWER = "urn:feedback-kiosk:answer"


def question(link_id: str, kind: Kind = Kind.CHOICE, *, measure: str = "", characteristic: str = "", **more: Any) -> Question:
    codes = (
        *((Coding(measure, MEASURE),) if measure else ()),
        *((Coding(characteristic, CHARACTERISTIC),) if characteristic else ()),
    )
    options = (Option(Coding("yes", ANSWER), Wording("Yes")),) if kind is Kind.CHOICE else ()
    return Question(link_id=link_id, kind=kind, codes=codes, options=options, **more)


SURVEY = Survey(
    url="urn:x",
    version="1",
    title=Wording("X"),
    language="en-GB",
    languages=("en-GB",),
    items=(
        question("fft", measure="fft"),
        question("heard", measure="listened"),
        question("support", measure="support", repeats=True),
        question("who", measure="answered-by"),
        question("share", Kind.BOOLEAN, measure="share-words"),
        question("age", characteristic="age"),
        question("white", characteristic="ethnic-group-detail"),
        question("asian", characteristic="ethnic-group-detail"),
        question("minutes", Kind.INTEGER),
        question("when", Kind.DATE),
        question("at", Kind.TIME),
        question("whom", Kind.REFERENCE),
        question("page", Kind.URL),
        question("why", Kind.TEXT),
    ),
)
PLAN = counting.plan(SURVEY)


def said(link_id: str, code: str, system: str = ANSWER) -> FlatAnswer:
    return FlatAnswer(link_id, "", FFT_ANSWERS if link_id == "fft" else system, code)


def counted(*answers: FlatAnswer, **told: Any) -> Columns:
    columns = Columns()
    counting.count(
        columns, PLAN, Told(**{"status": "completed", "language": "cy", "method": "", "ways": ()} | told, answers=answers)
    )
    return columns


def test_the_headline_tells_status_method_language_ways_and_measures() -> None:
    """S104, S107, S113."""
    told = {"method": "tablet-kiosk", "ways": ["touch", "read-aloud"]}
    assert counted(said("fft", "good"), said("heard", "no"), **told).headline == {
        "status": {"completed": 1},
        "methods": {"tablet-kiosk": 1},
        "languages": {"cy": 1},
        "ways": {"touch": 1, "read-aloud": 1},
        "measures": {"fft": {"good": 1}, "listened": {"no": 1}},
    }


def test_a_question_is_counted_once_a_response_and_so_is_each_of_its_answers() -> None:
    twice = (said("support", "bsl"), said("support", "bsl"), said("support", "loop"))
    assert counted(*twice).questions == {"support": {"n": 1, "codes": {ANSWER: {"bsl": 1, "loop": 1}}}}


def test_numbers_are_counted_each_by_itself() -> None:
    assert counted(said("minutes", "40", "")).questions == {"minutes": {"n": 1, "codes": {"": {"40": 1}}}}


@pytest.mark.parametrize(
    ("link_id", "code"), [("when", "2026-11-01"), ("at", "09:30:00"), ("whom", "Patient/9"), ("page", "urn:y")]
)
def test_of_what_has_no_end_only_how_many_is_counted(link_id: str, code: str) -> None:
    """S156: neither does a sheet grow with every answer, nor does anybody's date or address stand on it."""
    assert counted(said(link_id, code, "")).questions == {link_id: {"n": 1, "codes": {}}}


def test_own_words_are_never_in_a_count() -> None:
    """S161."""
    columns = counted(FlatAnswer("why", "", text="my secret"))
    assert columns.questions == {"why": {"n": 1, "codes": {}}}
    assert "my secret" not in str(columns)


def test_only_a_choice_is_a_measure() -> None:
    assert "share-words" not in counted(said("share", "true", "")).headline["measures"]


def test_one_person_has_one_friends_and_family_answer_and_only_one_of_the_six() -> None:
    """S100, S108."""
    assert counted(said("fft", "good"), said("fft", "poor")).headline["measures"] == {"fft": {"good": 1}}
    assert counted(FlatAnswer("fft", "", "urn:other", "good")).headline["measures"] == {}
    assert counted(said("fft", "splendid")).headline["measures"] == {}


def test_each_group_has_its_size_and_the_four_measures() -> None:
    """S124, S126."""
    answers = said("fft", "poor"), said("heard", "yes"), said("support", "bsl"), said("age", "16-24")
    assert counted(*answers, ways=["keypad"]).groups == {
        characteristic: {group: {"n": 1, "measures": {"fft": {"poor": 1}, "listened": {"yes": 1}}}}
        for characteristic, group in (("age", "16-24"), ("language", "cy"), ("way", "keypad"), ("method", ""))
    }


def test_two_characteristics_are_never_counted_together() -> None:
    """S127: whatever stands within a group is a measure."""
    groups = counted(said("age", "16-24"), said("white", "irish"), said("fft", "good")).groups
    within = {name for of in groups.values() for group in of.values() for name in group["measures"]}
    assert {"age", "ethnic-group-detail"} < set(groups)
    assert within <= counting.GROUP_MEASURES


def test_questions_of_one_characteristic_count_together() -> None:
    """S123."""
    both = counted(said("white", "irish"), said("asian", "prefer-not")).groups["ethnic-group-detail"]
    assert set(both) == {"irish", "prefer-not"}


@pytest.mark.parametrize(("who", "helped"), [("patient", False), ("staff-helping", True), ("carer", True)])
def test_who_had_help_is_a_way_of_answering(who: str, helped: bool) -> None:
    """S104."""
    columns = counted(said("who", who), ways=["touch"])
    assert ("with-help" in columns.headline["ways"]) is helped
    assert ("with-help" in columns.groups["way"]) is helped


def test_adding_shares_nothing_with_what_is_added() -> None:
    one, total = counted(said("fft", "good")), Columns()
    total.add(one)
    total.add(one)
    assert total.headline["measures"]["fft"] == {"good": 2}
    assert one.headline["measures"]["fft"] == {"good": 1}


def test_the_words_of_a_response_carry_its_friends_and_family_answer() -> None:
    """S105."""
    assert counting.overall(PLAN, [said("heard", "yes"), said("fft", "poor")]) == "poor"
    assert counting.overall(PLAN, [said("heard", "yes")]) == ""
