"""What is asked: a survey as frozen values, free of FHIR's JSON shapes.

:mod:`kiosk.fhir` makes these values from a FHIR R4 Questionnaire; everything else in the product reads only them.
A survey is a tree: sections (FHIR groups) and questions hold further items. An item asked more than once, because a
section repeats or because a question with several answers has questions below it, is told apart by its :class:`Place`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in the survey's own language, and its translations by BCP 47 tag."""

    text: str
    translations: tuple[tuple[str, str], ...] = ()

    def in_language(self, tag: str) -> str:
        """The sentence in `tag`, else in its primary language (``en-GB`` -> ``en``), else as the survey has it."""
        by_tag = dict(self.translations)
        return by_tag.get(tag) or by_tag.get(tag.partition("-")[0]) or self.text

    def __bool__(self) -> bool:
        return bool(self.text)


# --- values an answer can have (FHIR R4 Questionnaire.item.type) ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Date:
    """A FHIR date: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    text: str


@dataclass(frozen=True, slots=True)
class DateTime:
    """A FHIR dateTime: a date, or a date with time and zone."""

    text: str


@dataclass(frozen=True, slots=True)
class Time:
    """A FHIR time: ``HH:MM:SS``."""

    text: str


@dataclass(frozen=True, slots=True)
class Url:
    text: str


@dataclass(frozen=True, slots=True)
class Coding:
    """A code from a list. Two codings are the same answer when system and code agree (see ``answers.same``)."""

    code: str = ""
    system: str = ""
    display: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `unit` is what a person reads, `system` and `code` what a machine reads."""

    value: Decimal
    unit: str = ""
    system: str = ""
    code: str = ""
    comparator: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's content in base64 (`data`) or its address (`url`)."""

    content_type: str = ""
    data: str = ""
    url: str = ""
    title: str = ""
    language: str = ""
    size: int | None = None
    hash: str = ""
    creation: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    reference: str = ""
    display: str = ""
    type: str = ""
    identifier: tuple[str, str] = ("", "")
    """The target's identifier: system and value."""


Value: TypeAlias = bool | int | Decimal | str | Date | DateTime | Time | Url | Coding | Quantity | Attachment | Reference


# --- items ---------------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """FHIR R4 item types, by their codes."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"
    QUANTITY = "quantity"


class Operator(StrEnum):
    """FHIR R4 enableWhen operators."""

    EXISTS = "exists"
    EQUALS = "="
    DIFFERS = "!="
    ABOVE = ">"
    BELOW = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Condition:
    """One enableWhen: the item is asked when some answer to `question` stands so to `value`."""

    question: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, sound or film that belongs to an item or an option (itemMedia, itemAnswerMedia)."""

    content_type: str
    data: str = ""
    url: str = ""
    title: Wording = Wording("")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person can pick. `value` is what is stored; `wording` is what is read."""

    value: Value
    wording: Wording
    prefix: Wording = Wording("")
    exclusive: bool = False
    initial: bool = False
    score: Decimal | None = None
    media: Media | None = None
    easy: Wording = Wording("")
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on an answer; None where the survey sets none. `max_length` counts characters, of an attachment bytes."""

    min_value: Value | None = None
    max_value: Value | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    max_decimal_places: int | None = None
    min_occurs: int | None = None
    max_occurs: int | None = None
    slider_step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What sections, questions and notes have in common."""

    link_id: str
    text: Wording = Wording("")
    prefix: Wording = Wording("")
    conditions: tuple[Condition, ...] = ()
    any_condition: bool = False
    """enableBehavior ``any``: one true condition is enough. Otherwise all must hold."""
    hidden: bool = False
    control: str = ""
    """The itemControl code: ``slider``, ``radio-button``, ``check-box``, ``drop-down``, ``text-box``, ``help``…"""
    category: str = ""
    """The displayCategory code: ``instructions``, ``security``, ``help``."""
    codes: tuple[Coding, ...] = ()
    """What the item is about, in code systems: here a question carries its CQC key question (S118)."""
    media: Media | None = None
    support_link: str = ""
    easy: Wording = Wording("")
    """The same in Easy Read: short sentences, one idea each (S96)."""
    picture: str = ""
    """A picture of ours by its name, shown beside the words in Easy Read."""
    items: tuple[Section | Question | Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Item):
    """Words without a question (FHIR display)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Item):
    """Items that belong together (FHIR group). A grid is a section too: one question a page."""

    required: bool = False
    repeats: bool = False
    read_only: bool = False
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Item):
    """Something to answer. `items` are asked below each of its answers."""

    kind: Kind
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    options: tuple[Option, ...] = ()
    initial: tuple[Value, ...] = ()
    limits: Limits = Limits()
    side_by_side: bool = False
    """choiceOrientation ``horizontal``."""
    unit: Coding | None = None
    units: tuple[Coding, ...] = ()
    """Units to pick from (unitOption)."""
    entry_format: Wording = Wording("")
    help: Wording = Wording("")
    lower_label: Wording = Wording("")
    upper_label: Wording = Wording("")
    easy_help: Wording = Wording("")
    """The help in Easy Read, where a note of it has easy words."""


AnyItem: TypeAlias = Section | Question | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One version of a questionnaire. `canonical` is ``url|version``; `languages` lists the default first."""

    url: str
    version: str
    title: Wording
    language: str
    languages: tuple[str, ...]
    items: tuple[AnyItem, ...]
    description: Wording = Wording("")
    completion_mode: str = ""
    unreviewed: tuple[str, ...] = ()
    """Languages whose translation, by its own word, no speaker has reviewed yet."""
    by_link_id: Mapping[str, AnyItem] = field(init=False, repr=False, compare=False)
    ancestors: Mapping[str, tuple[AnyItem, ...]] = field(init=False, repr=False, compare=False)
    """What each item stands in, by linkId, outermost first."""

    def __post_init__(self) -> None:
        """Index the tree once: walking it for every answer would be most of the work of checking a response."""
        ancestors: dict[str, tuple[AnyItem, ...]] = {item.link_id: () for item in self.items}
        by_link_id: dict[str, AnyItem] = {}
        for item in self.walk():
            by_link_id[item.link_id] = item
            ancestors |= {child.link_id: (*ancestors[item.link_id], item) for child in item.items}
        object.__setattr__(self, "by_link_id", by_link_id)
        object.__setattr__(self, "ancestors", ancestors)

    @property
    def canonical(self) -> str:
        return f"{self.url}|{self.version}" if self.version else self.url

    def walk(self) -> Iterator[AnyItem]:
        """Every item, parents before their children, in the order of the form."""
        stack = list(reversed(self.items))
        while stack:
            item = stack.pop()
            yield item
            stack.extend(reversed(item.items))


# --- where an answer stands ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One asking of an item: its linkId, and for each repeating ancestor (outermost first) which repetition, from 0.

    A repeating section's own answer is one integer: how many times it has been filled in (none: once).
    """

    link_id: str
    repetition: tuple[int, ...] = ()


Answers: TypeAlias = Mapping[Place, tuple[Value, ...]]
"""What has been answered: every value of a question, by place. A place without values is not in it."""
