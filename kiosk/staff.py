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
from kiosk.states import ChoosingPin, EnteringPin, LearningKeys, StaffArea, TryingKeys, Welcome
from kiosk.steps import CheckPin, Exit, KeepPin, SendNow, Step, TellFigures
from kiosk.teaching import step_teaching

PIN_LENGTH = (4, 10)
"""Shortest and longest PIN."""


def step_staff(state: ChoosingPin | EnteringPin | StaffArea | TryingKeys | LearningKeys, event: Event) -> Step:
    """What follows `event` behind the corner. Leaving, or waiting too long, leads back to the patients' screen."""
    match state:
        case ChoosingPin():
            return _choosing(state, event)
        case EnteringPin():
            return _entering(state, event)
        case StaffArea():
            return _in_area(state, event)
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
            return Step(replace(state, figures=figures, doing=""))
        case SendNowAsked():
            return Step(replace(state, doing="sending"), errand=SendNow())
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
