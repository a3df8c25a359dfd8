"""What a session can be in (states) and what can happen to it (events): frozen values, nothing that moves.

States are what a person stands before; events are in the past tense and carry the place they belong to, so that a late
or double touch on a page that has gone changes nothing. Answers never show in a `repr`: states may be logged, patients'
words never.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kiosk.answers import Problem
from kiosk.survey import Answers, Place, Survey, Value

TEXT_PERCENTS = (100, 150, 200)
THEMES = ("calm", "light", "dark", "yellow-on-black", "cream")


@dataclass(frozen=True, slots=True)
class Preferences:
    """How this person reads and listens. Back to the site's defaults for the next person (S77)."""

    language: str = "en-GB"
    text_percent: int = 100
    theme: str = "calm"
    reading_aloud: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every session here: the survey, how screens start, and how long each state waits (S93)."""

    survey: Survey
    defaults: Preferences = Preferences()
    idle_seconds: int = 60
    warning_seconds: int = 30
    thanks_seconds: int = 30
    staff_seconds: int = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """What is on the page but not yet given: ticks, digits, words. `typed` has one string for each box."""

    place: Place
    chosen: tuple[Value, ...] = field(default=(), repr=False)
    typed: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """One person's time at the kiosk."""

    preferences: Preferences
    answers: Answers = field(default_factory=dict, repr=False)
    seen: frozenset[Place] = frozenset()
    ways: frozenset[str] = frozenset({"touch"})
    """How it was answered, as codes for the analyst: touch, read-aloud, large-text, high-contrast."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the staff screen tells of this device; `oldest_seconds` is None when nothing waits."""

    waiting: int = 0
    sent: int = 0
    refused: int = 0
    today: int = 0
    oldest_seconds: int | None = None
    connection: str = "offline"
    """connected | offline | captive-portal | certificate | not-paired | held | sending"""
    last_contact: str = ""
    detail: str = ""
    voices: Mapping[str, str | None] = field(default_factory=dict)
    """For each language offered, the engine's voice or None."""
    fonts: Mapping[str, str | None] = field(default_factory=dict)
    unreviewed: tuple[str, ...] = ()
    """Languages whose translation no speaker has reviewed yet."""
    survey: str = ""
    version: str = ""


# --- states --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first question, waiting for anybody. Holds nothing, so that forgetting a patient is a type."""


@dataclass(frozen=True, slots=True)
class Asking:
    session: Session
    place: Place
    draft: Draft | None = None
    problem: Problem | None = None
    returning: bool = False
    """Came from the review to change one answer, and goes back there."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    session: Session


@dataclass(frozen=True, slots=True)
class ChoosingLanguage:
    under: Asking | Reviewing


@dataclass(frozen=True, slots=True)
class StartingAgain:
    under: Asking | Reviewing


@dataclass(frozen=True, slots=True)
class StillThere:
    under: Asking | Reviewing | ChoosingLanguage | StartingAgain
    seconds_left: int


@dataclass(frozen=True, slots=True)
class Thanks:
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class ChoosingPin:
    """Staff set the PIN: twice the same. `first` is what was entered the first time."""

    first: str = field(default="", repr=False)
    mistake: str = ""
    """"" | too-short | not-the-same"""
    changing: bool = False
    """There is a PIN already, so staff may leave without setting another."""


@dataclass(frozen=True, slots=True)
class EnteringPin:
    """The PIN is asked for. Who held the corner by mistake goes back to `under`, nothing lost."""

    under: Asking | Reviewing | ChoosingLanguage | StartingAgain | None = None
    wait_seconds: int = 0
    refused: bool = False


@dataclass(frozen=True, slots=True)
class StaffArea:
    figures: Figures = Figures()
    doing: str = ""
    """"" | sending: what was asked for last."""


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """The calm screen. `reason` is a code for staff: no-survey | cannot-save."""

    reason: str


State: TypeAlias = (
    Welcome
    | Asking
    | Reviewing
    | ChoosingLanguage
    | StartingAgain
    | StillThere
    | Thanks
    | ChoosingPin
    | EnteringPin
    | StaffArea
    | OutOfOrder
)


# --- events --------------------------------------------------------------------------------------------------------


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
    """"I am still here", "No, go on": back to what lies under the question."""


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


@dataclass(frozen=True, slots=True)
class HeardAgain:
    """Say this screen once more."""


@dataclass(frozen=True, slots=True)
class ThanksFinished:
    """"Finish": give the screen to the next person."""


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
    | ExitAsked
    | BrokeDown
    | Mended
)


# --- what a step asks of the shell ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finished:
    """A session's outcome, to be saved before the next screen shows. `status` is FHIR's: completed | stopped."""

    answers: Answers = field(repr=False)
    status: str
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
class TellFigures:
    """Read the device's figures and send them back as :class:`FiguresArrived`."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    pass


@dataclass(frozen=True, slots=True)
class Exit:
    pass


Errand: TypeAlias = CheckPin | KeepPin | SendNow | TellFigures | SayAgain | Exit


@dataclass(frozen=True, slots=True)
class Step:
    """What follows an event: the new state, what to save first, what else to do."""

    state: State
    finished: Finished | None = None
    errand: Errand | None = None
