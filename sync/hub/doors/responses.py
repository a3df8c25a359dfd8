"""QuestionnaireResponse: PUT by id, POST (conditional), read one's own; and POST /fhir, a batch of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, unquote
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sync import wire
from sync.hub.doors import body, replies
from sync.hub.doors.address import absolute
from sync.hub.doors.knock import for_devices
from sync.hub.doors.shapes import Bundle, Entry
from sync.hub.models import Device, Response
from sync.hub.taking_in import intake, trials
from sync.hub.taking_in.intake import Verdict
from sync.hub.taking_in.judged import Arrival
from sync.hub.texts import UNREADABLE_JSON, uuid_in

TYPE = "QuestionnaireResponse"


@for_devices("POST")
def batch(request: HttpRequest, device: Device) -> HttpResponse:
    """A batch: each entry is judged and answered for itself, all are kept in one transaction."""
    try:
        bundle = msgspec.json.decode(body.read(request), type=Bundle)
    except UNREADABLE_JSON:
        return replies.refused(400, "structure", "This is not a FHIR Bundle in JSON.")
    if bundle.resource_type != "Bundle" or bundle.type != "batch":
        return replies.refused(400, "not-supported", "Only a Bundle of type batch is taken in here.")
    if len(bundle.entry) > wire.MAX_ENTRIES:
        return replies.refused(413, "too-costly", f"At most {wire.MAX_ENTRIES} entries at a time.")
    asked = [_arrival(entry) for entry in bundle.entry]
    arrivals = [one for one in asked if isinstance(one, Arrival)]
    verdicts = iter(intake.take_in(device, arrivals, timezone.now(), device.clock_ahead_seconds))
    entries = [_entry(next(verdicts), one.uuid) if isinstance(one, Arrival) else _entry(one) for one in asked]
    return replies.fhir({"resourceType": "Bundle", "type": "batch-response", "entry": entries})


@for_devices("PUT", "GET", "DELETE")
def by_id(request: HttpRequest, device: Device, uuid: UUID) -> HttpResponse:
    """PUT keeps a response under this id, GET gives it back to the device that sent it, DELETE ends a trial of that device."""
    if request.method == "PUT":
        return _single(request, device, uuid)
    if request.method == "DELETE":
        return _removed(device, uuid)
    found = Response.objects.filter(uuid=uuid, device=device).first()
    if found is None:
        return replies.refused(404, "not-found", "This device sent no such response.")
    return HttpResponse(bytes(found.document), content_type=wire.FHIR_JSON)


def _removed(device: Device, uuid: UUID) -> HttpResponse:
    """204 also when there was nothing (FHIR R4, 3.1.0.7)."""
    if trials.remove(device, uuid):
        return HttpResponse(status=204)
    return replies.refused(403, "forbidden", "A device removes only what it entered in error itself.")


@for_devices("POST")
def create(request: HttpRequest, device: Device) -> HttpResponse:
    """Conditional create: the identifier is in the If-None-Exist header."""
    uuid = _identified(request.headers.get("If-None-Exist", ""))
    if uuid is None:
        return replies.refused(412, "required", _NEEDS_IDENTIFIER)
    return _single(request, device, uuid)


def _single(request: HttpRequest, device: Device, uuid: UUID) -> HttpResponse:
    arrival = Arrival(uuid, body.read(request))
    verdict = intake.take_in(device, [arrival], timezone.now(), device.clock_ahead_seconds)[0]
    reply = replies.fhir(verdict.words, verdict.status) if verdict.words else HttpResponse(status=verdict.status)
    if verdict.words is None:
        reply["Location"] = absolute(request, f"{wire.FHIR_BASE}/{TYPE}/{uuid}")
        reply["ETag"] = 'W/"1"'
    return reply


def _arrival(entry: Entry) -> Arrival | Verdict:
    """What an entry asks for, or why it cannot be had."""
    if entry.request is None:
        return intake.refusal(400, "required", "The entry needs a request.", "Bundle.entry.request")
    kind, _, last = entry.request.url.partition("?")[0].strip("/").partition("/")
    method = entry.request.method
    if kind != TYPE or (method, bool(last)) not in {("PUT", True), ("POST", False)}:
        return intake.refusal(405, "not-supported", f"A batch takes PUT and POST of {TYPE} only.", "Bundle.entry.request")
    uuid = uuid_in(last) if last else _identified(entry.request.if_none_exist)
    if uuid is None:
        words = "The id must be a UUID." if last else _NEEDS_IDENTIFIER
        return intake.refusal(400, "value", words, "Bundle.entry.request")
    return Arrival(uuid, bytes(entry.resource))


def _entry(verdict: Verdict, uuid: UUID | None = None) -> dict[str, Any]:
    reply: dict[str, Any] = {"status": f"{verdict.status} {HTTPStatus(verdict.status).phrase}"}
    if verdict.words is not None:
        reply["outcome"] = verdict.words
    elif uuid:
        reply |= {"location": f"{TYPE}/{uuid}", "etag": 'W/"1"'}
    return {"response": reply}


def _identified(condition: str) -> UUID | None:
    """The UUID in ``identifier=system|value``; None where there is none of ours."""
    identifier = parse_qs(condition.partition("?")[2] or condition).get("identifier", [""])[0]
    system, _, value = unquote(identifier).rpartition("|")
    return uuid_in(value) if system == wire.RESPONSE_SYSTEM else None


_NEEDS_IDENTIFIER = f"A create must be conditional: If-None-Exist: identifier={wire.RESPONSE_SYSTEM}|<UUID>."
