"""Every way a QuestionnaireResponse breaks its Questionnaire (FHIR R4), as the hub and ``kiosk response check`` need it."""

from collections.abc import Iterator
from typing import Final

from kiosk.answers import ProblemKind, is_enabled, same, values_at, walk
from kiosk.answers.checking import check_number_of, check_one
from kiosk.answers.enabling import Memo, initial_values, is_fixed
from kiosk.answers.places import inner_repetitions
from kiosk.fhir.broken_rules import broken_rule
from kiosk.fhir.faults import Fault, Severity, worst_first
from kiosk.fhir.gathering import Gathered, gather
from kiosk.fhir.response_head import check_head
from kiosk.survey import Answers, AnyItem, Note, Place, Question, Section, Survey, Value

_WHOLE: Final = ("completed", "amended")
"""Statuses that promise that nothing required is missing."""


def check_response(survey: Survey, document: object) -> tuple[Fault, ...]:
    """What is wrong with `document` as an answer to `survey`; errors first. Never raises, whatever the document is."""
    return check_and_read(survey, document)[0]


def check_and_read(survey: Survey, document: object) -> tuple[tuple[Fault, ...], Answers]:
    """:func:`check_response` and :func:`~kiosk.fhir.read_answers` in one reading, for a hub that does both all day."""
    if not isinstance(document, dict) or document.get("resourceType") != "QuestionnaireResponse":
        words = "The document is not a FHIR QuestionnaireResponse."
        return (Fault("QuestionnaireResponse", "", "error", "structure", words),), {}
    gathered = gather(survey, document)
    faults = [*check_head(survey, document), *gathered.faults]
    memo: Memo = {}
    for place, path in gathered.paths.items():
        faults += _check_place(gathered, place, path, memo)
    if document.get("status") in _WHOLE:
        faults += [*_too_few(gathered, memo), *_missing(gathered, memo)]
    return worst_first(faults), gathered.answers


def _check_place(gathered: Gathered, place: Place, path: str, memo: Memo) -> Iterator[Fault]:
    survey = gathered.survey
    item = survey.by_link_id[place.link_id]
    if not is_enabled(survey, gathered.answers, place, memo):
        words = "is there, but the answers to other questions switch it off (enableWhen)."
        # one fault where the switching off begins, not one for each thing below it
        if not _parent_is_off(gathered, place, memo):
            yield _fault(path, item, "business-rule", words)
        return
    if isinstance(item, Section):
        yield from _check_times(gathered, item, place, path)
    elif isinstance(item, Question) and place in gathered.answers:
        yield from _check_question(gathered, item, place, path)


def _parent_is_off(gathered: Gathered, place: Place, memo: Memo) -> bool:
    ancestors = gathered.survey.ancestors[place.link_id]
    if not ancestors:
        return False
    parent = ancestors[-1]
    repeating = not isinstance(parent, Note) and parent.repeats
    outer = Place(parent.link_id, place.repetition[:-1] if repeating else place.repetition)
    return not is_enabled(gathered.survey, gathered.answers, outer, memo)


def _check_times(gathered: Gathered, section: Section, place: Place, path: str) -> Iterator[Fault]:
    times, limits = gathered.times.get(place, 0), section.limits
    if limits.max_occurs is not None and times > limits.max_occurs:
        words = f"is filled in {times} times; the most is {limits.max_occurs} (maxOccurs)."
        yield _fault(path, section, "business-rule", words)


def _check_question(gathered: Gathered, question: Question, place: Place, path: str) -> Iterator[Fault]:
    values = gathered.answers[place]
    problem = check_number_of(question, values)
    if problem and problem.kind is not ProblemKind.TOO_FEW:
        yield _fault(path, question, *broken_rule(question, problem))
    for value, at in zip(values, gathered.value_paths[place], strict=True):
        problem = check_one(question, value)
        if problem:
            yield _fault(at, question, *broken_rule(question, problem))
    if question.read_only and not _agree(values, initial_values(question)):
        yield _fault(path, question, "business-rule", "is readOnly, but its answer is not the one the questionnaire gives it.")
    if question.repeats and len(values) > 1 and _has_twice(values):
        yield _fault(path, question, "duplicate", "has the same answer twice.", "warning")


def _too_few(gathered: Gathered, memo: Memo) -> Iterator[Fault]:
    """What was begun, but not done as often as it must be (minOccurs)."""
    for place, path in gathered.paths.items():
        item = gathered.survey.by_link_id[place.link_id]
        if isinstance(item, Note) or not is_enabled(gathered.survey, gathered.answers, place, memo):
            continue
        times = gathered.times.get(place, 0) if isinstance(item, Section) else len(gathered.answers.get(place, ()))
        least = item.limits.min_occurs or 0
        if 0 < times < least:
            what = "is filled in" if isinstance(item, Section) else "is answered"
            words = f"{what} {times} time{'s' if times > 1 else ''}; the least is {least} (minOccurs)."
            yield _fault(path, item, "business-rule", words)


def _missing(gathered: Gathered, memo: Memo) -> Iterator[Fault]:
    survey, answers = gathered.survey, gathered.answers
    for item, place in walk(survey, answers, memo):
        if isinstance(item, Note) or not item.required:
            continue
        there = place in answers if isinstance(item, Question) else _is_filled(gathered, item, place, memo)
        if not there and not (is_fixed(survey, item) and values_at(survey, answers, place, memo)):
            yield _fault(_path_above(gathered, place), item, "required", "is required, but is not answered.")


def _is_filled(gathered: Gathered, section: Section, place: Place, memo: Memo) -> bool:
    inner = inner_repetitions(gathered.survey, gathered.answers, section, place, memo)
    return any(
        section in gathered.survey.ancestors[at.link_id] and any(at.repetition[: len(each)] == each for each in inner)
        for at, values in gathered.answers.items()
        if values
    )


def _path_above(gathered: Gathered, place: Place) -> str:
    """The path of the nearest thing in the document that the missing item should stand in."""
    for ancestor in reversed(gathered.survey.ancestors[place.link_id]):
        depth = sum(not isinstance(one, Note) and one.repeats for one in gathered.survey.ancestors[ancestor.link_id])
        path = gathered.paths.get(Place(ancestor.link_id, place.repetition[:depth]))
        if path:
            return path
    return gathered.paths.get(place, "QuestionnaireResponse")


def _agree(values: tuple[Value, ...], others: tuple[Value, ...]) -> bool:
    return len(values) == len(others) and all(same(value, other) for value, other in zip(values, others, strict=True))


def _has_twice(values: tuple[Value, ...]) -> bool:
    return any(same(value, other) for index, value in enumerate(values) for other in values[:index])


def _fault(path: str, item: AnyItem, code: str, predicate: str, severity: Severity = "error") -> Fault:
    return Fault(path, item.link_id, severity, code, f'Item "{item.link_id}" {predicate}')
