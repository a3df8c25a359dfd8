"""FHIR's data types: which texts are a date, and each ``value[x]`` to a survey value and back."""

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kiosk.fhir.document import UNFIT
from kiosk.survey import (
    Attachment,
    Coding,
    Date,
    DateTime,
    Kind,
    Quantity,
    Reference,
    Time,
    Url,
    Value,
)

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?", re.ASCII)
_ZONE = re.compile(r"Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_CODE = re.compile(r"\S+(?: \S+)*")
_URI = re.compile(r"\S+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Malformed:
    """Why something is not a value: words that complete "it …", and the member at fault, if it is one."""

    words: str
    at: str = ""


Read = Value | Malformed


def is_date(text: str) -> bool:
    """A FHIR date that is in the calendar: ``2026``, ``2026-02`` or ``2026-02-28``."""
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part or "1") for part in found.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def is_moment(text: str) -> bool:
    """A FHIR dateTime: a date, or a full date with time and zone."""
    date, clock, rest = text.partition("T")
    if not clock:
        return is_date(text)
    time = _TIME.match(rest)
    return len(date) == len("2026-02-28") and is_date(date) and bool(time and _ZONE.fullmatch(rest, time.end()))


def is_time(text: str) -> bool:
    """A FHIR time: ``14:35:00``, a fraction of a second allowed."""
    return _TIME.fullmatch(text) is not None


def is_id(text: object) -> bool:
    """A FHIR id."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def is_uri(text: object) -> bool:
    """A FHIR uri: anything without spaces."""
    return isinstance(text, str) and _URI.fullmatch(text) is not None


def is_code(text: object) -> bool:
    """A FHIR code: no spaces at its ends, none doubled inside."""
    return isinstance(text, str) and _CODE.fullmatch(text) is not None


def is_language(text: object) -> bool:
    """A BCP 47 tag, by its form."""
    return isinstance(text, str) and _LANGUAGE.fullmatch(text) is not None


# --- reading -----------------------------------------------------------------------------------------------------------


def read_value(type_name: str, raw: object) -> Read:
    """The value in a ``value[x]`` member whose name ends in `type_name`, e.g. ``Coding``."""
    reader = _READERS.get(type_name)
    return reader(raw) if reader else Malformed(f"is a {type_name[:40]}, which is not a kind of answer")


def _boolean(raw: object) -> Read:
    return raw if isinstance(raw, bool) else Malformed("is not true or false")


def _integer(raw: object) -> Read:
    whole = isinstance(raw, int) and not isinstance(raw, bool) and -(2**31) <= raw < 2**31
    return raw if whole and isinstance(raw, int) else Malformed("is not a whole number of at most 32 bits")


def read_decimal(raw: object) -> Decimal | Malformed:
    """A decimal from a JSON number, however it was parsed."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return Malformed("is not a number")
    number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    return number if number.is_finite() and abs(number.adjusted()) <= 60 else Malformed("is not a number of a sensible size")


def _text_of(check: Callable[[str], bool], make: Callable[[str], Value], what: str) -> Callable[[object], Read]:
    def read(raw: object) -> Read:
        return make(raw) if isinstance(raw, str) and check(raw) else Malformed(f"is not {what}")

    return read


def _string(raw: object) -> Read:
    if not isinstance(raw, str):
        return Malformed("is not text")
    if UNFIT.search(raw):
        return Malformed("has a character that no FHIR text may have, such as NUL")
    return raw if raw.strip() else Malformed("is empty")


Texts = Mapping[str, Callable[[str], bool] | None]
"""The text members of a type, each with the check it must pass."""


def _texts(raw: Mapping[str, object], names: Texts, others: frozenset[str]) -> Malformed | None:
    """The first member that is not the text it should be, or that the type does not have."""
    for name, value in raw.items():
        if name in names:
            check = names[name]
            if not isinstance(value, str) or not value.strip() or UNFIT.search(value) or (check and not check(value)):
                return Malformed(f"has no proper {name}", name)
        elif name not in others and name not in {"id", "extension"} and str(name).removeprefix("_") not in names:
            return Malformed(f"has {str(name)[:40]!r}, which FHIR R4 does not have there", str(name)[:40])
    return None


def _member(raw: Mapping[str, object], name: str) -> str:
    value = raw.get(name, "")
    return value if isinstance(value, str) else ""


def read_coding(raw: object) -> Coding | Malformed:
    """A Coding: it must have a code or a display, else nobody could tell what was chosen."""
    if not isinstance(raw, dict):
        return Malformed("is not an object")
    wrong = _texts(raw, {"system": is_uri, "version": None, "code": is_code, "display": None}, frozenset({"userSelected"}))
    if wrong:
        return wrong
    if not isinstance(raw.get("userSelected", False), bool):
        return Malformed("has no proper userSelected", "userSelected")
    if not (raw.get("code") or raw.get("display")):
        return Malformed("has neither a code nor a display")
    return Coding(*(_member(raw, name) for name in ("code", "system", "display", "version")))


def read_quantity(raw: object) -> Quantity | Malformed:
    """A Quantity with a number; a unit's code needs its system (qty-3)."""
    if not isinstance(raw, dict):
        return Malformed("is not an object")
    texts = {"unit": None, "system": is_uri, "code": is_code, "comparator": {"<", "<=", ">=", ">"}.__contains__}
    wrong = _texts(raw, texts, frozenset({"value", "_value"}))
    if wrong:
        return wrong
    number = read_decimal(raw.get("value"))
    if isinstance(number, Malformed):
        return Malformed(f"has a value that {number.words}", "value")
    if raw.get("code") and not raw.get("system"):
        return Malformed("has a unit's code without its system", "code")
    return Quantity(number, *(_member(raw, name) for name in ("unit", "system", "code", "comparator")))


def read_attachment(raw: object) -> Attachment | Malformed:
    """An Attachment; data needs a contentType (att-1)."""
    if not isinstance(raw, dict):
        return Malformed("is not an object")
    texts = {
        "contentType": is_code, "language": is_language, "data": is_base64, "url": is_uri, "hash": is_base64, "title": None,
        "creation": is_moment,
    }  # fmt: skip
    wrong = _texts(raw, texts, frozenset({"size", "_size"}))
    if wrong:
        return wrong
    size = raw.get("size")
    if "size" in raw and (not isinstance(size, int) or isinstance(size, bool) or not 0 <= size < 2**31):
        return Malformed("has no proper size", "size")
    if raw.get("data") and not raw.get("contentType"):
        return Malformed("has data without a contentType")
    if not any(raw.get(name) for name in ("data", "url", "title")):
        return Malformed("has neither data nor an address nor a title")
    return Attachment(
        content_type=_member(raw, "contentType"),
        data=_member(raw, "data"),
        url=_member(raw, "url"),
        title=_member(raw, "title"),
        language=_member(raw, "language"),
        size=size if isinstance(size, int) else None,
        hash=_member(raw, "hash"),
        creation=_member(raw, "creation"),
    )


def read_reference(raw: object) -> Reference | Malformed:
    """A Reference: to something, by identifier, or only named."""
    if not isinstance(raw, dict):
        return Malformed("is not an object")
    wrong = _texts(raw, {"reference": is_uri, "type": is_uri, "display": None}, frozenset({"identifier"}))
    if wrong:
        return wrong
    identifier = raw.get("identifier", {})
    if not isinstance(identifier, dict) or not all(isinstance(identifier.get(name, ""), str) for name in ("system", "value")):
        return Malformed("has no proper identifier", "identifier")
    if not any(raw.get(name) for name in ("reference", "identifier", "display")):
        return Malformed("names nothing")
    pair = (_member(identifier, "system"), _member(identifier, "value"))
    return Reference(_member(raw, "reference"), _member(raw, "display"), _member(raw, "type"), pair)


def is_base64(text: str) -> bool:
    """Base64 with its padding; white space between is allowed."""
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


_READERS: dict[str, Callable[[object], Read]] = {
    "Boolean": _boolean,
    "Integer": _integer,
    "Decimal": read_decimal,
    "Date": _text_of(is_date, Date, "a date (YYYY, YYYY-MM or YYYY-MM-DD)"),
    "DateTime": _text_of(is_moment, DateTime, "a date, or a date with time and zone"),
    "Time": _text_of(is_time, Time, "a time (HH:MM:SS)"),
    "String": _string,
    "Uri": _text_of(is_uri, Url, "a web address"),
    "Coding": read_coding,
    "Quantity": read_quantity,
    "Attachment": read_attachment,
    "Reference": read_reference,
}

TYPE_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.BOOLEAN: ("Boolean",),
    Kind.DECIMAL: ("Decimal",),
    Kind.INTEGER: ("Integer",),
    Kind.DATE: ("Date",),
    Kind.DATE_TIME: ("DateTime",),
    Kind.TIME: ("Time",),
    Kind.STRING: ("String",),
    Kind.TEXT: ("String",),
    Kind.URL: ("Uri",),
    Kind.CHOICE: ("Coding", "Integer", "Date", "Time", "String", "Reference"),
    Kind.OPEN_CHOICE: ("Coding", "String", "Integer", "Date", "Time", "Reference"),
    Kind.ATTACHMENT: ("Attachment",),
    Kind.REFERENCE: ("Reference",),
    Kind.QUANTITY: ("Quantity",),
}
"""The endings a ``value[x]`` of an answer may have, by item type."""


