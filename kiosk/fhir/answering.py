"""Answers to a QuestionnaireResponse (FHIR R4): what was answered, in the form's own order and nesting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from kiosk.answers import same, values_at
from kiosk.answers.enabling import Memo, is_enabled
from kiosk.answers.places import inner_repetitions
from kiosk.fhir.extensions import COMPLETION_MODE
from kiosk.fhir.primitives import write_value
from kiosk.survey import Answers, AnyItem, Note, Place, Question, Section, Survey, Value

RESPONSE_SYSTEM: Final = "urn:feedback-kiosk:response"
"""The system of the identifier every response carries, so that a centre can tell a repeat from a new one."""

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Writing:
    survey: Survey
    answers: Answers
    language: str
    memo: Memo = field(default_factory=dict)


def to_response(  # noqa: PLR0913 - one argument an element of the resource
    survey: Survey,
    answers: Answers,
    *,
    response_id: str,
    status: Literal["completed", "stopped"],
    language: str,
    authored: str,
    extensions: Sequence[Mapping[str, object]] = (),
) -> Json:
    """A QuestionnaireResponse with what is answered and asked; items in `language`, codings in the survey's own (S113).

    `response_id` is a bare UUID, `authored` a FHIR dateTime. Sections in which nothing was answered are left out.
    """
    writing = _Writing(survey, answers, language)
    mode = survey.completion_mode
    completion = [{"url": COMPLETION_MODE[0], "valueCodeableConcept": {"coding": [{"code": mode}]}}] if mode else []
    members: Json = {
        "resourceType": "QuestionnaireResponse",
        "id": response_id,
        "language": language,
        "extension": [*completion, *(dict(extension) for extension in extensions)],
        "identifier": {"system": RESPONSE_SYSTEM, "value": response_id},
        "questionnaire": survey.canonical,
        "status": status,
        "authored": authored,
        "item": _items(writing, survey.items, ()),
    }
    return {name: value for name, value in members.items() if value not in ("", [])}


def _items(writing: _Writing, items: tuple[AnyItem, ...], repetition: tuple[int, ...]) -> list[Json]:
    found: list[Json] = []
    for item in items:
        place = Place(item.link_id, repetition)
        if isinstance(item, Note) or not is_enabled(writing.survey, writing.answers, place, writing.memo):
            continue
        if isinstance(item, Section):
            found += _sections(writing, item, place)
        else:
            found += _question(writing, item, place)
    return found


def _sections(writing: _Writing, section: Section, place: Place) -> list[Json]:
    inner = inner_repetitions(writing.survey, writing.answers, section, place, writing.memo)
    filled = [_items(writing, section.items, repetition) for repetition in inner]
    if not any(filled):
        return []
    # an empty repetition between others stays, so that conditions on the nearest one mean the same when it is read back
    return [{**_head(writing, section), **({"item": items} if items else {})} for items in filled]


def _question(writing: _Writing, question: Question, place: Place) -> list[Json]:
    values = values_at(writing.survey, writing.answers, place, writing.memo)
    answers = []
    for index, value in enumerate(values):
        name, written = write_value(as_offered(question, value), question.kind)
        below: list[Json] = []
        if question.items and (question.repeats or index == 0):
            below = _items(writing, question.items, (*place.repetition, index) if question.repeats else place.repetition)
        answers.append({name: written, **({"item": below} if below else {})})
    return [{**_head(writing, question), "answer": answers}] if answers else []


def as_offered(question: Question, value: Value) -> Value:
    """A value as its option has it: the same code is always sent with the same words, whatever was read on the screen."""
    return next((option.value for option in question.options if same(option.value, value)), value)


def _head(writing: _Writing, item: AnyItem) -> Json:
    words = item.text.in_language(writing.language)
    return {"linkId": item.link_id, "text": words} if words else {"linkId": item.link_id}
