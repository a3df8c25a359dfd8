"""Every door in one place: where it is, who answers, what goes in, what comes out.

The hub's addresses and /openapi.json are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sync import wire
from sync.hub.doors import auth, metadata, questionnaires, report, responses, shapes, telling

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
NO_BODY: Final = None
OUTCOME: Final = shapes.OperationOutcome


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of a door. `replies`: by status, what a good or special reply holds (None: nothing); see also `COMMON`."""

    method: str
    summary: str
    replies: dict[int, Any]
    takes: Any = None
    media: str = JSON
    asks: tuple[tuple[str, str, str], ...] = ()
    """Parameters besides the path's: where (``query``, ``header``), the name, what it means."""


@dataclass(frozen=True, slots=True)
class Door:
    """`path` as OpenAPI writes it. `signed_in`: only for a paired device with its token."""

    path: str
    view: Callable[..., Any]
    operations: tuple[Operation, ...]
    name: str | None = None
    signed_in: bool = True
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The path's own, each with its JSON schema."""


COMMON: Final[dict[int, Any]] = {400: OUTCOME, 405: OUTCOME, 413: OUTCOME, 415: OUTCOME, 503: OUTCOME}
"""What any door may answer."""
SIGNED_IN: Final[dict[int, Any]] = {401: OUTCOME}
PLACED: Final[dict[int, Any]] = {404: OUTCOME}
"""A path that names nothing."""
ETAG: Final = ("header", "If-None-Match", "The ETag of an earlier reply: 304 where nothing is new.")
CONDITION: Final = ("header", "If-None-Exist", f"identifier={wire.RESPONSE_SYSTEM}|<UUID>")
SEARCHES: Final = tuple(
    ("query", name, words)
    for name, words in (("status", "active or retired"), ("url", "The survey's canonical address"), ("version", "Its version"))
)
UUID: Final = {"uuid": {"type": "string", "format": "uuid"}}
NUMBER: Final = {"pk": {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}}
KEPT: Final[dict[int, Any]] = {200: NO_BODY, 201: NO_BODY, 409: OUTCOME, 422: OUTCOME, 429: OUTCOME}
RESPONSE: Final = shapes.QuestionnaireResponse

DOORS: Final = (
    Door(
        wire.FHIR_BASE,
        responses.batch,
        (
            Operation(
                "POST", "Send a batch of responses", {200: shapes.BatchResponse}, takes=shapes.Bundle, media=wire.FHIR_JSON
            ),
        ),
        name="fhir",
    ),
    Door(
        f"{wire.FHIR_BASE}/{wire.METADATA}",
        metadata.metadata,
        (Operation("GET", "What this centre can do", {200: shapes.CapabilityStatement}, media=wire.FHIR_JSON),),
        signed_in=False,
    ),
    Door(
        f"{wire.FHIR_BASE}/QuestionnaireResponse",
        responses.create,
        (
            Operation(
                "POST",
                "Send one response, unless its identifier is there already",
                {**KEPT, 412: OUTCOME},
                takes=RESPONSE,
                media=wire.FHIR_JSON,
                asks=(CONDITION,),
            ),
        ),
    ),
    Door(
        f"{wire.FHIR_BASE}/QuestionnaireResponse/{{uuid}}",
        responses.by_id,
        (
            Operation("PUT", "Send one response under its own id", KEPT, takes=RESPONSE, media=wire.FHIR_JSON),
            Operation("GET", "A response that this device sent", {200: RESPONSE, 404: OUTCOME}, media=wire.FHIR_JSON),
            Operation("DELETE", "Remove a trial (entered-in-error) of this device", {204: NO_BODY, 403: OUTCOME}),
        ),
        parameters=UUID,
    ),
    Door(
        f"{wire.FHIR_BASE}/Questionnaire",
        questionnaires.search,
        (
            Operation(
                "GET",
                "The surveys to ask",
                {200: shapes.SearchSet, 304: NO_BODY},
                media=wire.FHIR_JSON,
                asks=(*SEARCHES, ETAG),
            ),
        ),
    ),
    Door(
        f"{wire.FHIR_BASE}/Questionnaire/{{pk}}",
        questionnaires.read,
        (Operation("GET", "One survey version", {200: shapes.Questionnaire, 404: OUTCOME}, media=wire.FHIR_JSON),),
        parameters=NUMBER,
    ),
    Door(
        wire.PAIR_PATH,
        auth.pair,
        (
            Operation(
                "POST",
                "Join with a code that the hub shows",
                {200: shapes.Joined, 403: OUTCOME, 429: OUTCOME},
                takes=shapes.PairRequest,
            ),
        ),
        signed_in=False,
    ),
    Door(
        wire.PAIR_ASK_PATH,
        auth.ask,
        (Operation("POST", "Ask to join, for a code to show", {200: shapes.Asked, 429: OUTCOME}, takes=shapes.AskRequest),),
        signed_in=False,
    ),
    Door(
        wire.PAIR_OUTCOME_PATH,
        auth.outcome,
        (
            Operation(
                "POST",
                "What staff said to a device that asked",
                {200: shapes.Joined, 202: shapes.Waiting, 403: OUTCOME, 410: OUTCOME},
                takes=shapes.OutcomeRequest,
            ),
        ),
        signed_in=False,
    ),
    Door(
        wire.TOKEN_PATH,
        auth.token,
        (
            Operation(
                "POST",
                "An access token for a signed assertion",
                {200: shapes.Token, 400: shapes.OAuthError, 401: shapes.OAuthError, 429: OUTCOME},
                takes=shapes.TokenForm,
                media=FORM,
            ),
        ),
        signed_in=False,
    ),
    Door(
        wire.REPORT_PATH,
        report.report,
        (Operation("POST", "How a device is doing", {200: shapes.Reported}, takes=shapes.Report),),
    ),
    Door(
        wire.SETTINGS_PATH,
        telling.settings,
        (Operation("GET", "What a device is to do and to show", {200: shapes.Told, 304: NO_BODY}, asks=(ETAG,)),),
    ),
)
