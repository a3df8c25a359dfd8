"""What to show and what to say, as plain values: one truth for eyes and ears.

:func:`kiosk.present.present` makes a :class:`Screen` from a state; the window draws it, the voice speaks it and a test
reads it. Every control carries the event it causes, so that no widget has to decide anything. `key` names a part of the
screen for focus, for the highlight while it is spoken, and for tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from kiosk.events import Event
from kiosk.states import Figures, Preferences
from kiosk.survey import Media, Place, Value

_ANYBODY = Preferences()


class PageKind(StrEnum):
    WELCOME = "welcome"
    QUESTION = "question"
    NOTE = "note"
    REVIEW = "review"
    LANGUAGES = "languages"
    EASIER = "easier"
    START_AGAIN = "start-again"
    STILL_THERE = "still-there"
    THANKS = "thanks"
    STAFF_PIN = "staff-pin"
    STAFF = "staff"
    JOINING = "joining"
    CLEANING = "cleaning"
    KEYPAD = "keypad"
    OUT_OF_ORDER = "out-of-order"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence on the screen. `role`: body | help | context | notice | figure | code | card."""

    key: str
    text: str
    role: str = "body"
    picture: str = ""
    """A picture of ours left of the words, in Easy Read (S96)."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to touch. `pressed` is a toggle's state (S26), None for a plain button; `detail` is its value ("150 %")."""

    key: str
    label: str
    event: Event
    icon: str = ""
    detail: str = ""
    primary: bool = False
    pressed: bool | None = None
    language: str = ""
    """The label's own language where it is not the screen's (a language's own name)."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One answer to touch. Words are always there (S56).

    `picture` is an icon's name (faces: ``face-very-good``), in Easy Read a picture's; `picture_words` are its text alternative.
    """

    key: str
    label: str
    event: Event
    chosen: bool = False
    picture: str = ""
    prefix: str = ""
    media: Media | None = None
    picture_words: str = ""


@dataclass(frozen=True, slots=True)
class TextAsk:
    """Words, with the keyboard inside the window. `language` picks the keyboard; `one_line`: no line breaks."""

    place: Place
    chosen: tuple[Value, ...] = ()
    typed: tuple[str, ...] = ("",)
    max_length: int | None = None
    one_line: bool = False
    language: str = "en-GB"
    hint: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceAsk:
    """Answers to touch. `look`: faces | side-by-side | tiles | list | pictured. `other`: the open box of "Something else"."""

    place: Place
    tiles: tuple[Tile, ...]
    several: bool = False
    look: str = "tiles"
    other: TextAsk | None = None


@dataclass(frozen=True, slots=True)
class SliderAsk:
    """A whole number on a line. `typed` is ("",) while nothing is chosen. Operable without dragging (S68)."""

    place: Place
    minimum: int
    maximum: int
    step: int = 1
    chosen: tuple[Value, ...] = ()
    typed: tuple[str, ...] = ("",)
    lower_label: str = ""
    upper_label: str = ""
    less: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class NumberAsk:
    """A number on a digit pad. `typed` is (digits,) or (digits, unit code) where `units` can be picked."""

    place: Place
    chosen: tuple[Value, ...] = ()
    typed: tuple[str, ...] = ("",)
    decimal_mark: str = ""
    """The decimal separator's key, "" where only whole numbers are taken."""
    signed: bool = False
    unit: str = ""
    units: tuple[tuple[str, str], ...] = ()
    """Units to pick: (code, words)."""
    hint: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DatePart:
    """One box of a date or time: `name` is day | month | year | hour | minute; `digits` how many it takes."""

    name: str
    label: str
    digits: int


@dataclass(frozen=True, slots=True)
class DateAsk:
    """A date, time or both on a digit pad; `typed` runs along `parts`."""

    place: Place
    parts: tuple[DatePart, ...]
    typed: tuple[str, ...]
    hint: str = ""
    chosen: tuple[Value, ...] = ()


Ask: TypeAlias = ChoiceAsk | TextAsk | SliderAsk | NumberAsk | DateAsk


