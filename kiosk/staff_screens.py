"""The screens behind the held corner: the PIN, what staff want to know of this device, and the keypad's."""

from __future__ import annotations

from kiosk.events import ExitAsked, KeypadAsked, NewPinAsked, SendNowAsked, StaffLeft, WentBack
from kiosk.keys import NO_KEYPAD
from kiosk.phrases import Phrases
from kiosk.screens import Button, Line, PageKind, Screen
from kiosk.staff import PIN_LENGTH
from kiosk.states import ChoosingPin, EnteringPin, LearningKeys, StaffArea, TryingKeys
from kiosk.teaching_screens import keypad_words, learning_screen, trying_screen


def behind_the_corner(state: ChoosingPin | EnteringPin | StaffArea | TryingKeys | LearningKeys, say: Phrases) -> Screen:
    """The screen for each state that only staff see."""
    match state:
        case ChoosingPin() | EnteringPin():
            return pin_screen(state, say)
        case StaffArea():
            return staff_screen(state, say)
        case TryingKeys():
            return trying_screen(state, say)
        case LearningKeys():
            return learning_screen(state, say)


def pin_screen(state: ChoosingPin | EnteringPin, say: Phrases) -> Screen:
    """Where the PIN is set or asked for."""
    if isinstance(state, EnteringPin):
        heading, line, problem = say("Staff: enter the PIN"), "", _pin_refused(state, say)
        leave = True
    else:
        again = bool(state.first)
        heading = say("Enter the PIN again") if again else say("Set a PIN for staff")
        line = say("It opens the staff screen. Write it down and keep it safe.")
        problem = _pin_mistake(state, say)
        leave = state.changing
    return Screen(
        kind=PageKind.STAFF_PIN,
        language="",
        heading=heading,
        lines=(Line("line:0", line),) if line else (),
        problem=problem,
        pin_length=PIN_LENGTH,
        wait_seconds=state.wait_seconds if isinstance(state, EnteringPin) else 0,
        back=Button("back", say("Back"), StaffLeft(), "back") if leave else None,
    )


def _pin_refused(state: EnteringPin, say: Phrases) -> str:
    if state.wait_seconds:
        return say.plural("Too many tries. Wait {n} second.", "Too many tries. Wait {n} seconds.", state.wait_seconds)
    return say("That is not the PIN.") if state.refused else ""


def _pin_mistake(state: ChoosingPin, say: Phrases) -> str:
    if state.mistake == "too-short":
        return say("A PIN has {shortest} to {longest} digits.", shortest=PIN_LENGTH[0], longest=PIN_LENGTH[1])
    return say("The two PINs were not the same. Start with the first one again.") if state.mistake else ""


def staff_screen(state: StaffArea, say: Phrases) -> Screen:
    """The device's figures, and what staff can do."""
    keypad = Button("action:keypad", say("Keypad"), KeypadAsked(), "keypad")
    return Screen(
        kind=PageKind.STAFF,
        language="",
        heading=say("For staff"),
        figures=state.figures,
        facts=_keypad_facts(state, say),
        lines=(Line("line:0", say("Sending now")),) if state.doing == "sending" else (),
        actions=(
            Button("action:send", say("Send now"), SendNowAsked(), "send", primary=True),
            Button("action:pin", say("New PIN"), NewPinAsked(), "lock"),
            *((keypad,) if state.figures.keypad != NO_KEYPAD else ()),
            Button("action:exit", say("Close the kiosk"), ExitAsked(), "cross"),
        ),
        back=Button("back", say("Back"), WentBack(), "back"),
    )


def _keypad_facts(state: StaffArea, say: Phrases) -> tuple[tuple[str, str], ...]:
    """The keys in force, and where the ones that staff taught are lost, that they are."""
    lost = say("The taught keys cannot be read. Teach them again.") if state.figures.keypad_fault else ""
    return ((say("Keypad"), ". ".join(filter(None, (keypad_words(state.figures.keypad, say), lost)))),)
