"""What goes in and out of the doors as JSON: the doors decode with these, and the described interface is made of them.

FHIR resources are described as far as a caller needs; :mod:`kiosk.fhir` judges them whole.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, lt=2**62)]


# --- joining and signing in ----------------------------------------------------------------------------------------------


class PairRequest(msgspec.Struct):
    """A device joins with a code that the hub showed. `jwk`: its public key, P-384 (RFC 7517)."""

    code: str
    jwk: dict[str, Any]
    name: str = ""


class AskRequest(msgspec.Struct):
    """A device asks to join, and shows the code it gets."""

    jwk: dict[str, Any]
    name: str = ""


class OutcomeRequest(msgspec.Struct):
    """A device that asked asks what staff said."""

    ticket: str


class Asked(msgspec.Struct):
    """The code for the device's screen, and the ticket that only it knows."""

    code: str
    ticket: str
    approve_url: str
    interval_seconds: int
    expires_seconds: int


class Joined(msgspec.Struct):
    """Where everything is for a device that has its place."""

    client_id: str
    site: str
    token_url: str
    fhir_base: str
    handover_key: dict[str, str]


class Waiting(msgspec.Struct):
    """Nobody has answered yet."""

    state: Literal["waiting"]


class TokenForm(msgspec.Struct):
    """SMART Backend Services: a signed assertion for a token."""

    grant_type: Literal["client_credentials"]
    client_assertion_type: Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
    client_assertion: str
    scope: str = ""


class Token(msgspec.Struct):
    """An opaque access token (RFC 6749, 5.1)."""

    access_token: str
    token_type: Literal["bearer"]
    expires_in: int
    scope: str


class OAuthError(msgspec.Struct):
    """RFC 6749, 5.2."""

    error: str
    error_description: str


# --- health --------------------------------------------------------------------------------------------------------------


class Report(msgspec.Struct):
    """How a device is doing (sync.wire.REPORT_FIELDS)."""

    version: str = ""
    waiting: Count | None = None
    sent: Count | None = None
    refused: Count | None = None
    oldest_waiting_seconds: Count | None = None
    unreadable: Count | None = None
    disk_free_mb: Count | None = None
    survey: str = ""
    languages: list[str] | None = None
    voices: list[str] | None = None
    settings_applied: str = ""
    settings_pinned: list[str] | None = None
    settings_fault: str = ""
    device_time: str | None = None


class Reported(msgspec.Struct):
    """What staff call the device, and where it is."""

    name: str
    site: str


class SaidAndDid(msgspec.Struct, rename={"first": "from", "last": "until"}):
    """You said, we did: by language tag two sentences, English always; the days on which it is shown, both included."""

    words: dict[str, tuple[str, str]]
    first: str
    last: str = ""


class Told(msgspec.Struct):
    """What a device is to do and to show. `settings`: by the names of the device's own settings file."""

    digest: str
    settings: dict[str, Any]
    said_and_did: list[SaidAndDid]


# --- FHIR ----------------------------------------------------------------------------------------------------------------


class EntryRequest(msgspec.Struct, rename={"if_none_exist": "ifNoneExist"}):
    """FHIR R4 Bundle.entry.request."""

    method: str
    url: str
    if_none_exist: str = ""


class Entry(msgspec.Struct):
    """FHIR R4 Bundle.entry. The resource stays bytes until it is judged."""

    request: EntryRequest | None = None
    resource: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)


class Bundle(msgspec.Struct, rename={"resource_type": "resourceType"}):
    """A batch: at most 100 entries, each PUT or conditional POST of a QuestionnaireResponse."""

    resource_type: str
    type: str
    entry: list[Entry] = []


class Identifier(msgspec.Struct):
    system: str
    value: str


class QuestionnaireResponse(msgspec.Struct):
    """FHIR R4 QuestionnaireResponse; `questionnaire` is ``url|version``."""

    resourceType: Literal["QuestionnaireResponse"]  # noqa: N815 - FHIR's spelling
    questionnaire: str
    status: Literal["completed", "amended", "stopped", "entered-in-error"]
    id: str = ""
    identifier: Identifier | None = None
    authored: str = ""
    language: str = ""
    item: list[dict[str, Any]] = []


class Issue(msgspec.Struct):
    severity: Literal["fatal", "error", "warning", "information"]
    code: str
    diagnostics: str = ""
    expression: list[str] = []


class OperationOutcome(msgspec.Struct):
    """What is wrong, with the FHIR path of each place."""

    resourceType: Literal["OperationOutcome"]  # noqa: N815
    issue: list[Issue]


class EntryResponse(msgspec.Struct):
    status: str
    location: str = ""
    etag: str = ""
    outcome: dict[str, Any] = {}


class AnsweredEntry(msgspec.Struct):
    response: EntryResponse


class BatchResponse(msgspec.Struct):
    """One entry for each one that came, in their order; each entry's status counts alone."""

    resourceType: Literal["Bundle"]  # noqa: N815
    type: Literal["batch-response"]
    entry: list[AnsweredEntry]


class CapabilityStatement(msgspec.Struct):
    """What this centre can do."""

    resourceType: Literal["CapabilityStatement"]  # noqa: N815
    rest: list[dict[str, Any]]


class Questionnaire(msgspec.Struct):
    """One version of a survey."""

    resourceType: Literal["Questionnaire"]  # noqa: N815
    url: str
    version: str


class Found(msgspec.Struct):
    resource: Questionnaire


class SearchSet(msgspec.Struct):
    """The surveys that were asked for."""

    resourceType: Literal["Bundle"]  # noqa: N815
    type: Literal["searchset"]
    total: int
    entry: list[Found]
