"""Questionnaire.item to sections, questions and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.answers import check
from kiosk.answers.places import is_beside_the_question
from kiosk.fhir import extensions as ext
from kiosk.fhir.conditions import Pending, any_is_enough, read_conditions
from kiosk.fhir.easy_read import read_easy, read_picture
from kiosk.fhir.invariants import check_invariants
from kiosk.fhir.limits import read_limits
from kiosk.fhir.node import Node
from kiosk.fhir.options import ValueSets, read_options, read_unit_options, with_display
from kiosk.fhir.primitives import TYPE_NAMES, Malformed, read_coding, read_value
from kiosk.fhir.wording import read_media, read_wording
from kiosk.survey import AnyItem, Coding, Kind, Note, Option, Question, Section, Url, Value, Wording

DEPTH_LIMIT = 24
"""How deep items may stand in each other."""
ITEM_LIMIT = 3_000
"""The most items a survey may have."""
_MEMBERS = frozenset({
    "linkId", "definition", "code", "prefix", "text", "type", "enableWhen", "enableBehavior", "required", "repeats", "readOnly",
    "maxLength", "answerValueSet", "answerOption", "initial", "item",
})  # fmt: skip
_CONTROLS = frozenset({
    "list", "table", "htable", "gtable", "atable", "header", "footer", "grid", "inline", "prompt", "unit", "lower", "upper",
    "flyover", "help", "legal", "autocomplete", "drop-down", "check-box", "lookup", "radio-button", "slider", "spinner",
    "text-box", "page", "tab-container",
})  # fmt: skip
_TYPED = frozenset({Kind.ATTACHMENT, Kind.REFERENCE})


@dataclass(frozen=True, slots=True)
class Form:
    """What reading an item needs of the whole questionnaire, and gathers for it."""

    sets: ValueSets
    pending: list[Pending] = field(default_factory=list)
    link_ids: set[str] = field(default_factory=set)


def read_items(node: Node, form: Form, depth: int = 1) -> tuple[AnyItem, ...]:
    """The items in `node`, as far as they can be read."""
    if depth > DEPTH_LIMIT and node.has("item"):
        node.fault("too-long", f"has items nested deeper than the {DEPTH_LIMIT} levels the kiosk reads.", "item")
        return ()
    read = []
    for part in node.children("item"):
        if len(form.link_ids) >= ITEM_LIMIT:
            part.fault("too-long", f"is one item too many: the kiosk reads {ITEM_LIMIT} at most.")
            break
        read.append(_read_item(part, form, depth))
    return tuple(item for item in read if item)


def _read_item(part: Node, form: Form, depth: int) -> AnyItem | None:
    link_id = part.data.get("linkId")
    node = Node(part.data, part.path, part.faults, link_id if isinstance(link_id, str) else "")
    if not node.text("linkId"):
        node.fault("required", "has no linkId.", "linkId")
    elif node.link_id in form.link_ids:
        node.fault("invariant", "has a linkId that another item has too (que-2).", "linkId")
    form.link_ids.add(node.link_id)
    node.only(_MEMBERS)
    ext.scan(node)
    kind = _kind(node)
    items = read_items(node, form, depth + 1)
    if kind is None:
        return None
    check_invariants(node, kind)
    _check_use(node, kind)
    common = _common(node, form, items)
    if kind is Kind.DISPLAY:
        return Note(**common)
    answering: dict[str, Any] = {name: node.boolean(name) for name in ("required", "repeats")}
    answering["read_only"] = node.boolean("readOnly")
    if kind is Kind.GROUP:
        return Section(**common, **answering, limits=read_limits(node, kind))
    return _question(node, kind, form, {**common, **answering})


def _kind(node: Node) -> Kind | None:
    code = node.text("type")
    if code in set(Kind):
        return Kind(code)
    if code:
        node.fault("code-invalid", f"has the type {code[:40]!r}, which FHIR R4 does not have or no kiosk can ask.", "type")
    elif not node.has("type"):
        node.fault("required", "has no type.", "type")
    return None


def _common(node: Node, form: Form, items: tuple[AnyItem, ...]) -> dict[str, Any]:
    control = ext.concept_code(node, ext.ITEM_CONTROL)
    if control and control not in _CONTROLS:
        words = f"has an itemControl of {control[:40]!r}, which the kiosk does not know; it is asked in the usual way."
        node.fault("informational", words, severity="warning")
    text = read_wording(node, "text")
    return {
        "link_id": node.link_id,
        "text": text,
        "prefix": read_wording(node, "prefix"),
        "conditions": read_conditions(node, form.pending),
        "any_condition": any_is_enough(node),
        "hidden": ext.flag(node, ext.HIDDEN),
        "control": control,
        "category": ext.concept_code(node, ext.DISPLAY_CATEGORY),
        "codes": _codes(node),
        "media": read_media(node),
        "support_link": _support_link(node),
        "easy": read_easy(node, text),
        "picture": read_picture(node),
        "items": items,
    }


def _check_use(node: Node, kind: Kind) -> None:
    """What only a program that shows or records otherwise could do (usageMode, mimeType)."""
    mode = node.extension(ext.USAGE_MODE)
    if mode and ext.value_of(mode, "Code") in {"display", "display-non-empty"}:
        mode.fault("not-supported", "is only for showing answers, not for asking (usageMode).")
    types = [ext.value_of(extension, "Code") for extension in node.extensions(ext.MIME_TYPE)]
    if kind is Kind.ATTACHMENT and types and not any(str(one).startswith(("text/", "*")) for one in types):
        node.fault("not-supported", "takes only files the kiosk cannot make (mimeType); it can take typed words.")


def _codes(node: Node) -> tuple[Coding, ...]:
    codes = []
    for part in node.children("code"):
        coding = read_coding(part.data)
        if isinstance(coding, Malformed):
            part.fault("value", f"has a code that {coding.words}.", coding.at)
        else:
            codes.append(coding)
    return tuple(codes)


def _support_link(node: Node) -> str:
    extension = node.extension(ext.SUPPORT_LINK)
    value = ext.value_of(extension, "Uri") if extension else None
    return value.text if isinstance(value, Url) else ""


def _question(node: Node, kind: Kind, form: Form, common: Mapping[str, Any]) -> Question:
    options = read_options(node, kind, form.sets)
    unit = node.extension(ext.UNIT)
    notes = [note for note in common["items"] if _is_help(note)]
    question = Question(
        **common,
        kind=kind,
        options=options,
        initial=_initial(node, kind, options),
        limits=read_limits(node, kind),
        side_by_side=_orientation(node) == "horizontal",
        unit=ext.coding_of(unit) if unit else None,
        units=_units(node, form),
        entry_format=_entry_format(node),
        help=_joined(notes),
        easy_help=_joined([replace(note, text=note.easy or note.text) for note in notes]),
        lower_label=_words_beside(common["items"], "lower"),
        upper_label=_words_beside(common["items"], "upper"),
    )
    unit_words = _words_beside(common["items"], "unit")
    if question.unit is None and unit_words:
        question = replace(question, unit=Coding(display=unit_words.text))
    _check_question(node, question)
    return question


def _initial(node: Node, kind: Kind, options: tuple[Option, ...]) -> tuple[Value, ...]:
    values: list[Value] = []
    for part in node.children("initial"):
        names = part.members("value")
        part.only(frozenset(names))
        if len(names) != 1:
            part.fault("structure", "has an initial value that is not exactly one value.")
            continue
        type_name = names[0].removeprefix("value")
        value = read_value(type_name, part.data[names[0]])
        if isinstance(value, Malformed):
            part.fault("value", f"has an initial value that {value.words}.", names[0])
        elif type_name not in TYPE_NAMES.get(kind, ()):
            part.fault("value", f"is of type {kind}, but has an initial {names[0]}.", names[0])
        else:
            values.append(with_display(value, options))
    return tuple(values)


def _orientation(node: Node) -> str:
    extension = node.extension(ext.CHOICE_ORIENTATION)
    value = ext.value_of(extension, "Code") if extension else ""
    return value if isinstance(value, str) else ""


def _units(node: Node, form: Form) -> tuple[Coding, ...]:
    listed = [coding for extension in node.extensions(ext.UNIT_OPTION) if (coding := ext.coding_of(extension))]
    return (*listed, *read_unit_options(node, form.sets))


def _entry_format(node: Node) -> Wording:
    extension = node.extension(ext.ENTRY_FORMAT)
    if extension is None or not isinstance(ext.value_of(extension, "String"), str):
        return Wording("")
    return read_wording(extension, "valueString")


def _words_beside(items: tuple[AnyItem, ...], *controls: str) -> Wording:
    """The words of the displays below a question that have one of these itemControls, joined."""
    return _joined([item for item in items if isinstance(item, Note) and item.control in controls])


def _is_help(item: AnyItem) -> bool:
    return isinstance(item, Note) and is_beside_the_question(item) and item.control not in {"unit", "lower", "upper"}


def _joined(items: list[AnyItem]) -> Wording:
    notes = [item.text for item in items if item.text]
    if len(notes) < 2:
        return notes[0] if notes else Wording("")
    tags = dict.fromkeys(tag for note in notes for tag, _ in note.translations)
    joined = ((tag, " ".join(note.in_language(tag) for note in notes)) for tag in tags)
    return Wording(" ".join(note.text for note in notes), tuple(joined))


def _check_question(node: Node, question: Question) -> None:
    """What only shows when the question is whole: fixed values that break its own rules, answers nobody could give."""
    initial = question.initial or tuple(option.value for option in question.options if option.initial)
    problem = check(question, initial) if initial else None
    if problem:
        node.fault("business-rule", f"has an initial value that its own rules refuse ({problem.kind}).", "initial")
    if question.kind in _TYPED and not question.hidden:
        words = f"is of type {question.kind}: the kiosk asks for typed words instead."
        node.fault("informational", words, severity="warning")
    if question.kind is Kind.OPEN_CHOICE and not question.options:
        node.fault("informational", "is an open-choice without options: the kiosk asks for typed words.", severity="warning")
