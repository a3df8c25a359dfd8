"""Fixed values in a form's cells to FHIR's: the one place that knows how each type is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kiosk.fhir.primitives import is_date, is_moment, is_time
from kiosk.xlsform.expressions import NotUnderstood

ANSWERS: Final[Mapping[str, str]] = {
    "string": "String",
    "text": "String",
    "integer": "Integer",
    "decimal": "Decimal",
    "date": "Date",
    "time": "Time",
    "dateTime": "DateTime",
    "boolean": "Boolean",
}
"""The end of ``value[x]`` and ``answer[x]``, by FHIR type."""
_WHOLE = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d{1,12}(?:\.\d{1,6})?|\.\d{1,6})", re.ASCII)
_YES: Final = frozenset({"ok", "true", "yes", "1"})
_NO: Final = frozenset({"false", "no", "0"})


def literal(fhir: str, text: str) -> object:
    """The value of a text for a type of ANSWERS. Raises NotUnderstood."""
    if fhir == "integer" and _WHOLE.fullmatch(text):
        return int(text)
    if fhir == "decimal" and _NUMBER.fullmatch(text):
        return number(text)
    if fhir == "boolean" and text.lower() in _YES | _NO:
        return text.lower() in _YES
    if fhir in {"string", "text"} and text.strip():
        return text
    if fhir in {"date", "time", "dateTime"}:
        return _moment(fhir, text)
    raise NotUnderstood(f'"{text[:40]}" is no value for {_KINDS.get(fhir, fhir)}.')


def number(text: str) -> int | float:
    """A number as JSON writes it best."""
    return int(text) if _WHOLE.fullmatch(text) else float(text)


def is_number(text: str) -> bool:
    """Whether a text is a number of a sensible size."""
    return _NUMBER.fullmatch(text) is not None


def _moment(fhir: str, text: str) -> str:
    if fhir == "date" and len(text) == len("2026-11-23") and is_date(text):
        return text
    time = f"{text}:00" if re.fullmatch(r"\d\d:\d\d", text, re.ASCII) else text
    if fhir == "time" and is_time(time):
        return time
    if fhir == "dateTime" and is_moment(text):
        return text
    example = {"date": "2026-11-23", "time": "14:30", "dateTime": "2026-11-23T14:30:00Z"}[fhir]
    raise NotUnderstood(f'"{text[:40]}" is no {fhir}. Write it as {example}.')


_KINDS: Final[Mapping[str, str]] = {
    "integer": "a whole number",
    "decimal": "a number",
    "boolean": "a yes or no question",
    "string": "a question for words",
    "text": "a question for words",
}
