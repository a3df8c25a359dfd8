"""A device joins, with the hub's code (pair) or with one of its own (ask, outcome), and signs in (token, SMART)."""

from __future__ import annotations

from urllib.parse import parse_qsl

import msgspec
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from sync import wire
from sync.hub.doors import body, replies
from sync.hub.doors.address import absolute
from sync.hub.doors.knock import for_anyone
from sync.hub.doors.shapes import AskRequest, OutcomeRequest, PairRequest
from sync.hub.models import Device
from sync.hub.people import actions, tries
from sync.hub.places import devices, joining, tokens
from sync.hub.taking_in import handover_key
from sync.hub.texts import UNREADABLE_JSON

TOO_MANY_ASK = "Too many devices ask to join just now. Wait ten minutes, then try again."
MOST_BAD_ASSERTIONS = 60
"""From one address for one device in ten minutes: checking a signature costs more than asking for it."""
MOST_FIELDS = 20
MOST_ASKED = 30
"""Requests to join from one address in ten minutes: a clinic's afternoon of new tablets, not a flood."""


@for_anyone("POST")
def pair(request: HttpRequest) -> HttpResponse:
    """Take a device in by its code: 403 for a wrong or old one, 429 after many wrong ones."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if tries.spent("pair", address):
        return _throttled("Too many wrong codes. Wait ten minutes, then ask for a new code.")
    try:
        asked = msgspec.json.decode(body.read(request), type=PairRequest)
        key = tokens.readable_key(asked.jwk)
        device = devices.pair(asked.code, key, asked.name, timezone.now())
    except (*UNREADABLE_JSON, tokens.SignInRefused) as problem:
        return replies.refused(400, "structure", f"This request cannot be read: {problem}")
    except devices.CodeRefused:
        tries.failed("pair", address)
        return replies.refused(403, "forbidden", "This code is wrong, used or too old. Ask for a new one.")
    actions.note(AnonymousUser(), f"The device {device} joined {device.site} with a code")
    return _joined(request, device)


@for_anyone("POST")
def ask(request: HttpRequest) -> HttpResponse:
    """A device asks to join: a code for its screen. 429 when too many ask."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if tries.spent("ask", address, MOST_ASKED):
        return _throttled(TOO_MANY_ASK)
    try:
        said = msgspec.json.decode(body.read(request), type=AskRequest)
        asked = joining.ask(tokens.readable_key(said.jwk), said.name, timezone.now())
    except (*UNREADABLE_JSON, tokens.SignInRefused) as problem:
        return replies.refused(400, "structure", f"This request cannot be read: {problem}")
    except joining.TooManyAsk:
        return _throttled(TOO_MANY_ASK)
    tries.failed("ask", address)
    return replies.plain(
        {
            "code": asked.code,
            "ticket": asked.ticket,
            "approve_url": absolute(request, f"{reverse('approve-device')}?code={asked.code}"),
            "interval_seconds": joining.POLL_SECONDS,
            "expires_seconds": devices.CODE_MINUTES * 60,
        }
    )


@for_anyone("POST")
def outcome(request: HttpRequest) -> HttpResponse:
    """What staff said to a device that asks: 200 with its place, 202 nothing yet, 403 no, 410 too late."""
    try:
        said = msgspec.json.decode(body.read(request), type=OutcomeRequest)
        found = joining.outcome(said.ticket, timezone.now())
    except UNREADABLE_JSON as problem:
        return replies.refused(400, "structure", f"This request cannot be read: {problem}")
    except joining.RequestOver:
        return replies.refused(410, "expired", "This request is over. Ask again for a new code.")
    if found.refused_at is not None:
        return replies.refused(403, "forbidden", "Staff have refused this device.")
    return _joined(request, found.device) if found.device else replies.plain({"state": "waiting"}, 202)


def _joined(request: HttpRequest, device: Device) -> HttpResponse:
    """Where everything is for a device that has its place."""
    return replies.plain(
        {
            "client_id": str(device.client_id),
            "site": device.site.name,
            "token_url": absolute(request, wire.TOKEN_PATH),
            "fhir_base": absolute(request, wire.FHIR_BASE),
            "handover_key": handover_key.public(),
        }
    )


@for_anyone("POST")
def token(request: HttpRequest) -> HttpResponse:
    """An access token for a signed assertion; OAuth errors otherwise (RFC 6749, 5.2), 429 after many bad ones of one device."""
    form = _form(request)
    if form.get("grant_type") != "client_credentials":
        return _oauth_error(400, "unsupported_grant_type", "grant_type must be client_credentials.")
    if form.get("client_assertion_type") != wire.ASSERTION_TYPE:
        return _oauth_error(400, "invalid_request", f"client_assertion_type must be {wire.ASSERTION_TYPE}.")
    assertion = form.get("client_assertion", "")
    who = f"{request.META.get('REMOTE_ADDR', '')} {tokens.claimed_by(assertion)}"
    if tries.spent("token", who, MOST_BAD_ASSERTIONS):
        return _throttled("Too many bad assertions. Wait ten minutes, then sign a new one.")
    try:
        bought = tokens.sign_in(assertion, absolute(request, wire.TOKEN_PATH), timezone.now())
    except tokens.SignInRefused as problem:
        tries.failed("token", who)
        return _oauth_error(401, "invalid_client", str(problem))
    return replies.plain(
        {"access_token": bought, "token_type": "bearer", "expires_in": wire.TOKEN_SECONDS, "scope": wire.SCOPE}
    )


def _form(request: HttpRequest) -> dict[str, str]:
    """The fields of an urlencoded body; none where it is something else."""
    try:
        return dict(parse_qsl(body.read(request).decode(), max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}


def _throttled(words: str) -> HttpResponse:
    reply = replies.refused(429, "throttled", words)
    reply["Retry-After"] = str(tries.PAUSE_SECONDS)
    return reply


def _oauth_error(status: int, error: str, words: str) -> HttpResponse:
    return replies.plain({"error": error, "error_description": words.encode(errors="replace").decode()}, status)
