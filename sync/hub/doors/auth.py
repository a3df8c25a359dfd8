"""POST /auth/pair: a device joins. POST /auth/token: a device signs in (SMART Backend Services)."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sync import wire
from sync.hub import devices, tokens, tries
from sync.hub.doors import body, replies
from sync.hub.doors.address import absolute
from sync.hub.doors.knock import for_anyone
from sync.hub.texts import UNREADABLE_JSON


class PairRequest(msgspec.Struct):
    code: str
    jwk: dict[str, object]
    name: str = ""


@for_anyone("POST")
def pair(request: HttpRequest) -> HttpResponse:
    """Take a device in by its code: 403 for a wrong or old one, 429 after many wrong ones."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if tries.spent("pair", address):
        reply = replies.refused(429, "throttled", "Too many wrong codes. Wait ten minutes, then ask for a new code.")
        reply["Retry-After"] = str(tries.PAUSE_SECONDS)
        return reply
    try:
        asked = msgspec.json.decode(body.read(request), type=PairRequest)
        key = tokens.readable_key(asked.jwk)
        device = devices.pair(asked.code, key, asked.name, timezone.now())
    except (*UNREADABLE_JSON, tokens.SignInRefused) as problem:
        return replies.refused(400, "structure", f"This request cannot be read: {problem}")
    except devices.CodeRefused:
        tries.failed("pair", address)
        return replies.refused(403, "forbidden", "This code is wrong, used or too old. Ask for a new one.")
    return replies.plain(
        {
            "client_id": str(device.client_id),
            "site": device.site.name,
            "token_url": absolute(request, wire.TOKEN_PATH),
            "fhir_base": absolute(request, wire.FHIR_BASE),
        }
    )


@for_anyone("POST")
def token(request: HttpRequest) -> HttpResponse:
    """An access token for a signed assertion; OAuth errors otherwise (RFC 6749, 5.2)."""
    if request.POST.get("grant_type") != "client_credentials":
        return _oauth_error(400, "unsupported_grant_type", "grant_type must be client_credentials.")
    if request.POST.get("client_assertion_type") != wire.ASSERTION_TYPE:
        return _oauth_error(400, "invalid_request", f"client_assertion_type must be {wire.ASSERTION_TYPE}.")
    try:
        assertion = request.POST.get("client_assertion", "")
        bought = tokens.sign_in(assertion, absolute(request, wire.TOKEN_PATH), timezone.now())
    except tokens.SignInRefused as problem:
        return _oauth_error(401, "invalid_client", str(problem))
    return replies.plain(
        {"access_token": bought, "token_type": "bearer", "expires_in": wire.TOKEN_SECONDS, "scope": wire.SCOPE}
    )


def _oauth_error(status: int, error: str, words: str) -> HttpResponse:
    return replies.plain({"error": error, "error_description": words}, status)
