"""enableWhen: reading it, and checking that it can be worked out (FHIR R4 Questionnaire.item.enableWhen, que-7)."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.answers import same
from kiosk.answers.checking import check_one
from kiosk.fhir.broken_rules import shown
from kiosk.fhir.feasible import check_chains
from kiosk.fhir.node import Node
from kiosk.fhir.primitives import TYPE_NAMES, Malformed, read_value
from kiosk.survey import AnyItem, Condition, Kind, Operator, Question, Survey

_MEMBERS = frozenset({
    "question", "operator", "answerBoolean", "answerDecimal", "answerInteger", "answerDate", "answerDateTime", "answerTime",
    "answerString", "answerCoding", "answerQuantity", "answerReference",
})  # fmt: skip
_ORDERS = frozenset({Operator.ABOVE, Operator.BELOW, Operator.AT_LEAST, Operator.AT_MOST})
_UNORDERED = frozenset({"Boolean", "Coding", "Reference"})
_ALSO: Mapping[Kind, tuple[str, ...]] = {
    Kind.INTEGER: ("Decimal",),
    Kind.DECIMAL: ("Integer",),
    Kind.DATE_TIME: ("Date",),
    Kind.URL: ("String",),
}
"""Answer types beside the item's own whose comparison has one meaning."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A condition read before all items were: checked when the tree is there."""

    node: Node
    condition: Condition
    type_name: str


def read_conditions(node: Node, pending: list[Pending]) -> tuple[Condition, ...]:
    """The conditions of an item; each is added to `pending`."""
    found = [one for part in node.children("enableWhen") if (one := _read(part))]
    pending += found
    return tuple(one.condition for one in found)


def any_is_enough(node: Node) -> bool:
    """enableBehavior, ``all`` or ``any``."""
    behaviour = node.text("enableBehavior")
    if behaviour not in {"", "all", "any"}:
        node.fault("code-invalid", f"has an enableBehavior of {behaviour[:40]!r}; it can be all or any.", "enableBehavior")
    return behaviour == "any"


def _read(node: Node) -> Pending | None:
    node.only(_MEMBERS)
    question, sign, names = node.text("question"), node.text("operator"), node.members("answer")
    if not question:
        node.fault("required", "has an enableWhen without a question.", "question")
    if sign not in set(Operator):
        node.fault("code-invalid", f"has an enableWhen with an unknown operator {sign[:20]!r}.", "operator")
        return None
    if len(names) != 1:
        node.fault("structure", "has an enableWhen without exactly one answer.")
        return None
    operator, type_name = Operator(sign), names[0].removeprefix("answer")
    if operator is Operator.EXISTS and type_name != "Boolean":
        node.fault("invariant", "has an enableWhen that asks whether an answer exists, so it needs answerBoolean (que-7).")
        return None
    value = read_value(type_name, node.data[names[0]])
    if isinstance(value, Malformed):
        node.fault("value", f"has an enableWhen whose {names[0]} {value.words}.", names[0])
        return None
    return Pending(node, Condition(question, operator, value), type_name) if question else None


def check_conditions(survey: Survey, pending: list[Pending], known: frozenset[str]) -> None:
    """Note conditions that point nowhere, cannot be compared, or go round in a circle. `known`: every linkId in the form."""
    for one in pending:
        target = survey.by_link_id.get(one.condition.question)
        if target is not None:
            _check_one(one, target)
        elif one.condition.question not in known:
            words = f'has an enableWhen that points to "{one.condition.question[:60]}", which is not in the questionnaire.'
            one.node.fault("not-found", words, "question")
    conditional: dict[str, Node] = {}
    for one in pending:
        conditional.setdefault(one.node.link_id, one.node)
    check_chains(survey, conditional)


def _check_one(one: Pending, target: AnyItem) -> None:
    name = one.condition.question
    if not isinstance(target, Question):
        one.node.fault("business-rule", f'has an enableWhen that points to "{name}", which is not a question.', "question")
        return
    if one.condition.operator is Operator.EXISTS:
        return
    if one.type_name not in (*TYPE_NAMES[target.kind], *_ALSO.get(target.kind, ())):
        words = f'compares "{name}", which is of type {target.kind}, with answer{one.type_name}; they can never agree.'
        one.node.fault("business-rule", words, f"answer{one.type_name}")
    elif one.condition.operator in _ORDERS and one.type_name in _UNORDERED:
        words = f'uses "{one.condition.operator}" on "{name}", but values of type {one.type_name} have no order.'
        one.node.fault("business-rule", words, "operator")
    elif _is_never_chosen(one.condition, target):
        words = f'compares "{name}" with {shown(one.condition.value)!r}, which is not one of its options.'
        one.node.fault("informational", words, f"answer{one.type_name}", severity="warning")


def _is_never_chosen(condition: Condition, target: Question) -> bool:
    """A slip that is easy to make: another system, or a display in place of the code."""
    if not target.options or condition.operator in _ORDERS or check_one(target, condition.value) is None:
        return False
    return not any(same(option.value, condition.value) for option in target.options)
