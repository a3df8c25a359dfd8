"""Writing with three keys: words, digits, dates, sliders and units. Pure, and the page shows what was written."""

from __future__ import annotations

from kiosk.events import Aid, AidToggled, ListeningStarted
from kiosk.keys import Key
from kiosk.letters import letters
from kiosk.screens import ChoiceAsk
from kiosk.survey import Coding, Kind, Limits, Option, Question, Wording
from tests.surveys import coding, rating, rules_of, words
from tests.test_listening import Hand
from tests.walking import Walker


def asked(question: Question) -> Hand:
    """Listening by keypad, on the page of `question`, the heading heard."""
    walker = Walker(rules_of(rating(), question)).happens(ListeningStarted(by_keypad=True)).touches("Good")
    return Hand(walker).presses(Key.DOWN)


def writes(hand: Hand, box: str, *names: str) -> Hand:
    """Open the box, and choose these in turn."""
    hand.goes_to(box).presses(Key.SELECT)
    for name in names:
        hand.goes_to(name).presses(Key.SELECT)
    return hand


def typed(hand: Hand) -> tuple[str, ...]:
    ask = hand.walker.screen.ask
    if isinstance(ask, ChoiceAsk):
        assert ask.other
        return ask.other.typed
    assert ask
    return ask.typed


def question(kind: Kind, **more: object) -> Question:
    return Question(link_id="q", kind=kind, text=Wording("Q?"), **more)  # type: ignore[arg-type]


def test_words_are_written_letter_by_letter_and_eyes_see_them_too() -> None:
    """S2, S25."""
    hand = writes(asked(words()), "Your words", "o", "h", "Space", "n", "o")
    assert typed(hand) == ("Oh no",)
    assert hand.heard == ["Written. 5 letters"]


def test_a_sentence_begins_with_a_capital() -> None:
    """As on the keyboard of the screen."""
    hand = writes(asked(words()), "Your words", "o", "h", "full stop", "Space", "a")
    assert typed(hand) == ("Oh. A",)


def test_capitals_digits_and_signs_can_be_written_too() -> None:
    """A web address or a postcode needs them."""
    hand = writes(asked(words()), "Your words", "l", "Capital letters")
    assert hand.heard == ["Capital letters. On"]
    writes_on = (hand.goes_to(name).presses(Key.SELECT) for name in ("s", "1", "slash"))
    assert [hand.heard for hand in writes_on][-1] == ["Written. 4 letters"]
    assert typed(hand) == ("LS1/",)
    hand.goes_to("Capital letters").presses(Key.SELECT).goes_to("x").presses(Key.SELECT)
    assert typed(hand) == ("LS1/x",)


def test_what_was_written_is_never_said_where_others_hear() -> None:
    """S10: neither while it is written nor when the box is passed, and there is no "Read back"."""
    hand = writes(asked(words()), "Your words", "o", "h", "Done")
    assert hand.heard == ["Done. 2 letters"]
    hand.presses(Key.HELP)
    assert hand.heard[0] == "Your words. 2 letters. Press Select to write."
    assert not any("Oh" in part.text.split() for part in hand.walker.screen.spoken)
    writes(hand, "Your words")
    round_it = [hand.presses(Key.DOWN).heard[0] for _ in range(80)]
    assert "Read back" not in round_it


def test_with_headphones_it_is_read_back() -> None:
    """S10."""
    hand = asked(words())
    hand.walker.happens(AidToggled(Aid.PRIVATE))
    writes(hand, "Your words", "o", "h", "Read back")
    assert hand.heard == ["Oh"]


def test_a_letter_is_taken_back() -> None:
    hand = writes(asked(words()), "Your words", "o", "h", "Delete")
    assert typed(hand) == ("O",)
    assert hand.heard == ["Deleted. 1 letter"]
    assert hand.presses(Key.SELECT, Key.SELECT).heard == ["Nothing written yet"]
    assert hand.event is None


