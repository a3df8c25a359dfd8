"""GET /fhir/Questionnaire: the surveys a device is to ask."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from sync.hub.doors import replies
from sync.hub.doors.address import absolute
from sync.hub.doors.knock import for_devices
from sync.hub.models import Device, SurveyVersion
from sync.hub.texts import storable


@for_devices("GET")
def search(request: HttpRequest, device: Device) -> HttpResponse:  # noqa: ARG001 - every device asks the same surveys
    """A searchset Bundle; `status`, `url` and `version` narrow it. ETag and If-None-Match are honoured."""
    status, address, numbered = (storable(request.GET.get(name, "")) for name in ("status", "url", "version"))
    url, _, version = address.partition("|")
    wanted = {"state": status, "survey__url": url, "version": version or numbered}
    found = SurveyVersion.objects.select_related("survey").filter(**{name: value for name, value in wanted.items() if value})
    etag = _etag(found.values_list("pk", "state", "digest"))
    unchanged = get_conditional_response(request, etag=etag)
    reply = unchanged or replies.fhir(_bundle(found, absolute(request, request.get_full_path())))
    reply["ETag"] = etag
    reply["Cache-Control"] = "no-cache"
    return reply


@for_devices("GET")
def read(request: HttpRequest, device: Device, pk: int) -> HttpResponse:  # noqa: ARG001 - as above
    """One version by this hub's own id."""
    version = SurveyVersion.objects.filter(pk=pk).first()
    return replies.fhir(_resource(version)) if version else replies.refused(404, "not-found", "There is no such survey here.")


def _etag(rows: Iterable[tuple[int, str, str]]) -> str:
    return f'W/"{hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()[:32]}"'


def _bundle(versions: Iterable[SurveyVersion], address: str) -> dict[str, Any]:
    entries = [{"resource": _resource(version), "search": {"mode": "match"}} for version in versions]
    link = [{"relation": "self", "url": address}]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "link": link, "entry": entries}


def _resource(version: SurveyVersion) -> dict[str, Any]:
    """The document as it was added, under this hub's id and in the state staff have set."""
    document: dict[str, Any] = msgspec.json.decode(bytes(version.document))
    return document | {"id": str(version.pk), "status": version.state}
