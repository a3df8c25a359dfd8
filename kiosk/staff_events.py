"""What staff ask for behind the corner that takes its time, and what comes of it. See :mod:`kiosk.events` for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.states import JoinOutcome, Stick


@dataclass(frozen=True, slots=True)
class StickAsked:
    """What waits is to be saved to a USB stick."""


@dataclass(frozen=True, slots=True)
class StickAnswered:
    """What became of it."""

    stick: Stick


@dataclass(frozen=True, slots=True)
class JoinAsked:
    """This device is to belong to its centre."""


@dataclass(frozen=True, slots=True)
class CodeArrived:
    """The centre takes this `code` for `seconds`; `address` is where staff approve it."""

    code: str
    address: str
    seconds: int


@dataclass(frozen=True, slots=True)
class JoinEnded:
    """What became of it; `detail` is the site, or why not."""

    outcome: JoinOutcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CleaningAsked:
    """Somebody wipes the glass now."""


StaffEvent: TypeAlias = StickAsked | StickAnswered | JoinAsked | CodeArrived | JoinEnded | CleaningAsked
