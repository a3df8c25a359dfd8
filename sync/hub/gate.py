"""Before the doors: every reply gets its headers, and when too many requests wait, devices are told to come back later.

Each is told another time. A device keeps its answers and comes again by itself; a request that waits in line holds memory here
and a connection there. People's pages are let through: somebody is looking at them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kiosk.fhir import Fault, operation_outcome
from sync import wire
from sync.hub.headers import with_headers

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

LONGEST_QUEUE = 50
"""Requests that wait for one of the threads: some seconds of full batches."""
SOONEST_SECONDS: Final = 5
DOORS: Final = (wire.FHIR_BASE, wire.TOKEN_PATH, wire.PAIR_PATH, wire.REPORT_PATH)
WORDS: Final = "Many devices send at this moment. Come again later; nothing is lost."


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
            return self._inside(environ, start_response)
        outcome = operation_outcome((Fault("", "", "error", "throttled", WORDS),))
        body = msgspec.json.encode(outcome)
        headers = {
            "Content-Type": wire.FHIR_JSON,
            "Content-Length": str(len(body)),
            "Retry-After": str(come_again_seconds(in_line)),
        }
        start_response("503 Service Unavailable", list(headers.items()))
        return [body]


def come_again_seconds(in_line: int) -> int:
    """Spread over a while that grows with the line, so that those sent away do not all come back at once."""
    return SOONEST_SECONDS + random.randrange(SOONEST_SECONDS + in_line)  # noqa: S311 - no secret
