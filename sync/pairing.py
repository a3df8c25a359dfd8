"""Joining a hub by a code that this device shows: it asks, people at the hub approve the code they read here, it collects.

Nothing is kept on the device before the hub has said yes. See :mod:`sync.credentials` for the other way, with the hub's code.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from sync.credentials import Credentials, answered, ask, joined, jwk, new_key
from sync.errors import PairingFailed
from sync.outcomes import Unreachable
from sync.transport import Reply, Transport
from sync.wire import PAIR_ASK_PATH, PAIR_OUTCOME_PATH

QUICKEST_SECONDS: Final = 0.5
LONGEST_SECONDS: Final = 3600.0


class _Asked(msgspec.Struct):
    code: str
    ticket: str
    approve_url: str = ""
    interval_seconds: float = 3.0
    expires_seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Request:
    """What this device asked. Show `code`, and `approve_url` as a QR code; look every `interval_seconds` while it holds."""

    url: str
    name: str
    code: str
    approve_url: str
    interval_seconds: float
    expires_seconds: float
    ticket: str = field(repr=False)
    key: ec.EllipticCurvePrivateKey = field(repr=False)


def request_place(url: str, name: str, transport: Transport | None = None) -> Request:
    """Make a key and ask the hub at `url` for a place. PairingFailed, AddressRefused."""
    key = new_key()
    reply = ask(url, PAIR_ASK_PATH, {"jwk": jwk(key.public_key()), "name": name}, transport)
    if isinstance(reply, Reply) and reply.status in {404, 405}:
        raise PairingFailed("This centre does not approve codes of devices. Ask for a code there: kiosk pair URL CODE")
    asked = answered(reply, _Asked)
    interval = min(max(asked.interval_seconds, QUICKEST_SECONDS), LONGEST_SECONDS)
    expires = min(max(asked.expires_seconds, 0.0), LONGEST_SECONDS)
    return Request(url, name, asked.code, urljoin(url, asked.approve_url), interval, expires, asked.ticket, key)


def collect(request: Request, transport: Transport | None = None) -> Credentials | None:
    """What to :func:`sync.credentials.save` once somebody approved the code; None while nobody has. PairingFailed."""
    reply = ask(request.url, PAIR_OUTCOME_PATH, {"ticket": request.ticket}, transport)
    if isinstance(reply, Unreachable) or reply.status in {202, 429, 502, 503, 504}:
        return None  # a network that is away for a moment ends nothing
    if reply.status == 403:
        raise PairingFailed("Staff at the centre refused this device. Nothing was changed here.")
    if reply.status == 410:
        raise PairingFailed(not_in_time())
    return joined(request.url, request.name, request.key, reply)


def not_in_time() -> str:
    """The sentence for a code that nobody approved."""
    return "Nobody approved the code in time. Start again for a new one."
