"""What can happen in a session: frozen values in the past tense.

An event of a page carries the place it belongs to, so that a late or double touch on a page that has gone changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from kiosk.keys import Code, KeyMap
from kiosk.staff_events import StaffEvent
from kiosk.states import Figures
from kiosk.survey import Place, Value


@dataclass(frozen=True, slots=True)
class Answered:
    """One touch gave the whole answer: take it and go on."""

    place: Place
    values: tuple[Value, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """What is on the page changed: a tick, a digit, a letter."""

    place: Place
    chosen: tuple[Value, ...] = field(default=(), repr=False)
    typed: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Added:
    """One more answer to a question that takes several typed ones."""

    place: Place


@dataclass(frozen=True, slots=True)
class Continued:
    place: Place


@dataclass(frozen=True, slots=True)
class Skipped:
    place: Place


@dataclass(frozen=True, slots=True)
class WentBack:
    """From `place`, or from the review when None."""

    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """In the review: this answer should be another."""

    place: Place


@dataclass(frozen=True, slots=True)
class SendAsked:
    """In the review: these are my answers."""


@dataclass(frozen=True, slots=True)
class StartAgainAsked:
    pass


@dataclass(frozen=True, slots=True)
class StartAgainConfirmed:
    pass


@dataclass(frozen=True, slots=True)
class Stayed:
    """For "I am still here" and "No, go on": back to what lies under the question."""


@dataclass(frozen=True, slots=True)
class LanguageAsked:
    pass


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class TextSizeChanged:
    """To the next of the sizes, and round again."""


@dataclass(frozen=True, slots=True)
class ThemeChanged:
    """To the next of the themes, and round again."""


@dataclass(frozen=True, slots=True)
class ReadingAloudToggled:
    pass


class Aid(StrEnum):
    """What can be switched on to make the kiosk easier; each is a field of :class:`kiosk.states.Preferences`."""

    EASY_READ = "easy_read"
    WIDE_SPACING = "wide_spacing"
    BIG_BUTTONS = "big_buttons"
    LOW_CONTROLS = "low_controls"
    TOUCH_TO_HEAR = "touch_to_hear"
    SCREEN_HIDDEN = "screen_hidden"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class AidToggled:
    aid: Aid


@dataclass(frozen=True, slots=True)
class AdjustingAsked:
    """Show everything that makes the kiosk easier to use."""


@dataclass(frozen=True, slots=True)
class SpeedChanged:
    """To the next of the speeds, and round again."""


@dataclass(frozen=True, slots=True)
class VolumeChanged:
    """By so many steps, staying in the range; 0: to the next step, and round again."""

    steps: int = 0


@dataclass(frozen=True, slots=True)
class ListeningStarted:
    """Somebody wants to use the kiosk by ear: by keypad, by headphones, or by the large control in the corner (S23)."""

    by_keypad: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class ListeningStopped:
    """The headphones were taken out: nothing goes on from the loudspeaker (S134)."""


@dataclass(frozen=True, slots=True)
class ListenAsked:
    """The one control for listening: pause, go on, or hear this screen again (S5)."""


@dataclass(frozen=True, slots=True)
class HeardAgain:
    """Say this screen once more."""


@dataclass(frozen=True, slots=True)
class ThanksFinished:
    """For "Finish": give the screen to the next person."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The state waited as long as :func:`kiosk.flow.timeout_seconds` says."""


@dataclass(frozen=True, slots=True)
class StaffCalled:
    pass


@dataclass(frozen=True, slots=True)
class StaffLeft:
    pass


@dataclass(frozen=True, slots=True)
class PinEntered:
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinAccepted:
    pass


@dataclass(frozen=True, slots=True)
class PinRefused:
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True)
class FiguresArrived:
    figures: Figures


@dataclass(frozen=True, slots=True)
class SendNowAsked:
    pass


@dataclass(frozen=True, slots=True)
class NewPinAsked:
    pass


@dataclass(frozen=True, slots=True)
class KeypadAsked:
    """Staff want to see, try or teach the keys of the keypad."""


@dataclass(frozen=True, slots=True)
class TeachingAsked:
    """From the first key on."""


@dataclass(frozen=True, slots=True)
class CodePressed:
    """A key, before anybody asks what it means: only where keys are taught or tried."""

    code: Code


@dataclass(frozen=True, slots=True)
class KeySkipped:
    """The keypad has no such key."""


@dataclass(frozen=True, slots=True)
class SavingKeysAsked:
    pass


@dataclass(frozen=True, slots=True)
class ForgettingKeysAsked:
    """Back to the ready-made keys."""


@dataclass(frozen=True, slots=True)
class KeysChanged:
    """These keys are in force now, and after a restart."""

    key_map: KeyMap


@dataclass(frozen=True, slots=True)
class KeysNotSaved:
    pass


@dataclass(frozen=True, slots=True)
class ExitAsked:
    pass


@dataclass(frozen=True, slots=True)
class BrokeDown:
    reason: str


@dataclass(frozen=True, slots=True)
class Mended:
    pass


Event: TypeAlias = (
    Answered
    | Changed
    | Added
    | Continued
    | Skipped
    | WentBack
    | ChangeAsked
    | SendAsked
    | StartAgainAsked
    | StartAgainConfirmed
    | Stayed
    | LanguageAsked
    | LanguageChosen
    | TextSizeChanged
    | ThemeChanged
    | ReadingAloudToggled
    | AidToggled
    | AdjustingAsked
    | SpeedChanged
    | VolumeChanged
    | ListeningStarted
    | ListeningStopped
    | ListenAsked
    | HeardAgain
    | ThanksFinished
    | TimedOut
    | StaffCalled
    | StaffLeft
    | PinEntered
    | PinAccepted
    | PinRefused
    | FiguresArrived
    | SendNowAsked
    | NewPinAsked
    | KeypadAsked
    | TeachingAsked
    | CodePressed
    | KeySkipped
    | SavingKeysAsked
    | ForgettingKeysAsked
    | KeysChanged
    | KeysNotSaved
    | StaffEvent
    | ExitAsked
    | BrokeDown
    | Mended
)
