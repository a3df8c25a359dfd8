"""Behind the held corner: the PIN and the staff's screen, in the pure flow."""

import pytest

from kiosk.events import Event, ExitAsked, LanguageAsked, PinAccepted, PinEntered, PinRefused, StaffCalled, TimedOut, WentBack
from kiosk.staff_events import CleaningAsked, CodeArrived, JoinAsked, JoinEnded, StickAnswered, StickAsked
from kiosk.states import ChoosingPin, Cleaning, EnteringPin, Figures, Joining, StaffArea, Stick, Welcome
from kiosk.steps import CheckPin, Exit, Join, KeepPin, SaveToStick, StopJoining, TellFigures
from tests.surveys import rating, rules_of, several, words
from tests.walking import Walker


@pytest.fixture
def walker() -> Walker:
    return Walker(rules_of(rating(), words(), several()))


def test_a_pin_is_kept_only_when_entered_twice_alike(walker: Walker) -> None:
    walker.state = ChoosingPin()
    walker.happens(PinEntered("2468")).happens(PinEntered("9999"))
    assert walker.screen.problem == "The two PINs were not the same. Start with the first one again."
    walker.happens(PinEntered("2468")).happens(PinEntered("2468"))
    assert walker.errands == [KeepPin("2468")]
    assert isinstance(walker.state, StaffArea)


@pytest.mark.parametrize("pin", ["", "123", "12a4", "12345678901", "١٢٣٤"])
def test_a_pin_that_is_no_pin_is_not_taken(walker: Walker, pin: str) -> None:
    walker.state = ChoosingPin()
    walker.happens(PinEntered(pin))
    assert isinstance(walker.state, ChoosingPin)
    assert walker.state.mistake == "too-short"


def test_the_first_pin_cannot_be_walked_around(walker: Walker) -> None:
    walker.state = ChoosingPin()
    walker.happens(TimedOut()).happens(WentBack()).happens(StaffCalled())
    assert isinstance(walker.state, ChoosingPin)


def test_the_corner_opens_only_with_the_pin(walker: Walker) -> None:
    walker.happens(StaffCalled())
    assert isinstance(walker.state, EnteringPin)
    walker.happens(PinEntered("1111")).happens(PinRefused(0))
    assert walker.errands == [CheckPin("1111")]
    assert walker.screen.problem == "That is not the PIN."
    walker.happens(PinAccepted())
    assert isinstance(walker.state, StaffArea)
    assert walker.errands[-1] == TellFigures()


def test_a_patient_who_held_the_corner_by_mistake_loses_nothing(walker: Walker) -> None:
    before = walker.touches("Good").types("words").state
    walker.happens(StaffCalled()).touches("Back")
    assert walker.state == before


def test_staff_who_come_in_during_a_session_keep_what_was_answered(walker: Walker) -> None:
    walker.touches("Poor").happens(StaffCalled()).happens(PinAccepted())
    assert walker.finished[0].status == "stopped"
    walker.touches("Back")
    assert walker.state == Welcome()


def test_only_staff_can_close_the_kiosk(walker: Walker) -> None:
    walker.touches("Good").happens(ExitAsked())
    assert walker.errands == []
    walker.state = StaffArea()
    walker.touches("Close the kiosk")
    assert walker.errands == [Exit()]


def test_a_second_touch_while_the_stick_is_written_asks_for_nothing_more(walker: Walker) -> None:
    walker.state = StaffArea()
    walker.touches("Save to a USB stick").happens(StickAsked())
    assert walker.errands == [SaveToStick()]
    walker.happens(StickAnswered(Stick("saved", 3))).touches("Save to a USB stick")
    assert walker.errands == [SaveToStick(), SaveToStick()]


def test_what_became_of_the_last_save_goes_when_something_else_is_asked_for(walker: Walker) -> None:
    walker.state = StaffArea(stick=Stick("full"))
    assert walker.screen.problem == "The stick is full. Take another one, or make room on it."
    walker.touches("Send now")
    assert walker.screen.problem == ""


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 answer is saved on the stick."), (12, "12 answers are saved on the stick.")]
)
def test_staff_read_how_many_answers_are_on_the_stick(walker: Walker, number: int, words: str) -> None:
    """S85."""
    walker.state = StaffArea(stick=Stick("saved", number))
    assert words in [line.text for line in walker.screen.lines]


