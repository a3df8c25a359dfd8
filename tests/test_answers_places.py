"""Where a patient is led, what is still missing, and what is left out."""

from __future__ import annotations

import pytest

from kiosk.answers import count, item_at, missing, pages, pruned, walk
from kiosk.survey import Answers, AnyItem, Condition, Kind, Limits, Note, Operator, Place, Question, Section, Survey, Wording


def question(link_id: str, **members: object) -> Question:
    return Question(**{"link_id": link_id, "kind": Kind.STRING, **members})  # type: ignore[arg-type]


def note(link_id: str, **members: object) -> Note:
    return Note(**{"link_id": link_id, "text": Wording("Words."), **members})  # type: ignore[arg-type]


def form(*items: AnyItem) -> Survey:
    return Survey(url="u", version="1", title=Wording("T"), language="en", languages=("en",), items=items)


def path(survey: Survey, answers: Answers) -> list[str]:
    """The pages in order: linkId, and its repetition numbers where it has some."""
    return [".".join([place.link_id, *map(str, place.repetition)]) for place in pages(survey, answers)]


def visits(**members: object) -> Section:
    inside = (question("wait", kind=Kind.INTEGER), question("why"))
    return Section(**{"link_id": "visits", "repeats": True, "items": inside, **members})  # type: ignore[arg-type]


def test_notes_and_questions_are_pages_in_the_order_of_the_form_and_sections_are_not() -> None:
    survey = form(note("hello"), Section(link_id="s", items=(question("a"), question("b"))), question("c"))
    assert path(survey, {}) == ["hello", "a", "b", "c"]


def test_hidden_and_read_only_items_are_never_pages() -> None:
    hidden = Section(link_id="h", hidden=True, items=(question("in-hidden"),))
    fixed = Section(link_id="f", read_only=True, items=(question("in-fixed"),))
    survey = form(
        question("a", hidden=True), question("b", read_only=True), note("n", hidden=True), hidden, fixed, question("z")
    )
    assert path(survey, {}) == ["z"]


def test_below_a_read_only_question_questions_are_asked_and_below_a_hidden_one_not() -> None:
    read_only = question("a", read_only=True, initial=("x",), items=(question("below"),))
    hidden = question("b", hidden=True, initial=("x",), items=(question("unseen"),))
    assert path(form(read_only, hidden), {}) == ["below"]


def test_a_note_without_words_or_picture_is_no_page() -> None:
    assert path(form(note("n", text=Wording("")), question("a")), {}) == ["a"]


@pytest.mark.parametrize("control", ["help", "flyover", "unit", "lower", "upper"])
def test_a_display_shown_with_its_question_is_no_page_of_its_own(control: str) -> None:
    survey = form(question("a", items=(note("n", control=control), note("thanks"))))
    assert path(survey, {Place("a"): ("x",)}) == ["a", "thanks"]


def test_what_stands_below_a_question_is_asked_once_it_is_answered() -> None:
    survey = form(question("a", items=(question("below"),)), question("z"))
    assert path(survey, {}) == ["a", "z"]
    assert path(survey, {Place("a"): ("x",)}) == ["a", "below", "z"]


def test_below_a_question_with_several_answers_questions_are_asked_for_each_and_notes_once() -> None:
    survey = form(question("who", repeats=True, items=(note("n"), question("kind"))))
    assert path(survey, {Place("who"): ("nurse", "doctor")}) == ["who", "n.0", "kind.0", "kind.1"]


def test_after_a_filled_repetition_comes_the_page_that_offers_another() -> None:
    survey = form(visits(), question("z"))
    assert path(survey, {}) == ["wait.0", "why.0", "z"]
    assert path(survey, {Place("wait", (0,)): (5,)}) == ["wait.0", "why.0", "visits", "z"]


def test_a_repetition_begun_is_walked_through_and_offers_another_only_when_filled() -> None:
    begun: Answers = {Place("wait", (0,)): (5,), Place("visits"): (2,)}
    assert path(form(visits()), begun) == ["wait.0", "why.0", "wait.1", "why.1"]
    assert path(form(visits()), {**begun, Place("why", (1,)): ("x",)})[-1] == "visits"


def test_no_other_is_offered_at_max_occurs() -> None:
    survey = form(visits(limits=Limits(max_occurs=1)))
    assert path(survey, {Place("wait", (0,)): (5,)}) == ["wait.0", "why.0"]


