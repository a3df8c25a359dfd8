"""Around every request: strict headers, and failures that are logged without anybody's words.

An exception's message may quote what a patient wrote, so only its type and the lines it passed through are logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sync import wire
from sync.hub.doors import replies
from sync.hub.gate import OWN_FAULT, come_again_seconds, where_it_failed
from sync.hub.headers import HEADERS, UNKEPT

log = logging.getLogger("hub")


class Guard:
    """Django middleware: the outermost one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reply = self._get_response(request)
        for name, value in (HEADERS | UNKEPT).items():
            reply.headers.setdefault(name, value)
        return reply

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404 | PermissionDenied | SuspiciousOperation):
            return None
        log.error("%s %r failed: %s", request.method, request.path, where_it_failed(exception))
        if isinstance(exception, OperationalError):
            return _database_away()
        if request.path.startswith(f"{wire.FHIR_BASE}/") or request.path == wire.FHIR_BASE:
            return replies.refused(500, "exception", OWN_FAULT)
        return render(request, "500.html", status=500)


def _database_away() -> HttpResponse:
    """Locked for too long, restarted, out of room: it may be well again soon."""
    reply = replies.refused(503, "transient", "The hub's database is busy or away. Send again later.")
    reply["Retry-After"] = str(come_again_seconds(0))
    return reply
