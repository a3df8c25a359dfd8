"""Devices sign in: SMART Backend Services, one signed assertion for one opaque token that can be revoked at once.

Theory: the key pair is made on the device at pairing, and only the public half comes here. An assertion is short-lived,
meant for this hub (`aud`) and good once (`jti`); the token it buys is random and kept as a hash, so that each request costs one
look-up and revoking a device needs no waiting.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import jwt
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sync import wire
from sync.hub.models import AccessToken, Device, SeenAssertion
from sync.hub.people.codes import new_token, token_hash

LEEWAY_SECONDS = 30
NEEDED_CLAIMS = ["iss", "sub", "aud", "exp", "jti"]


class SignInRefused(Exception):
    """This assertion buys no token; the message says why, for the device's log."""


def sign_in(assertion: str, audience: str, now: datetime) -> str:
    """A new access token for the device that signed `assertion`. Raises SignInRefused."""
    device = _claimed_device(assertion)
    claims = _checked(assertion, device, audience)
    expires_at = now + timedelta(seconds=wire.ASSERTION_SECONDS + LEEWAY_SECONDS)
    if int(claims["exp"]) > expires_at.timestamp():
        raise SignInRefused("The assertion lives too long: five minutes at most.")
    if not claims["iss"] == claims["sub"] == str(device.client_id):
        raise SignInRefused("The assertion's iss and sub must both be the client id.")
    _forget_expired(now)
    _use_once(device, str(claims["jti"]), expires_at)
    return issue(device, now)


def issue(device: Device, now: datetime) -> str:
    """A new access token for `device`; only its hash is kept."""
    token = new_token()
    AccessToken.objects.create(
        token_hash=token_hash(token), device=device, expires_at=now + timedelta(seconds=wire.TOKEN_SECONDS)
    )
    return token


def device_with(token: str, now: datetime) -> Device | None:
    """The device that holds `token`, unless the token is old or the device revoked."""
    found = (
        AccessToken.objects.select_related("device__site")
        .filter(token_hash=token_hash(token), expires_at__gt=now, device__revoked_at=None)
        .first()
    )
    return found.device if found else None


def readable_key(key: object) -> dict[str, str]:
    """The parts we keep of a public P-384 key (JWK). Raises SignInRefused."""
    parts = key if isinstance(key, dict) else {}
    kept = {name: str(parts.get(name, "")) for name in ("kty", "crv", "x", "y")}
    if "d" in parts:
        raise SignInRefused("The key holds its private half. Send the public key only.")
    try:
        jwt.PyJWK(kept, algorithm=wire.ASSERTION_ALGORITHM)
    except jwt.PyJWTError as problem:
        raise SignInRefused("The key must be a public JWK on the curve P-384.") from problem
    if kept["crv"] != "P-384":
        raise SignInRefused("The key must be a public JWK on the curve P-384.")
    return kept


def claimed_by(assertion: str) -> str:
    """Whose assertion it says it is, before anything is checked; "" when that cannot be read."""
    try:
        claimed = str(jwt.decode(assertion, options={"verify_signature": False}).get("iss", ""))
        return claimed[:100].encode(errors="replace").decode()  # JSON may hold half a character
    except (jwt.PyJWTError, ValueError, RecursionError):
        return ""


def _claimed_device(assertion: str) -> Device:
    try:
        claims = jwt.decode(assertion, options={"verify_signature": False})
        device = Device.objects.filter(client_id=str(claims.get("iss", "")), revoked_at=None).first()
    except (jwt.PyJWTError, ValidationError, ValueError, RecursionError) as problem:
        raise SignInRefused("The assertion cannot be read.") from problem
    if device is None:
        raise SignInRefused("This device is not known here, or it was revoked.")
    return device


def _checked(assertion: str, device: Device, audience: str) -> dict[str, Any]:
    key = jwt.PyJWK(device.key, algorithm=wire.ASSERTION_ALGORITHM)
    try:
        return jwt.decode(
            assertion,
            key.key,
            algorithms=[wire.ASSERTION_ALGORITHM],
            audience=audience,
            leeway=LEEWAY_SECONDS,
            options={"require": NEEDED_CLAIMS},
        )
    except (jwt.PyJWTError, ValueError, OverflowError, RecursionError) as problem:
        raise SignInRefused(f"The assertion is not good: {problem}.") from problem


def _use_once(device: Device, jti: str, expires_at: datetime) -> None:
    try:
        with transaction.atomic():
            SeenAssertion.objects.create(device=device, jti=token_hash(jti), expires_at=expires_at)
    except IntegrityError as problem:
        raise SignInRefused("This assertion was used before. Sign a new one.") from problem


def _forget_expired(now: datetime) -> None:
    AccessToken.objects.filter(expires_at__lt=now).delete()
    SeenAssertion.objects.filter(expires_at__lt=now).delete()
