"""Reading people's own words: which are asked for, and one page of them at a time, as fast among a million as among a few.

Comments are shown by month and in no order within it (see ``mixed``), so a period is made of whole months. A page
starts after the last comment of the page before, never by counting through them. The statement is written out, so that SQLite
walks along the one index that has the comments in their order; PostgreSQL decides by its own statistics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.db import connection
from django.db.models import QuerySet, prefetch_related_objects

from sync.hub import surveys
from sync.hub.counts import measures
from sync.hub.counts.scopes import Scope
from sync.hub.models import Comment, Survey
from sync.hub.words import mixed, searching

ON_A_PAGE: Final = 50
COUNTED: Final = 1000
"""Above this the page says "or more": to count a million takes longer than to read a page."""
WORST_FIRST: Final = ("very-poor", "poor", "neither", "good", "very-good", "dont-know", "")
BEST_FIRST: Final = ("very-good", "good", "neither", "poor", "very-poor", "dont-know", "")
BY_MONTH: Final = ("",)
ORDERS: Final[dict[str, tuple[str, ...]]] = {"month": BY_MONTH, "worst": WORST_FIRST, "best": BEST_FIRST}
_COLUMNS: Final = (
    "c.id, c.response_id, c.version_id, c.site_id, c.day, c.language, c.link_id, c.text, c.overall, c.may_share, c.warnings,"
    " c.redacted_at, c.published_at, c.place"
)
Given: TypeAlias = int | str
Conditions: TypeAlias = dict[str, Sequence[Given]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which comments, of the whole months that `scope` touches. What is empty asks for nothing."""

    scope: Scope
    words: str = ""
    question: str = ""
    overall: str = ""
    language: str = ""
    theme: int | None = None
    shared: bool = False
    warned: bool = False
    published: bool = False
    order: str = "month"


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is where the next page starts, "" on the last. `count` goes no higher than COUNTED."""

    comments: Sequence[Comment]
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A statement in the making: what it reads from, its conditions, and what they are given."""

    source: str
    place: str
    conditions: tuple[str, ...]
    given: tuple[Given, ...]

    def rows(self, most: int, *, rare: bool) -> list[Comment]:
        """The first comments in their order. `rare`: few have the words, so that along the order nearly all were passed by."""
        order = f"{self.place} + 0" if rare else self.place  # no index has that order: PostgreSQL goes by the words
        return list(Comment.objects.raw(self._select(_COLUMNS, f"ORDER BY {order} DESC LIMIT %s"), (*self.given, most)))

    def count(self, most: int) -> int:
        """How many there are, up to `most`."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self._select('1', 'LIMIT %s')}) AS few", (*self.given, most))  # noqa: S608
            return int(cursor.fetchone()[0])

    def _select(self, columns: str, end: str) -> str:
        return f"SELECT {columns} FROM {self.source} WHERE {' AND '.join(self.conditions)} {end}"  # noqa: S608 - words of ours


def page(asked: Asked, after: str = "") -> Page:
    """One page of what is asked for."""
    found: list[Comment] = []
    known = count(asked) if asked.words and connection.vendor == "postgresql" else None
    for step, place in _from(asked, after):
        found += _rows(asked, step, place, ON_A_PAGE + 1 - len(found), rare=known is not None and known < COUNTED)
        if len(found) > ON_A_PAGE:
            break
    shown = found[:ON_A_PAGE]
    prefetch_related_objects(shown, "site", "themes")
    if len(found) > ON_A_PAGE:
        return Page(shown, _after(asked, shown[-1]), count(asked) if known is None else known)
    return Page(shown, "", count(asked) if after else len(shown))


def count(asked: Asked) -> int:
    """How many are asked for, up to COUNTED."""
    return min(COUNTED, sum(wanted.count(COUNTED) for wanted in _statements(asked, None, None)))


def every(asked: Asked) -> Iterator[Comment]:
    """All that is asked for, a page at a time."""
    after = ""
    while True:
        here = page(asked, after)
        yield from here.comments
        after = here.after
        if not after:
            return


def questions(survey: Survey) -> dict[str, str]:
    """Words by linkId of every question that takes own words, over all versions, the newest words first."""
    words: dict[str, str] = {}
    for version in survey.versions.defer("document"):
        for question in measures.questions(surveys.asked_in(version)):
            if measures.takes_own_words(question):
                words.setdefault(question.link_id, question.text.in_language("en"))
    return words


def within_reach(scope: Scope) -> QuerySet[Comment]:
    """The comments of the whole months and sites of `scope`, for what is counted and not paged."""
    found = Comment.objects.filter(version__survey=scope.survey)
    found = found.filter(place__gte=mixed.first(scope.first), place__lt=mixed.after(scope.last))
    found = found.filter(site=scope.site) if scope.site else found
    return found if scope.within is None else found.filter(site_id__in=scope.within)


def _rows(asked: Asked, step: str | None, place: int | None, most: int, *, rare: bool) -> list[Comment]:
    """The next ones of one step of the order, from each statement the nearest."""
    found = [row for wanted in _statements(asked, step, place) for row in wanted.rows(most, rare=rare)]
    return sorted(found, key=lambda comment: -comment.place)[:most]


def _from(asked: Asked, after: str) -> Iterator[tuple[str | None, int | None]]:
    """The steps that are still to come: an answer to be at (None: any), and the place to stay before."""
    steps = ORDERS[asked.order]
    step, _, place = after.partition(".")
    begun = (int(step), int(place)) if step.isdecimal() and place.isdecimal() and len(after) < 30 else (0, None)
    for position in range(begun[0], len(steps)):
        yield None if steps == BY_MONTH else steps[position], begun[1] if position == begun[0] else None


def _after(asked: Asked, last: Comment) -> str:
    steps = ORDERS[asked.order]
    return f"{steps.index(last.overall) if last.overall in steps and steps != BY_MONTH else 0}.{last.place}"


def _statements(asked: Asked, step: str | None, before: int | None) -> Iterator[Wanted]:
    """One statement; or one a survey version where the version's own index is the best, for it has each apart in order."""
    if step is not None and asked.overall and step != asked.overall:
        return
    versions: list[int] = list(asked.scope.survey.versions.values_list("pk", flat=True))
    overall = asked.overall or step
    apart = _index(asked, overall) == "comment_by_place"
    for some in [[version] for version in versions] if apart else [versions]:
        yield _statement(asked, overall, before, some)