# --- writing -----------------------------------------------------------------------------------------------------------


def write_value(value: Value, kind: Kind) -> tuple[str, object]:
    """The member of a QuestionnaireResponse answer: ``("valueCoding", {...})``."""
    if isinstance(value, bool):
        return "valueBoolean", value
    if isinstance(value, Decimal) or kind is Kind.DECIMAL:
        return "valueDecimal", write_decimal(value if isinstance(value, Decimal) else Decimal(str(value)))
    if isinstance(value, int):
        return "valueInteger", value
    if isinstance(value, str):
        return "valueString", value
    if isinstance(value, Date | DateTime | Time | Url):
        return {Date: "valueDate", DateTime: "valueDateTime", Time: "valueTime", Url: "valueUri"}[type(value)], value.text
    return f"value{type(value).__name__}", _written(value)


def write_decimal(number: Decimal) -> int | float:
    """A JSON number: whole ones without a point."""
    return int(number) if number == number.to_integral_value() else float(number)


def _written(value: Coding | Quantity | Attachment | Reference) -> dict[str, object]:
    if isinstance(value, Coding):
        members: dict[str, object] = {
            "system": value.system, "version": value.version, "code": value.code, "display": value.display
        }  # fmt: skip
    elif isinstance(value, Quantity):
        texts = {"comparator": value.comparator, "unit": value.unit, "system": value.system, "code": value.code}
        return {"value": write_decimal(value.value), **{name: text for name, text in texts.items() if text}}
    elif isinstance(value, Attachment):
        members = {
            "contentType": value.content_type, "language": value.language, "data": value.data, "url": value.url,
            "size": value.size, "hash": value.hash, "title": value.title, "creation": value.creation,
        }  # fmt: skip
    else:
        system, number = value.identifier
        identifier = {name: text for name, text in (("system", system), ("value", number)) if text}
        members = {"reference": value.reference, "type": value.type, "identifier": identifier, "display": value.display}
    return {name: member for name, member in members.items() if member not in ("", None, {})}
