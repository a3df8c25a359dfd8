"""People's own words, for those who may read them. Shown by month and not in the order they came (S157)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kiosk.languages import language
from sync.hub import surveys
from sync.hub.counts.scopes import Scope, end_of_month
from sync.hub.models import Comment, Theme
from sync.hub.pages import scope as scopes
from sync.hub.people import access
from sync.hub.texts import storable
from sync.hub.words import comments as rules, warnings
from sync.hub.words.comments import COUNTED, Asked

may_read = permission_required("hub.read_comments", raise_exception=True)
ORDERS: Final = {"month": "Newest month first", "worst": "Worst answers first", "best": "Best answers first"}
OVERALL: Final = {
    "very-good": "Very good",
    "good": "Good",
    "neither": "Neither good nor poor",
    "poor": "Poor",
    "very-poor": "Very poor",
    "dont-know": "Don’t know",
}
NO_OVERALL: Final = "No overall answer"


@dataclass(frozen=True, slots=True)
class Shown:
    """One comment as it is shown to people."""

    comment: Comment
    question: str
    month: date
    overall: str
    warnings: list[str]


@require_safe
@login_required
@may_read
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the comments that are asked for (S120)."""
    scope = whole_months(scopes.asked_for(request, slug))
    questions = rules.questions(scope.survey)
    asked = _asked(request, scope, questions)
    page = rules.page(asked, request.GET.get("after", ""))
    shown = {
        "scope": scope,
        "asked": asked,
        "query": scopes.query(scope),
        "filters": _query(asked),
        "periods": periods(scope),
        "sites": access.sites(request.user),
        "page": page,
        "more_than": COUNTED,
        "comments": [shown_as(comment, questions) for comment in page.comments],
        "questions": questions,
        "overalls": OVERALL,
        "orders": ORDERS,
        "languages": _languages(scope),
        "themes": Theme.objects.all(),
        "begun": bool(request.GET.get("after")),
    }
    return render(request, "hub/comments.html", shown)


def shown_as(comment: Comment, questions: dict[str, str]) -> Shown:
    """A comment with its question, month and overall answer in words."""
    overall = OVERALL.get(comment.overall, NO_OVERALL)
    question = questions.get(comment.link_id, comment.link_id)
    return Shown(comment, question, comment.day.replace(day=1), overall, warnings.in_words(comment.warnings))


def whole_months(scope: Scope) -> Scope:
    """The months that `scope` touches: a day would point at who was here (S157)."""
    return replace(scope, first=scope.first.replace(day=1), last=end_of_month(scope.last))


def periods(scope: Scope) -> list[scopes.Period]:
    """This month, last month, the last three and the last twelve."""
    this = timezone.localdate().replace(day=1)
    before = this - timedelta(days=1)
    named = {
        "This month": (this, this),
        "Last month": (before, before),
        "Last 3 months": (_months_before(this, 2), this),
        "Last 12 months": (_months_before(this, 11), this),
    }
    widened = {name: whole_months(replace(scope, first=first, last=last)) for name, (first, last) in named.items()}
    return [scopes.Period(name, scopes.query(one), one == scope) for name, one in widened.items()]


def _months_before(month: date, count: int) -> date:
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def _asked(request: HttpRequest, scope: Scope, questions: dict[str, str]) -> Asked:
    """What the address asks for; what is not known is passed over."""
    given = request.GET
    question, overall, order = given.get("question", ""), given.get("overall", ""), given.get("by", "")
    theme = given.get("theme", "")
    return Asked(
        scope,
        words=storable(given.get("words", ""), 200).strip(),
        question=question if question in questions else "",
        overall=overall if overall in OVERALL else "",
        language=storable(given.get("language", ""), 35),
        theme=int(theme) if theme.isdecimal() and len(theme) < 18 else None,
        shared=bool(given.get("shared")),
        warned=bool(given.get("warned")),
        published=bool(given.get("published")),
        order=order if order in rules.ORDERS else "month",
    )


def _query(asked: Asked) -> str:
    """The same filters as a query, for the next page."""
    named = {
        "words": asked.words,
        "question": asked.question,
        "overall": asked.overall,
        "language": asked.language,
        "theme": asked.theme,
        "shared": "yes" if asked.shared else "",
        "warned": "yes" if asked.warned else "",
        "published": "yes" if asked.published else "",
        "by": asked.order if asked.order != "month" else "",
    }
    return "&".join(
        [scopes.query(asked.scope), *([urlencode(kept)] if (kept := {k: v for k, v in named.items() if v}) else [])]
    )


def _languages(scope: Scope) -> list[tuple[str, str]]:
    """The languages that the survey is asked in, over its versions, by their English names."""
    tags = {tag for version in scope.survey.versions.defer("document") for tag in surveys.asked_in(version).languages}
    return sorted(((tag, language(tag).english_name) for tag in tags), key=lambda one: one[1])
