"""From what was typed or turned to values: numbers, dates, times, words, quantities."""

import base64
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from kiosk.answers.problems import Problem, ProblemKind
from kiosk.survey import Attachment, Coding, Date, DateTime, Kind, Quantity, Question, Reference, Time, Url, Value

_WHOLE = re.compile(r"[+\-\u2212]?\d{1,18}")
_NUMBER = re.compile(r"[+\-\u2212]?\d{1,18}(?:[.,\u066b]\d{1,18})?")
_WEB_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*:)?[^\s\x00-\x20<>\"{}|\\^`]+")
_UNSEEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
_MOST_DIGITS = 15
"""Digits of a number that every JSON reader keeps."""

_SEVERAL_FIELDS = frozenset({Kind.QUANTITY, Kind.DATE, Kind.DATE_TIME, Kind.TIME})


def read_typed(question: Question, chosen: tuple[Value, ...], typed: tuple[str, ...]) -> tuple[Value, ...] | Problem:
    """The values of an answer: the options `chosen`, and what was `typed`, one string a field.

    Fields: a number, words or a web address one; quantity number and unit; date day, month and year (day, or day and month,
    may be empty); dateTime those and hour and minute; time hour and minute. Nothing typed leaves what was chosen. Where one
    answer is allowed, what was typed stands alone; where several are, each field of a one-field kind is one answer more.
    Says only whether it can be understood: bounds and options are :func:`check`'s.
    """
    fields = tuple(text.translate(_UNSEEN).strip() for text in typed)
    if not any(fields):
        return chosen
    groups = [fields] if question.kind in _SEVERAL_FIELDS else [(field,) for field in fields if field]
    values: list[Value] = []
    for group in groups if question.repeats else groups[:1]:
        value = _READERS[question.kind](question, group) if question.kind in _READERS else Problem(ProblemKind.WRONG_FORM)
        if isinstance(value, Problem):
            return value
        values += () if value is None else (value,)
    return (*chosen, *values) if question.repeats else tuple(values)


def _read_whole(_: Question, fields: tuple[str, ...]) -> Value | Problem:
    text = fields[0]
    if _WHOLE.fullmatch(text):
        return int(_plain(text))
    return Problem(ProblemKind.NOT_WHOLE if _NUMBER.fullmatch(text) else ProblemKind.NOT_A_NUMBER)


def _read_number(_: Question, fields: tuple[str, ...]) -> Decimal | Problem:
    return read_number(fields[0])


def read_number(text: str) -> Decimal | Problem:
    """A number with a point or a comma, in any script's digits."""
    if not _NUMBER.fullmatch(text):
        return Problem(ProblemKind.NOT_A_NUMBER)
    number = Decimal(_plain(text))
    places = max(0, -int(number.as_tuple().exponent))
    if len(number.as_tuple().digits) <= _MOST_DIGITS:
        return number
    most = max(0, places - (len(number.as_tuple().digits) - _MOST_DIGITS))
    return Problem(ProblemKind.TOO_MANY_DECIMALS, most) if places else Problem(ProblemKind.NOT_A_NUMBER)


def _plain(text: str) -> str:
    return text.replace("\u2212", "-").replace(",", ".").replace("\u066b", ".")


def _read_words(_: Question, fields: tuple[str, ...]) -> str:
    return fields[0]


def _read_address(_: Question, fields: tuple[str, ...]) -> Value | Problem:
    return Url(fields[0]) if _WEB_ADDRESS.fullmatch(fields[0]) else Problem(ProblemKind.NOT_A_WEB_ADDRESS)


def _read_attachment(_: Question, fields: tuple[str, ...]) -> Value:
    content = fields[0].encode("utf-8", "ignore")
    return Attachment("text/plain; charset=utf-8", base64.b64encode(content).decode("ascii"), size=len(content))


def _read_reference(_: Question, fields: tuple[str, ...]) -> Value:
    return Reference(display=fields[0])


def _read_quantity(question: Question, fields: tuple[str, ...]) -> Value | Problem | None:
    amount, words = fields[0], fields[1] if len(fields) > 1 else ""
    if not amount:
        return None
    number = read_number(amount)
    if isinstance(number, Problem):
        return number
    unit = _unit(question, words)
    return Quantity(number, unit.display or unit.code, unit.system, unit.code)


def _unit(question: Question, words: str) -> Coding:
    known = question.units or ((question.unit,) if question.unit else ())
    if not words:
        return question.unit or Coding()
    return next((unit for unit in known if words in {unit.display, unit.code}), Coding(display=words))


def _read_date(_: Question, fields: tuple[str, ...]) -> Value | Problem:
    text = _date_text(*_padded(fields, 3))
    return Date(text) if text else Problem(ProblemKind.NO_SUCH_DATE)


def _read_moment(_: Question, fields: tuple[str, ...]) -> Value | Problem:
    day, month, year, hour, minute = _padded(fields, 5)
    date = _date_text(day, month, year)
    if not date:
        return Problem(ProblemKind.NO_SUCH_DATE)
    if not hour and not minute:
        return DateTime(date)
    time = _time_text(hour, minute)
    if not time or not day:
        return Problem(ProblemKind.NO_SUCH_TIME)
    try:  # FHIR wants the zone with the time: the kiosk stands where the patient is
        moment = dt.datetime.fromisoformat(f"{date}T{time}").astimezone()
    except (OverflowError, OSError, ValueError):
        return Problem(ProblemKind.NO_SUCH_DATE)
    return DateTime(moment.isoformat())


def _read_time(_: Question, fields: tuple[str, ...]) -> Value | Problem:
    text = _time_text(*_padded(fields, 2))
    return Time(text) if text else Problem(ProblemKind.NO_SUCH_TIME)


def _padded(fields: tuple[str, ...], length: int) -> tuple[str, ...]:
    return (*fields, *("",) * length)[:length]


def _date_text(day: str, month: str, year: str) -> str:
    """A full or partial date as FHIR writes it; nothing when there is no such date."""
    if not re.fullmatch(r"\d{4}", year) or not re.fullmatch(r"\d{0,2},\d{0,2}", f"{day},{month}") or (day and not month):
        return ""
    try:
        date = dt.date(int(year), int(month or "1"), int(day or "1"))
    except ValueError:
        return ""
    return date.isoformat()[: 10 if day else 7 if month else 4]


def _time_text(hour: str, minute: str) -> str:
    if not re.fullmatch(r"\d{1,2}", hour) or not re.fullmatch(r"\d{0,2}", minute):
        return ""
    try:
        return dt.time(int(hour), int(minute or "0")).isoformat()
    except ValueError:
        return ""


_READERS: dict[Kind, Callable[[Question, tuple[str, ...]], Value | Problem | None]] = {
    Kind.INTEGER: _read_whole,
    Kind.DECIMAL: _read_number,
    Kind.STRING: _read_words,
    Kind.TEXT: _read_words,
    Kind.OPEN_CHOICE: _read_words,
    Kind.URL: _read_address,
    Kind.ATTACHMENT: _read_attachment,
    Kind.REFERENCE: _read_reference,
    Kind.QUANTITY: _read_quantity,
    Kind.DATE: _read_date,
    Kind.DATE_TIME: _read_moment,
    Kind.TIME: _read_time,
}
