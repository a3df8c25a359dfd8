"""Around every request: strict headers, and failures that are logged without anybody's words.

An exception's message may quote what a patient wrote, so only its type and the lines it passed through are logged.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sync import wire
from sync.hub.doors import replies
from sync.hub.gate import come_again_seconds
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
        log.error("%s %s failed: %s", request.method, request.path, where_it_failed(exception))
        if isinstance(exception, OperationalError):
            return _database_away()
        if request.path.startswith(f"{wire.FHIR_BASE}/") or request.path == wire.FHIR_BASE:
            return replies.refused(500, "exception", "The hub has a fault of its own. Send again later.")
        return render(request, "500.html", status=500)


def _database_away() -> HttpResponse:
    """Locked for too long, restarted, out of room: it may be well again soon."""
    reply = replies.refused(503, "transient", "The hub's database is busy or away. Send again later.")
    reply["Retry-After"] = str(come_again_seconds(0))
    return reply


def where_it_failed(exception: BaseException) -> str:
    """The exception's type and the lines it came through; never its message."""
    frames = traceback.extract_tb(exception.__traceback__)[-6:]
    return f"{type(exception).__name__} at " + " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
