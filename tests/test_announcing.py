"""What a screen reader says of its own accord: what is wrong, how long is left, and pages that ask nothing. No more."""

from __future__ import annotations

from dataclasses import replace

from kiosk.screens import Screen
from kiosk.states import Preferences
from tests.screens_for_pictures import screens
from ui.announcing import news, title


def screen(name: str) -> Screen:
    return screens(Preferences())[name]


def said(before: Screen | None, now: Screen, *, is_new: bool, by_itself: bool = False) -> str:
    return news(before, now, is_new=is_new, said_when_shown=by_itself)


def test_a_question_is_not_announced_its_group_has_its_name() -> None:
    """QT.md 9: it would be said twice."""
    assert said(None, screen("question-listened"), is_new=True) == ""


def test_a_page_that_asks_nothing_is_announced_whole() -> None:
    """S1: its focus goes to a button, past all that is written above."""
    thanks = screen("thanks")
    assert said(screen("review"), thanks, is_new=True) == " ".join((thanks.heading, *(line.text for line in thanks.lines)))


def test_the_window_is_named_after_where_one_is_and_not_after_the_question_again() -> None:
    """QT.md 9: a reader says a window's new name, and then the group's."""
    question, review = screen("question-listened"), screen("review")
    assert question.progress is not None
    assert title(question) == f"{question.context}. {question.progress.words}"
    assert title(review) == review.heading


def test_what_is_wrong_is_announced_once() -> None:
    """S17."""
    before, wrong = screen("question-support"), screen("question-problem")
    assert said(before, wrong, is_new=False) == wrong.problem
    assert said(wrong, replace(wrong, heading="Anything"), is_new=False) == ""


def test_what_a_reader_says_when_it_shows_is_not_announced_as_well() -> None:
    """Orca says a notification by itself; only what changes in its place is left."""
    support, wrong, thanks = screen("question-support"), screen("question-problem"), screen("thanks")
    assert said(screen("review"), thanks, is_new=True, by_itself=True) == ""
    assert said(support, wrong, is_new=False, by_itself=True) == ""
    other = replace(wrong, problem="Please write a number.")
    assert said(wrong, other, is_new=False, by_itself=True) == other.problem


def test_every_tenth_second_that_is_left_is_announced() -> None:
    """S93: each of them would drown everything else."""
    now = screen("still-there")
    ticks = [said(now, replace(now, countdown=f"{left} seconds left"), is_new=False) for left in range(28, 8, -1)]
    assert list(filter(None, ticks)) == ["20 seconds left", "10 seconds left"]
