"""FHIR questionnaires and responses for tests, as JSON values, with the least that each test needs to say."""

import json
from pathlib import Path
from typing import Any

from kiosk.fhir import Fault, find_faults, read_survey, to_response
from kiosk.survey import Answers, Survey

BASE = "http://hl7.org/fhir/StructureDefinition/"
URL = "urn:test:survey"
DATA = Path(__file__).parent / "data"
EVERYTHING = (DATA / "everything.json").read_bytes()
"""A questionnaire with every item type and every extension the kiosk understands."""

Json = dict[str, Any]


def item(link_id: str, kind: str = "string", **members: Any) -> Json:
    return {"linkId": link_id, "type": kind, "text": f"Question {link_id}?", **members}


def group(link_id: str, *items: Json, **members: Any) -> Json:
    return item(link_id, "group", item=list(items), **members)


def choice(link_id: str, *codes: str, kind: str = "choice", **members: Any) -> Json:
    return item(link_id, kind, answerOption=[{"valueCoding": coding(code)} for code in codes], **members)


def coding(code: str) -> Json:
    return {"system": "urn:test", "code": code, "display": code.title()}


def extension(name: str, **value: Any) -> Json:
    return {"url": name if ":" in name else BASE + name, **value}


def control(code: str) -> Json:
    concept = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}]}
    return extension("questionnaire-itemControl", valueCodeableConcept=concept)


def category(code: str) -> Json:
    return extension("questionnaire-displayCategory", valueCodeableConcept={"coding": [{"code": code}]})


def translated(**words: str) -> Json:
    """What stands beside a primitive to give it translations, by language."""
    parts = [[{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": text}] for tag, text in words.items()]
    return {"extension": [{"url": BASE + "translation", "extension": part} for part in parts]}


def when(question: str, operator: str = "=", **answer: Any) -> Json:
    return {"question": question, "operator": operator, **answer}


def questionnaire(*items: Json, **members: Any) -> Json:
    head = {"resourceType": "Questionnaire", "status": "active", "url": URL, "version": "1", "title": "A test"}
    return {**head, "item": list(items), **members}


def raw(*items: Json, **members: Any) -> bytes:
    return json.dumps(questionnaire(*items, **members)).encode()


def survey(*items: Json, **members: Any) -> Survey:
    return read_survey(raw(*items, **members))


def faults(*items: Json, **members: Any) -> list[Fault]:
    """The errors of a questionnaire with these items."""
    return [fault for fault in find_faults(raw(*items, **members)) if fault.severity == "error"]


def warnings(*items: Json, **members: Any) -> list[Fault]:
    return [fault for fault in find_faults(raw(*items, **members)) if fault.severity == "warning"]


def response(form: Survey, answers: Answers, **members: Any) -> Json:
    """The response the kiosk would keep."""
    written: Json = to_response(
        form, answers, response_id="0198", status="completed", language=form.language, authored="2026-11-23T10:00:00+00:00"
    )
    return {**written, **members}


def answered(*items: Json, **members: Any) -> Json:
    """A response written by hand."""
    head = {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": f"{URL}|1"}
    return {**head, **({"item": list(items)} if items else {}), **members}


def answer(link_id: str, *values: Json) -> Json:
    return {"linkId": link_id, "answer": list(values)}
