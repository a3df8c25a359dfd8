"""What was answered, as a digest: made from the patient's own memory on one side and from the stored document on the other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def digest(status: str, language: str, answers: Mapping[str, tuple[str, ...]]) -> str:
    """The same for the same answers; tells nobody what they were."""
    given = sorted((link_id, *sorted(values)) for link_id, values in answers.items() if values)
    return hashlib.sha256(json.dumps([status, language, given]).encode()).hexdigest()


def digest_of(document: Mapping[str, Any]) -> str:
    """The digest of a FHIR QuestionnaireResponse."""
    return digest(str(document.get("status")), str(document.get("language")), answers_in(document))


def answers_in(document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Every answer in a QuestionnaireResponse by linkId: a coding by its code, anything else as it reads."""
    answers: dict[str, tuple[str, ...]] = {}
    for item in _items(document.get("item", ())):
        values = tuple(_value(answer) for answer in item.get("answer", ()))
        if values:
            answers[item["linkId"]] = answers.get(item["linkId"], ()) + values
    return answers


def _items(items: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for item in items:
        yield item
        yield from _items(item.get("item", ()))
        for answer in item.get("answer", ()):
            yield from _items(answer.get("item", ()))


def _value(answer: Mapping[str, Any]) -> str:
    value = next(value for name, value in answer.items() if name.startswith("value"))
    return str(value["code"] if isinstance(value, dict) else value)
