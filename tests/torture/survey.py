"""The survey that is asked under torture: few pages, so that many people answer, and of several kinds."""

from __future__ import annotations

import json
from typing import Any

SYSTEM = "urn:example:torture"
URL = "urn:example:survey:torture"
SLUG = "torture"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
LANGUAGES = ("cy", "ur")
"""One more that runs as English does, and one from right to left."""


def survey() -> bytes:
    """A FHIR Questionnaire."""
    items = [
        _choice("care", "How was your care?", ["good", "neither", "poor"]),
        {**_choice("needs", "What was missing?", ["time", "quiet", "words", "nothing"]), "repeats": True, **_if_poor()},
        {"linkId": "why", "type": "text", "maxLength": 1000, **_said("Can you tell us why?")},
        _choice("who", "Who are you?", ["patient", "carer"]),
    ]
    document = {"resourceType": "Questionnaire", "url": URL, "version": "1", "status": "active", "language": "en-GB"}
    return json.dumps({**document, "title": "Torture", "item": items}).encode()


def _choice(link_id: str, text: str, codes: list[str]) -> dict[str, Any]:
    options = [{"valueCoding": {"system": SYSTEM, "code": code, "display": code.capitalize()}} for code in codes]
    return {"linkId": link_id, "type": "choice", "answerOption": options, **_said(text)}


def _said(text: str) -> dict[str, Any]:
    """The question, and the same for each other language: nobody here reads it."""
    translations = [
        {"url": TRANSLATION, "extension": [{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": text}]}
        for tag in LANGUAGES
    ]
    return {"text": text, "_text": {"extension": translations}}


def _if_poor() -> dict[str, Any]:
    poor = {"question": "care", "operator": "!=", "answerCoding": {"system": SYSTEM, "code": "good"}}
    return {"enableWhen": [poor]}
