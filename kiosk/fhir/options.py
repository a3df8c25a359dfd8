"""What can be picked: answerOption, and answerValueSet where the codes are in the questionnaire itself."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from kiosk.answers import key, same
from kiosk.fhir.easy_read import read_easy, read_picture
from kiosk.fhir.extensions import OPTION_EXCLUSIVE, OPTION_PREFIX, ORDINAL_VALUE, UNIT_VALUE_SET, flag, scan, value_of
from kiosk.fhir.node import Node
from kiosk.fhir.primitives import TYPE_NAMES, Malformed, read_value
from kiosk.fhir.wording import read_media, read_wording, translations
from kiosk.survey import Coding, Date, Kind, Option, Reference, Time, Value, Wording

OPTION_LIMIT = 1_000
"""The most options one question may have."""
_OPTION_TYPES = ("Integer", "Date", "Time", "String", "Coding", "Reference")
_OPTION_MEMBERS = frozenset({"initialSelected", *(f"value{name}" for name in _OPTION_TYPES)})


@dataclass(frozen=True, slots=True)
class ValueSets:
    """The value sets contained in a questionnaire, by ``#id``, by url and by ``url|version``."""

    by_address: Mapping[str, Node] = field(default_factory=dict)
    read: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    """The options of value sets read so far without a fault, by path: many questions may share one."""

    def find(self, node: Node, address: str) -> Node | None:
        """The contained value set; a fault is noted on `node` when only a terminology server could have it."""
        found = self.by_address.get(address)
        if found is None:
            words = f"takes its options from {address[:120]!r}, which is not contained in the questionnaire: {_NEEDS_SERVER}."
            node.fault("not-supported", words, "answerValueSet" if node.has("answerValueSet") else "")
        return found


_NEEDS_SERVER = "that needs a terminology server, which a kiosk does not have"


def read_options(node: Node, kind: Kind, sets: ValueSets) -> tuple[Option, ...]:
    """The options of a question, in the order of the form."""
    if node.has("answerValueSet"):
        found = sets.find(node, node.text("answerValueSet"))
        return _not_too_many(node, _concepts(node, found, sets)) if found else ()
    options: dict[Hashable, Option] = {}
    for part in node.children("answerOption"):
        option = _option(part, kind)
        if option and key(option.value) in options:
            part.fault("duplicate", f'offers "{option.wording.text[:60]}" twice.', severity="warning")
        elif option:
            options[key(option.value)] = option
    if kind is Kind.CHOICE and not node.has("answerOption"):
        node.fault("required", "is a choice, but has nothing to choose from (answerOption or answerValueSet).")
    return _not_too_many(node, tuple(options.values()))


def _not_too_many(node: Node, options: tuple[Option, ...]) -> tuple[Option, ...]:
    if len(options) > OPTION_LIMIT:
        node.fault("too-long", f"has {len(options)} options; the kiosk asks with {OPTION_LIMIT} at most.")
    return options[:OPTION_LIMIT]


def read_unit_options(node: Node, sets: ValueSets) -> tuple[Coding, ...]:
    """The units of a contained unitValueSet."""
    extension = node.extension(UNIT_VALUE_SET)
    address = value_of(extension, "Canonical") if extension else None
    found = sets.find(node, address) if isinstance(address, str) else None
    options = _concepts(node, found, sets) if found else ()
    return tuple(option.value for option in options if isinstance(option.value, Coding))


def _option(node: Node, kind: Kind) -> Option | None:
    node.only(_OPTION_MEMBERS)
    names = node.members("value")
    if len(names) != 1:
        node.fault("structure", "has an answerOption without exactly one value.")
        return None
    name = names[0]
    value = read_value(name.removeprefix("value"), node.data[name])
    if isinstance(value, Malformed):
        node.fault("value", f"has an answerOption whose {name} {value.words}.", f"{name}.{value.at}" if value.at else name)
        return None
    if name.removeprefix("value") not in TYPE_NAMES.get(kind, _OPTION_TYPES):
        node.fault("value", f"is of type {kind}, but has an answerOption with {name}.", name)
        return None
    wording = _option_wording(node, name, value)
    return Option(
        value,
        wording,
        prefix=_prefix(node),
        exclusive=flag(node, OPTION_EXCLUSIVE),
        initial=node.boolean("initialSelected"),
        score=next((score for part in (node, node.child("valueCoding")) if (score := _score(part)) is not None), None),
        media=read_media(node, answer=True),
        easy=read_easy(node, wording),
        picture=read_picture(node),
    )


def _option_wording(node: Node, name: str, value: Value) -> Wording:
    if isinstance(value, Coding | Reference):
        part = node.child(name)
        words = value.display or (value.code if isinstance(value, Coding) else value.reference)
        return Wording(words, translations(part, "display") if part else ())
    return Wording(value.text if isinstance(value, Date | Time) else str(value), translations(node, name))


