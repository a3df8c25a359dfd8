"""The contract between a device and the centre: paths, headers, limits and names. FHIR R4 batch over HTTPS.

Any FHIR R4 server can be the centre; the paths under ``/fhir`` are FHIR's own, the others are the hub's. No behaviour
stands here, only what both sides must spell alike.
"""

from typing import Final

FHIR_BASE: Final = "/fhir"
METADATA: Final = "metadata"
"""GET, no sign-in: the CapabilityStatement. `rest[0].resource[QuestionnaireResponse].updateCreate` decides PUT."""
TOKEN_PATH: Final = "/auth/token"
"""POST form: SMART Backend Services, `client_credentials` with a `private_key_jwt` assertion (ES384)."""
PAIR_PATH: Final = "/auth/pair"
"""POST JSON: `{"code", "jwk", "name"}` -> `{"client_id", "site", "token_url", "fhir_base", "handover_key"}`; 403: wrong code.

`handover_key` is the hub's public key (JWK, P-384) for answers that leave as a file.
"""
PAIR_ASK_PATH: Final = "/auth/pair/ask"
"""POST JSON: `{"jwk", "name"}` -> `{"code", "ticket", "approve_url", "interval_seconds", "expires_seconds"}`; 429: too many.

The device shows `code`, which staff approve in the hub. Only the device knows `ticket`."""
PAIR_OUTCOME_PATH: Final = "/auth/pair/outcome"
"""POST JSON: `{"ticket"}` -> as `PAIR_PATH` once approved; 202 while nobody has, 403 refused, 410 over."""
REPORT_PATH: Final = "/device/report"
"""POST JSON, bearer: the device's health, a :data:`REPORT_FIELDS` object."""

SETTINGS_PATH: Final = "/device/settings"
"""GET, bearer, ETag: `{"digest", "settings", "said_and_did"}`: what this device is to do and to show.

`settings`: by the names of the device's own settings file. `said_and_did`: `[{"words": {tag: [said, did]}, "from", "until"}]`,
English always among the tags, dates included, no `until` for always. `digest` stands for all of it."""

# Every request of a device tells its clock in `Date` (RFC 9110, 6.6.1); the hub keeps the difference with each response.

FHIR_JSON: Final = "application/fhir+json"
ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_ALGORITHM: Final = "ES384"
ASSERTION_SECONDS: Final = 300
"""Longest life of an assertion (SMART App Launch 2.x: five minutes)."""
TOKEN_SECONDS: Final = 3600
SCOPE: Final = "system/QuestionnaireResponse.cu system/Questionnaire.rs"

RESPONSE_SYSTEM: Final = "urn:feedback-kiosk:response"
"""The system of `QuestionnaireResponse.identifier`; its value is the bare UUID made when the questionnaire opened."""

MAX_ENTRIES: Final = 100
MAX_BATCH_BYTES: Final = 400_000
"""Size of a batch before compression."""
MAX_REQUEST_BYTES: Final = 2_000_000
"""What the hub accepts, after inflating; more is answered 413."""

# QuestionnaireResponse extensions of our own (S104, S107): how it was answered. Values are codes, never identifiers.
WAY_EXTENSION: Final = "urn:feedback-kiosk:way-of-answering"
"""valueCode, repeated: touch | keypad | read-aloud | large-text | high-contrast."""
METHOD_EXTENSION: Final = "urn:feedback-kiosk:collection-method"
"""valueCode: the Friends and Family collection method; a kiosk sends `tablet-kiosk`."""
SEQUENCE_EXTENSION: Final = "urn:feedback-kiosk:sequence"
"""valueInteger: the outbox's sequence number, so that order never depends on a clock."""

REPORT_FIELDS: Final = (
    *("version", "waiting", "sent", "refused", "oldest_waiting_seconds", "survey", "languages", "device_time"),
    *("unreadable", "disk_free_mb", "voices", "settings_applied", "settings_pinned", "settings_fault"),
)
"""Each may be left out. `waiting`, `sent`, `refused` and `unreadable` count responses; `languages` can be asked in, `voices`
are those of them with a voice, both as language tags; `settings_applied` is the digest of the centre's settings in force,
`settings_pinned` names those the device's own file holds on to, `settings_fault` says why the centre's do not hold.
"""

# A bundle of answers as a file, for a device without a network. Newline-delimited JSON: one header, one line for each response
# (`{"sequence", "id", "document"}`), and the device's signature on every byte before it.
BUNDLE_FORMAT: Final = "feedback-kiosk-bundle"
BUNDLE_VERSION: Final = 1
"""Header: `{"format", "version", "device", "software", "surveys", "count", "created"}`; `device` is the client id."""
SEALED_BUNDLE_VERSION: Final = 2
"""The same with `{"sealing": {"to", "epk"}}` in the header and `sealed` in the place of each `document`.

`to` is the `kid` of the hub's key and `epk` a P-384 key (JWK) made for this file. The ECDH of both, through HKDF-SHA256 without
salt and with :data:`BUNDLE_SEALING` as its info, is the key of AES-256-GCM; the nonce is the line's number from 1, in 12 bytes,
what is authenticated too is the response's id, and the result is in base64.
"""
BUNDLE_SEALING: Final = b"feedback-kiosk-bundle 2"
BUNDLE_SIGNATURE_TYPE: Final = "feedback-kiosk-bundle+jws"
"""Last line: `{"signature"}`, a compact JWS (ES384, this `typ`) whose payload is `{"sha256"}` of all lines before, in hex."""
