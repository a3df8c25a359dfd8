"""The screens behind the held corner: the PIN, what staff want to know of this device, and the keypad's."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.events import ExitAsked, KeypadAsked, NewPinAsked, SendNowAsked, StaffLeft, WentBack
from kiosk.keys import NO_KEYPAD
from kiosk.phrases import Phrases
from kiosk.screens import Button, Line, PageKind, Route, Screen
from kiosk.staff import PIN_LENGTH
from kiosk.staff_events import CleaningAsked, JoinAsked, StickAsked
from kiosk.states import (
    Behind,
    ChoosingPin,
    Cleaning,
    EnteringPin,
    Figures,
    Joining,
    LearningKeys,
    StaffArea,
    Stick,
    TryingKeys,
)
from kiosk.teaching_screens import keypad_words, learning_screen, trying_screen

_NOT_SAVED = {
    "no-stick": "No USB stick was found. Plug one in, wait a moment and try again.",
    "full": "The stick is full. Take another one, or make room on it.",
    "not-paired": "Pair this device first. No centre would know the file.",
    "busy": "The answers are being sent just now. Try again soon.",
    "not-written": "The stick could not be written. Try another one.",
}


def behind_the_corner(state: Behind, say: Phrases) -> Screen:
    """The screen for each state that only staff see."""
    match state:
        case ChoosingPin() | EnteringPin():
            return pin_screen(state, say)
        case StaffArea():
            return staff_screen(state, say)
        case Joining():
            return joining_screen(state, say)
        case Cleaning():
            return cleaning_screen(state, say)
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
    return Screen(
        kind=PageKind.STAFF,
        language="",
        heading=say("For staff"),
        figures=state.figures,
        facts=(*_damage(state.figures, say), *_keypad_facts(state, say)),
        lines=tuple(Line(f"line:{number}", words) for number, words in enumerate(filter(None, _news(state, say)))),
        problem=_not_saved(state.stick, say) or state.figures.fault,
        actions=tuple(_actions(state, say)),
        reception=tuple(_reception(state.figures, say)),
        back=Button("back", say("Back"), WentBack(), "back"),
    )


def _reception(figures: Figures, say: Phrases) -> Iterator[Line]:
    """How many answered today, said kindly where nobody did, and words to ask people with; not while answers cannot be kept.

    Asked by a receptionist, 60 % took part; unasked, 2.5 % (Wright et al. 2017, doi 10.1111/hex.12469).
    """
    if figures.today is None or figures.fault:
        return
    counted = say.plural("{n} person has answered today.", "{n} people have answered today.", figures.today)
    nobody = say("Nobody has answered yet today. That is all right: many people say yes when somebody asks.")
    yield Line("line:today", counted if figures.today else nobody)
    ask = say("You can say: “Would you tell us how it was today? It takes about a minute, on the screen over there.”")
    yield Line("line:ask", ask, "card")


def _actions(state: StaffArea, say: Phrases) -> Iterator[Button]:
    """The one that this device needs most comes first."""
    join = state.figures.can_join
    if join:
        yield Button("action:join", say("Pair with the centre"), JoinAsked(), "link", primary=True)
    yield Button("action:send", say("Send now"), SendNowAsked(), "send", primary=not join)
    yield Button("action:stick", say("Save to a USB stick"), StickAsked(), "stick")
    yield Button("action:clean", say("Clean the screen"), CleaningAsked(), "clean")
    yield Button("action:pin", say("New PIN"), NewPinAsked(), "lock")
    if state.figures.keypad != NO_KEYPAD:
        yield Button("action:keypad", say("Keypad"), KeypadAsked(), "keypad")
    yield Button("action:exit", say("Close the kiosk"), ExitAsked(), "cross")


def _news(state: StaffArea, say: Phrases) -> Iterator[str]:
    """What is being done, and what became of the last save."""
    if state.doing == "sending":
        yield say("Sending now")
    if state.doing == "saving":
        yield say("Saving to the stick. Leave it in.")
    if state.stick:
        yield from _saved(state.stick, say)


def _saved(stick: Stick, say: Phrases) -> Iterator[str]:
    if stick.outcome == "saved":
        yield say.plural("{n} answer is saved on the stick.", "{n} answers are saved on the stick.", stick.count)
        yield say("You can pull it out now. Whoever has it can read the answers, so keep it safe.")
    if stick.outcome == "nothing":
        yield say("No answers are waiting, so nothing was saved.")
    if stick.unreadable:
        stay = stick.unreadable
        yield say.plural("{n} answer cannot be read. It stays here.", "{n} answers cannot be read. They stay here.", stay)


def _not_saved(stick: Stick | None, say: Phrases) -> str:
    return say(_NOT_SAVED[stick.outcome]) if stick and stick.outcome in _NOT_SAVED else ""


def _damage(figures: Figures, say: Phrases) -> tuple[tuple[str, str], ...]:
    if not figures.set_aside:
        return ()
    told = say("It was set aside. What could be read of it is saved. Its name: {file}", file=", ".join(figures.set_aside))
    return ((say("Damaged file"), told),)


def _keypad_facts(state: StaffArea, say: Phrases) -> tuple[tuple[str, str], ...]:
    """The keys in force, and where the ones that staff taught are lost, that they are."""
    lost = say("The taught keys cannot be read. Teach them again.") if state.figures.keypad_fault else ""
    return ((say("Keypad"), ". ".join(filter(None, (keypad_words(state.figures.keypad, say), lost)))),)


# --- belonging to a centre -----------------------------------------------------------------------------------------

_NOT_JOINED = {
    "no-address": "The kiosk does not know where its centre is. Write hub_url in the file kiosk.toml and start it again.",
    "too-late": "Nobody approved the code in time.",
    "failed": "The centre did not pair this device.",
}


def joining_screen(state: Joining, say: Phrases) -> Screen:
    """The code that staff approve at the centre; before it, and after it, how things stand."""
    again = Button("action:join", say("Try again"), JoinAsked(), "again", primary=True)
    return Screen(
        kind=PageKind.JOINING,
        language="",
        heading=_joining_heading(state, say),
        lines=tuple(_joining_lines(state, say)),
        problem=say(_NOT_JOINED[state.outcome]) if state.outcome in _NOT_JOINED else "",
        routes=_approving(state, say) if state.code else (),
        actions=(again,) if state.outcome in _NOT_JOINED else (),
        back=Button("back", say("Back"), WentBack(), "back"),
    )


def _joining_heading(state: Joining, say: Phrases) -> str:
    if state.outcome == "joined":
        return say("This device is paired")
    if state.outcome:
        return say("This device is not paired")
    return say("Approve this code at the centre") if state.code else say("Asking the centre for a code")


def _joining_lines(state: Joining, say: Phrases) -> Iterator[Line]:
    if state.code:
        minutes = round(state.seconds / 60)
        yield Line("line:code", state.code, "code")
        yield Line("line:how", say("Sign in at the centre and open Devices. Approve the device with this code."))
        yield Line("line:time", say.plural("The code holds for {n} minute.", "The code holds for {n} minutes.", minutes))
    if state.outcome == "joined":
        yield Line("line:sent", say("From now on its answers are sent."))
    if state.outcome == "joined" and state.detail:
        yield Line("line:site", say("It belongs to: {site}", site=state.detail))
    if state.outcome == "failed" and state.detail:
        yield Line("line:why", state.detail)


def _approving(state: Joining, say: Phrases) -> tuple[Route, ...]:
    """The page where the code is approved, as a square for a phone's camera."""
    return (Route("route:approve", say("Or read this square with a phone"), state.address, "web", state.address),)


# --- cleaning the glass --------------------------------------------------------------------------------------------


def cleaning_screen(state: Cleaning, say: Phrases) -> Screen:
    """Nothing to touch, and how long that lasts (S164)."""
    return Screen(
        kind=PageKind.CLEANING,
        language="",
        heading=say("You can clean the screen now"),
        lines=(Line("line:0", say("Touching does nothing until the time is up. Then the first question comes back.")),),
        countdown=say.plural("{n} second left", "{n} seconds left", state.seconds_left),
        wait_seconds=state.seconds_left,
    )
