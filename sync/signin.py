"""How the device shows the centre who it is: five kinds of sign-in, and the token two of them fetch.

The first is SMART App Launch 2.x, Backend Services: a signed assertion (`private_key_jwt`, ES384) for a short-lived
token. Its times follow the server's clock, because a kiosk's own may be years off.
"""

import base64
import time
import uuid
from collections.abc import Callable
from typing import Final, TypeAlias
from urllib.parse import quote, urlencode

import jwt
import msgspec

from sync.batch import UNREADABLE_JSON
from sync.outcomes import Foreign, Refused, Trouble, Unreachable
from sync.pace import retry_after_seconds
from sync.transport import Reply, Request, Transport
from sync.wire import ASSERTION_ALGORITHM, ASSERTION_SECONDS, ASSERTION_TYPE, SCOPE

SKEW_SECONDS: Final = 30
"""An assertion is dated so much earlier, and a token given up so much sooner, than its times allow."""


class _SignIn(msgspec.Struct, frozen=True, tag_field="kind"):
    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class NoSignIn(_SignIn, frozen=True, tag="none"):
    """The centre asks for nothing."""


class Basic(_SignIn, frozen=True, tag="basic"):
    """A name and a password with every request."""

    user: str
    password: str


class Bearer(_SignIn, frozen=True, tag="bearer"):
    """A token somebody made by hand."""

    token: str


class ClientSecret(_SignIn, frozen=True, tag="client-secret"):
    """OAuth 2 client credentials with a shared secret."""

    token_url: str
    client_id: str
    secret: str
    scope: str = SCOPE


class DeviceKey(_SignIn, frozen=True, tag="device-key"):
    """SMART Backend Services with the key made on this device at pairing."""

    token_url: str
    client_id: str
    key_pem: str
    key_id: str = ""
    scope: str = SCOPE


SignIn: TypeAlias = NoSignIn | Basic | Bearer | ClientSecret | DeviceKey


class _TokenReply(msgspec.Struct):
    access_token: str
    token_type: str = "bearer"  # noqa: S105 - a kind, not a secret
    expires_in: float = 300


class _OAuthError(msgspec.Struct):
    error: str
    error_description: str = ""


class Tokens:
    """The Authorization header for each request, with a token fetched once and kept while it holds."""

    def __init__(self, sign_in: SignIn, transport: Transport, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._sign_in = sign_in
        self._transport = transport
        self._monotonic = monotonic
        self._token = ""
        self._until = 0.0

    def authorization(self) -> str | Trouble:
        """The header's value ("" for none), or what stood in the way of getting it."""
        match self._sign_in:
            case NoSignIn():
                return ""
            case Basic(user=user, password=password):
                return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
            case Bearer(token=token):
                return f"Bearer {token}"
            case ClientSecret() | DeviceKey():
                return self._kept(self._sign_in)

    def forget(self) -> None:
        """The centre no longer takes the token: fetch another next time."""
        self._token = ""

    def _kept(self, sign_in: ClientSecret | DeviceKey) -> str | Trouble:
        if not self._token or self._monotonic() >= self._until:
            reply = self._fetch(sign_in)
            if not isinstance(reply, _TokenReply):
                return reply
            self._token = reply.access_token
            self._until = self._monotonic() + reply.expires_in - SKEW_SECONDS
        return f"Bearer {self._token}"

    def _fetch(self, sign_in: ClientSecret | DeviceKey) -> _TokenReply | Trouble:
        assumed = self._transport.seconds_ahead or 0.0
        reply = self._ask(sign_in)
        if isinstance(reply, Refused) and abs((self._transport.seconds_ahead or 0.0) - assumed) > SKEW_SECONDS:
            # Our clock was wrong, and the refusal has just told us the right time.
            reply = self._ask(sign_in)
        return reply

    def _ask(self, sign_in: ClientSecret | DeviceKey) -> _TokenReply | Trouble:
        form = {"grant_type": "client_credentials", "scope": sign_in.scope}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if isinstance(sign_in, DeviceKey):
            server_time = time.time() + (self._transport.seconds_ahead or 0.0)
            form |= {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion(sign_in, server_time)}
        else:
            pair = f"{quote(sign_in.client_id, safe='')}:{quote(sign_in.secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        reply = self._transport.exchange(Request("POST", sign_in.token_url, headers, urlencode(form).encode()))
        return reply if isinstance(reply, Unreachable) else _token(reply)


def assertion(sign_in: DeviceKey, server_time: float) -> str:
    """A signed statement of who we are, good for under five minutes and for one use (`jti`)."""
    issued = int(server_time) - SKEW_SECONDS
    claims = {
        "iss": sign_in.client_id,
        "sub": sign_in.client_id,
        "aud": sign_in.token_url,
        "jti": str(uuid.uuid4()),
        "iat": issued,
        "exp": issued + ASSERTION_SECONDS - SKEW_SECONDS,
    }
    return jwt.encode(claims, sign_in.key_pem, ASSERTION_ALGORITHM, headers={"kid": sign_in.key_id} if sign_in.key_id else None)


def _token(reply: Reply) -> _TokenReply | Trouble:
    if reply.status == 200:
        try:
            return msgspec.json.decode(reply.body, type=_TokenReply)
        except UNREADABLE_JSON:
            return Foreign("The sign-in page of another network answered instead of the centre.")
    try:
        said = msgspec.json.decode(reply.body, type=_OAuthError)
    except UNREADABLE_JSON:
        return _refused(reply, f"Signing in failed (HTTP {reply.status}).")
    # RFC 6749 5.2: a wrong client may be told with 400.
    status = 401 if reply.status == 400 else reply.status
    return _refused(reply, said.error_description or said.error, status)


def _refused(reply: Reply, reason: str, status: int | None = None) -> Refused:
    after = retry_after_seconds(reply.headers.get("retry-after", ""), reply.headers.get("date", ""))
    return Refused(status or reply.status, reason, after)