def test_answers_that_cannot_be_read_are_not_passed_over_in_silence(walker: Walker) -> None:
    walker.state = StaffArea(stick=Stick("nothing", unreadable=2))
    assert "2 answers cannot be read. They stay here." in [line.text for line in walker.screen.lines]


# --- reception -------------------------------------------------------------------------------------------------------


def reception(walker: Walker) -> list[str]:
    return [line.text for line in walker.screen.reception]


def test_reception_is_given_a_sentence_to_invite_people_with(walker: Walker) -> None:
    """Seen and spoken. Most people answer when somebody asks them, and few when nobody does."""
    walker.state = StaffArea(Figures(today=3))
    said = "You can say: “Would you tell us how it was today? It takes about a minute, on the screen over there.”"
    assert said in reception(walker)
    assert said in [utterance.text for utterance in walker.screen.spoken]


@pytest.mark.parametrize(("today", "words"), [(1, "1 person has answered today."), (27, "27 people have answered today.")])
def test_reception_is_told_how_many_answered_today(walker: Walker, today: int, words: str) -> None:
    walker.state = StaffArea(Figures(today=today))
    assert reception(walker)[0] == words


def test_a_day_without_an_answer_is_told_gently(walker: Walker) -> None:
    """No warning, no blame: a sentence that says what helps, and no problem is shown."""
    walker.state = StaffArea(Figures(today=0))
    told = "Nobody has answered yet today. That is all right: many people say yes when somebody asks."
    assert (reception(walker)[0], walker.screen.problem) == (told, "")


@pytest.mark.parametrize("figures", [Figures(), Figures(today=3, fault="The disk is full.")])
def test_nobody_is_invited_while_the_count_is_not_known_or_answers_cannot_be_kept(walker: Walker, figures: Figures) -> None:
    walker.state = StaffArea(figures)
    assert reception(walker) == []


# --- pairing and cleaning --------------------------------------------------------------------------------------------


def test_a_paired_device_that_its_centre_takes_offers_no_pairing(walker: Walker) -> None:
    walker.state = StaffArea()
    assert not walker.sees("Pair with the centre")
    walker.happens(JoinAsked())
    assert walker.errands == []
    walker.state = StaffArea(Figures(can_join=True))
    walker.touches("Pair with the centre")
    assert (walker.state, walker.errands) == (Joining(), [Join()])


@pytest.mark.parametrize("leaves", [WentBack(), TimedOut()])
def test_whoever_leaves_the_code_ends_the_pairing(walker: Walker, leaves: WentBack | TimedOut) -> None:
    walker.state = Joining("K7QM-4XPD", "https://hub.example/devices/approve", 600)
    walker.happens(leaves)
    assert walker.errands == [StopJoining()]
    walker.happens(JoinEnded("joined", "Ward 7")).happens(CodeArrived("A", "B", 1))
    assert not isinstance(walker.state, Joining)


@pytest.mark.parametrize("event", [StaffCalled(), WentBack(), LanguageAsked(), PinEntered("2468"), ExitAsked(), StickAsked()])
def test_nothing_that_a_cloth_touches_does_anything(walker: Walker, event: Event) -> None:
    """S164."""
    walker.state = before = Cleaning(12)
    assert walker.controls == ()
    walker.happens(event)
    assert walker.state == before


def test_the_seconds_left_for_cleaning_are_told_in_words_and_then_patients_are_asked(walker: Walker) -> None:
    """S164."""
    walker.state = StaffArea()
    walker.touches("Clean the screen")
    assert walker.screen.countdown == "30 seconds left"
    for _ in range(29):
        walker.happens(TimedOut())
    assert walker.screen.countdown == "1 second left"
    walker.happens(TimedOut())
    assert walker.state == Welcome()


def test_cleaning_is_only_for_staff(walker: Walker) -> None:
    walker.touches("Good").happens(CleaningAsked())
    assert not isinstance(walker.state, Cleaning)
