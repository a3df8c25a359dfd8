"""What follows an event: the new state, what must be saved first, and what else the shell is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kiosk.keys import KeyMap
from kiosk.states import State
from kiosk.survey import Answers


@dataclass(frozen=True, slots=True)
class Finished:
    """A session's outcome, to be saved before the next screen shows. `status` is FHIR's."""

    answers: Answers = field(repr=False)
    status: Literal["completed", "stopped"]
    language: str
    ways: frozenset[str]


@dataclass(frozen=True, slots=True)
class CheckPin:
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepPin:
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SendNow:
    pass


@dataclass(frozen=True, slots=True)
class SaveToStick:
    """Answered by :class:`kiosk.staff_events.StickAnswered`."""


@dataclass(frozen=True, slots=True)
class Join:
    """Ask the centre for a place: answered by CodeArrived, then by JoinEnded."""


@dataclass(frozen=True, slots=True)
class StopJoining:
    """Nobody waits for the centre's yes any more."""


@dataclass(frozen=True, slots=True)
class TellFigures:
    """Read the device's figures and send them back as :class:`FiguresArrived`."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    pass


@dataclass(frozen=True, slots=True)
class Listen:
    """Pause what is being said; go on where it was paused; else say this screen again."""


@dataclass(frozen=True, slots=True)
class KeepKeys:
    """Use these keys of a keypad from now on, None for the ready-made ones; answered by KeysChanged or KeysNotSaved."""

    key_map: KeyMap | None


@dataclass(frozen=True, slots=True)
class Exit:
    pass


Errand: TypeAlias = (
    CheckPin | KeepPin | SendNow | SaveToStick | Join | StopJoining | TellFigures | SayAgain | Listen | KeepKeys | Exit
)


@dataclass(frozen=True, slots=True)
class Step:
    """What follows an event: the new state, what to save first, what else to do."""

    state: State
    finished: Finished | None = None
    errand: Errand | None = None
