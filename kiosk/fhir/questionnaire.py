"""A FHIR R4 Questionnaire to a survey, and everything that is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.fhir.conditions import check_conditions
from kiosk.fhir.document import read_questionnaire
from kiosk.fhir.extensions import COMPLETION_MODE, scan, value_of
from kiosk.fhir.faults import BrokenSurvey, Fault, SurveyFault, errors, worst_first
from kiosk.fhir.feasible import check_feasible
from kiosk.fhir.items import Form, read_items
from kiosk.fhir.node import Node
from kiosk.fhir.options import contained_value_sets
from kiosk.fhir.plain_words import check_words, every_wording
from kiosk.fhir.primitives import is_language, is_uri
from kiosk.fhir.wording import read_wording, unreviewed_languages
from kiosk.survey import Survey

_MEMBERS = frozenset({
    "resourceType", "meta", "implicitRules", "language", "text", "contained", "url", "identifier", "version", "name", "title",
    "derivedFrom", "status", "experimental", "subjectType", "date", "publisher", "contact", "description", "useContext",
    "jurisdiction", "purpose", "copyright", "approvalDate", "lastReviewDate", "effectivePeriod", "code", "item",
})  # fmt: skip
_STATUSES = frozenset({"draft", "active", "retired", "unknown"})


def read_survey(raw: bytes | str) -> Survey:
    """The survey in a Questionnaire's JSON. Raises SurveyFault, whose text is one sentence."""
    survey, faults = _read(raw)
    if errors(faults):
        raise BrokenSurvey(errors(faults))
    return survey


def find_faults(raw: bytes | str) -> tuple[Fault, ...]:
    """Everything wrong with a Questionnaire's JSON, errors first; warnings are what an author should look at."""
    try:
        survey, faults = _read(raw)
    except SurveyFault as fault:
        return fault.faults
    return worst_first(faults if errors(faults) else [*faults, *check_words(survey)])


def _read(raw: bytes | str) -> tuple[Survey, list[Fault]]:
    node = Node(read_questionnaire(raw), "Questionnaire", [])
    node.only(_MEMBERS, severity="warning")
    scan(node)
    status, language = node.text("status"), node.text("language") or "en"
    if not node.has("status"):
        node.fault("required", "has no status; it can be draft, active, retired or unknown.", "status")
    elif status not in _STATUSES:
        node.fault("code-invalid", f"has a status of {status[:40]!r}; it can be draft, active, retired or unknown.", "status")
    if not is_language(language):
        node.fault("value", f"has a language of {language[:40]!r}, which is no language tag.", "language")
    form = Form(contained_value_sets(node))
    title = read_wording(node, "title")
    if not title:
        title = read_wording(node, "name")
    survey = Survey(
        url=_url(node),
        version=node.text("version"),
        title=title,
        language=language,
        languages=(language,),
        items=read_items(node, form),
        description=read_wording(node, "description"),
        completion_mode=_completion_mode(node),
        unreviewed=unreviewed_languages(node),
    )
    if not node.has("item"):
        node.fault("required", "has no items, so there is nothing to ask.", "item")
    check_conditions(survey, form.pending, frozenset(form.link_ids))
    if not errors(node.faults):
        node.faults += check_feasible(survey)
    return _with_languages(survey), node.faults


def _url(node: Node) -> str:
    url = node.text("url")
    if url and (not is_uri(url) or "|" in url):
        node.fault("value", f"has the url {url[:120]!r}, which is no canonical address.", "url")
    if not node.has("url"):
        words = "has no url: responses to it cannot say which questionnaire they answer."
        node.fault("required", words, "url", severity="warning")
    return url


def _completion_mode(node: Node) -> str:
    extension = node.extension(*COMPLETION_MODE)
    if extension is None:
        return ""
    concept = extension.child("valueCodeableConcept") if extension.has("valueCodeableConcept") else None
    if concept:
        return next((coding.text("code") for coding in concept.children("coding") if coding.has("code")), "")
    value = value_of(extension, "Code")
    return value if isinstance(value, str) else ""


def _with_languages(survey: Survey) -> Survey:
    """The survey with every language some of its words are in, its own first."""
    tags = dict.fromkeys([survey.language, *_tags(survey)])
    return replace(survey, languages=tuple(tags))


def _tags(survey: Survey) -> Iterator[str]:
    for _, _, wording in every_wording(survey):
        yield from (tag for tag, _ in wording.translations)
