"""GET /fhir/metadata: what this centre can do (FHIR R4 CapabilityStatement)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kiosk import __version__
from sync import wire
from sync.hub.doors import replies
from sync.hub.doors.address import absolute
from sync.hub.doors.knock import for_anyone

OAUTH_URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
SECURITY_SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service"
STATED_ON = "2026-11-23"


@for_anyone("GET")
def metadata(request: HttpRequest) -> HttpResponse:
    """The CapabilityStatement; anyone may read it."""
    return replies.fhir(_statement(absolute(request, reverse("fhir")), absolute(request, wire.TOKEN_PATH)))


def _statement(base: str, token_url: str) -> dict[str, Any]:
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": STATED_ON,
        "kind": "instance",
        "software": {"name": "Feedback Kiosk hub", "version": __version__},
        "implementation": {"description": "Takes in patient feedback", "url": base.rstrip("/")},
        "fhirVersion": "4.0.1",
        "format": ["json", wire.FHIR_JSON],
        "rest": [
            {
                "mode": "server",
                "security": _security(token_url),
                "resource": [_responses(), _questionnaires()],
                "interaction": [{"code": "batch"}],
            }
        ],
    }


def _security(token_url: str) -> dict[str, Any]:
    return {
        "service": [{"coding": [{"system": SECURITY_SERVICES, "code": "SMART-on-FHIR"}]}],
        "extension": [{"url": OAUTH_URIS, "extension": [{"url": "token", "valueUri": token_url}]}],
    }


def _responses() -> dict[str, Any]:
    return {
        "type": "QuestionnaireResponse",
        "interaction": [{"code": code} for code in ("create", "update", "read", "delete")],
        "versioning": "no-version",
        "updateCreate": True,
        "conditionalCreate": True,
    }


def _questionnaires() -> dict[str, Any]:
    return {
        "type": "Questionnaire",
        "interaction": [{"code": code} for code in ("read", "search-type")],
        "searchParam": [{"name": "status", "type": "token"}, {"name": "url", "type": "uri"}],
    }
