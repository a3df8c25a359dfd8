"""The monthly Friends and Family return: what to report, what came on paper, and when it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sync.hub.analysis import spreadsheet
from sync.hub.counts import measures
from sync.hub.counts.measures import CAVEAT
from sync.hub.errors import ReturnRefused
from sync.hub.models import MonthReturn, OtherMethod, Site
from sync.hub.people import access, actions
from sync.hub.reporting import methods, returns
from sync.hub.templatetags.hub_words import FFT_WORDS

MONTHS_SHOWN = 13
MOST_IN_A_MONTH = 1_000_000
may_send = permission_required("hub.send_returns", raise_exception=True)


@dataclass(frozen=True, slots=True)
class Month:
    """One month in the list of returns."""

    first: date
    due: date
    sent: MonthReturn | None
    is_over: bool
    is_late: bool


class Entry(forms.Form):
    """What came by one other method in a month."""

    method = forms.ChoiceField(label="How people answered")

    def __init__(self, *args: Any, known: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"] = forms.ChoiceField(label="How people answered", choices=list(known.items()))
        for code in measures.FFT_CODES:
            self.fields[code] = forms.IntegerField(
                label=FFT_WORDS[code],
                min_value=0,
                max_value=MOST_IN_A_MONTH,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
            )


@require_safe
@login_required
@may_send
def listing(request: HttpRequest) -> HttpResponse:
    """The months of the last year, the newest first: sent, due or late."""
    site, today = _site(request), timezone.localdate()
    sent = {one.month: one for one in MonthReturn.objects.filter(site=site).select_related("sent_by")}
    months = [_month(month, sent.get(month), today) for month in _months(today)]
    return render(request, "hub/returns.html", _shown(request, site) | {"months": months})


@require_safe
@login_required
@may_send
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month's figures, exact; the form for what came another way; and the button that closes it."""
    return _page(request, _first(month), _site(request))


@require_POST
@login_required
@may_send
def enter(request: HttpRequest, month: str) -> HttpResponse:
    """Keep what came by one other method."""
    first, site = _first(month), _site(request)
    if site is None:
        raise Http404
    form = Entry(request.POST, known=_other_methods(site))
    if not form.is_valid():
        return _page(request, first, site, form)
    method = form.cleaned_data["method"]
    counts = {code: form.cleaned_data[code] or 0 for code in measures.FFT_CODES}
    try:
        returns.enter(returns.Other(first, site, method, counts), _who(request), timezone.now())
    except ReturnRefused as problem:
        messages.error(request, str(problem))
    else:
        actions.note(request.user, f"Entered {sum(counts.values())} answers by {method} for {first:%B %Y}, {site}")
        messages.success(request, f"{_other_methods(site)[method]}: {sum(counts.values())} answers are in the return.")
    return redirect(_address(first, site))


@require_POST
@login_required
@may_send
def sent(request: HttpRequest, month: str) -> HttpResponse:
    """Close the month: its figures stay as they were sent."""
    first, site = _first(month), _site(request)
    try:
        returns.mark_as_sent(first, site, _who(request), timezone.now(), timezone.localdate())
    except ReturnRefused as problem:
        messages.error(request, str(problem))
    else:
        actions.note(request.user, f"Marked the return of {first:%B %Y} as sent, {site or 'all sites'}")
        messages.success(request, f"{first:%B %Y} is marked as sent. Its figures stay as they are now.")
    return redirect(_address(first, site))


@require_safe
@login_required
@may_send
def as_csv(request: HttpRequest, month: str) -> HttpResponse:
    """The return as a table for a spreadsheet."""
    found = returns.of(_first(month), _site(request))
    reply = HttpResponse(spreadsheet.table(_rows(found)), content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="friends-and-family-{found.month:%Y-%m}.csv"'
    return reply


def _page(request: HttpRequest, first: date, site: Site | None, form: Entry | None = None) -> HttpResponse:
    found, known = returns.of(first, site), _methods(site)
    entered = OtherMethod.objects.filter(month=first, site=site) if site else OtherMethod.objects.none()
    chosen = next((one for one in entered if one.method == request.GET.get("method")), None)
    kept = {"method": chosen.method, **chosen.counts} if chosen else {}
    locked = site is not None and returns.is_locked(first, site)
    shown = _shown(request, site) | {
        "found": found,
        "answers": [(FFT_WORDS[code], count) for code, count in found.answers.items()],
        "methods": [(known.get(code, code), count) for code, count in _in_order(found.methods, known)],
        "entered": [(one, known.get(one.method, one.method), sum(one.counts.values())) for one in entered],
        "form": None if locked or site is None else form or Entry(initial=kept, known=_other_methods(site)),
        "month": _month(first, found.sent, timezone.localdate()),
        "locked_by_all": locked and found.sent is None,
        "caveat": CAVEAT,
    }
    return render(request, "hub/return.html", shown, status=400 if form else 200)


def _shown(request: HttpRequest, site: Site | None) -> dict[str, Any]:
    sites, everywhere = access.sites(request.user), access.reach(request.user) is None
    return {"site": site, "sites": sites, "sees_all": everywhere, "query": urlencode({"site": site.pk}) if site else ""}


def _site(request: HttpRequest) -> Site | None:
    """The site that is asked for; None for all of them, which only those may see who see every site."""
    asked = request.GET.get("site", "")
    mine = access.sites(request.user)
    found = mine.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    if found is None and asked:
        raise Http404
    if found is None and access.reach(request.user) is not None:
        found = mine.first()
        if found is None:
            raise Http404
    return found


def _first(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as wrong:
        raise Http404 from wrong


def _months(today: date) -> Iterator[date]:
    month = returns.first_of(today)
    for _ in range(MONTHS_SHOWN):
        yield month
        month = returns.month_before(month)


def _month(first: date, sent: MonthReturn | None, today: date) -> Month:
    due, is_over = returns.due(first), returns.next_month(first) <= today
    return Month(first, due, sent, is_over, is_late=is_over and sent is None and today > due)


def _methods(site: Site | None) -> dict[str, str]:
    body = site.organisation if site else None
    return methods.words_of(body.return_list, body.method_words) if body else dict(methods.GENERAL_PRACTICE)


def _other_methods(site: Site) -> dict[str, str]:
    """Those that staff enter: all but the kiosks, which count by themselves."""
    return {code: words for code, words in _methods(site).items() if code != methods.KIOSK}


def _in_order(counted: dict[str, int], known: dict[str, str]) -> list[tuple[str, int]]:
    """Every method of the list, those nobody used too; then what else was counted."""
    return [(code, counted.get(code, 0)) for code in (*known, *(code for code in counted if code not in known))]


def _rows(found: returns.Figures) -> Iterator[list[object]]:
    known, shares = _methods(found.site), found.percentages
    yield ["Friends and Family return", f"{found.month:%Y-%m}", found.site.name if found.site else "All sites"]
    yield ["Answer", "Code", "Count"]
    for code, count in found.answers.items():
        yield [FFT_WORDS[code], code, count]
    yield ["Method", "Code", "Count"]
    for code, count in _in_order(found.methods, known):
        yield [known.get(code, code), code, count]
    yield ["Positive percent", "", shares.positive_percent]
    yield ["Negative percent", "", shares.negative_percent]
    yield [CAVEAT]


def _address(first: date, site: Site | None) -> str:
    address = reverse("return", args=[f"{first:%Y-%m}"])
    return f"{address}?site={site.pk}" if site else address


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required came before
    return request.user