@dataclass(frozen=True, slots=True)
class Progress:
    words: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Route:
    """Another way to be heard (S163). `code` is what the QR code says, "" for none."""

    key: str
    name: str
    address: str
    kind: str = "web"
    """web | phone | text-relay | email | desk"""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What people said here and what was done: two sentences in `language`. In Easy Read each has a picture of ours."""

    said: str
    did: str
    language: str
    said_picture: str = ""
    did_picture: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A question and what was answered; `change` leads back to it. `private` answers are spoken only on request (S10)."""

    key: str
    question: str
    answer: str
    change: Button
    private: bool = False
    own_words: bool = False
    """Written, not chosen: always private."""
    about: str = ""
    """The answer that the question is asked about, where `question` begins with one that is private too."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say, and the part of the screen it belongs to."""

    key: str
    text: str
    language: str
    sound: bytes = field(default=b"", repr=False)
    """A recording of `text` that came with the survey (a WAV file), to be played instead of the voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Everything on one screen. What is empty is not shown."""

    kind: PageKind
    language: str
    right_to_left: bool = False
    shown: Preferences = _ANYBODY
    """How this person reads, listens and answers."""
    place: Place | None = None
    context: str = ""
    """The section's name, above the question."""
    heading: str
    lines: tuple[Line, ...] = ()
    media: Media | None = None
    ask: Ask | None = None
    private: bool = False
    """What is given here is about the person: it is spoken only where nobody else hears (S10)."""
    context_private: bool = False
    """So is `context`: it repeats an answer."""
    added: tuple[Button, ...] = ()
    """Answers already given to a question that takes several typed ones; touching one takes it away."""
    problem: str = ""
    rows: tuple[ReviewRow, ...] = ()
    turns: tuple[Turn, ...] = ()
    """You said, we did: all that take turns on the first screen, so that each has the same room; the first is shown."""
    routes: tuple[Route, ...] = ()
    languages: tuple[Button, ...] = ()
    back: Button | None = None
    start_again: Button | None = None
    forward: Button | None = None
    """The way on: Next, Skip, Send, Finish."""
    actions: tuple[Button, ...] = ()
    """Further buttons in the middle of the screen, the main one first."""
    tools: tuple[Button, ...] = ()
    """Language, text size, colours, what makes it easier, read aloud: at the same place on every screen (S72)."""
    by_ear: Button | None = None
    """The large control in the start corner of the first screen: from there on by listening and touch (S23)."""
    progress: Progress | None = None
    notice: str = ""
    """Not for urgent help (S150)."""
    countdown: str = ""
    chimes: bool = False
    """A short sound goes with it, for whoever does not look at the screen and does not have it read (S45)."""
    figures: Figures | None = None
    reception: tuple[Line, ...] = ()
    """For reception, under the actions: how the day goes, and on a card what to say to people (role ``card``)."""
    facts: tuple[tuple[str, str], ...] = ()
    """Rows of (what it is, how it stands)."""
    pin_length: tuple[int, int] | None = None
    """Shortest and longest PIN: the page shows a digit pad, and gives :class:`kiosk.events.PinEntered`."""
    wait_seconds: int = 0
    spoken: tuple[Utterance, ...] = ()
    picture: str = ""
    """A picture of ours left of the heading, in Easy Read (S96)."""
    picture_words: str = ""
    """What the picture shows, for whoever does not see it."""
    notice_picture: str = ""
    key_names: tuple[tuple[str, str], ...] = ()
    """Names of keyboard and digit-pad keys in this language: (action, words)."""

    def buttons(self) -> tuple[Button, ...]:
        """Every button, in the order of the screen."""
        ends = tuple(b for b in (self.by_ear, self.back, self.start_again, self.forward) if b)
        return (*self.tools, *self.added, *(row.change for row in self.rows), *self.languages, *self.actions, *ends)

    @property
    def theme(self) -> str:
        return self.shown.theme

    @property
    def text_percent(self) -> int:
        return self.shown.text_percent

    def key_name(self, action: str) -> str:
        return dict(self.key_names).get(action, action)
