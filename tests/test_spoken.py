"""What a screen says: numbers as one calls them (S150, S163), private things to one person only (S10), recordings first."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from kiosk.events import Aid, AidToggled, ListeningStarted, StaffCalled
from kiosk.listening import reads_aloud
from kiosk.phrases import phrases
from kiosk.screens import PageKind, Route, Screen
from kiosk.spoken import digit_by_digit, shown_span, spoken
from kiosk.survey import Coding, Kind, Media, Question, Wording
from tests.surveys import rating, rules_of, several, words
from tests.walking import Walker


def said(screen: Screen) -> dict[str, str]:
    return {utterance.key: utterance.text for utterance in spoken(screen, phrases("en-GB"))}


def test_the_emergency_number_is_said_digit_by_digit() -> None:
    """Not as "nine hundred and ninety-nine"."""
    screen = Screen(kind=PageKind.THANKS, language="en-GB", heading="Thank you", notice="In an emergency, call 999.")
    assert said(screen)["notice"] == "In an emergency, call 9\u20609\u20609."


@pytest.mark.parametrize(
    ("kind", "address", "words"),
    [
        ("phone", "03000 616161", digit_by_digit("03000 616161")),
        ("text-relay", "18001 03000 616161", digit_by_digit("18001 03000 616161")),
        ("web", "https://www.example.org/2024", "example.org/2024"),
        ("email", "care@example.org", "care@example.org"),
    ],
)
def test_an_address_is_said_as_a_person_would_say_it(kind: str, address: str, words: str) -> None:
    screen = Screen(kind=PageKind.THANKS, language="en-GB", heading="Thank you", routes=(Route("r", "PALS", address, kind),))
    assert said(screen)["r"] == f"PALS. {words}"


def test_digits_apart_read_the_same_and_no_other_letter_changes() -> None:
    text = digit_by_digit("Call 111, or 0161 496 0000.")
    assert text.replace("\u2060", "") == "Call 111, or 0161 496 0000."
    assert text.count("\u2060") == 2 + 3 + 2 + 3


# --- what is private (S9, S10) ---------------------------------------------------------------------------------------------


def about_the_person() -> Question:
    return replace(
        several("age"), text=Wording("How old are you?"), codes=(Coding("age", "urn:feedback-kiosk:characteristic"),)
    )


def everything(walker: Walker) -> str:
    return " ".join(part.text for part in walker.screen.spoken)


def at_the_review(*, private: bool) -> Walker:
    walker = Walker(rules_of(rating(), words(), about_the_person()))
    walker.happens(ListeningStarted(by_keypad=True, private=private))
    return walker.touches("Good").types("oh my").touches("Next").touches("Large print").touches("Next")


def test_the_review_keeps_what_is_private_from_others_and_says_how_to_hear_it() -> None:
    """S10: the words written, and what the person said about themselves."""
    heard = everything(at_the_review(private=False))
    assert "Good" in heard
    assert "oh my" not in heard
    assert "Large print" not in heard
    assert "Your own words are not read aloud." in heard
    assert "What you chose is not read aloud." in heard
    assert "To hear it, use headphones or go to More help." in heard


def test_with_headphones_the_review_says_all_of_it() -> None:
    """S2, S10."""
    heard = everything(at_the_review(private=True))
    assert "Why? oh my. Change" in heard
    assert "How old are you? Large print. Change" in heard
    assert "not read aloud" not in heard


def test_an_answer_that_was_not_given_is_no_secret() -> None:
    walker = Walker(rules_of(rating(), words(), about_the_person()))
    walker.happens(ListeningStarted(by_keypad=True)).touches("Good").touches("Skip").touches("Skip")
    assert everything(walker).count("Not answered") == 2


def test_which_answer_about_the_person_is_chosen_is_heard_by_that_person_alone() -> None:
    """S10: what the question and its answers are, everybody may hear."""
    for private in (False, True):
        walker = at_the_review(private=private).touches("Back")
        texts = [part.text for part in walker.screen.spoken]
        assert ("Large print. Answer 2 of 3. Chosen" in texts) is private
        assert "Interpreter. Answer 1 of 3" in texts


def test_the_patient_may_switch_their_own_words_on() -> None:
    """S10: an explicit choice of the loudspeaker."""
    walker = at_the_review(private=False).happens(AidToggled(Aid.PRIVATE))
    assert "oh my" in everything(walker)


def test_a_page_that_asks_about_an_answer_does_not_say_that_answer() -> None:
    """S10: the line above the question repeats it."""
    below = Question(link_id="had", kind=Kind.BOOLEAN, text=Wording("Did you have it?"))
    walker = Walker(rules_of(rating(), replace(about_the_person(), items=(below,))))
    walker.happens(ListeningStarted(by_keypad=True)).touches("Good").touches("Large print").touches("Next")
    assert walker.screen.context == "Large print"
    assert "Large print" not in everything(walker)
    walker.touches("Yes")
    assert "Large print: Did you have it?" in [row.question for row in walker.screen.rows]
    assert "Large print" not in everything(walker)
    walker.happens(AidToggled(Aid.PRIVATE))
    assert "Large print: Did you have it?" in everything(walker)


def test_several_written_answers_are_counted_and_not_said() -> None:
    """S10."""
    walker = Walker(rules_of(rating(), replace(words(), repeats=True))).happens(ListeningStarted(by_keypad=True))
    walker.touches("Good").types("calm").touches("Add another")
    assert "Answer 1 of 1. Take away" in everything(walker)
    assert "calm" not in everything(walker)


def test_digits_of_a_pin_are_never_on_a_screen_that_speaks() -> None:
    """S9: staff screens are silent, whoever listened before."""
    walker = Walker(rules_of(rating())).happens(ListeningStarted(by_keypad=True)).happens(StaffCalled())
    assert not reads_aloud(walker.screen)


# --- recordings -------------------------------------------------------------------------------------------------------------

WAV = b"RIFF a recording"
RECORDING = Media("audio/wav", base64.b64encode(WAV).decode())


def recorded_survey() -> Walker:
    good = replace(rating().options[1], media=RECORDING)
    question = replace(rating(), media=RECORDING, options=(rating().options[0], good))
    return Walker(rules_of(question))


def test_a_recording_of_the_survey_is_played_in_place_of_its_words() -> None:
    """Where the answer stands and whether it is chosen is still said by the voice."""
    parts = {(part.key, part.text): part.sound for part in recorded_survey().screen.spoken}
    assert parts["heading", "How was it?"] == WAV
    assert parts["option:1", "Good"] == WAV
    assert parts["option:1", "Answer 2 of 2"] == b""
    assert parts["option:0", "Very good. Answer 1 of 2"] == b""


def test_a_recording_is_in_one_language_only() -> None:
    """S16, S71."""
    walker = recorded_survey().touches("اردو")
    assert not any(part.sound for part in walker.screen.spoken)


@pytest.mark.parametrize("media", [Media("audio/wav", "not base64!"), Media("image/png", RECORDING.data), Media("audio/wav")])
def test_what_is_no_recording_is_left_to_the_voice(media: Media) -> None:
    walker = Walker(rules_of(replace(rating(), media=media)))
    assert not any(part.sound for part in walker.screen.spoken)


def test_what_a_picture_of_the_survey_shows_is_said() -> None:
    """S8: beside the question, and beside an answer where it says more than the answer's own words."""
    picture = Media("image/png", "iVBORw0KGgo=", title=Wording("The front desk", (("ur", "استقبالیہ"),)))
    named = Media("image/png", "iVBORw0KGgo=", title=Wording("Good"))
    options = tuple(replace(option, media=media) for option, media in zip(rating().options, (picture, named), strict=False))
    walker = Walker(rules_of(replace(rating(), media=picture, options=options)))
    heard = {part.key: part.text for part in walker.screen.spoken}
    assert heard["media"] == "The front desk"
    assert heard["option:0"] == "Very good. The front desk. Answer 1 of 2"
    assert heard["option:1"] == "Good. Answer 2 of 2"


# --- where a word stands ------------------------------------------------------------------------------------------------------


def test_the_highlight_finds_the_word_after_a_number_that_is_said_digit_by_digit() -> None:
    shown = "Call 999 or 111 now."
    said_text = digit_by_digit(shown)
    at = said_text.index("now")
    start, length = shown_span(said_text, at, 3)
    assert shown[start : start + length] == "now"
    at = said_text.index("1")
    start, length = shown_span(said_text, at, len("1\u20601\u20601"))
    assert shown[start : start + length] == "111"
