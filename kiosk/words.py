"""Answers in words, as a person reads them back."""

from __future__ import annotations

from kiosk.phrases import Phrases
from kiosk.survey import (
    Attachment,
    Coding,
    Date,
    DateTime,
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


def answer_words(question: Question, values: tuple[Value, ...], phrases: Phrases) -> str:
    """A whole answer in one line: "Very good", "Interpreter, large print", "Not answered"."""
    if not values:
        return phrases("Not answered")
    wordings: dict[Value, Wording] = {option.value: option.wording for option in question.options}
    said = [wordings[v].in_language(phrases.language) if v in wordings else value_words(v, phrases) for v in values]
    unit = question.unit.display or question.unit.code if question.unit else ""
    return ", ".join(f"{words} {unit}".strip() if unit and not wordings else words for words in said)


def value_words(value: Value, phrases: Phrases) -> str:
    """One value in words."""
    match value:
        case bool():
            return phrases("Yes") if value else phrases("No")
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
    import base64
    import binascii

    if attachment.content_type.startswith("text/plain") and attachment.data:
        try:
            return base64.b64decode(attachment.data).decode()
        except (binascii.Error, UnicodeDecodeError):
            return attachment.title
    return attachment.title or attachment.url
