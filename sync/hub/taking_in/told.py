"""How a response was given, read from its document: the parts of it that are counted beside its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sync import wire
from sync.hub.counts.counting import Told
from sync.hub.taking_in.flat import FlatAnswer
from sync.hub.texts import storable

CODE_LENGTH: Final = 60


def told(status: str, language: str, document: dict[str, Any], answers: Sequence[FlatAnswer]) -> Told:
    """What counts of a response with this document and these flat answers."""
    methods = _codes(document, wire.METHOD_EXTENSION)
    return Told(status, language, methods[0] if methods else "", _codes(document, wire.WAY_EXTENSION), answers)


def extensions(document: dict[str, Any], url: str) -> list[dict[str, Any]]:
    """The document's own extensions of this url."""
    found = document.get("extension")
    return [part for part in found if isinstance(part, dict) and part.get("url") == url] if isinstance(found, list) else []


def _codes(document: dict[str, Any], url: str) -> list[str]:
    return [storable(part.get("valueCode"), CODE_LENGTH) for part in extensions(document, url)]
