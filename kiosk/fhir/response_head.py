"""The elements of a QuestionnaireResponse around its items (FHIR R4 QuestionnaireResponse)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kiosk.fhir.faults import Fault, Severity
from kiosk.fhir.node import kind_of
from kiosk.fhir.primitives import is_id, is_language, is_moment, is_uri
from kiosk.survey import Survey

STATUSES: Final = frozenset({"in-progress", "completed", "amended", "entered-in-error", "stopped"})

_OBJECTS = frozenset({"meta", "text", "identifier", "subject", "encounter", "author", "source"})
_LISTS = frozenset({"contained", "extension", "basedOn", "partOf"})
_TEXTS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "id": (is_id, "an id (letters, digits, - and ., at most 64)"),
    "language": (is_language, "a language tag"),
    "authored": (is_moment, "a date, or a date with time and zone"),
}
_OTHERS = frozenset({"resourceType", "status", "questionnaire", "item"})


def check_head(survey: Survey, document: Mapping[str, object]) -> Iterator[Fault]:
    """What is wrong outside the items."""
    for name, value in document.items():
        yield from _check_member(name, value)
    status = document.get("status")
    if status is None:
        yield _fault("status", "required", "has no status.")
    elif not isinstance(status, str) or status not in STATUSES:
        yield _fault("status", "code-invalid", f"has a status of {kind_of(status)}; it can be {', '.join(sorted(STATUSES))}.")
    yield from _check_questionnaire(survey, document.get("questionnaire"))


def _check_member(name: object, value: object) -> Iterator[Fault]:
    if not isinstance(name, str):
        yield _fault(str(name)[:40], "structure", "has a member whose name is not text.")
    elif name in _TEXTS:
        check, what = _TEXTS[name]
        if not isinstance(value, str) or not check(value):
            yield _fault(name, "value", f"has {name} {kind_of(value)}, which is not {what}.")
    elif name in _OBJECTS:
        if not isinstance(value, dict) or not value:
            yield _fault(name, "structure", f"must have an object in {name}, not {kind_of(value)}.")
        elif name == "identifier":
            yield from _check_identifier(value)
    elif name in _LISTS:
        yield from _check_list(name, value)
    elif name in {"modifierExtension", "implicitRules"}:
        yield _fault(name, "not-supported", f"has {name}, which may change its whole meaning; nobody here knows how.")
    elif name not in _OTHERS and name.removeprefix("_") not in {*_TEXTS, *_OTHERS}:
        yield _fault(name[:60], "structure", f"has {name[:60]!r}, which FHIR R4 does not have there.")


def _check_identifier(identifier: Mapping[str, object]) -> Iterator[Fault]:
    system, value = identifier.get("system"), identifier.get("value")
    if "system" in identifier and not is_uri(system):
        yield _fault("identifier.system", "value", f"has an identifier whose system is {kind_of(system)}.")
    if "value" in identifier and not (isinstance(value, str) and value.strip()):
        yield _fault("identifier.value", "value", f"has an identifier whose value is {kind_of(value)}.")


def _check_list(name: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, list) or not value:
        yield _fault(name, "structure", f"must have a list with something in it in {name}, not {kind_of(value)}.")
        return
    for index, part in enumerate(value):
        if not isinstance(part, dict):
            yield _fault(f"{name}[{index}]", "structure", f"must have objects in {name}, not {kind_of(part)}.")
        elif name == "extension" and not is_uri(part.get("url")):
            yield _fault(f"{name}[{index}].url", "structure", "has an extension without a url.")


def _check_questionnaire(survey: Survey, reference: object) -> Iterator[Fault]:
    if not survey.url:
        return
    if not isinstance(reference, str) or not reference:
        yield _fault("questionnaire", "required", f"does not say that it answers {survey.canonical}.")
        return
    url, _, version = reference.partition("|")
    if url != survey.url:
        yield _fault("questionnaire", "value", f"answers {reference[:120]}, not {survey.canonical}.")
    elif version and version != survey.version:
        words = f"answers version {version[:60]}, not {survey.version or 'one without a version'}."
        yield _fault("questionnaire", "value", words)
    elif survey.version and not version:
        words = f"does not say which version it answers; {survey.version} is assumed."
        yield _fault("questionnaire", "incomplete", words, "warning")


def _fault(at: str, code: str, predicate: str, severity: Severity = "error") -> Fault:
    return Fault(f"QuestionnaireResponse.{at}", "", severity, code, f"The response {predicate}")
