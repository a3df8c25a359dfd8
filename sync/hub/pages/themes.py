"""What comments are about, counted in a period; themes renamed and put together."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sync.hub.errors import ThemeRefused
from sync.hub.models import Survey, Theme
from sync.hub.pages import scope as scopes
from sync.hub.pages.comments import may_read, periods, whole_months
from sync.hub.pages.one_comment import may_redact
from sync.hub.people import access, actions
from sync.hub.words import themes as rules


@require_safe
@login_required
@may_read
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every theme with its comments of the period, the most first."""
    scope = whole_months(scopes.asked_for(request, slug))
    shown = {
        "scope": scope,
        "query": scopes.query(scope),
        "periods": periods(scope),
        "sites": access.sites(request.user),
        "counts": rules.counts(scope),
    }
    return render(request, "hub/themes.html", shown)


@require_POST
@login_required
@may_redact
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Another name for a theme."""
    theme = _theme(request, "theme")
    before = theme.name
    try:
        after = rules.rename(theme, request.POST.get("name", ""))
    except ThemeRefused as problem:
        messages.error(request, str(problem))
    else:
        actions.note(request.user, f"Renamed the theme {before} to {after}")
        messages.success(request, f"The theme {before} is called {after} now.")
    return _back(slug)


@require_POST
@login_required
@may_redact
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Put one theme into another."""
    theme, into = _theme(request, "theme"), _theme(request, "into")
    name = theme.name
    try:
        rules.merge(theme, into)
    except ThemeRefused as problem:
        messages.error(request, str(problem))
    else:
        actions.note(request.user, f"Put the theme {name} into {into}")
        messages.success(request, f"All comments about {name} are about {into} now.")
    return _back(slug)


def _theme(request: HttpRequest, field: str) -> Theme:
    number = request.POST.get(field, "")
    return get_object_or_404(Theme, pk=int(number) if number.isdecimal() and len(number) < 18 else 0)


def _back(slug: str) -> HttpResponse:
    return redirect("themes", slug=get_object_or_404(Survey, slug=slug).slug)
