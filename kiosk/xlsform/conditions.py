"""The column relevant to enableWhen (FHIR R4 Questionnaire.item.enableWhen)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.xlsform.choices import ChoiceList, no_such_choice
from kiosk.xlsform.expressions import Compare, Fits, Joined, Not, NotUnderstood, Of, Part, Selected, parse
from kiosk.xlsform.literals import ANSWERS, literal

_ORDERED = frozenset({"integer", "decimal", "date", "dateTime", "time"})
_OPPOSITE = {"=": "!=", "!=": "="}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition must know of the question it is about. `fhir` is empty for a row the kiosk leaves out."""

    fhir: str
    many: bool = False
    choices: ChoiceList | None = None


def enable_when(text: str, asked: Mapping[str, Asked]) -> dict[str, object]:
    """The members enableWhen and enableBehavior. Raises NotUnderstood."""
    part = _without_not(parse(text), negated=False)
    any_is_enough = isinstance(part, Joined) and part.any_is_enough
    conditions = [_condition(one, asked) for one in _flat(part, any_is_enough)]
    behaviour = {"enableBehavior": "any" if any_is_enough else "all"} if len(conditions) > 1 else {}
    return {"enableWhen": conditions, **behaviour}


def _without_not(part: Part, *, negated: bool) -> Part:
    """The same with every not() worked out where it stands."""
    if isinstance(part, Not):
        return _without_not(part.part, negated=not negated)
    if isinstance(part, Joined):
        parts = tuple(_without_not(one, negated=negated) for one in part.parts)
        return Joined(part.any_is_enough is not negated, parts)
    if not negated:
        return part
    if isinstance(part, Compare) and part.operator in _OPPOSITE:
        return Compare(part.left, _OPPOSITE[part.operator], part.right)
    if isinstance(part, Selected):
        return Not(part)
    raise NotUnderstood("not() works only around selected(), = and !=.")


def _flat(part: Part, any_is_enough: bool) -> list[Part]:
    if not isinstance(part, Joined):
        return [part]
    if part.any_is_enough is not any_is_enough:
        raise NotUnderstood("It mixes and with or; a kiosk can do all or any, not both.")
    return [one for inner in part.parts for one in _flat(inner, any_is_enough)]


def _condition(part: Part, asked: Mapping[str, Asked]) -> dict[str, object]:
    if isinstance(part, Not):
        return _selected(part.part, asked, "!=")
    if isinstance(part, Selected):
        return _selected(part, asked, "=")
    if isinstance(part, Compare):
        return _comparison(part, asked)
    what = "regex()" if isinstance(part, Fits) else "This"
    raise NotUnderstood(f"{what} cannot decide whether a question is asked.")


def _selected(part: Part, asked: Mapping[str, Asked], operator: str) -> dict[str, object]:
    if not isinstance(part, Selected):
        raise NotUnderstood("not() works only around selected(), = and !=.")
    target = _target(part.of, asked)
    if target.choices is None:
        raise NotUnderstood(f'selected() needs a select question, and "{part.of.name}" is none.')
    return _about(part.of, operator, target, part.code)


def _comparison(part: Compare, asked: Mapping[str, Asked]) -> dict[str, object]:
    target = _target(part.left, asked)
    if part.left.measure != "value":
        raise NotUnderstood("It counts letters or answers, which no kiosk can do for a condition.")
    if part.right.text == "" and part.operator in _OPPOSITE:
        return {"question": part.left.name, "operator": "exists", "answerBoolean": part.operator == "!="}
    if target.many:
        raise NotUnderstood(f"\"{part.left.name}\" may have several answers. Write selected(${{{part.left.name}}}, '…').")
    if part.operator not in _OPPOSITE and target.fhir not in _ORDERED:
        raise NotUnderstood(f'Answers to "{part.left.name}" have no order, so {part.operator} says nothing.')
    return _about(part.left, part.operator, target, part.right.text)


def _about(of: Of, operator: str, target: Asked, text: str) -> dict[str, object]:
    if target.choices is not None:
        choice = target.choices.choices.get(text)
        if choice is None:
            raise NotUnderstood(no_such_choice(target.choices, text))
        return {"question": of.name, "operator": operator, "answerCoding": choice.coding}
    return {"question": of.name, "operator": operator, f"answer{ANSWERS[target.fhir]}": literal(target.fhir, text)}


def _target(of: Of, asked: Mapping[str, Asked]) -> Asked:
    if of.name == ".":
        raise NotUnderstood("A full stop means the row's own answer, which is not there before it is asked.")
    target = asked.get(of.name)
    if target is None:
        raise NotUnderstood(f'No row is named "{of.name[:60]}".')
    if target.fhir in {"", "display", "group"}:
        raise NotUnderstood(f'"{of.name[:60]}" is nothing that a kiosk asks.')
    return target
