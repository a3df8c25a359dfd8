"""The monthly report of a survey at a site: what people said, how that moves, what was changed. On a page, as PDF, by mail.

Everything in it may be shown (:mod:`sync.hub.counts.suppression`); quotes are those that were published, as their writers
allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from django.db.models import Q

from sync.hub.analysis import overview, trends
from sync.hub.analysis.good import VIEWS
from sync.hub.analysis.overview import Overview
from sync.hub.analysis.trends import Trend, Wish
from sync.hub.counts.scopes import Scope
from sync.hub.models import SaidAndDid, Site, Survey
from sync.hub.reporting import returns
from sync.hub.words import comments
from sync.hub.words.comments import Asked

QUOTES: Final = 12
CHANGES: Final = 12
MONTHS_SHOWN: Final = 13
ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Subject:
    """Which report. `within`: the ids of the sites that "all sites" means for this reader, None for every one."""

    survey: Survey
    month: date
    site: Site | None = None
    within: frozenset[int] | None = None

    @property
    def last(self) -> date:
        return returns.next_month(self.month) - timedelta(days=1)

    @property
    def scope(self) -> Scope:
        return Scope(self.survey, self.month, self.last, self.site, self.within, shown=True)


@dataclass(frozen=True, slots=True)
class Quote:
    """What one person wrote and let us show."""

    text: str
    question: str
    site: str
    language: str


@dataclass(frozen=True, slots=True)
class Change:
    """You said, we did. `site`: "" where it holds at every site."""

    said: str
    did: str
    site: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the page and the PDF show. `trend` ends with the month before today."""

    subject: Subject
    overview: Overview
    trend: Trend
    quotes: tuple[Quote, ...]
    changes: tuple[Change, ...]

    @property
    def file_name(self) -> str:
        return f"{self.subject.survey.slug}-{self.subject.month:%Y-%m}.pdf"


def of(subject: Subject, today: date) -> Report:
    """The report as it stands."""
    return Report(
        subject=subject,
        overview=overview.of(subject.scope),
        trend=trends.trend(Wish(subject.scope, VIEWS["positive"]), today),
        quotes=tuple(_quotes(subject)),
        changes=tuple(_changes(subject)),
    )


def months(today: date) -> list[date]:
    """The months a report can be read of, the newest first: this one and those of the year before."""
    found = [returns.first_of(today)]
    while len(found) < MONTHS_SHOWN:
        found.append(returns.month_before(found[-1]))
    return found


def _quotes(subject: Subject) -> Iterable[Quote]:
    questions = comments.questions(subject.survey)
    for comment in islice(comments.every(Asked(subject.scope, published=True)), QUOTES):
        yield Quote(comment.text, questions.get(comment.link_id, ""), comment.site.name, comment.language)


def _changes(subject: Subject) -> Iterable[Change]:
    """What was shown on the kiosks at some time in the month."""
    near = Q(site=subject.site) if subject.site else Q() if subject.within is None else Q(site__in=subject.within)
    shown = Q(shown_until=None) | Q(shown_until__gte=subject.month)
    rows = SaidAndDid.objects.filter(near | Q(site=None), shown, shown_from__lte=subject.last).select_related("site")
    for row in rows[:CHANGES]:
        words: Mapping[str, str] = row.words[ENGLISH]
        yield Change(words["said"], words["did"], row.site.name if row.site else "")
