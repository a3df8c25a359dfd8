"""Before the doors: every reply gets its headers, and when too many requests wait, devices are told to come back later.

Each is told another time. A device keeps its answers and comes again by itself; a request that waits in line holds memory here
and a connection there. People's pages are let through: somebody is looking at them.
"""

from __future__ import annotations

import logging
import random
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kiosk.fhir import Fault, operation_outcome
from sync import wire
from sync.hub.headers import with_headers

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

log = logging.getLogger("hub")

LONGEST_QUEUE = 50
"""Requests that wait for one of the threads: some seconds of full batches."""
SOONEST_SECONDS: Final = 5
DOORS: Final = (wire.FHIR_BASE, wire.TOKEN_PATH, wire.PAIR_PATH, wire.REPORT_PATH)
WORDS: Final = "Many devices send at this moment. Come again later; nothing is lost."
OWN_FAULT: Final = "The hub has a fault of its own. Send again later."


class Gate:
    """A WSGI application around `inside`. `waiting`, set once there is a server, tells how many requests are in line."""

    def __init__(self, inside: WSGIApplication) -> None:
        self._inside = inside
        self.waiting: Callable[[], int] = lambda: 0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *problem: Any) -> Callable[[bytes], object]:
            return start_response(status, with_headers(headers), *problem)

        return self._answer(environ, start)

    def _answer(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        in_line = self.waiting()
        if in_line <= LONGEST_QUEUE or not str(environ.get("PATH_INFO", "")).startswith(DOORS):
            return self._through(environ, start_response)
        body = _outcome("throttled", WORDS)
        headers = [*_of_body(body), ("Retry-After", str(come_again_seconds(in_line)))]
        start_response("503 Service Unavailable", headers)
        return [body]

    def _through(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """What is inside, even where a fault escapes all that stands there: the server's own log would quote its message."""
        try:
            return self._inside(environ, start_response)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is told without anybody's words
            what = f"{environ.get('REQUEST_METHOD')} {environ.get('PATH_INFO')!r}"
            log.error("%s failed: %s", what, where_it_failed(problem))  # noqa: TRY400 - the traceback would quote its message
            body = _outcome("exception", OWN_FAULT)
            start_response("500 Internal Server Error", _of_body(body), sys.exc_info())
            return [body]


def _outcome(code: str, words: str) -> bytes:
    return msgspec.json.encode(operation_outcome((Fault("", "", "error", code, words),)))


def _of_body(body: bytes) -> list[tuple[str, str]]:
    return [("Content-Type", wire.FHIR_JSON), ("Content-Length", str(len(body)))]


def where_it_failed(exception: BaseException) -> str:
    """The exception's type and the lines it came through; never its message."""
    frames = traceback.extract_tb(exception.__traceback__)[-6:]
    return f"{type(exception).__name__} at " + " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))


def come_again_seconds(in_line: int) -> int:
    """Spread over a while that grows with the line, so that those sent away do not all come back at once."""
    return SOONEST_SECONDS + random.randrange(SOONEST_SECONDS + in_line)  # noqa: S311 - no secret
