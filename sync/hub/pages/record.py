"""What staff did: looked through by words, person and days, and taken out as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sync.hub.analysis import spreadsheet
from sync.hub.models import StaffAction
from sync.hub.people import actions

COMMAND = "command"
"""Who did it, where nobody was signed in."""

may_read = permission_required("hub.read_staff_actions", raise_exception=True)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty means everything."""

    words: str = ""
    who: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> str:
        """The same search in an address."""
        dates = {"from": self.first and self.first.isoformat(), "to": self.last and self.last.isoformat()}
        return urlencode({name: value for name, value in ({"words": self.words, "who": self.who} | dates).items() if value})


def asked_for(request: HttpRequest) -> Search:
    """``?words=code&who=3&from=2026-11-01&to=2026-11-30``. What cannot be read is passed over."""
    given = request.GET
    who = given.get("who", "")
    known = who if who == COMMAND or (who.isdecimal() and len(who) < 18) else ""
    return Search(given.get("words", "").strip().replace("\0", ""), known, _date(given.get("from")), _date(given.get("to")))


def found(search: Search) -> QuerySet[StaffAction]:
    """What fits, the newest first. Days are whole and in the hub's own time."""
    rows = StaffAction.objects.select_related("who")
    if search.words:
        rows = rows.filter(what__icontains=search.words)
    if search.who:
        rows = rows.filter(who=None) if search.who == COMMAND else rows.filter(who_id=int(search.who))
    if search.first:
        rows = rows.filter(at__gte=_midnight(search.first))
    if search.last and search.last < date.max:
        rows = rows.filter(at__lt=_midnight(search.last + timedelta(days=1)))
    return rows


@require_safe
@login_required
@may_read
def staff_actions(request: HttpRequest) -> HttpResponse:
    """What staff did, the newest first."""
    search = asked_for(request)
    page = Paginator(found(search), 100).get_page(request.GET.get("page"))
    shown = {"page": page, "search": search, "query": search.query, "people": User.objects.order_by("username")}
    return render(request, "hub/staff_actions.html", shown)


@require_safe
@login_required
@may_read
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    search = asked_for(request)
    rows = ((f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S}", one.who or "", one.what) for one in found(search).iterator())
    text = spreadsheet.table([("When", "Who", "What"), *((when, str(who), what) for when, who, what in rows)])
    actions.note(request.user, "Downloaded what staff did")
    reply = HttpResponse(text, content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = 'attachment; filename="staff-actions.csv"'
    return reply


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
