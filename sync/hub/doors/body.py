"""What comes in at a door: bytes within bounds, inflated if they came squeezed."""

from __future__ import annotations

import zlib

from django.http import HttpRequest

from sync import wire

GZIP = 16 + zlib.MAX_WBITS


class BodyRefused(Exception):
    """A body that is too large or cannot be read. `status` is the HTTP status, `code` FHIR's issue type."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words)
        self.status, self.code, self.words = status, code, words


def read(request: HttpRequest) -> bytes:
    """The request's body, at most wire.MAX_REQUEST_BYTES, also after inflating. Raises BodyRefused."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > wire.MAX_REQUEST_BYTES:
        raise _too_large()
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    body = request.body
    if coding in {"gzip", "x-gzip"}:
        return _inflated(body)
    if coding != "identity":
        raise BodyRefused(415, "not-supported", "Send the body plain or with gzip.")
    if len(body) > wire.MAX_REQUEST_BYTES:
        raise _too_large()
    return body


def _inflated(body: bytes) -> bytes:
    """Never inflates more than the limit, however much was promised."""
    gzip = zlib.decompressobj(GZIP)
    try:
        plain = gzip.decompress(body, wire.MAX_REQUEST_BYTES + 1)
    except zlib.error as problem:
        raise BodyRefused(400, "structure", "The body says it is gzip, but it cannot be inflated.") from problem
    if len(plain) > wire.MAX_REQUEST_BYTES:
        raise _too_large()
    if not gzip.eof:
        raise BodyRefused(400, "structure", "The body says it is gzip, but its end is missing.")
    return plain


def _too_large() -> BodyRefused:
    return BodyRefused(413, "too-long", f"The body is larger than {wire.MAX_REQUEST_BYTES} bytes. Send less at a time.")
