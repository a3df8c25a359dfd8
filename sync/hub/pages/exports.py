"""Whole responses as a file, for the few who may; each file that is taken is written down."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sync.hub.errors import ExportRefused
from sync.hub.gate import where_it_failed
from sync.hub.pages import scope as scopes
from sync.hub.people import access, actions
from sync.hub.words import export_files, exports
from sync.hub.words.exports import Taken

log = logging.getLogger("hub")
may_export = permission_required("hub.export_responses", raise_exception=True)
KINDS: Final = {
    "csv": "CSV, one row a response. Excel and LibreOffice open it.",
    "xlsx": "Excel workbook, one row a response.",
    "json": "JSON, for programs.",
    "ndjson": "FHIR, one QuestionnaireResponse a line.",
}
AT_THE_SAME_TIME: Final = 2
"""Of the threads that answer requests so many may write a long file; the others stay for devices and people."""
BUSY: Final = "Two exports are being written already. Try again in a few minutes."
_places = threading.BoundedSemaphore(AT_THE_SAME_TIME)


@require_safe
@login_required
@may_export
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to take, and what it means to take it."""
    scope = scopes.asked_for(request, slug)
    shown = {
        "scope": scope,
        "query": scopes.query(scope),
        "periods": scopes.periods(scope),
        "sites": access.sites(request.user),
        "count": exports.count(Taken(scope)),
        "kinds": KINDS,
    }
    return render(request, "hub/exports.html", shown)


@require_POST
@login_required
@may_export
def file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The file, written while it is sent; a workbook is written to the disk first."""
    kind = request.POST.get("kind", "")
    taken = _taken(request, slug)
    if kind not in KINDS:
        return redirect("exports", slug=slug)
    if not _places.acquire(blocking=False):
        messages.error(request, BUSY)
        return redirect("exports", slug=slug)
    actions.note(request.user, _noted(taken, kind))
    reply = _reply(taken, kind)
    reply["Content-Type"] = export_files.TYPES[kind]
    reply["Content-Disposition"] = f'attachment; filename="{slug}-responses-{taken.scope.first}-to-{taken.scope.last}.{kind}"'
    return reply


def _taken(request: HttpRequest, slug: str) -> Taken:
    """What the form asks for; words as they came only for those who may read them so."""
    originals = bool(request.POST.get("originals")) and request.user.has_perm("hub.read_originals")
    return Taken(scopes.asked_for(request, slug), originals=originals, about_people=bool(request.POST.get("about_people")))


def _reply(taken: Taken, kind: str) -> HttpResponseBase:
    if kind in export_files.STREAMS:
        return StreamingHttpResponse(_Guarded(export_files.STREAMS[kind](taken)))
    try:
        return FileResponse(export_files.as_workbook(taken, Path(settings.HUB_DATA)))
    finally:
        _places.release()  # what is left to do is reading a file


class _Guarded:
    """A stream that gives its place back when it is closed, and breaks off without anybody's words in the log."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._pieces
        except Exception as problem:  # noqa: BLE001 - whatever it is, its message may quote an answer
            log.error("An export broke off: %s", where_it_failed(problem))  # noqa: TRY400
            raise ExportRefused("The export broke off. Take it again.") from None

    def close(self) -> None:
        """Whoever serves calls this at the end, also when the other side went away."""
        if self._open:
            self._open = False
            _places.release()


def _noted(taken: Taken, kind: str) -> str:
    scope = taken.scope
    where = scope.site.name if scope.site else "all sites"
    more = ", words as they came" * taken.originals + ", with answers about the person" * taken.about_people
    return f"Took responses as {kind}: {scope.survey.slug}, {scope.first} to {scope.last}, {where}{more}"