def test_the_letters_go_round_both_ways() -> None:
    """S21: Done is one step up from the last of them, whatever the language."""
    hand = writes(asked(words()), "Your words")
    assert hand.presses(Key.UP).heard == ["Delete"]
    assert hand.presses(Key.DOWN).heard == ["Done"]


def test_forward_leaps_and_back_leaves() -> None:
    hand = writes(asked(words()), "Your words")
    assert hand.presses(Key.FORWARD).heard == ["d"]
    assert hand.presses(Key.BACK).heard == ["Done. Nothing written yet"]
    assert hand.ear.spelling == ""


def test_help_while_writing_repeats_the_letter_and_then_explains_writing() -> None:
    """S137."""
    hand = writes(asked(words()), "Your words").presses(Key.DOWN, Key.DOWN, Key.HELP)
    assert hand.heard == ["a"]
    assert hand.presses(Key.HELP, Key.HELP).heard[0] == "Use Up and Down to find a letter."


def test_a_full_box_takes_no_more() -> None:
    hand = asked(question(Kind.STRING, limits=Limits(max_length=2)))
    writes(hand, "Your words", "o", "h", "a")
    assert typed(hand) == ("Oh",)
    assert hand.heard == ["There is no more room."]


def test_numbers_have_digits_a_mark_and_a_sign_where_they_may() -> None:
    limits = Limits(min_value=-40)
    hand = writes(asked(question(Kind.DECIMAL, limits=limits)), "Your number", "Minus", "3", "Decimal point", "5")
    assert typed(hand) == ("-3.5",)
    whole = writes(asked(question(Kind.INTEGER, limits=Limits(min_value=0))), "Your number")
    assert "Decimal point" not in [whole.presses(Key.DOWN).heard[0] for _ in range(14)]


def test_a_number_that_says_nothing_about_the_person_is_read_back() -> None:
    """S18: it is verified by ear."""
    hand = writes(asked(question(Kind.INTEGER)), "Your number", "4", "5", "Read back")
    assert hand.heard == ["45"]


def test_every_part_of_a_date_has_its_box() -> None:
    hand = writes(asked(question(Kind.DATE)), "Day", "0", "5", "Done")
    writes(hand, "Month", "0", "3", "Done")
    writes(hand, "Year", "2", "0", "2", "6", "Done")
    assert typed(hand) == ("05", "03", "2026")


def test_a_slider_goes_up_and_down_from_the_middle() -> None:
    limits = Limits(min_value=0, max_value=10)
    hand = asked(question(Kind.INTEGER, control="slider", limits=limits))
    hand.goes_to("More").presses(Key.SELECT, Key.SELECT)
    assert typed(hand) == ("6",)
    hand.presses(Key.UP).goes_to("Less").presses(Key.SELECT)
    assert typed(hand) == ("5",)


def test_a_unit_is_chosen() -> None:
    units = (Coding("kg", "u", "kilos"), Coding("lb", "u", "pounds"))
    hand = asked(question(Kind.QUANTITY, units=units))
    writes(hand, "Your number", "7", "Done")
    hand.goes_to("pounds").presses(Key.SELECT)
    assert typed(hand) == ("7", "lb")
    assert hand.presses(Key.HELP).heard == ["pounds. Chosen"]


def test_something_else_opens_a_box_to_write_in() -> None:
    options = (Option(coding("Car"), Wording("Car")),)
    hand = asked(question(Kind.OPEN_CHOICE, options=options))
    hand.goes_to("Something else").presses(Key.SELECT)
    writes(hand, "Your words", "o", "n", "Done")
    assert typed(hand) == ("On",)


def test_letters_are_called_by_their_names() -> None:
    assert {"ألف", "باء"} <= {letter.name for letter in letters("ar")}
    assert "apostrophe" in {letter.name for letter in letters("en")}
    assert all(letter.name.strip() for tag in ("en", "cy", "pl", "ar", "ur") for letter in letters(tag))
