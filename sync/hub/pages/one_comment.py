"""One comment: what may point at a person is marked, and staff take it out, tag it, and let others read it or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sync.hub.errors import HubError, RedactionRefused
from sync.hub.models import Comment, Theme
from sync.hub.pages.comments import may_read, shown_as
from sync.hub.people import access, actions
from sync.hub.taking_in import marks
from sync.hub.texts import storable
from sync.hub.words import comments as rules, redacting, themes

may_redact = permission_required("hub.redact_comments", raise_exception=True)
may_read_originals = permission_required("hub.read_originals", raise_exception=True)
Change = Callable[[HttpRequest, Comment], tuple[str, str]]
"""Changes a comment; what is written in the record of staff (no patient's words, S161), and what is said to the person."""


@require_safe
@login_required
@may_read
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment, with what can be done with it."""
    return _page(request, _within_reach(request, pk))


@require_POST
@login_required
@may_read
@may_read_originals
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment with the words as they came; that somebody looked is written down."""
    comment = _within_reach(request, pk)
    actions.note(request.user, f"Read comment {pk} as it came")
    return _page(request, comment, original=comment.original)


def _page(request: HttpRequest, comment: Comment, **more: object) -> HttpResponse:
    shown = {
        "shown": shown_as(comment, rules.questions(comment.version.survey)),
        "comment": comment,
        "survey": comment.version.survey,
        "parts": _numbered(marks.parts(comment.text)),
        "seen": marks.digest(comment.text),
        "marks": marks.MARK_NAMES,
        "all_marks": marks.ALL_MARKS,
        "themes": Theme.objects.exclude(comments=comment),
    }
    return render(request, "hub/comment.html", shown | more)


def _numbered(parts: list[marks.Part]) -> list[tuple[marks.Part, int]]:
    """Each part; those that may point at a person with their number, from 1."""
    number, found = 0, []
    for part in parts:
        number += part.kind is not None
        found.append((part, number))
    return found


def _within_reach(request: HttpRequest, pk: int) -> Comment:
    known = Comment.objects.select_related("site", "version__survey", "redacted_by").defer("version__document")
    return get_object_or_404(access.within_reach(known, request.user), pk=pk)


def _changing(change: Change, guard: Callable[..., Any] = may_redact) -> Any:
    """A page by POST that makes one change, or says why not."""

    @require_POST
    @login_required
    @guard
    @wraps(change)
    def changed(request: HttpRequest, pk: int) -> HttpResponse:
        comment = _within_reach(request, pk)
        try:
            noted, said = change(request, comment)
        except HubError as problem:
            messages.error(request, str(problem))
        else:
            actions.note(request.user, noted)
            messages.success(request, said)
        return redirect("comment", pk=pk)

    return changed


def _redact(request: HttpRequest, comment: Comment) -> tuple[str, str]:
    before = marks.plain(comment.text)
    typed = request.POST.get("text")
    after = _chosen(request, comment) if typed is None else marks.plain(storable(typed))
    assert request.user.is_authenticated  # noqa: S101 - the page asks for sign-in
    redacting.redact(comment.pk, request.POST.get("seen", ""), after, request.user)
    count = sum(after.count(mark) - before.count(mark) for mark in marks.ALL_MARKS)
    return f"Took parts out of comment {comment.pk}: {count}", "What you chose was taken out."


def _chosen(request: HttpRequest, comment: Comment) -> str:
    """The words without what was ticked and without what was typed, one a line."""
    ticked = {int(number) for number in request.POST.getlist("part") if number.isdecimal() and len(number) < 6}
    suggested = marks.suggested(comment.text)
    mark = marks.MARK_NAMES.get(request.POST.get("mark", ""), marks.OTHER_MARK)
    lines = [line.strip() for line in storable(request.POST.get("words", ""), 2000).splitlines()]
    chosen = [caution for number, caution in enumerate(suggested, 1) if number in ticked]
    if marks.digest(comment.text) != request.POST.get("seen", ""):
        raise RedactionRefused(redacting.CHANGED_MEANWHILE)
    return marks.plain(marks.without(comment.text, chosen, [(line, mark) for line in lines if line]))


def _undo(_: HttpRequest, comment: Comment) -> tuple[str, str]:
    redacting.undo(comment.pk)
    return f"Put comment {comment.pk} back as it came", "The words are as they came."


def _looked_at(_: HttpRequest, comment: Comment) -> tuple[str, str]:
    redacting.looked_at(comment.pk)
    return f"Closed the warnings of comment {comment.pk}", "The warnings are closed."


def _publish(_: HttpRequest, comment: Comment) -> tuple[str, str]:
    redacting.publish(comment.pk)
    return f"Published comment {comment.pk}", "The words are among the quotes now."


def _unpublish(_: HttpRequest, comment: Comment) -> tuple[str, str]:
    redacting.unpublish(comment.pk)
    return f"Took comment {comment.pk} back from the quotes", "The words are no quote any more."


def _tag(request: HttpRequest, comment: Comment) -> tuple[str, str]:
    typed, chosen = request.POST.get("name", ""), request.POST.get("theme", "")
    theme = themes.named(typed) if typed.strip() or not chosen else get_object_or_404(Theme, pk=_number(chosen))
    themes.tag(comment, theme)
    return f"Tagged comment {comment.pk} with the theme {theme}", f"This comment is about {theme} now."


def _untag(request: HttpRequest, comment: Comment) -> tuple[str, str]:
    theme = get_object_or_404(Theme, pk=_number(request.POST.get("theme", "")))
    themes.untag(comment, theme)
    return f"Took the theme {theme} from comment {comment.pk}", f"This comment is not about {theme} any more."


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


redact = _changing(_redact)
undo = _changing(_undo, may_read_originals)
looked_at = _changing(_looked_at)
publish = _changing(_publish)
unpublish = _changing(_unpublish)
tag = _changing(_tag)
untag = _changing(_untag)
