"""Behind the held corner: the PIN and the staff's screen, in the pure flow."""

import pytest

from kiosk.events import ExitAsked, PinAccepted, PinEntered, PinRefused, StaffCalled, TimedOut, WentBack
from kiosk.states import ChoosingPin, EnteringPin, StaffArea, Welcome
from kiosk.steps import CheckPin, Exit, KeepPin, TellFigures
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
