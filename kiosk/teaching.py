"""Teaching the kiosk a keypad: each key is asked for in turn, tried, and saved. A part of what staff can do."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import (
    CodePressed,
    Event,
    ForgettingKeysAsked,
    KeysChanged,
    KeySkipped,
    KeysNotSaved,
    SavingKeysAsked,
    StaffLeft,
    TeachingAsked,
    TimedOut,
    WentBack,
)
from kiosk.keys import Code, Key, KeyMap
from kiosk.states import LearningKeys, StaffArea, TryingKeys, Welcome
from kiosk.steps import KeepKeys, Step, TellFigures

ASKED = tuple(Key)
"""The keys in the order they are asked for."""


def step_teaching(state: TryingKeys | LearningKeys, event: Event) -> Step:
    """What follows `event` while staff try or teach keys. Nothing changes for patients before it is saved."""
    match event:
        case StaffLeft() | TimedOut():
            return Step(Welcome())
        case TeachingAsked():
            return Step(LearningKeys(state.in_force))
        case _:
            return _trying(state, event) if isinstance(state, TryingKeys) else _learning(state, event)


def _trying(state: TryingKeys, event: Event) -> Step:
    match event:
        case CodePressed(code=code):
            return Step(replace(state, pressed=code))
        case SavingKeysAsked() if state.taught and state.taught.pairs:
            return Step(state, errand=KeepKeys(state.taught))
        case ForgettingKeysAsked() if state.in_force.name == "learnt" and not state.taught:
            return Step(state, errand=KeepKeys(None))
        case KeysChanged(key_map=key_map):
            return Step(TryingKeys(key_map, told="saved"))
        case KeysNotSaved():
            return Step(replace(state, told="not-saved"))
        case WentBack() if state.taught:
            return Step(TryingKeys(state.in_force))
        case WentBack():
            return Step(StaffArea(), errand=TellFigures())
        case _:
            return Step(state)


def _learning(state: LearningKeys, event: Event) -> Step:
    match event:
        case CodePressed(code=code) if not code.tells:
            return Step(replace(state, taken=None, untold=True))
        case CodePressed(code=code) if taken := meaning(state, code):
            return Step(replace(state, taken=taken, untold=False))
        case CodePressed(code=code):
            return Step(_next(state, code))
        case KeySkipped():
            return Step(_next(state, None))
        case WentBack() if state.known:
            return Step(LearningKeys(state.in_force, state.known[:-1]))
        case WentBack():
            return Step(TryingKeys(state.in_force))
        case _:
            return Step(state)


def asked(state: LearningKeys) -> Key:
    """The key that is asked for now."""
    return ASKED[len(state.known)]


def meaning(state: LearningKeys, code: Code) -> Key | None:
    """What this code was taught to mean before."""
    return _taught(state.known).meaning(code.qt_key, code.scan_code)


def _next(state: LearningKeys, code: Code | None) -> LearningKeys | TryingKeys:
    known = (*state.known, (asked(state), code))
    return LearningKeys(state.in_force, known) if len(known) < len(ASKED) else TryingKeys(state.in_force, _taught(known))


def _taught(known: tuple[tuple[Key, Code | None], ...]) -> KeyMap:
    return KeyMap("learnt", tuple((code, key) for key, code in known if code))
