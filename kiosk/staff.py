"""Behind the held corner: setting and entering the PIN, and the staff's screen. A part of the flow."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import (
    Event,
    ExitAsked,
    FiguresArrived,
    KeypadAsked,
    NewPinAsked,
    PinAccepted,
    PinEntered,
    PinRefused,
    SendNowAsked,
    StaffLeft,
    TimedOut,
    WentBack,
)
from kiosk.keys import NO_KEYPAD
from kiosk.staff_events import CleaningAsked, CodeArrived, JoinAsked, JoinEnded, StickAnswered, StickAsked
from kiosk.states import Behind, ChoosingPin, Cleaning, EnteringPin, Joining, LearningKeys, StaffArea, TryingKeys, Welcome
from kiosk.steps import CheckPin, Exit, Join, KeepPin, SaveToStick, SendNow, Step, StopJoining, TellFigures
from kiosk.teaching import step_teaching

PIN_LENGTH = (4, 10)
"""Shortest and longest PIN."""
CLEANING_SECONDS = 30
"""How long the glass can be wiped (S164)."""


def step_staff(state: Behind, event: Event) -> Step:
    """What follows `event` behind the corner. Leaving, or waiting too long, leads back to the patients' screen."""
    match state:
        case ChoosingPin():
            return _choosing(state, event)
        case EnteringPin():
            return _entering(state, event)
        case StaffArea():
            return _in_area(state, event)
        case Joining():
            return _joining(state, event)
        case Cleaning():
            return _cleaning(state, event)
        case TryingKeys() | LearningKeys():
            return step_teaching(state, event)


def _choosing(state: ChoosingPin, event: Event) -> Step:
    """A PIN is kept once it was entered twice alike. There is no way round it: the kiosk has no default PIN."""
    match event:
        case PinEntered(pin=pin) if not (pin.isascii() and pin.isdigit() and PIN_LENGTH[0] <= len(pin) <= PIN_LENGTH[1]):
            return Step(ChoosingPin(mistake="too-short", changing=state.changing))
        case PinEntered(pin=pin) if not state.first:
            return Step(ChoosingPin(first=pin, changing=state.changing))
        case PinEntered(pin=pin) if pin == state.first:
            return Step(StaffArea(), errand=KeepPin(pin))
        case PinEntered():
            return Step(ChoosingPin(mistake="not-the-same", changing=state.changing))
        case StaffLeft() | TimedOut() | WentBack() if state.changing:
            return Step(Welcome())
        case _:
            return Step(state)


def _entering(state: EnteringPin, event: Event) -> Step:
    match event:
        case PinEntered(pin=pin):
            return Step(state, errand=CheckPin(pin))
        case PinAccepted():
            return Step(StaffArea(), errand=TellFigures())
        case PinRefused(wait_seconds=wait_seconds):
            return Step(replace(state, wait_seconds=wait_seconds, refused=True))
        case StaffLeft() | TimedOut() | WentBack():
            return Step(state.under or Welcome())
        case _:
            return Step(state)


def _in_area(state: StaffArea, event: Event) -> Step:
    match event:
        case FiguresArrived(figures=figures):
            return Step(replace(state, figures=figures, doing=state.doing if state.doing == "saving" else ""))
        case SendNowAsked():
            return Step(replace(state, doing="sending", stick=None), errand=SendNow())
        case StickAsked() if state.doing != "saving":
            return Step(replace(state, doing="saving", stick=None), errand=SaveToStick())
        case StickAnswered(stick=stick):
            return Step(replace(state, doing="", stick=stick))
        case JoinAsked() if state.figures.can_join:
            return Step(Joining(), errand=Join())
        case CleaningAsked():
            return Step(Cleaning(CLEANING_SECONDS))
        case NewPinAsked():
            return Step(ChoosingPin(changing=True))
        case KeypadAsked() if state.figures.keypad != NO_KEYPAD:
            return Step(TryingKeys(state.figures.keypad))
        case ExitAsked():
            return Step(state, errand=Exit())
        case StaffLeft() | TimedOut() | WentBack():
            return Step(Welcome())
        case _:
            return Step(state)


def _joining(state: Joining, event: Event) -> Step:
    match event:
        case CodeArrived(code=code, address=address, seconds=seconds):
            return Step(Joining(code, address, seconds))
        case JoinEnded(outcome=outcome, detail=detail):
            return Step(Joining(outcome=outcome, detail=detail))
        case JoinAsked() if state.outcome not in {None, "joined"}:
            return Step(Joining(), errand=Join())
        case WentBack():
            return Step(StaffArea(), errand=StopJoining())
        case StaffLeft() | TimedOut():
            return Step(Welcome(), errand=StopJoining())
        case _:
            return Step(state)


def _cleaning(state: Cleaning, event: Event) -> Step:
    match event:
        case TimedOut() if state.seconds_left > 1:
            return Step(Cleaning(state.seconds_left - 1))
        case TimedOut():
            return Step(Welcome())
        case _:
            return Step(state)
