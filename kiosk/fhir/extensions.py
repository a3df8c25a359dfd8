"""The extensions of R4 questionnaires: which the kiosk understands, which it must refuse, and their values.

An extension that changes what is asked or answered, and that the kiosk does not understand, makes the survey unusable; one
that only decorates is passed over. Anything else is reported as a warning.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from kiosk.fhir.node import Node, kind_of
from kiosk.fhir.primitives import Malformed, Read, read_value
from kiosk.survey import Coding

BASE: Final = "http://hl7.org/fhir/StructureDefinition/"
SDC: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"

TRANSLATION: Final = BASE + "translation"
ITEM_CONTROL: Final = BASE + "questionnaire-itemControl"
HIDDEN: Final = BASE + "questionnaire-hidden"
MIN_VALUE: Final = BASE + "minValue"
MAX_VALUE: Final = BASE + "maxValue"
MIN_LENGTH: Final = BASE + "minLength"
REGEX: Final = BASE + "regex"
MAX_DECIMAL_PLACES: Final = BASE + "maxDecimalPlaces"
MIN_OCCURS: Final = BASE + "questionnaire-minOccurs"
MAX_OCCURS: Final = BASE + "questionnaire-maxOccurs"
SLIDER_STEP: Final = BASE + "questionnaire-sliderStepValue"
CHOICE_ORIENTATION: Final = BASE + "questionnaire-choiceOrientation"
OPTION_EXCLUSIVE: Final = BASE + "questionnaire-optionExclusive"
OPTION_PREFIX: Final = BASE + "questionnaire-optionPrefix"
UNIT: Final = BASE + "questionnaire-unit"
UNIT_OPTION: Final = BASE + "questionnaire-unitOption"
UNIT_VALUE_SET: Final = BASE + "questionnaire-unitValueSet"
ENTRY_FORMAT: Final = BASE + "entryFormat"
ORDINAL_VALUE: Final = (BASE + "ordinalValue", BASE + "itemWeight")
ITEM_MEDIA: Final = (BASE + "questionnaire-itemMedia", SDC + "sdc-questionnaire-itemMedia")
ANSWER_MEDIA: Final = (BASE + "questionnaire-itemAnswerMedia", SDC + "sdc-questionnaire-itemAnswerMedia")
SUPPORT_LINK: Final = BASE + "questionnaire-supportLink"
DISPLAY_CATEGORY: Final = BASE + "questionnaire-displayCategory"
COMPLETION_MODE: Final = (
    BASE + "questionnaireresponse-completionMode",
    BASE + "questionnaire-completionMode",
)
USAGE_MODE: Final = BASE + "questionnaire-usageMode"
MIME_TYPE: Final = BASE + "mimeType"
MAX_SIZE: Final = BASE + "maxSize"

OWN: Final = "urn:feedback-kiosk:"
"""The product's own extensions, read where they matter."""
EASY_READ: Final = OWN + "easy-read"
PICTURE: Final = OWN + "picture"

UNDERSTOOD: Final = frozenset({
    TRANSLATION, ITEM_CONTROL, HIDDEN, MIN_VALUE, MAX_VALUE, MIN_LENGTH, REGEX, MAX_DECIMAL_PLACES, MIN_OCCURS, MAX_OCCURS,
    SLIDER_STEP, CHOICE_ORIENTATION, OPTION_EXCLUSIVE, OPTION_PREFIX, UNIT, UNIT_OPTION, UNIT_VALUE_SET, ENTRY_FORMAT,
    *ORDINAL_VALUE, *ITEM_MEDIA, *ANSWER_MEDIA, SUPPORT_LINK, DISPLAY_CATEGORY, *COMPLETION_MODE, USAGE_MODE, MIME_TYPE,
    MAX_SIZE, EASY_READ, PICTURE,
})  # fmt: skip

_DECORATION: Final = frozenset({
    BASE + name for name in (
        "designNote", "rendering-style", "rendering-styleSensitive", "rendering-xhtml", "rendering-markdown", "rendering-style",
        "display", "narrativeLink", "questionnaire-baseType", "questionnaire-fhirType", "questionnaire-referenceResource",
        "questionnaire-referenceProfile", "questionnaire-referenceFilter", "preferredTerminologyServer",
        "questionnaire-studyProtocolDefinition", "structuredefinition-wg", "structuredefinition-fmm",
        "structuredefinition-standards-status", "artifact-versionAlgorithm", "valueset-conceptOrder", "valueset-label",
    )
})  # fmt: skip
"""Extensions that change how a form looks elsewhere, or who made it, and nothing that is asked."""

_REFUSED: Final[Mapping[str, str]] = {
    BASE + "questionnaire-constraint": "a rule in FHIRPath",
    BASE + "targetConstraint": "a rule in FHIRPath",
    BASE + "variable": "a FHIRPath variable",
    BASE + "cqf-expression": "a FHIRPath expression",
    BASE + "cqf-calculatedValue": "a calculated value",
    BASE + "questionnaire-signatureRequired": "a signature",
    BASE + "questionnaire-answerOptionsToggleExpression": "options that a FHIRPath expression switches",
    SDC + "sdc-questionnaire-answerOptionsToggleExpression": "options that a FHIRPath expression switches",
    SDC + "sdc-questionnaire-subQuestionnaire": "parts of another questionnaire",
    SDC + "sdc-questionnaire-lookupQuestionnaire": "another questionnaire",
    SDC + "sdc-questionnaire-itemPopulationContext": "answers filled in from a record",
    SDC + "sdc-questionnaire-sourceQueries": "answers filled in from a record",
    SDC + "sdc-questionnaire-contextExpression": "a FHIRPath expression",
}

