"""Answers written by hand, for ``kiosk survey try``: a JSON object, linkId to value.

- A value is true, a number or text; a coding is given by its code, a quantity as a number or ``{"value": 5, "unit": "kg"}``.
  Attachments and references are given as the words a patient would type, or as FHIR's own object.
- Where several answers are allowed, a list of values.
- A question stands directly in the object, whatever sections it is in. A section that repeats is a list of objects, one for
  each time it is filled in; what stands in it is given there.
- What is asked below one of several answers is given with that answer: ``{"value": "nurse", "items": {"how-kind": 5}}``.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kiosk.answers import Problem, check, count, is_enabled, missing, read_typed, same
from kiosk.answers.checking import MOST
from kiosk.answers.enabling import Memo, initial_values
from kiosk.fhir.broken_rules import broken_rule, shown
from kiosk.fhir.faults import AnswerFault
from kiosk.fhir.primitives import TYPE_NAMES, Malformed, read_value
from kiosk.survey import Answers, AnyItem, Coding, Kind, Note, Place, Quantity, Question, Section, Survey, Value

_AS_TYPED = frozenset({Kind.ATTACHMENT, Kind.REFERENCE})
_Found = dict[Place, tuple[Value, ...]]


def answers_from_json(survey: Survey, data: Mapping[str, object]) -> Answers:
    """The answers in `data` by place. Raises AnswerFault, a sentence that names the linkId."""
    found: _Found = {}
    _read_scope(survey, data, _reachable(survey.items), (), found)
    return found


def broken_answers(survey: Survey, answers: Answers) -> tuple[str, ...]:
    """A sentence for every answer that is not asked for, breaks a rule, or is missing."""
    return tuple(_broken(survey, answers))


def _broken(survey: Survey, answers: Answers) -> Iterator[str]:
    memo: Memo = {}
    for place, values in answers.items():
        item = survey.by_link_id[place.link_id]
        if not is_enabled(survey, answers, place, memo):
            yield f'Question "{place.link_id}" is answered, but is not asked when the others are answered so.'
        elif isinstance(item, Question):
            yield from _broken_values(item, values)
        elif isinstance(item, Section) and count(answers, item, place) > (item.limits.max_occurs or MOST):
            yield f'Section "{place.link_id}" is filled in more than {item.limits.max_occurs} times.'
    for place in missing(survey, answers):
        yield f'Question "{place.link_id}" must be answered.'


def _broken_values(question: Question, values: tuple[Value, ...]) -> Iterator[str]:
    problem = check(question, values)
    fixed = initial_values(question)
    if problem:
        yield _sentence(question, problem)
    elif question.read_only and not (len(values) == len(fixed) and all(map(same, values, fixed))):
        yield f'Question "{question.link_id}" is read-only: its answer is the one the questionnaire gives it.'


def _sentence(question: Question, problem: Problem) -> str:
    return f'Question "{question.link_id}" {broken_rule(question, problem)[1]}'


def _reachable(items: tuple[AnyItem, ...]) -> dict[str, AnyItem]:
    """The items given in one object: those of `items`, and of whatever in them is not asked more than once."""
    found: dict[str, AnyItem] = {}
    for item in items:
        found[item.link_id] = item
        if not (isinstance(item, Note) or item.repeats):
            found |= _reachable(item.items)
    return found


def _read_scope(
    survey: Survey, data: object, reachable: Mapping[str, AnyItem], repetition: tuple[int, ...], found: _Found
) -> None:
    if not isinstance(data, dict):
        raise AnswerFault(f"Answers must be an object, linkId to value; this is not one: {str(data)[:60]}.")
    for link_id, raw in data.items():
        item = reachable.get(link_id)
        place = Place(str(link_id), repetition)
        if item is None:
            raise AnswerFault(_why_unreachable(survey, str(link_id)))
        if isinstance(item, Note):
            raise AnswerFault(f'"{link_id}" is a note: it cannot be answered.')
        if raw is None or raw == []:
            continue
        if isinstance(item, Section):
            _read_section(survey, item, raw, place, found)
        else:
            _read_question(survey, item, raw, place, found)


def _why_unreachable(survey: Survey, link_id: str) -> str:
    if link_id not in survey.by_link_id:
        return f'The survey has no question with the linkId "{link_id[:60]}".'
    repeating = [item.link_id for item in survey.ancestors[link_id] if not isinstance(item, Note) and item.repeats]
    if not repeating:
        return f'"{link_id}" does not stand in the section it is given in.'
    return f'"{link_id}" is asked more than once: give it inside "{repeating[-1]}".'


def _read_section(survey: Survey, section: Section, raw: object, place: Place, found: _Found) -> None:
    inside = _reachable(section.items)
    if not section.repeats:
        if not isinstance(raw, dict):
            raise AnswerFault(f'Section "{section.link_id}" must be an object, linkId to value.')
        _read_scope(survey, raw, inside, place.repetition, found)
        return
    if not isinstance(raw, list) or not all(isinstance(part, dict) for part in raw):
        raise AnswerFault(f'Section "{section.link_id}" repeats: give a list of objects, one for each time it is filled in.')
    if len(raw) > 1:
        found[place] = (len(raw),)
    for index, part in enumerate(raw):
        _read_scope(survey, part, inside, (*place.repetition, index), found)


def _read_question(survey: Survey, question: Question, raw: object, place: Place, found: _Found) -> None:
    parts = raw if isinstance(raw, list) else [raw]
    if len(parts) > 1 and not question.repeats:
        raise AnswerFault(f'Question "{question.link_id}" takes one answer, not {len(parts)}.')
    for index, part in enumerate(parts):
        given, below = _with_below(part)
        found[place] = (*found.get(place, ()), _read_value(question, given))
        if below is not None:
            repetition = (*place.repetition, index) if question.repeats else place.repetition
            _read_scope(survey, below, _reachable(question.items), repetition, found)


def _with_below(part: object) -> tuple[object, object]:
    """An answer, and what is given below it."""
    if isinstance(part, dict) and "items" in part and part.keys() <= {"value", "items"}:
        return part.get("value"), part["items"]
    return part, None


def _read_value(question: Question, raw: object) -> Value:
    value = _offered(question, raw)
    if value is not None:
        return value
    if question.options and not (question.kind is Kind.OPEN_CHOICE and isinstance(raw, str)):
        codes = ", ".join(shown(option.value) for option in question.options)
        raise AnswerFault(f'Question "{question.link_id}" has no option {str(raw)[:60]!r}; its options are: {codes}.')
    if question.kind is Kind.QUANTITY:
        return _quantity(question, raw)
    if question.kind in _AS_TYPED and isinstance(raw, str):
        typed = read_typed(question, (), (raw,))
        if not isinstance(typed, Problem) and typed:
            return typed[-1]
    type_names = ("String",) if question.kind is Kind.OPEN_CHOICE else TYPE_NAMES[question.kind]
    read = read_value(type_names[0], raw)
    if isinstance(read, Malformed):
        raise AnswerFault(f'Question "{question.link_id}" is of type {question.kind}, but {str(raw)[:60]!r} {read.words}.')
    return read


def _offered(question: Question, raw: object) -> Value | None:
    """The option given by its code, its value, or as FHIR's own object."""
    for option in question.options:
        value = option.value
        if isinstance(raw, dict):
            read = read_value(type(value).__name__, raw)
            given = not isinstance(read, Malformed) and same(read, value)
        elif isinstance(value, bool | int | Decimal):
            given = not isinstance(raw, bool) and isinstance(raw, int | Decimal) and raw == value
        else:
            given = isinstance(raw, str) and raw == shown(value)
        if given:
            return value
    return None


def _quantity(question: Question, raw: object) -> Value:
    amount, unit = (raw.get("value"), raw.get("unit", "")) if isinstance(raw, dict) else (raw, "")
    number = read_value("Decimal", amount)
    if isinstance(number, Malformed) or not isinstance(number, Decimal) or not isinstance(unit, str):
        raise AnswerFault(f'Question "{question.link_id}" takes a number, or {{"value": 5, "unit": "kg"}}.')
    known = question.units or ((question.unit,) if question.unit else ())
    default = question.unit or Coding()
    found = next((one for one in known if unit in {one.display, one.code}), Coding(display=unit)) if unit else default
    return Quantity(number, found.display or found.code, found.system, found.code)
