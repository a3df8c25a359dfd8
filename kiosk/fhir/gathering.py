"""A QuestionnaireResponse read against its survey: the answers by place, and where each of them stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.fhir.answering import as_offered
from kiosk.fhir.faults import Fault, Severity
from kiosk.fhir.node import kind_of
from kiosk.fhir.primitives import TYPE_NAMES, Malformed, read_value
from kiosk.survey import Answers, AnyItem, Place, Question, Section, Survey, Value

_ITEM_MEMBERS = frozenset({
    "id", "extension", "linkId", "_linkId", "definition", "_definition", "text", "_text", "answer", "item",
})  # fmt: skip
_ANSWER_MEMBERS = frozenset({"id", "extension", "item"})


@dataclass(slots=True)
class Gathered:
    """What a response says: answers, the path of each place and of each of its values, and what could not be read."""

    survey: Survey
    answers: dict[Place, tuple[Value, ...]] = field(default_factory=dict)
    paths: dict[Place, str] = field(default_factory=dict)
    value_paths: dict[Place, list[str]] = field(default_factory=dict)
    times: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, item: AnyItem | None, code: str, predicate: str, severity: Severity = "error") -> None:
        """Note a fault; `predicate` completes a sentence about `item`, or about the part at `path`."""
        link_id = item.link_id if item else ""
        subject = f'Item "{link_id}"' if item else f"The part at {path}"
        self.faults.append(Fault(path, link_id, severity, code, f"{subject} {predicate}"))


def read_answers(survey: Survey, document: Mapping[str, object]) -> Answers:
    """The answers in a QuestionnaireResponse, as far as they can be read (see :func:`check_response` for what cannot)."""
    return gather(survey, document).answers


def gather(survey: Survey, document: Mapping[str, object]) -> Gathered:
    """Everything in the items of a response."""
    gathered = Gathered(survey)
    if "item" in document:
        _items(gathered, document["item"], survey.items, Place("", ()), "QuestionnaireResponse")
    return gathered


def _items(gathered: Gathered, raw: object, expected: tuple[AnyItem, ...], within: Place, path: str) -> None:
    """`within` is the item the list stands in, with the repetition numbers its own items have."""
    if not isinstance(raw, list) or not raw:
        gathered.fault(f"{path}.item", None, "structure", f"must be a list with items, not {kind_of(raw)}.")
        return
    order = {item.link_id: index for index, item in enumerate(expected)}
    last = -1
    for index, part in enumerate(raw):
        at = f"{path}.item[{index}]"
        link_id = part.get("linkId") if isinstance(part, dict) else None
        if not isinstance(part, dict) or not isinstance(link_id, str):
            gathered.fault(at, None, "structure", "must be an object with a linkId.")
        elif link_id not in order:
            _stray(gathered, link_id, within, at)
        else:
            item = expected[order[link_id]]
            if order[link_id] < last:
                gathered.fault(at, item, "structure", "stands after items it should stand before.", "warning")
            last = max(last, order[link_id])
            _item(gathered, part, item, within.repetition, at)


def _stray(gathered: Gathered, link_id: str, within: Place, path: str) -> None:
    item = gathered.survey.by_link_id.get(link_id)
    if item is None:
        words = f'The questionnaire has no item with the linkId "{link_id[:60]}".'
        gathered.faults.append(Fault(f"{path}.linkId", link_id[:60], "error", "not-found", words))
        return
    ancestors = gathered.survey.ancestors[link_id]
    belongs = f'below "{ancestors[-1].link_id}"' if ancestors else "at the top"
    stands = f'below "{within.link_id}"' if within.link_id else "at the top"
    gathered.fault(path, item, "structure", f"stands {stands}, but belongs {belongs}.")


def _item(gathered: Gathered, part: Mapping[str, object], item: AnyItem, repetition: tuple[int, ...], path: str) -> None:
    _members(gathered, part, item, path)
    place = Place(item.link_id, repetition)
    if place in gathered.paths and not (isinstance(item, Section) and item.repeats):
        why = "a question with several answers is one item" if isinstance(item, Question) else "it does not repeat"
        gathered.fault(path, item, "duplicate", f"is there more than once, but {why}.")
        return
    gathered.paths.setdefault(place, path)
    if isinstance(item, Question):
        _question(gathered, part, item, place, path)
    elif "answer" in part:
        kind = "group" if isinstance(item, Section) else "display"
        gathered.fault(f"{path}.answer", item, "structure", f"is a {kind}, which cannot have an answer.")
    elif isinstance(item, Section):
        _section(gathered, part, item, place, path)
    elif "item" in part:
        gathered.fault(f"{path}.item", item, "structure", "is a display, which cannot have items.")


def _members(gathered: Gathered, part: Mapping[str, object], item: AnyItem, path: str) -> None:
    for name in part:
        if name not in _ITEM_MEMBERS:
            unknown(gathered, item, path, name)
    if "text" in part and not (isinstance(part["text"], str) and part["text"].strip()):
        gathered.fault(f"{path}.text", item, "value", f"has a text that is {kind_of(part['text'])}.")
    if "answer" in part and "item" in part:
        words = "has both answers and items beside them; items below a question stand in its answers (qrs-1)."
        gathered.fault(path, item, "invariant", words)


def unknown(gathered: Gathered, item: AnyItem | None, path: str, name: object) -> None:
    """Note a member that has no place in a response."""
    if name == "modifierExtension":
        words = "has a modifierExtension, which may change its whole meaning; nobody here knows how."
        gathered.fault(f"{path}.modifierExtension", item, "not-supported", words)
    else:
        shown = str(name)[:60]
        gathered.fault(f"{path}.{shown}", item, "structure", f"has {shown!r}, which FHIR R4 does not have there.")


def _section(gathered: Gathered, part: Mapping[str, object], section: Section, place: Place, path: str) -> None:
    time = gathered.times.get(place, 0)
    gathered.times[place] = time + 1
    if section.repeats and time:
        gathered.answers[place] = (time + 1,)
    if "item" in part:
        inner = (*place.repetition, time) if section.repeats else place.repetition
        _items(gathered, part["item"], section.items, Place(section.link_id, inner), path)


def _question(gathered: Gathered, part: Mapping[str, object], question: Question, place: Place, path: str) -> None:
    if "item" in part and "answer" not in part:
        words = "has items beside its answers; items below a question stand in its answers (answer.item)."
        gathered.fault(f"{path}.item", question, "structure", words)
    if "answer" not in part:
        return
    answers = part["answer"]
    if not isinstance(answers, list) or not answers:
        gathered.fault(f"{path}.answer", question, "structure", f"must have a list of answers, not {kind_of(answers)}.")
        return
    for index, raw in enumerate(answers):
        _answer(gathered, raw, question, place, f"{path}.answer[{index}]")


def _answer(gathered: Gathered, raw: object, question: Question, place: Place, path: str) -> None:
    if not isinstance(raw, dict):
        gathered.fault(path, question, "structure", f"must have objects as answers, not {kind_of(raw)}.")
        return
    names = [name for name in raw if isinstance(name, str) and name.startswith("value")]
    for name in raw:
        if name not in _ANSWER_MEMBERS and str(name).removeprefix("_") not in names:
            unknown(gathered, question, path, name)
    if len(names) != 1:
        what = "without a value" if not names else f"with {len(names)} values"
        gathered.fault(path, question, "structure", f"has an answer {what}.")
        return
    value = _value(gathered, raw[names[0]], question, names[0], path)
    if value is None:
        return
    index = len(gathered.answers.get(place, ()))
    gathered.answers[place] = (*gathered.answers.get(place, ()), value)
    gathered.value_paths.setdefault(place, []).append(f"{path}.{names[0]}")
    if "item" in raw and (question.repeats or index == 0):
        inner = (*place.repetition, index) if question.repeats else place.repetition
        _items(gathered, raw["item"], question.items, Place(question.link_id, inner), path)


def _value(gathered: Gathered, raw: object, question: Question, name: str, path: str) -> Value | None:
    type_name = name.removeprefix("value")
    if type_name not in TYPE_NAMES[question.kind]:
        wanted = " or ".join(f"value{each}" for each in TYPE_NAMES[question.kind])
        words = f"is of type {question.kind}, so its answer cannot be {name[:40]}, only {wanted}."
        gathered.fault(f"{path}.{name[:40]}", question, "value", words)
        return None
    value = read_value(type_name, raw)
    if isinstance(value, Malformed):
        at = f"{path}.{name}.{value.at}" if value.at else f"{path}.{name}"
        gathered.fault(at, question, "value", f"has an answer whose {name} {value.words}.")
        return None
    return as_offered(question, value)
