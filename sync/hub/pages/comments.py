"""People's own words, for those who may read them. Shown by month and not in the order they came (S157)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sync.hub import access, measures, surveys
from sync.hub.models import Comment, Survey
from sync.hub.pages import scope as scopes
from sync.hub.results import Scope

ON_A_PAGE = 50


@require_safe
@login_required
@permission_required("hub.read_comments", raise_exception=True)
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """Comments of a period, by question, site and whether they may be shared (S120)."""
    scope = scopes.asked_for(request, slug)
    questions = _questions(scope.survey)
    question, shared = request.GET.get("question", ""), request.GET.get("shared", "")
    found = _written(scope, [question] if question in questions else list(questions))
    found = found.filter(may_share=True) if shared else found
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "scope": scope,
        "query": scopes.query(scope),
        "periods": scopes.periods(scope),
        "sites": access.sites(request.user),
        "page": page,
        "comments": [(comment, questions[comment.link_id], comment.day.replace(day=1)) for comment in page],
        "questions": questions,
        "question": question,
        "shared": shared,
    }
    return render(request, "hub/comments.html", shown)


def _questions(survey: Survey) -> dict[str, str]:
    """Words by linkId of every question that takes own words, over all versions, the newest words first."""
    words: dict[str, str] = {}
    for version in survey.versions.defer("document"):
        for question in measures.questions(surveys.asked_in(version)):
            if measures.takes_own_words(question):
                words.setdefault(question.link_id, question.text.in_language("en"))
    return words


def _written(scope: Scope, link_ids: list[str]) -> QuerySet[Comment]:
    versions = list(scope.survey.versions.values_list("pk", flat=True))
    written = Comment.objects.filter(version_id__in=versions, link_id__in=link_ids, day__range=(scope.first, scope.last))
    written = written.filter(site=scope.site) if scope.site else written
    written = written if scope.within is None else written.filter(site__in=scope.within)
    return written.select_related("site").order_by(TruncMonth("day").desc(), "response__digest", "pk")
