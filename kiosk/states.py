"""What a session can be in: frozen values, nothing that moves. States are what a person stands before.

What can happen is in :mod:`kiosk.events`, what a step asks for in :mod:`kiosk.steps`. Answers never show in a `repr`:
states may be logged, patients' words never.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kiosk.answers import Problem
from kiosk.keys import NO_KEYPAD, Code, Key, KeyMap
from kiosk.survey import Answers, Place, Survey, Value

TEXT_PERCENTS = (100, 150, 200)
THEMES = ("calm", "light", "dark", "yellow-on-black", "cream")
SPEEDS_WPM = (120, 150, 180)
"""How fast the kiosk reads aloud, in words a minute (S139)."""
VOLUME_STEPS = 4
"""How loud it can be; from the softest to the loudest are 18 dB (S14)."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How this person reads, listens and answers. Back to the site's defaults for the next person (S77)."""

    language: str = "en-GB"
    text_percent: int = 100
    theme: str = "calm"
    reading_aloud: bool = False
    easy_read: bool = False
    """Short sentences with a picture for each (S96)."""
    wide_spacing: bool = False
    """More room between letters, words and lines (S59, S97)."""
    big_buttons: bool = False
    """Everything to touch is 25 to 30 mm (S78)."""
    low_controls: bool = False
    """What is touched stands in the lower part of the screen (S36)."""
    touch_to_hear: bool = False
    """The first touch says what is there, the second one chooses it (S25)."""
    screen_hidden: bool = False
    """Nobody beside this person reads along (S46)."""
    private: bool = False
    """Only this person hears: headphones, or they said that their own words may be spoken (S10)."""
    by_keypad: bool = False
    words_per_minute: int = 150
    volume_step: int = 1
    """0 to :data:`VOLUME_STEPS` - 1."""


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
    today: int | None = None
    """How many answered today; None while that is not known."""
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
    keypad: KeyMap = NO_KEYPAD
    """The keys in force."""
    keypad_fault: str = ""
    """Why the keys that staff taught cannot be used."""
    fault: str = ""
    """Why answers cannot be kept now, and what to do."""
    set_aside: tuple[str, ...] = ()
    """Damaged files of answers, whose readable part was saved."""
    can_join: bool = False
    """It has no centre yet, or its centre does not take it any more."""


StickOutcome: TypeAlias = Literal["saved", "nothing", "no-stick", "full", "not-paired", "busy", "not-written"]
JoinOutcome: TypeAlias = Literal["joined", "no-address", "too-late", "failed"]


@dataclass(frozen=True, slots=True)
class Stick:
    """What became of saving to a USB stick: how many answers are on it, how many this device cannot read."""

    outcome: StickOutcome
    count: int = 0
    unreadable: int = 0


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
class Thanks:
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class ChoosingLanguage:
    under: Asking | Reviewing | Thanks


@dataclass(frozen=True, slots=True)
class Adjusting:
    """Everything that makes the kiosk easier for this person, on one page."""

    under: Asking | Reviewing | Thanks


@dataclass(frozen=True, slots=True)
class StartingAgain:
    under: Asking | Reviewing


Over: TypeAlias = ChoosingLanguage | Adjusting | StartingAgain
"""What lies over a session and gives it back unchanged."""


@dataclass(frozen=True, slots=True)
class StillThere:
    under: Asking | Reviewing | Over
    seconds_left: int


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

    under: Asking | Reviewing | Over | None = None
    wait_seconds: int = 0
    refused: bool = False


@dataclass(frozen=True, slots=True)
class StaffArea:
    figures: Figures = Figures()
    doing: str = ""
    """"" | sending | saving: what was asked for last."""
    stick: Stick | None = None
    """What became of the last save."""


@dataclass(frozen=True, slots=True)
class Joining:
    """This device asks its centre for a place, and shows the code that staff approve there; then what became of it."""

    code: str = ""
    """"" while the centre is being asked."""
    address: str = ""
    """Where the code is approved."""
    seconds: int = 0
    """How long it holds."""
    outcome: JoinOutcome | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Somebody wipes the glass: whatever is touched does nothing (S164)."""

    seconds_left: int


@dataclass(frozen=True, slots=True)
class TryingKeys:
    """Staff see what each key of the keypad means, and press keys to try them. `taught` waits to be saved."""

    in_force: KeyMap
    taught: KeyMap | None = None
    pressed: Code | None = None
    told: str = ""
    """"" | saved | not-saved"""


@dataclass(frozen=True, slots=True)
class LearningKeys:
    """Staff teach the keypad: one key after another is asked for. `known` has each key asked so far, None for no such key."""

    in_force: KeyMap
    known: tuple[tuple[Key, Code | None], ...] = ()
    taken: Key | None = None
    """What was pressed last is this key already."""
    untold: bool = False
    """What was pressed last cannot be told from other keys."""


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """The calm screen. `reason` is a code for staff: no-survey | cannot-save. `preferences` None: nobody adjusted it."""

    reason: str
    preferences: Preferences | None = None


Behind: TypeAlias = ChoosingPin | EnteringPin | StaffArea | Joining | Cleaning | TryingKeys | LearningKeys
"""What only staff see, behind the held corner."""

State: TypeAlias = (
    Welcome
    | Asking
    | Reviewing
    | ChoosingLanguage
    | Adjusting
    | StartingAgain
    | StillThere
    | Thanks
    | ChoosingPin
    | EnteringPin
    | StaffArea
    | Joining
    | Cleaning
    | TryingKeys
    | LearningKeys
    | OutOfOrder
)
