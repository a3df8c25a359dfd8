"""The invariants of R4's Questionnaire.item, que-1 to que-13 (FHIR R4 Questionnaire, Constraints).

que-2 (linkIds are unique) is checked where items are gathered, que-7 where conditions are read.
"""

from kiosk.fhir.node import Node
from kiosk.survey import Kind

_WITH_MAX_LENGTH = frozenset({
    Kind.BOOLEAN, Kind.DECIMAL, Kind.INTEGER, Kind.STRING, Kind.TEXT, Kind.URL, Kind.OPEN_CHOICE,
})  # fmt: skip
_WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.OPEN_CHOICE, Kind.INTEGER, Kind.DATE, Kind.TIME, Kind.STRING})
_CHOICES = frozenset({Kind.CHOICE, Kind.OPEN_CHOICE})


def check_invariants(node: Node, kind: Kind) -> None:
    """Note every invariant the item breaks, with its name."""
    if kind is Kind.GROUP:
        _check_group(node)
    elif kind is Kind.DISPLAY:
        _check_display(node)
    _check_options(node, kind)
    _check_initial(node, kind)
    if node.has("maxLength") and kind not in _WITH_MAX_LENGTH:
        _note(node, "que-10", f"is of type {kind}, which cannot have a maxLength", "maxLength")
    conditions = node.data.get("enableWhen")
    if isinstance(conditions, list) and len(conditions) > 1 and not node.has("enableBehavior"):
        _note(node, "que-12", "has several enableWhen, but no enableBehavior to say whether all or any must hold", "enableWhen")


def _check_group(node: Node) -> None:
    if not node.has("item"):
        _note(node, "que-1", "is a group, but has no items")


def _check_display(node: Node) -> None:
    if node.has("item"):
        _note(node, "que-1", "is a display, which cannot have items", "item")
    if node.has("code"):
        _note(node, "que-3", "is a display, which cannot have a code", "code")
    for name in ("required", "repeats"):
        if node.has(name):
            _note(node, "que-6", f"is a display, which cannot be {name}", name)
    if node.has("readOnly"):
        _note(node, "que-9", "is a display, which cannot be readOnly", "readOnly")


def _check_options(node: Node, kind: Kind) -> None:
    if node.has("answerOption") and node.has("answerValueSet"):
        _note(node, "que-4", "has both answerOption and answerValueSet", "answerValueSet")
    if node.has("answerValueSet") and kind not in _CHOICES:
        _note(node, "que-5", f"is of type {kind}; only choice and open-choice can have an answerValueSet", "answerValueSet")
    if node.has("answerOption") and kind not in _WITH_OPTIONS:
        _note(node, "que-5", f"is of type {kind}, which cannot have an answerOption", "answerOption")


def _check_initial(node: Node, kind: Kind) -> None:
    if not node.has("initial"):
        return
    if kind in {Kind.GROUP, Kind.DISPLAY}:
        _note(node, "que-8", f"is a {kind}, which cannot have an initial value", "initial")
    if node.has("answerOption"):
        _note(node, "que-11", "has answerOption, so its initial value belongs in initialSelected", "initial")
    values = node.data["initial"]
    if isinstance(values, list) and len(values) > 1 and node.data.get("repeats") is not True:
        _note(node, "que-13", "has several initial values, but does not repeat", "initial")


def _note(node: Node, name: str, predicate: str, at: str = "") -> None:
    node.fault("invariant", f"{predicate} ({name}).", at)
