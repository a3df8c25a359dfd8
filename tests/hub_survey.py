"""A small survey for tests of the hub, and answers to it."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator
from typing import Any

from sync import wire

MEASURE = "urn:feedback-kiosk:measure"
FFT = "urn:feedback-kiosk:fft"
FFT_WORDS = {
    "very-good": "Very good",
    "good": "Good",
    "neither": "Neither good nor poor",
    "poor": "Poor",
    "very-poor": "Very poor",
    "dont-know": "Don't know",
}
URL = "urn:example:survey:visit"
SURVEY: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "url": URL,
    "version": "1",
    "title": "Your visit",
    "status": "active",
    "language": "en-GB",
    "item": [
        {
            "linkId": "fft",
            "text": "Overall, how was your experience of our service?",
            "type": "choice",
            "code": [{"system": MEASURE, "code": "fft"}, {"system": "urn:feedback-kiosk:cqc", "code": "caring"}],
            "answerOption": [
                {"valueCoding": {"system": FFT, "code": code, "display": words}} for code, words in FFT_WORDS.items()
            ],
        },
        {"linkId": "calm", "text": "How calm was the room, from 0 to 10?", "type": "integer"},
        {
            "linkId": "needs",
            "text": "What did you need?",
            "type": "choice",
            "repeats": True,
            "answerOption": [{"valueString": "Time"}, {"valueString": "Quiet"}],
        },
        {"linkId": "why", "text": "Please can you tell us why?", "type": "text"},
        {
            "linkId": "share",
            "text": "May we show your words to others?",
            "type": "boolean",
            "code": [{"system": MEASURE, "code": "share-words"}],
        },
    ],
}
ASKS_AGE: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "url": "urn:example:survey:age",
    "version": "1",
    "title": "Short",
    "status": "active",
    "language": "en-GB",
    "item": [
        {
            "linkId": "fft",
            "text": "How was it?",
            "type": "choice",
            "answerOption": [{"valueCoding": {"system": "urn:feedback-kiosk:fft", "code": "good", "display": "Good"}}],
        },
        {
            "linkId": "you",
            "text": "You",
            "type": "group",
            "item": [
                {
                    "linkId": "age",
                    "text": "How old are you?",
                    "type": "choice",
                    "code": [{"system": "urn:feedback-kiosk:characteristic", "code": "age"}],
                    "answerOption": [{"valueCoding": {"system": "urn:x", "code": "75-84", "display": "75 to 84"}}],
                }
            ],
        },
    ],
}
"""A second survey, with a question about the person."""


def answer(fft: str | None = "good", *, version: str = "1", status: str = "completed", **answers: Any) -> dict[str, Any]:
    """A response to SURVEY; further answers by linkId as FHIR values, e.g. ``calm={"valueInteger": 7}`` or a list of them."""
    identity = str(uuid.uuid4())
    given: dict[str, Any] = {"fft": {"valueCoding": {"system": FFT, "code": fft}}} if fft else {}
    given |= answers
    in_order = [item["linkId"] for item in SURVEY["item"] if item["linkId"] in given]
    values = {link_id: given[link_id] if isinstance(given[link_id], list) else [given[link_id]] for link_id in in_order}
    return {
        "resourceType": "QuestionnaireResponse",
        "id": identity,
        "identifier": {"system": wire.RESPONSE_SYSTEM, "value": identity},
        "questionnaire": f"{URL}|{version}",
        "status": status,
        "authored": "2026-11-01T09:00:00Z",
        "language": "en-GB",
        "item": [{"linkId": link_id, "answer": values[link_id]} for link_id in in_order],
    }


def fft_answers(*counts: int) -> Iterator[dict[str, Any]]:
    """So many responses of each Friends and Family answer, in the order of S100."""
    for code, count in zip(FFT_WORDS, counts, strict=True):
        for _ in range(count):
            yield answer(code)


def put_entry(document: dict[str, Any]) -> dict[str, Any]:
    """A batch entry that updates or creates under the document's own id."""
    return {"resource": document, "request": {"method": "PUT", "url": f"QuestionnaireResponse/{document['id']}"}}


def create_entry(document: dict[str, Any]) -> dict[str, Any]:
    """A batch entry that creates unless the identifier is there already; without an id in the body."""
    body = {name: value for name, value in document.items() if name != "id"}
    condition = f"identifier={wire.RESPONSE_SYSTEM}|{document['id']}"
    return {"resource": body, "request": {"method": "POST", "url": "QuestionnaireResponse", "ifNoneExist": condition}}


def changed(document: dict[str, Any]) -> dict[str, Any]:
    """The same id, another answer."""
    other = copy.deepcopy(document)
    other["item"][0]["answer"] = [{"valueCoding": {"system": FFT, "code": "poor"}}]
    return other
