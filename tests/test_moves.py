"""Going on, going back, correcting: what was given is kept, what was wiped is gone, what is needed is asked."""

from dataclasses import replace

import pytest

from kiosk.events import Answered, ChangeAsked, Skipped
from kiosk.screens import PageKind
from kiosk.states import Asking
from kiosk.survey import Place
from tests.surveys import coding, only_if_poor, rating, rules_of, several, words
from tests.walking import Walker


@pytest.fixture
def walker() -> Walker:
    return Walker(rules_of(rating(), words(), several()))


def test_words_that_were_wiped_away_are_not_sent(walker: Walker) -> None:
    walker.touches("Good").types("Too loud").touches("Next").touches("Back").types("").touches("Skip")
    walker.touches("Skip").touches("Send")
    assert walker.finished[0].answers == {Place("fft"): (coding("Good"),)}


def test_back_does_not_wipe_away_an_answer_that_is_needed() -> None:
    walker = Walker(rules_of(rating(), words(required=True))).touches("Good").types("Kind").touches("Next")
    walker.happens(ChangeAsked(Place("why"))).types("").touches("Back").touches("Send")
    assert walker.finished[0].answers[Place("why")] == ("Kind",)


def test_back_keeps_only_what_would_do_as_an_answer(walker: Walker) -> None:
    walker.touches("Good").types("x" * 201).touches("Back")
    assert isinstance(walker.state, Asking)
    assert walker.state.session.answers == {Place("fft"): (coding("Good"),)}


def test_what_a_change_in_the_review_opened_is_asked_before_anything_is_sent() -> None:
    sorry = replace(only_if_poor(), required=True)
    walker = Walker(rules_of(sorry, rating())).touches("Good")
    walker.happens(ChangeAsked(Place("fft"))).touches("Poor").touches("Send")
    assert not walker.finished
    assert walker.screen.heading == "What went wrong?"
    assert walker.screen.problem == "Please answer this question to go on."
    walker.types("The wait").touches("Next").touches("Send")
    assert walker.finished[0].answers[Place("sorry")] == ("The wait",)


def test_a_needed_answer_cannot_be_skipped_even_by_a_stray_event() -> None:
    walker = Walker(rules_of(rating(), words(required=True))).touches("Good").happens(Skipped(Place("why")))
    assert walker.screen.problem
    walker.happens(Answered(Place("why"), ()))
    assert walker.screen.problem


def test_add_another_with_nothing_written_says_what_to_do() -> None:
    walker = Walker(rules_of(replace(words(), repeats=True))).touches("Add another")
    assert walker.screen.problem


def test_the_language_can_be_asked_for_over_start_again_and_a_second_touch_closes_the_list(walker: Walker) -> None:
    walker.touches("Good").touches("Start again").touches("Language")
    assert walker.screen.kind is PageKind.LANGUAGES
    walker.touches("Language")
    assert walker.screen.place == Place("why")
