"""What the simulated patients say: seeded, so that the same seed brings the same crowd."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from uuid import UUID

from sync import wire
from tests.hub_survey import FFT_WORDS, SURVEY, URL, answer
from tests.torture.said import digest_of

CANONICAL = f"{URL}|{SURVEY['version']}"
SLUG = "visit"
WORDS = ("the", "nurse", "took", "time", "to", "listen", "and", "told", "me", "what", "comes", "next", "but", "we", "waited")


def response(chance: Random, words: int = 20) -> tuple[str, bytes, str]:
    """One finished response, every third with so many words of its own: its id, its bytes, and a digest of what was said."""
    given: dict[str, Any] = {
        "calm": {"valueInteger": chance.randint(0, 10)},
        "needs": [{"valueString": need} for need in ("Time", "Quiet") if chance.random() < 0.4],
        "share": {"valueBoolean": chance.random() < 0.5},
    }
    if chance.random() < 0.33:
        given["why"] = {"valueString": " ".join(chance.choices(WORDS, k=words))}
    document = answer(chance.choice([*FFT_WORDS]), **given)
    document["id"] = document["identifier"]["value"] = identity = str(UUID(int=chance.getrandbits(128), version=4))
    document["item"] = [item for item in document["item"] if item["answer"]]
    document["extension"] = [
        {"url": wire.WAY_EXTENSION, "valueCode": chance.choice(["touch", "keypad", "read-aloud"])},
        {"url": wire.METHOD_EXTENSION, "valueCode": "tablet-kiosk"},
    ]
    return identity, json.dumps(document).encode(), digest_of(document)


def codes(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Each answer that is counted, as (linkId, code): a person's own words are not."""
    return [
        (item["linkId"], _code(given))
        for item in document.get("item", ())
        if item["linkId"] != "why"
        for given in item["answer"]
    ]


def _code(given: dict[str, Any]) -> str:
    value = next(iter(given.values()))
    return str(value["code"]) if isinstance(value, dict) else str(value).lower() if isinstance(value, bool) else str(value)