def test_min_occurs_repetitions_are_asked_from_the_start() -> None:
    assert path(form(visits(limits=Limits(min_occurs=2))), {}) == ["wait.0", "why.0", "wait.1", "why.1"]


def test_sections_that_repeat_inside_each_other_count_on_their_own() -> None:
    survey = form(Section(link_id="days", repeats=True, items=(question("day"), visits())))
    answers: Answers = {
        Place("days"): (2,),
        Place("visits", (1,)): (2,),
        Place("wait", (1, 1)): (3,),
        Place("day", (0,)): ("x",),
    }
    assert path(survey, answers) == [
        "day.0", "wait.0.0", "why.0.0", "day.1", "wait.1.0", "why.1.0", "wait.1.1", "why.1.1", "visits.1", "days",
    ]  # fmt: skip


def test_the_item_of_a_place_is_found_by_its_link_id() -> None:
    survey = form(visits())
    assert item_at(survey, Place("wait", (3,))).link_id == "wait"
    with pytest.raises(KeyError):
        item_at(survey, Place("nobody"))


def test_a_section_is_filled_in_once_unless_said_otherwise() -> None:
    section = visits(limits=Limits(min_occurs=2))
    assert count({}, visits(), Place("visits")) == 1
    assert count({Place("visits"): (3,)}, section, Place("visits")) == 3
    assert count({}, section, Place("visits")) == 2


def test_missing_are_the_required_places_that_are_asked_and_empty() -> None:
    asked = Condition("a", Operator.EQUALS, "yes")
    survey = form(question("a", required=True), question("b", required=True, conditions=(asked,)), question("c"))
    assert missing(survey, {}) == (Place("a"),)
    assert missing(survey, {Place("a"): ("yes",)}) == (Place("b"),)
    assert missing(survey, {Place("a"): ("no",)}) == ()


def test_what_nobody_can_answer_is_never_missing() -> None:
    survey = form(question("a", required=True, hidden=True), question("b", required=True, read_only=True))
    assert missing(survey, {}) == ()


def test_missing_is_asked_for_in_every_repetition_and_below_every_answer() -> None:
    section = Section(link_id="s", repeats=True, items=(question("a", required=True),))
    survey = form(section, question("who", repeats=True, items=(question("kind", required=True),)))
    answers: Answers = {Place("s"): (2,), Place("who"): ("x", "y"), Place("kind", (0,)): ("z",)}
    assert missing(survey, answers) == (Place("a", (0,)), Place("a", (1,)), Place("kind", (1,)))


def test_a_required_section_without_answers_is_missing_at_its_first_question() -> None:
    survey = form(
        Section(link_id="s", required=True, items=(note("n"), question("a", hidden=True), question("b"), question("c")))
    )
    assert missing(survey, {}) == (Place("b"),)
    assert missing(survey, {Place("c"): ("x",)}) == ()


def test_a_section_begun_but_not_filled_as_often_as_it_must_be_is_missing_where_it_is_empty() -> None:
    survey = form(visits(limits=Limits(min_occurs=2)))
    assert missing(survey, {}) == ()
    assert missing(survey, {Place("why", (0,)): ("x",)}) == (Place("wait", (1,)),)
    assert missing(survey, {Place("why", (0,)): ("x",), Place("why", (1,)): ("x",)}) == ()


def test_pruned_keeps_what_is_asked_and_how_often_sections_are_filled_in() -> None:
    survey = form(visits(), question("who", repeats=True, items=(question("kind"),)))
    kept: Answers = {Place("visits"): (2,), Place("wait", (1,)): (5,), Place("who"): ("x",), Place("kind", (0,)): ("y",)}
    gone: Answers = {Place("wait", (2,)): (9,), Place("kind", (1,)): ("z",), Place("unknown"): ("q",), Place("why", (0,)): ()}
    assert pruned(survey, {**kept, **gone}) == kept


def test_walking_meets_hidden_items_too_and_never_switched_off_ones() -> None:
    off = question("off", conditions=(Condition("a", Operator.EXISTS, value=True),))
    survey = form(question("a", hidden=True), off, Section(link_id="s", items=(note("n"),)))
    assert [place.link_id for _, place in walk(survey, {})] == ["a", "s", "n"]
