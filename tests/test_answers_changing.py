"""How answers change: what stood below an answer follows it, initial values are there from the start."""

from __future__ import annotations

from kiosk.answers import another, put, starting
from kiosk.survey import Answers, AnyItem, Condition, Kind, Limits, Operator, Option, Place, Question, Section, Survey, Wording


def question(link_id: str, **members: object) -> Question:
    return Question(**{"link_id": link_id, "kind": Kind.STRING, **members})  # type: ignore[arg-type]


def form(*items: AnyItem) -> Survey:
    return Survey(url="u", version="1", title=Wording("T"), language="en", languages=("en",), items=items)


def who() -> Survey:
    return form(question("who", repeats=True, items=(question("kind", items=(question("why"),)),)), question("z"))


BOTH: Answers = {
    Place("who"): ("nurse", "doctor"),
    Place("kind", (0,)): ("very",),
    Place("why", (0,)): ("smile",),
    Place("kind", (1,)): ("not",),
    Place("z"): ("last",),
}


def test_an_answer_is_put_in_its_place_and_an_empty_one_taken_out() -> None:
    assert put(who(), {}, Place("z"), ("x",)) == {Place("z"): ("x",)}
    assert put(who(), {Place("z"): ("x",)}, Place("z"), ()) == {}


def test_the_answers_before_are_left_as_they_were() -> None:
    before = dict(BOTH)
    put(who(), BOTH, Place("who"), ())
    assert before == BOTH


def test_what_stands_below_an_answer_follows_it_to_its_new_number() -> None:
    assert put(who(), BOTH, Place("who"), ("doctor", "porter", "nurse")) == {
        Place("who"): ("doctor", "porter", "nurse"),
        Place("kind", (2,)): ("very",),
        Place("why", (2,)): ("smile",),
        Place("kind", (0,)): ("not",),
        Place("z"): ("last",),
    }


def test_what_stands_below_an_answer_taken_away_goes_with_it() -> None:
    assert put(who(), BOTH, Place("who"), ("doctor",)) == {
        Place("who"): ("doctor",), Place("kind", (0,)): ("not",), Place("z"): ("last",),
    }  # fmt: skip


def test_below_a_single_answer_what_was_said_stays_until_the_answer_is_gone() -> None:
    survey = form(question("a", items=(question("below"),)))
    answers: Answers = {Place("a"): ("x",), Place("below"): ("y",)}
    assert put(survey, answers, Place("a"), ("z",)) == {Place("a"): ("z",), Place("below"): ("y",)}
    assert put(survey, answers, Place("a"), ()) == {}


def test_a_session_starts_with_the_initial_values_of_what_is_there() -> None:
    options = (Option("x", Wording("x"), initial=True), Option("y", Wording("y")))
    survey = form(question("a", initial=("one",)), question("b", kind=Kind.CHOICE, options=options), question("c"))
    assert starting(survey) == {Place("a"): ("one",), Place("b"): ("x",)}


def test_an_initial_value_may_bring_the_next_one_with_it() -> None:
    then = question("b", initial=("two",), conditions=(Condition("a", Operator.EQUALS, "one"),))
    below = question("a", initial=("one",), items=(question("c", initial=("three",)),))
    assert starting(form(below, then)) == {Place("a"): ("one",), Place("b"): ("two",), Place("c"): ("three",)}


def test_initial_values_are_there_in_every_repetition_there_must_be() -> None:
    section = Section(link_id="s", repeats=True, limits=Limits(min_occurs=2), items=(question("a", initial=("x",)),))
    assert starting(form(section)) == {Place("a", (0,)): ("x",), Place("a", (1,)): ("x",)}


def test_an_answer_already_given_is_not_overwritten_by_an_initial_value() -> None:
    assert starting(form(question("a", initial=("one",))), {Place("a"): ("mine",)}) == {Place("a"): ("mine",)}


def test_another_repetition_begins_with_its_own_initial_values_and_touches_nothing_else() -> None:
    section = Section(link_id="s", repeats=True, items=(question("a", initial=("x",)), question("b")))
    survey = form(question("first", initial=("removed",)), section)
    answers: Answers = {Place("b", (0,)): ("y",)}
    begun = another(survey, answers, Place("s"))
    assert begun == {**answers, Place("s"): (2,), Place("a", (1,)): ("x",)}
    assert another(survey, begun, Place("s"))[Place("s")] == (3,)


def test_only_a_section_that_repeats_can_be_begun_again() -> None:
    survey = form(Section(link_id="s", items=(question("a"),)))
    assert another(survey, {}, Place("s")) == {}
    assert another(survey, {}, Place("a")) == {}
