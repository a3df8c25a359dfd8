"""Replies that are files: one way to name and send them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, TypeAlias

from django.http import Http404, HttpRequest, HttpResponse

from sync.hub.analysis import spreadsheet, workbook
from sync.hub.doors import replies

View = Callable[..., HttpResponse]
Table: TypeAlias = Iterable[Iterable[object]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def for_programs(ability: str) -> Callable[[View], View]:
    """A program that is not signed in gets 401, not the sign-in page; one that is not able to (``read_results``) gets 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return replies.plain({"error": "Sign in first."}, 401)
            if not request.user.has_perm(f"hub.{ability}"):
                return replies.plain({"error": "Your role does not let you see this."}, 403)
            return view(request, *args, **named)

        return guarded

    return guard


for_readers = for_programs("read_results")


def attached(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """A file to keep."""
    reply = HttpResponse(content, content_type=content_type)
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def table(kind: str, name: str, tables: Mapping[str, Table]) -> HttpResponse:
    """``csv`` (the first table), ``xlsx`` (all) or ``json`` (all, a row an object). Raises Http404 for another kind."""
    match kind:
        case "csv":
            rows = next(iter(tables.values()))
            return attached(spreadsheet.table(rows), f"{name}.csv", "text/csv; charset=utf-8")
        case "xlsx":
            return attached(workbook.workbook(tables), f"{name}.xlsx", XLSX)
        case "json":
            return replies.plain({title: _objects(rows) for title, rows in tables.items()})
        case _:
            raise Http404


def _objects(rows: Table) -> list[dict[str, object]]:
    heading, *others = [list(row) for row in rows]
    return [{str(name): cell for name, cell in zip(heading, row, strict=False)} for row in others]