def _statement(asked: Asked, overall: str | None, before: int | None, versions: Sequence[int]) -> Wanted:
    source, place = _source(asked, overall)
    until = mixed.after(asked.scope.last)
    until = until if before is None else min(before, until)
    conditions: Conditions = {f"{place} >= %s": [mixed.first(asked.scope.first)], f"{place} < %s": [until]}
    conditions |= {f"c.version_id IN ({_signs(versions)})": versions} | _where(asked.scope) | _of_kind(asked, overall)
    if place != "c.place":  # each hit is looked up by its place: the + keeps SQLite from any other index
        conditions = {f"+{one}" if one.startswith("c.") else one: given for one, given in conditions.items()}
    given = tuple(one for some in conditions.values() for one in some)
    return Wanted(source, place, tuple(conditions), given)


def _source(asked: Asked, overall: str | None) -> tuple[str, str]:
    """Where the rows come from, and the column their order is in there."""
    if connection.vendor != "sqlite":
        return "hub_comment c", "c.place"
    if asked.words:
        return "hub_comment_words w CROSS JOIN hub_comment c ON c.place = w.rowid", "w.rowid"
    index = _index(asked, overall)
    return f"hub_comment c {f'INDEXED BY {index}' if index else 'NOT INDEXED'}", "c.place"  # by its id at most


def _index(asked: Asked, overall: str | None) -> str:
    """The index that has the fewest comments to walk along, in their order; "" where a search or a theme leads."""
    if asked.words or asked.theme is not None:
        return ""
    if asked.published:
        return "comment_published"
    if asked.warned:
        return "comment_with_warning"
    if asked.scope.site:
        return "comment_by_site"
    if asked.language:
        return "comment_by_language"
    return "comment_by_overall" if overall is not None else "comment_by_place"


def _where(scope: Scope) -> Conditions:
    if scope.site:
        return {"c.site_id = %s": [scope.site.pk]} if scope.within is None or scope.site.pk in scope.within else {"1 = 0": []}
    if scope.within is None:
        return {}
    return {f"c.site_id IN ({_signs(scope.within)})": sorted(scope.within)} if scope.within else {"1 = 0": []}


def _of_kind(asked: Asked, overall: str | None) -> Conditions:
    found: Conditions = {}
    if asked.words:
        query = searching.query(asked.words)
        found |= {_matches(): [query]} if query else {"1 = 0": []}
    if asked.theme is not None:
        found["c.id IN (SELECT t.comment_id FROM hub_comment_themes t WHERE t.theme_id = %s)"] = [asked.theme]
    if asked.question:
        found["c.link_id = %s"] = [asked.question]
    if overall is not None:
        found["c.overall = %s"] = [overall]
    if asked.language:
        found["c.language = %s"] = [asked.language]
    if asked.shared:
        found["c.may_share"] = []
    if asked.warned:
        found["NOT (c.warnings = '')"] = []
    if asked.published:
        found["c.published_at IS NOT NULL"] = []
    return found


def _matches() -> str:
    on_sqlite = connection.vendor == "sqlite"
    return "w.hub_comment_words MATCH %s" if on_sqlite else "c.words @@ to_tsquery('simple', %s)"


def _signs(values: Sequence[int] | frozenset[int]) -> str:
    return ", ".join(["%s"] * len(values))
