"""GET /openapi.json: every door as OpenAPI 3.1 describes an interface, made from :mod:`sync.hub.doors.table`."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse

from kiosk import __version__
from sync import wire
from sync.hub.doors import replies, table
from sync.hub.doors.address import absolute
from sync.hub.doors.knock import for_anyone
from sync.hub.doors.table import Door, Operation

REFERENCE: Final = "#/components/schemas/{name}"
WORDS: Final = {
    200: "Done",
    201: "Kept",
    202: "Not yet",
    204: "Gone",
    304: "Unchanged",
    400: "Cannot be read",
    401: "Sign in again",
    403: "Not allowed",
    404: "Not here",
    405: "Not by this method",
    409: "Says something else",
    410: "Too late",
    412: "The identifier is missing",
    413: "Too large",
    415: "Not with this coding",
    422: "Does not fit its survey",
    429: "Too often: see Retry-After",
    503: "Come again: see Retry-After",
}


@for_anyone("GET")
def described(request: HttpRequest) -> HttpResponse:
    """The description; anyone may read it."""
    return replies.plain(document(absolute(request, "/").rstrip("/")))


def document(server: str) -> dict[str, Any]:
    """The OpenAPI description of a hub at the address `server`."""
    schemas, components = _schemas()
    return {
        "openapi": "3.1.0",
        "info": {"title": "Feedback Kiosk hub", "version": __version__, "description": "What devices say to the hub."},
        "servers": [{"url": server}],
        "paths": {door.path: _door(door, schemas) for door in table.DOORS},
        "components": {
            "schemas": components,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer", "description": f"From {wire.TOKEN_PATH}"}},
        },
    }


def _door(door: Door, schemas: dict[Any, Any]) -> dict[str, Any]:
    own = [{"name": name, "in": "path", "required": True, "schema": dict(schema)} for name, schema in door.parameters.items()]
    operations = {one.method.lower(): _operation(door, one, schemas) for one in door.operations}
    return ({"parameters": own} if own else {}) | operations


def _operation(door: Door, one: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    statuses = (
        table.COMMON | (table.SIGNED_IN if door.signed_in else {}) | (table.PLACED if door.parameters else {}) | one.replies
    )
    said: dict[str, Any] = {
        "operationId": f"{door.view.__name__}_{one.method.lower()}",
        "summary": one.summary,
        "responses": {str(status): _reply(status, shape, one, schemas) for status, shape in sorted(statuses.items())},
    }
    if one.takes:
        said["requestBody"] = {"required": True, "content": {one.media: {"schema": schemas[one.takes]}}}
    if one.asks:
        said["parameters"] = [
            {"in": where, "name": name, "description": words, "schema": {"type": "string"}} for where, name, words in one.asks
        ]
    return said | ({"security": [{"device": []}]} if door.signed_in else {})


def _reply(status: int, shape: Any, one: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    reply: dict[str, Any] = {"description": WORDS[status]}
    if shape is not None:
        is_fhir = shape is table.OUTCOME or one.media == wire.FHIR_JSON
        reply["content"] = {wire.FHIR_JSON if is_fhir else table.JSON: {"schema": schemas[shape]}}
    return reply


@cache
def _schemas() -> tuple[dict[Any, Any], dict[str, Any]]:
    """Each shape's JSON schema (or where it stands), and all that are referred to."""
    operations = [one for door in table.DOORS for one in door.operations]
    shapes = {shape for one in operations for shape in (one.takes, *one.replies.values()) if shape} | {table.OUTCOME}
    ordered = sorted(shapes, key=lambda shape: str(shape.__name__))
    made, components = msgspec.json.schema_components(ordered, ref_template=REFERENCE)
    return dict(zip(ordered, made, strict=True)), dict(components)
