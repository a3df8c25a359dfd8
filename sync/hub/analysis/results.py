"""Results of one survey in one period, added up from the sheets of counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.survey import Question
from sync.hub import surveys
from sync.hub.analysis import figures
from sync.hub.analysis.figures import FriendsAndFamily, QuestionFigures
from sync.hub.counts import measures, sheets
from sync.hub.counts.scopes import Scope
from sync.hub.counts.sheets import Asked, Counts, Headline
from sync.hub.models import Site, Survey, SurveyVersion

__all__ = ["Results", "Scope", "of", "usual_period"]
USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Results:
    """What a period says. `languages`, `ways` and `sites` are (name, responses), the most first; `days` in order of time."""

    scope: Scope
    counts: Counts
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
    counted = sheets.counted(scope)
    stopped = counted.status.get("stopped", 0)
    return Results(
        scope=scope,
        counts=counted,
        completed=counted.headline.n - stopped,
        stopped=stopped,
        languages=_most_first(counted.languages.items()),
        ways=_most_first(counted.ways.items()),
        sites=_most_first(_by_site_name(counted.by_site)),
        days=tuple(sheets.people_by_day(scope).items()),
        questions=tuple(_questions(scope, counted.questions)),
    )


def _by_site_name(headlines: Mapping[int, Headline]) -> Iterator[tuple[str, int]]:
    names = Site.objects.in_bulk(list(headlines))
    return ((names[site].name, headline.n) for site, headline in headlines.items())


def _most_first(sums: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(sums, key=lambda one: (-one[1], one[0])))


def _questions(scope: Scope, counted: Mapping[str, Asked]) -> Iterator[QuestionFigures]:
    """Without the equality questions where only what may be shown counts: they are shown by their groups."""
    for question, is_asked_now in _asked(scope.survey):
        if scope.shown and measures.codes(question, measures.CHARACTERISTIC):
            continue
        asked = counted.get(question.link_id, Asked())
        if asked.n or is_asked_now:
            yield figures.of_question(question, asked.n, asked.codes)


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
