"""FHIR R4 as the courier speaks it: batches out, batch-responses and a few other replies in. Pure: bytes to values.

No `fullUrl` on any entry and no `id` in the body of a conditional create: servers have been seen to rewrite the
identifier when either is there, and then every replay makes a duplicate.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec

from sync.outbox import Queued
from sync.outcomes import Accepted, Capable, Entry
from sync.wire import RESPONSE_SYSTEM, SEQUENCE_EXTENSION

LONGEST_REASON: Final = 300
UNREADABLE: Final = Entry(400, "This answer cannot be read on the device itself.")


class Way(StrEnum):
    """How a response gets its place at the centre exactly once."""

    PUT = "update-create"
    CREATE = "conditional-create"


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes in one request."""

    entries: tuple[Queued, ...]
    way: Way
    zipped: bool = True

    def part(self, start: int, end: int) -> "Batch":
        """Some of the entries, to be sent in the same way."""
        return Batch(self.entries[start:end], self.way, self.zipped)


Fields: TypeAlias = dict[str, msgspec.Raw]
"""A resource's fields as the bytes they were written in: a decimal keeps its zeros, whatever it is."""
UNREADABLE_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are no JSON, no UTF-8, or nested without end."""


def bundle(batch: Batch) -> tuple[bytes, tuple[bool, ...]]:
    """The Bundle's bytes, and for each entry whether it is in it: a document that is no JSON object is left out."""
    resources = [resource_of(queued) for queued in batch.entries]
    entries = [
        _entry(queued, resource, batch.way)
        for queued, resource in zip(batch.entries, resources, strict=True)
        if resource is not None
    ]
    document = {"resourceType": "Bundle", "type": "batch", "entry": entries}
    return msgspec.json.encode(document), tuple(resource is not None for resource in resources)


def resource_of(queued: Queued) -> Fields | None:
    """The document with its sequence number, as it is sent and handed over; None when it cannot be read."""
    try:
        fields = msgspec.json.decode(queued.document, type=Fields)
        extensions = msgspec.json.decode(fields.get("extension", b"[]"), type=list[dict[str, msgspec.Raw]])
    except UNREADABLE_JSON:
        return None
    url = msgspec.Raw(msgspec.json.encode(SEQUENCE_EXTENSION))
    if not any(bytes(one.get("url", b"")) == bytes(url) for one in extensions):
        extensions.append({"url": url, "valueInteger": msgspec.Raw(b"%d" % queued.sequence)})
    return {**fields, "extension": msgspec.Raw(msgspec.json.encode(extensions))}


def _entry(queued: Queued, resource: Fields, way: Way) -> dict[str, Any]:
    if way is Way.PUT:
        own_id = msgspec.Raw(msgspec.json.encode(queued.response_id))
        request = {"method": "PUT", "url": f"QuestionnaireResponse/{queued.response_id}"}
        return {"resource": {**resource, "id": own_id}, "request": request}
    body = {name: value for name, value in resource.items() if name != "id"}
    identifier = f"identifier={RESPONSE_SYSTEM}|{queued.response_id}"
    return {"resource": body, "request": {"method": "POST", "url": "QuestionnaireResponse", "ifNoneExist": identifier}}


# --- replies -----------------------------------------------------------------------------------------------------------


class _Response(msgspec.Struct):
    status: Annotated[str, msgspec.Meta(pattern=r"^[1-5][0-9][0-9](\s|$)")]
    outcome: msgspec.Raw = msgspec.Raw(b"null")
    location: Any = None


class _ReplyEntry(msgspec.Struct):
    response: _Response


class _BatchResponse(msgspec.Struct):
    resourceType: Literal["Bundle"]  # noqa: N815 - FHIR's spelling
    type: Literal["batch-response"]
    entry: list[_ReplyEntry] = []


class _Concept(msgspec.Struct, frozen=True):
    text: str = ""


class _Issue(msgspec.Struct):
    code: str = ""
    diagnostics: str = ""
    details: _Concept = _Concept()


class _OperationOutcome(msgspec.Struct):
    resourceType: Literal["OperationOutcome"]  # noqa: N815
    issue: list[_Issue] = []


class _Rest(msgspec.Struct):
    resource: list[dict[str, Any]] = []


class _CapabilityStatement(msgspec.Struct):
    resourceType: Literal["CapabilityStatement"]  # noqa: N815
    rest: list[_Rest] = []


class _Link(msgspec.Struct):
    relation: str = ""
    url: str = ""


class _Found(msgspec.Struct):
    resource: msgspec.Raw = msgspec.Raw(b"null")


class _Told(msgspec.Struct):
    digest: str
    settings: dict[str, Any]
    said_and_did: list[Any]


class _SearchSet(msgspec.Struct):
    resourceType: Literal["Bundle"]  # noqa: N815
    type: Literal["searchset"]
    entry: list[_Found] = []
    link: list[_Link] = []


class _Typed(msgspec.Struct):
    resourceType: str = ""  # noqa: N815


def batch_response(body: bytes, sent: int) -> Accepted | None:
    """The reply to `sent` entries, or None: anything but a batch-response with that many entries acknowledges nothing."""
    try:
        reply = msgspec.json.decode(body, type=_BatchResponse)
    except UNREADABLE_JSON:
        return None
    if len(reply.entry) != sent:
        return None
    return Accepted(tuple(_entry_of(one.response) for one in reply.entry))


def _entry_of(told: _Response) -> Entry:
    return Entry(int(told.status[:3]), words(bytes(told.outcome)), told.location if isinstance(told.location, str) else "")


def words(outcome: bytes) -> str:
    """What an OperationOutcome says, in at most 300 characters; empty when it is none."""
    try:
        issues = msgspec.json.decode(outcome, type=_OperationOutcome).issue
    except UNREADABLE_JSON:
        return ""
    said = [" ".join(filter(None, (issue.details.text, issue.diagnostics))) or issue.code for issue in issues]
    return re.sub(r"\s+", " ", "; ".join(filter(None, said)))[:LONGEST_REASON]


def capable(body: bytes) -> Capable | None:
    """What a CapabilityStatement says of QuestionnaireResponse (rest.resource.updateCreate); None when it is none."""
    try:
        statement = msgspec.json.decode(body, type=_CapabilityStatement)
    except UNREADABLE_JSON:
        return None
    resources = [resource for rest in statement.rest for resource in rest.resource]
    ours = [resource for resource in resources if resource.get("type") == "QuestionnaireResponse"]
    return Capable(any(resource.get("updateCreate") is True for resource in ours))


def questionnaires(body: bytes) -> tuple[tuple[bytes, ...], str] | None:
    """The Questionnaires of a searchset as they came, and the next page's address or ""; None when it is no searchset."""
    try:
        found = msgspec.json.decode(body, type=_SearchSet)
        typed = [(bytes(one.resource), msgspec.json.decode(one.resource, type=_Typed | None)) for one in found.entry]
    except UNREADABLE_JSON:
        return None
    surveys = tuple(raw for raw, kind in typed if kind is not None and kind.resourceType == "Questionnaire")
    return surveys, next((link.url for link in found.link if link.relation == "next"), "")


def is_told(body: bytes) -> bool:
    """Whether this is what the hub tells a device to do and to show (sync.wire.SETTINGS_PATH)."""
    try:
        msgspec.json.decode(body, type=_Told)
    except UNREADABLE_JSON:
        return False
    return True
