"""What goes out of a door: FHIR JSON, OperationOutcomes, plain JSON."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpResponse

from kiosk.fhir import Fault, operation_outcome
from sync import wire


def fhir(document: dict[str, Any], status: int = 200) -> HttpResponse:
    """A FHIR resource."""
    return HttpResponse(msgspec.json.encode(document), status=status, content_type=wire.FHIR_JSON)


def refused(status: int, code: str, words: str) -> HttpResponse:
    """An OperationOutcome with one issue. `code` is an issue type of FHIR R4."""
    reply = fhir(operation_outcome((Fault("", "", "error", code, words),)), status)
    if status == 401:
        reply["WWW-Authenticate"] = "Bearer"
    return reply


def plain(document: dict[str, Any], status: int = 200) -> HttpResponse:
    """A JSON object that is not FHIR; never cached, for it may hold a token."""
    reply = HttpResponse(msgspec.json.encode(document), status=status, content_type="application/json")
    reply["Cache-Control"] = "no-store"
    return reply
