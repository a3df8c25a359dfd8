"""Answers in words, as a person reads them back."""

from __future__ import annotations

import base64
import binascii
from decimal import Decimal

from kiosk.phrases import phrases
from kiosk.survey import (
    Attachment,
    Coding,
    Date,
    DateTime,
    Kind,
    Option,
    Quantity,
    Question,
    Reference,
    Time,
    Url,
    Value,
    Wording,
)


def option_words(option: Option, language: str) -> str:
    """What an option says: its wording, else its value."""
    return option.wording.in_language(language) or _plain(option.value)


def answer_words(question: Question, values: tuple[Value, ...], language: str, *, easy: bool = False) -> str:
    """A whole answer in one line: "Very good", "Interpreter, large print", "Not answered"; in `easy` words where there are."""
    if not values:
        return phrases(language)("Not answered")
    wordings: dict[Value, Wording] = {option.value: (easy and option.easy) or option.wording for option in question.options}
    unit = question.unit.display or question.unit.code if question.unit else ""
    said = []
    for value in values:
        words = wordings[value].in_language(language) if value in wordings else value_words(value, language)
        is_bare = isinstance(value, int | Decimal) and value not in wordings  # a quantity says its unit itself
        said.append(f"{words} {unit}".strip() if is_bare else words)
    return ", ".join(said)


def value_words(value: Value, language: str) -> str:
    """One value in words."""
    match value:
        case bool():
            return phrases(language)("Yes" if value else "No")
        case Date(text=text):
            return "/".join(reversed(text.split("-")))
        case DateTime(text=text):
            day, _, clock = text.partition("T")
            return f"{'/'.join(reversed(day.split('-')))} {clock[:5]}".strip()
        case _:
            return _plain(value)


def _plain(value: Value) -> str:
    match value:
        case Coding(code=code, display=display):
            return display or code
        case Quantity(value=number, unit=unit, code=code):
            return f"{number} {unit or code}".strip()
        case Time(text=text):
            return text[:5]
        case Url(text=text) | Date(text=text) | DateTime(text=text):
            return text
        case Attachment():
            return attachment_words(value)
        case Reference(reference=reference, display=display):
            return display or reference
        case _:
            return str(value)


def attachment_words(attachment: Attachment) -> str:
    """What was typed as an attachment; another file's title or address."""
    if attachment.content_type.startswith("text/plain") and attachment.data:
        try:
            return base64.b64decode(attachment.data).decode()
        except (binascii.Error, UnicodeDecodeError):
            return attachment.title
    return attachment.title or attachment.url


# --- and back: what a person would have typed ----------------------------------------------------------------------


def typed_parts(question: Question, value: Value | None) -> tuple[str, ...]:
    """The boxes of a typed question as they stand when `value` was typed in; empty boxes for None.

    Shapes as :func:`kiosk.answers.read_typed` takes them: a date has day, month and year; a quantity number and unit.
    """
    match question.kind:
        case Kind.DATE:
            return _date_boxes(value.text if isinstance(value, Date) else "")
        case Kind.TIME:
            return _clock_boxes(value.text if isinstance(value, Time) else "")
        case Kind.DATE_TIME:
            day, _, clock = (value.text if isinstance(value, DateTime) else "").partition("T")
            return (*_date_boxes(day), *_clock_boxes(clock))
        case Kind.QUANTITY if question.units:
            given = value if isinstance(value, Quantity) else None
            return (str(given.value), given.code or given.unit) if given else ("", question.units[0].code)
        case Kind.QUANTITY:
            return (str(value.value) if isinstance(value, Quantity) else "",)
        case _:
            return ("" if value is None else _plain(value),)


def _date_boxes(text: str) -> tuple[str, str, str]:
    year, month, day = [*text.split("-"), "", ""][:3]
    return (day, month, year)


def _clock_boxes(text: str) -> tuple[str, str]:
    hour, _, rest = text.partition(":")
    return (hour, rest[:2])
