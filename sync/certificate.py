"""How long the centre's certificate is still good, looked at over a connection of its own."""

import socket
import ssl
import time
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from requests.utils import get_environ_proxies

from sync.transport import tls_context

LOOK_SECONDS: Final = 10.0
DAY_SECONDS: Final = 86400


def days_left(url: str) -> int | None:
    """Whole days until the certificate ends, below 0 when it has; None: no https, not to be reached, or behind a proxy.

    One that this computer does not trust is not read: ssl says so first, as it does to the courier.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname is None or "https" in get_environ_proxies(url):
        return None
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), LOOK_SECONDS) as bare,
            tls_context().wrap_socket(bare, server_hostname=parts.hostname) as secured,
        ):
            shown = secured.getpeercert(binary_form=True)
    except (OSError, ssl.SSLError):
        return None
    return _days(shown) if shown else None


def _days(shown: bytes) -> int:
    ends = x509.load_der_x509_certificate(shown).not_valid_after_utc.timestamp()
    return int((ends - time.time()) // DAY_SECONDS)
