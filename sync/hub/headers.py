"""What every reply of the hub says to a browser, good or bad: nothing from elsewhere, in nobody's frame, nothing guessed.

Three makers of replies ask here: Django (:mod:`sync.hub.guard`), what stands before it (:mod:`sync.hub.gate`), and the server
itself, for what never was a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
UNKEPT: Final = {"Cache-Control": "no-store"}
"""For what says nothing else of how long it may be kept."""


def with_headers(said: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """These headers and those of ours that are not among them."""
    said = list(said)
    names = {name.lower() for name, _ in said}
    return said + [(name, value) for name, value in (HEADERS | UNKEPT).items() if name.lower() not in names]


class SternTask(ErrorTask):  # type: ignore[misc] # waitress has no types
    """What the server says to what is no request."""

    def execute(self) -> None:
        self.response_headers.extend(with_headers([]))
        super().execute()


class SternChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose errors have our headers too."""

    error_task_class = SternTask