_NOT_OURS: Final = frozenset({"item", "contained", "text", "meta"})
"""Members whose objects are read, or refused, on their own account."""


def scan(node: Node) -> None:
    """Note every extension in `node`, however deep, that is malformed, refused or unknown, and every modifierExtension."""
    waiting = [(node.path, node.data, True)]
    while waiting:
        path, data, outermost = waiting.pop()
        here = Node(data, path, node.faults, node.link_id)
        if here.has("implicitRules") or here.has("modifierExtension"):
            name = "modifierExtension" if here.has("modifierExtension") else "implicitRules"
            here.fault("not-supported", f"has a {name}, which may change its whole meaning; the kiosk cannot know how.", name)
        _scan_extensions(here)
        waiting += ((where, part, False) for where, part in _objects(here, skip=_NOT_OURS if outermost else frozenset()))


def value_of(extension: Node, *type_names: str) -> Read:
    """The value of an extension that must be one of these types; a fault is noted when it is not."""
    for type_name in type_names:
        if f"value{type_name}" in extension.data:
            raw = extension.data[f"value{type_name}"]
            value = _code(raw) if type_name in {"Code", "Canonical"} else read_value(type_name, raw)
            if isinstance(value, Malformed):
                extension.fault("value", f"has a {name_of(extension)} whose value {value.words}.", f"value{type_name}")
            return value
    wanted = " or ".join(f"value{type_name}" for type_name in type_names)
    extension.fault("structure", f"has a {name_of(extension)} without {wanted}.")
    return Malformed("is missing")


def concept_code(node: Node, url: str) -> str:
    """The first code of a CodeableConcept extension, e.g. itemControl; empty without one."""
    extension = node.extension(url)
    if extension is None:
        return ""
    concept = extension.child("valueCodeableConcept")
    codings = concept.children("coding") if concept else []
    code = next((coding.text("code") for coding in codings if coding.has("code")), "")
    if not code:
        extension.fault("structure", f"has a {name_of(extension)} without a code.")
    return code


def coding_of(extension: Node) -> Coding | None:
    """The Coding of an extension."""
    value = value_of(extension, "Coding")
    return value if isinstance(value, Coding) else None


def flag(node: Node, url: str) -> bool:
    """A boolean extension; False without it."""
    extension = node.extension(url)
    return extension is not None and value_of(extension, "Boolean") is True


def whole(node: Node, url: str, least: int = 0) -> int | None:
    """An integer extension of at least `least`; None without it."""
    extension = node.extension(url)
    value = value_of(extension, "Integer") if extension else None
    if extension is None or not isinstance(value, int):
        return None
    if value < least:
        extension.fault("value", f"has a {name_of(extension)} of {value}; the least is {least}.", "valueInteger")
        return None
    return value


def name_of(extension: Node) -> str:
    """The last part of an extension's address: what people call it."""
    url = extension.data.get("url")
    return url.rpartition("/")[2].removeprefix("questionnaire-")[:60] if isinstance(url, str) else "extension"


def _code(raw: object) -> Read:
    return raw if isinstance(raw, str) and raw.strip() else Malformed("is not a code")


def _objects(node: Node, skip: frozenset[str]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for name, value in node.data.items():
        if name in skip:
            continue
        if isinstance(value, dict):
            yield f"{node.path}.{name[:60]}", value
        elif isinstance(value, list):
            for index, part in enumerate(value):
                if isinstance(part, dict):
                    yield f"{node.path}.{name[:60]}[{index}]", part


def _scan_extensions(node: Node) -> None:
    seen: set[str] = set()
    for extension in node.children("extension"):
        url = extension.data.get("url")
        if not isinstance(url, str) or not url:
            extension.fault("structure", f"has an extension whose url is {kind_of(url)}.", "url")
            continue
        values = extension.members("value")
        if len(values) + extension.has("extension") != 1:
            extension.fault("structure", f"has a {name_of(extension)} without exactly one value.")
        elif url in _REFUSED or url.endswith("Expression") or values == ["valueExpression"]:
            what = _REFUSED.get(url, "a FHIRPath expression")
            extension.fault("not-supported", f"needs {what} ({name_of(extension)}), which the kiosk cannot work out.")
        elif url in _ONCE and url in seen:
            extension.fault("structure", f"has {name_of(extension)} more than once.")
        elif url not in UNDERSTOOD and url not in _DECORATION and ":" in url and not url.startswith(OWN):
            extension.fault("informational", f"has an extension the kiosk does not use: {url[:120]}.", severity="warning")
        seen.add(url)


_ONCE: Final = UNDERSTOOD - {TRANSLATION, UNIT_OPTION, SUPPORT_LINK, MIME_TYPE, *ITEM_MEDIA}
