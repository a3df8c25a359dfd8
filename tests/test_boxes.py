"""The boxes of a page as the ear knows them: what is in them, and what may be said of it."""

from __future__ import annotations

import pytest

from kiosk.boxes import Box, box_words, boxes, count_words, heard_alone, joined, slid
from kiosk.phrases import phrases
from kiosk.screens import ChoiceAsk, DateAsk, DatePart, NumberAsk, PageKind, Screen, SliderAsk, TextAsk
from kiosk.states import Preferences
from kiosk.survey import Place

HERE = Place("q")
SAY = phrases("en-GB")


def screen(*, private: bool = False, about_the_person: bool = False) -> Screen:
    shown = Preferences(private=private)
    return Screen(kind=PageKind.QUESTION, language="en-GB", heading="Q?", shown=shown, private=about_the_person)


def one(ask: TextAsk | NumberAsk | DateAsk) -> Box:
    return boxes(ask, SAY)[0]


def test_each_box_of_a_page_has_a_key_a_name_and_what_stands_in_it() -> None:
    parts = (DatePart("day", "Day", 2), DatePart("year", "Year", 4))
    found = boxes(DateAsk(HERE, parts, ("5", "")), SAY)
    assert [(box.key, box.name, box.text, box.most) for box in found] == [("ask:0", "Day", "5", 2), ("ask:1", "Year", "", 4)]
    assert one(NumberAsk(HERE, decimal_mark=",", signed=True)).signs == ("-", ",")


def test_what_is_chosen_by_touch_has_no_box() -> None:
    assert boxes(ChoiceAsk(HERE, ()), SAY) == ()
    assert boxes(SliderAsk(HERE, 0, 10), SAY) == ()
    assert boxes(None, SAY) == ()


def test_something_else_has_a_box_of_its_own_key() -> None:
    [box] = boxes(ChoiceAsk(HERE, (), other=TextAsk(HERE, typed=("on foot",))), SAY)
    assert (box.key, box.text, box.is_words) == ("ask:other", "on foot", True)


def test_writing_in_one_box_leaves_the_others() -> None:
    parts = (DatePart("hour", "Hour", 2), DatePart("minute", "Minute", 2))
    first, second = boxes(DateAsk(HERE, parts, ("12", "")), SAY)
    assert second.written("15").typed == ("12", "15")
    assert first.written("").typed == ("", "")
    assert first.is_full
    assert not second.is_full


@pytest.mark.parametrize(
    ("ask", "private", "about_the_person", "said"),
    [
        (TextAsk(HERE, typed=("kind",)), False, False, "Your words. 4 letters"),
        (TextAsk(HERE, typed=("kind",)), True, False, "Your words. kind"),
        (TextAsk(HERE), True, False, "Your words. Nothing written yet"),
        (NumberAsk(HERE, typed=("45",), unit="cm"), False, False, "Your number. 45 cm"),
        (NumberAsk(HERE, typed=("45",), unit="cm"), False, True, "Your number. 2 digits"),
        (NumberAsk(HERE, typed=("45",), unit="cm"), True, True, "Your number. 45 cm"),
    ],
)
def test_what_stands_in_a_box_is_said_only_to_those_who_may_hear_it(
    ask: TextAsk | NumberAsk, private: bool, about_the_person: bool, said: str
) -> None:
    """S10: words are the person's own always, a number only where it is about them."""
    page = screen(private=private, about_the_person=about_the_person)
    assert box_words(one(ask), page, SAY) == said
    assert heard_alone(one(ask), page) is (said.rpartition(". ")[2] not in {"4 letters", "2 digits"})


def test_one_is_said_as_one() -> None:
    assert count_words(one(TextAsk(HERE, typed=("a",))), SAY) == "1 letter"
    assert count_words(one(NumberAsk(HERE, typed=("1",))), SAY) == "1 digit"


@pytest.mark.parametrize(
    ("typed", "steps", "value"), [("", 1, "6"), ("", -1, "6"), ("6", 1, "8"), ("12", 1, "12"), ("0", -1, "0")]
)
def test_a_slider_goes_by_its_steps_from_the_middle_and_stays_on_its_line(typed: str, steps: int, value: str) -> None:
    """S68."""
    assert slid(SliderAsk(HERE, 0, 12, step=2, typed=(typed,)), steps).typed == (value,)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("Good", "Answer 1 of 2", ""), "Good. Answer 1 of 2"),
        (("Why?", "Not answered"), "Why? Not answered"),
        (("जी।", "x"), "जी। x"),
        (("", " "), ""),
    ],
)
def test_pieces_become_one_text_with_a_pause_between_them(pieces: tuple[str, ...], text: str) -> None:
    assert joined(*pieces) == text
