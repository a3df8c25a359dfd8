"""The narrow seam to the network: one request in, one reply or :class:`Unreachable` out. TLS is always checked."""

import ipaddress
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter

from sync.errors import AddressRefused
from sync.outcomes import Unreachable
from sync.pace import http_date

CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 60.0
WHOLE_SECONDS: Final = 180.0
MAX_REPLY_BYTES: Final = 20_000_000
CHUNK_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. The body and the headers may hold answers and secrets, so neither shows in a `repr`."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, its headers by lower-case name."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


class Transport(Protocol):
    """Anything that carries a request. `seconds_ahead`: the server's clock against ours, None before its first reply."""

    @property
    def seconds_ahead(self) -> float | None: ...

    def exchange(self, request: Request) -> Reply | Unreachable: ...

    def close(self) -> None: ...


SessionFactory: TypeAlias = Callable[[], requests.Session]


class TrustStoreAdapter(HTTPAdapter):
    """Certificates are checked against the operating system's own store, where a hospital keeps its authority."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Every connection uses one truststore context."""
        super().init_poolmanager(*arguments, ssl_context=tls_context(), **options)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """As above, through a proxy."""
        return super().proxy_manager_for(proxy, ssl_context=tls_context(), **options)

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:  # noqa: ARG002 - requests' signature
        """Leave the context's store alone: requests would add its own list of authorities. There is no way to say no."""
        if url.lower().startswith("https"):
            conn.cert_reqs = "CERT_REQUIRED"

    def build_connection_pool_key_attributes(self, request: Any, verify: bool | str, cert: Any = None) -> Any:  # noqa: ARG002
        """As above, for the requests of today."""
        host, pool = super().build_connection_pool_key_attributes(request, verify=True)
        pool.pop("ca_certs", None)
        pool.pop("ca_cert_dir", None)
        return host, {**pool, "cert_reqs": "CERT_REQUIRED"}


def tls_context() -> ssl.SSLContext:
    """TLS 1.2 or later, checked against this computer's own store (S159)."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def open_session() -> requests.Session:
    """A session with truststore, and proxies from the environment as the site has set them."""
    session = requests.Session()
    session.mount("https://", TrustStoreAdapter())
    return session


class HttpTransport:
    """Requests over HTTP. Redirects are never followed: the address is the one the device was paired with."""

    def __init__(self, session_factory: SessionFactory = open_session) -> None:
        self._open_session = session_factory
        self._session: requests.Session | None = None
        self._local: requests.Session | None = None
        self.seconds_ahead: float | None = None

    def exchange(self, request: Request) -> Reply | Unreachable:
        """Send and read the whole reply. AddressRefused for an address that is neither https nor this computer."""
        try:
            with self._session_for(request.url).request(
                request.method,
                request.url,
                data=request.body,
                headers=dict(request.headers),
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
                auth=_as_given,
            ) as response:
                body = _read(response)
        except (requests.RequestException, OSError) as error:
            return _unreachable(error)
        self._note_date(response.headers.get("Date", ""))
        return Reply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body)

    def close(self) -> None:
        """Close the connections; the next exchange opens new ones."""
        for session in (self._session, self._local):
            if session is not None:
                session.close()
        self._session = self._local = None

    def _session_for(self, url: str) -> requests.Session:
        check_address(url)
        if is_loopback(url):
            self._local = self._local or self._open_session()
            # No proxy stands between this computer and itself.
            self._local.trust_env = False
            return self._local
        self._session = self._session or self._open_session()
        return self._session

    def _note_date(self, header: str) -> None:
        at = http_date(header)
        if at is not None:
            self.seconds_ahead = at - time.time()


def _as_given(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Our Authorization header as it is: without an `auth`, requests replaces it by what a .netrc file says."""
    return request


def _read(response: requests.Response) -> bytes:
    """The body, within a size and a time: a reply that drips for ever must not keep the courier."""
    deadline = time.monotonic() + WHOLE_SECONDS
    body = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        body += chunk
        if len(body) > MAX_REPLY_BYTES or time.monotonic() > deadline:
            raise requests.ConnectionError("The reply does not end.")
    return bytes(body)


def _unreachable(error: BaseException) -> Unreachable:
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return Unreachable("The centre's certificate is not one this computer trusts.", certificate=True)
    if isinstance(error, requests.Timeout):
        return Unreachable("The centre did not answer in time.")
    if isinstance(error, requests.exceptions.ProxyError):
        return Unreachable("The proxy did not let us through.")
    return Unreachable("There is no connection to the centre.")


def _causes(error: BaseException | None) -> list[BaseException]:
    """The error and everything inside it: urllib3 keeps the first cause in `reason` or among the arguments."""
    found: list[BaseException] = []
    ahead: list[Any] = [error]
    while ahead:
        one = ahead.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            ahead += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found


def check_address(url: str) -> None:
    """AddressRefused unless `url` is https, or plain http to this computer itself."""
    scheme = urlsplit(url).scheme
    if not urlsplit(url).hostname or not (scheme == "https" or (scheme == "http" and is_loopback(url))):
        raise AddressRefused(url)


def is_loopback(url: str) -> bool:
    """Whether the address is this computer's own: localhost, 127.0.0.0/8 or ::1."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
