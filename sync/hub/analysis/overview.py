"""What the results page shows, from what may be shown: the same figures from several sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sync.hub.analysis import good, results, sentences
from sync.hub.analysis.figures import QuestionFigures
from sync.hub.analysis.good import Part, View
from sync.hub.analysis.results import Results
from sync.hub.counts import measures, sheets
from sync.hub.counts.counting import LANGUAGE, WAY
from sync.hub.counts.scopes import Scope
from sync.hub.counts.sheets import Counts, Group
from sync.hub.counts.suppression import NOT_SAID, OTHERS
from sync.hub.models import Site

POSITIVE = good.VIEWS["positive"]


@dataclass(frozen=True, slots=True)
class Row:
    """A name, how many people, and the good part of them. `key` is its code or id."""

    key: str
    n: int
    good: Part
    query: str = ""
    """For a site: the address of its own results."""


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """Evidence for one of the key questions of the Care Quality Commission (S118)."""

    name: str
    rows: tuple[tuple[View, Part], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """One period."""

    results: Results
    sentence: str
    comparison: str
    languages: tuple[Row, ...]
    ways: tuple[Row, ...]
    sites: tuple[Row, ...]
    key_questions: tuple[KeyQuestion, ...]


def of(scope: Scope) -> Overview:
    """Everything the page shows."""
    found = results.of(scope)
    counts = found.counts
    groups = counts.groups_of(LANGUAGE, WAY)
    earlier = sheets.counted(_before(scope))
    return Overview(
        results=found,
        sentence=sentences.in_short(found.total, found.friends_and_family),
        comparison=sentences.compared(
            good.part(POSITIVE, counts.measures),
            good.part(POSITIVE, earlier.measures),
            sentences.length(scope.first, scope.last),
        ),
        languages=_rows(groups[LANGUAGE]),
        ways=_rows(groups[WAY]),
        sites=_sites(scope, counts),
        key_questions=tuple(_key_questions(found.questions, counts)),
    )


def _before(scope: Scope) -> Scope:
    first, last = sentences.before(scope.first, scope.last)
    return replace(scope, first=first, last=last)


def _rows(groups: Mapping[str, Group]) -> tuple[Row, ...]:
    """The most first; those without a name last."""
    rows = [Row(name, group.n, good.part(POSITIVE, group.measures)) for name, group in groups.items() if group.n]
    return tuple(sorted(rows, key=lambda row: (row.key in {NOT_SAID, OTHERS}, -row.n, row.key)))


def _sites(scope: Scope, counts: Counts) -> tuple[Row, ...]:
    """By name: this is no league."""
    if scope.site is not None:
        return ()
    headlines = counts.by_site
    names = Site.objects.in_bulk(list(headlines))
    period = {"from": scope.first.isoformat(), "to": scope.last.isoformat()}
    rows = [
        Row(names[site].name, one.n, good.part(POSITIVE, one.measures), urlencode({**period, "site": site}))
        for site, one in headlines.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.key))


def _key_questions(questions: Iterable[QuestionFigures], counts: Counts) -> Iterable[KeyQuestion]:
    """In the order of measures.KEY_QUESTIONS; those without evidence are left out."""
    asked = [(view, question) for question in questions for view in _view(question)]
    for name in measures.KEY_QUESTIONS.values():
        views = [view for view, question in asked if name in question.key_questions]
        rows = tuple((view, good.part(view, counts.measures)) for view in dict.fromkeys(views))
        if any(part.n for _, part in rows):
            yield KeyQuestion(name, tuple((view, part) for view, part in rows if part.n))


def _view(question: QuestionFigures) -> Iterable[View]:
    return [good.BY_MEASURE[measure] for measure in question.measures if measure in good.BY_MEASURE]
