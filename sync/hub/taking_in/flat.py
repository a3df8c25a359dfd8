"""One response as flat rows: what each answer is as code, number or words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kiosk.survey import Attachment, Coding, Date, DateTime, Place, Quantity, Question, Reference, Survey, Time, Url, Value
from sync.hub.counts import measures
from sync.hub.texts import storable

CODE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class FlatAnswer:
    """One answer. `code` with its `system` is what is counted; `number` is it as a number; `text` a person's own words."""

    link_id: str
    repetition: str
    system: str = ""
    code: str = ""
    number: float | None = None
    text: str = ""


def flatten(answers: Mapping[Place, tuple[Value, ...]], survey: Survey) -> Iterator[FlatAnswer]:
    """Every answer to a question, in the order of the form."""
    for place, values in answers.items():
        question = survey.by_link_id.get(place.link_id)
        if isinstance(question, Question):
            repetition = ".".join(map(str, place.repetition))
            offered = {option.value for option in question.options if isinstance(option.value, str)}
            for value in values:
                chosen = isinstance(value, str) and value in offered
                system, code, number, text = ("", str(value), None, "") if chosen else parts(value)
                known = storable(system), storable(code, CODE_LENGTH)
                yield FlatAnswer(place.link_id, repetition, *known, number, storable(text))


def may_share(answers: Mapping[Place, tuple[Value, ...]], survey: Survey) -> bool:
    """Whether the person let others see their words. Silence is a no (S120)."""
    asked = [question.link_id for question in measures.questions(survey) if measures.measures(question, "share-words")]
    said = [value for place, values in answers.items() if place.link_id in asked for value in values]
    return any(value is True or (isinstance(value, Coding) and value.code.lower() in measures.YES_CODES) for value in said)


def parts(value: Value) -> tuple[str, str, float | None, str]:
    """System, code, number and words of one value."""
    match value:
        case bool():
            return "", "true" if value else "false", None, ""
        case int() | Decimal():
            return "", _plain(Decimal(value)), _finite(value), ""
        case str():
            return "", "", None, value
        case Coding():
            return value.system, value.code or value.display, None, ""
        case Quantity():
            return value.code or value.unit, _plain(value.value), _finite(value.value), ""
        case Date() | DateTime() | Time() | Url():
            return "", value.text, None, ""
        case Attachment():
            return "", value.content_type, None, ""
        case Reference():
            return "", value.reference, None, ""


def _plain(number: Decimal) -> str:
    """One spelling for one number: 7.0 and 7 count together."""
    return f"{number.normalize():f}"


def _finite(number: int | Decimal) -> float | None:
    found = float(number)
    return found if math.isfinite(found) else None