def _prefix(node: Node) -> Wording:
    extension = node.extension(OPTION_PREFIX)
    if extension is None or not isinstance(value_of(extension, "String"), str):
        return Wording("")
    return read_wording(extension, "valueString")


def _score(node: Node | None) -> Decimal | None:
    extension = node.extension(*ORDINAL_VALUE) if node else None
    value = value_of(extension, "Decimal", "Integer") if extension else None
    return Decimal(value) if isinstance(value, int | Decimal) else None


# --- value sets --------------------------------------------------------------------------------------------------------


def contained_value_sets(questionnaire: Node) -> ValueSets:
    """The ValueSets a questionnaire carries with it."""
    found: dict[str, Node] = {}
    for resource in questionnaire.children("contained"):
        if resource.data.get("resourceType") != "ValueSet":
            continue
        address = resource.text("url")
        keys = [f"#{resource.text('id')}", address, f"{address}|{resource.text('version')}"]
        found |= {key: resource for key in keys if key not in {"#", "", "|"}}
    return ValueSets(found)


def _concepts(item: Node, value_set: Node, sets: ValueSets) -> tuple[Option, ...]:
    """The options of a contained value set; faults are noted at the value set, naming the item."""
    if value_set.path not in sets.read:
        before = len(item.faults)
        options = _read_concepts(item, value_set)
        if len(item.faults) > before:
            return options
        sets.read[value_set.path] = options
    return sets.read[value_set.path]


def _read_concepts(item: Node, value_set: Node) -> tuple[Option, ...]:
    at = Node(value_set.data, value_set.path, item.faults, item.link_id)
    scan(at)
    expansion, compose = at.child("expansion"), at.child("compose")
    if expansion:
        concepts = list(islice(_contained(expansion), OPTION_LIMIT + 1))
        _check_whole(expansion)
    else:
        concepts = list(islice(_composed(compose), OPTION_LIMIT + 1)) if compose else []
    if not concepts:
        at.fault("not-supported", f"takes its options from a value set that lists no codes: {_NEEDS_SERVER}.")
    return tuple({key(option.value): option for option in concepts}.values())


def _check_whole(expansion: Node) -> None:
    """An expansion may be one page of many: then it does not have all options."""
    total, listed = expansion.whole("total"), expansion.data.get("contains")
    count = _count(listed, OPTION_LIMIT) if isinstance(listed, list) else 0
    if (total is not None and total > count) or expansion.whole("offset"):
        expansion.fault("not-supported", f"takes its options from a value set that is not listed in full: {_NEEDS_SERVER}.")


def _count(listed: list[object], enough: int) -> int:
    """How many codes a list has, those in codes too."""
    waiting, count = list(listed), 0
    while waiting and count <= enough:
        part = waiting.pop()
        count += 1
        below = part.get("contains") if isinstance(part, dict) else None
        waiting += below if isinstance(below, list) else []
    return count


def _contained(node: Node) -> Iterator[Option]:
    """expansion.contains, depth first: headings (abstract) and retired codes (inactive) cannot be picked."""
    for part in node.children("contains"):
        if not part.boolean("abstract") and not part.boolean("inactive"):
            yield from _concept(part, part.text("system"), part.text("version"))
        if part.has("contains"):
            yield from _contained(part)


def _composed(compose: Node) -> Iterator[Option]:
    if compose.has("exclude"):
        compose.fault("not-supported", f"takes its options from a value set with exclude: {_NEEDS_SERVER}.", "exclude")
    for include in compose.children("include"):
        if not include.has("concept") or include.has("filter") or include.has("valueSet"):
            words = f"takes its options from a value set that does not list its codes one by one: {_NEEDS_SERVER}."
            include.fault("not-supported", words)
            continue
        for concept in include.children("concept"):
            yield from _concept(concept, include.text("system"), include.text("version"))


def _concept(node: Node, system: str, version: str) -> Iterator[Option]:
    code = node.text("code")
    if not code:
        node.fault("required", "takes its options from a value set with a concept that has no code.")
        return
    display = node.text("display")
    wording = Wording(display or code, tuple(dict([*translations(node, "display"), *_designations(node)]).items()))
    yield Option(Coding(code, system, display, version), wording, score=_score(node))


def _designations(node: Node) -> Iterator[tuple[str, str]]:
    for part in node.children("designation"):
        if part.has("language"):
            yield part.text("language"), part.text("value")


def with_display(value: Value, options: tuple[Option, ...]) -> Value:
    """A value as its option has it: an initial coding often comes without its display."""
    if isinstance(value, Coding) and not value.display:
        return next((option.value for option in options if same(option.value, value)), value)
    return value
