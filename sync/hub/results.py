"""Results of one survey in one period, added up from the tallies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from kiosk.survey import Question
from sync.hub import figures, measures, surveys
from sync.hub.figures import Code, FriendsAndFamily, QuestionFigures
from sync.hub.models import Site, Survey, SurveyVersion, Tally

USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Scope:
    """Which responses: received from `first` to `last` (London days, both included), at one site or at all."""

    survey: Survey
    first: date
    last: date
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a period says. `languages`, `ways` and `sites` are (name, responses), the most first; `days` in order of time."""

    scope: Scope
    completed: int
    stopped: int
    languages: tuple[tuple[str, int], ...]
    ways: tuple[tuple[str, int], ...]
    sites: tuple[tuple[str, int], ...]
    days: tuple[tuple[date, int], ...]
    questions: tuple[QuestionFigures, ...]

    @property
    def total(self) -> int:
        return self.completed + self.stopped

    @property
    def friends_and_family(self) -> FriendsAndFamily | None:
        """The survey's Friends and Family result; None when it does not ask the question."""
        return next((asked.friends_and_family for asked in self.questions if asked.friends_and_family), None)


def usual_period(today: date) -> tuple[date, date]:
    """The last 30 days, today included."""
    return today - timedelta(days=USUAL_DAYS - 1), today


def of(scope: Scope) -> Results:
    """The results of `scope`."""
    counted = _tallies(scope)
    by_status = dict(_summed(counted.filter(subject="status"), "code"))
    stopped = by_status.pop("stopped", 0)
    responses = counted.filter(subject="status")
    return Results(
        scope=scope,
        completed=sum(by_status.values()),
        stopped=stopped,
        languages=_most_first(_summed(responses, "language")),
        ways=_most_first(_summed(counted.filter(subject="way"), "code")),
        sites=_most_first(_summed(responses, "site__name")),
        days=tuple(sorted(_summed(responses, "day"))),
        questions=tuple(_questions(scope.survey, counted)),
    )


def responses_since(first: date) -> dict[int, int]:
    """Responses received from `first` on, by survey id."""
    counted = Tally.objects.filter(subject="status", day__gte=first)
    return dict(counted.values_list("version__survey_id").annotate(Sum("count")))


def _tallies(scope: Scope) -> QuerySet[Tally]:
    versions = list(scope.survey.versions.values_list("pk", flat=True))
    counted = Tally.objects.filter(version_id__in=versions, day__range=(scope.first, scope.last))
    return counted.filter(site=scope.site) if scope.site else counted


def _summed(counted: QuerySet[Tally], by: str) -> list[tuple[Any, int]]:
    return list(counted.values_list(by).annotate(Sum("count")).order_by())


def _most_first(sums: list[tuple[Any, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((str(name), count) for name, count in sums), key=lambda one: (-one[1], one[0])))


def _questions(survey: Survey, counted: QuerySet[Tally]) -> Iterator[QuestionFigures]:
    answered = dict(_summed(counted.filter(subject="answered"), "link_id"))
    answers: defaultdict[str, dict[Code, int]] = defaultdict(dict)
    sums = counted.filter(subject="answer").values_list("link_id", "system", "code").annotate(Sum("count")).order_by()
    for link_id, system, code, count in sums:
        answers[link_id][system, code] = count
    for question, is_asked_now in _asked(survey):
        n = answered.get(question.link_id, 0)
        if n or is_asked_now:
            yield figures.of_question(question, n, answers[question.link_id])


def _asked(survey: Survey) -> Iterator[tuple[Question, bool]]:
    """The questions of the newest version, then those that only older ones asked; and whether it is asked now."""
    known: set[str] = set()
    versions = survey.versions.defer("document").order_by("-state", "-added_at", "-pk")
    ordered = sorted(versions, key=lambda version: version.state != SurveyVersion.State.ACTIVE)
    for position, version in enumerate(ordered):
        for question in measures.questions(surveys.asked_in(version)):
            if question.link_id not in known and not question.hidden:
                known.add(question.link_id)
                yield question, position == 0
