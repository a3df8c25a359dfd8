"""The sheets of counts (models.Sheet): adding to them as responses come, and reading what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import Any, Final, Literal, NamedTuple

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone

from sync.hub.counts import scopes
from sync.hub.counts.counting import Columns, Tree, merge
from sync.hub.counts.scopes import Scope, Span, Stretch
from sync.hub.models import EVERYWHERE, Sheet

Step = Literal["day", "week", "month"]
EMPTY: Final = b"{}"
COLUMNS: Final = ("headline", "questions", "groups")
SHOWN: Final = {Span.DAY: Span.SHOWN_DAY, Span.MONTH: Span.SHOWN_MONTH}
"""The sheets that hold only what may be shown to people."""


class Key(NamedTuple):
    """Which sheet. Keys are locked in their own order, so that two hub processes never wait for each other in a circle."""

    version_id: int
    place: int
    span: str
    first: date


def keys(version_id: int, site_id: int, day: date) -> list[Key]:
    """The four sheets that a response of this day counts on."""
    month = day.replace(day=1)
    return [Key(version_id, place, *of) for place in (EVERYWHERE, site_id) for of in ((Span.DAY, day), (Span.MONTH, month))]


def add(counts: Mapping[Key, Columns]) -> None:
    """Add to what is counted so far.

    In the caller's transaction and the last thing in it: until that ends, nobody else can count on these sheets.
    """
    for key, columns, sheet in locked(counts):
        columns.add(counts[key])
        write(sheet, columns).save(update_fields=COLUMNS)


def locked(keys: Iterable[Key]) -> Iterator[tuple[Key, Columns, Sheet]]:
    """These sheets in their own order, made where they are missing, with their counts. Locked until the transaction ends."""
    ordered = sorted(keys)
    Sheet.objects.bulk_create([blank(key) for key in ordered], ignore_conflicts=True)
    for sheet in _locked(ordered):
        columns = Columns(*(msgspec.json.decode(column) for column in (sheet.headline, sheet.questions, sheet.groups)))
        yield Key(sheet.version_id, sheet.place, sheet.span, sheet.first), columns, sheet


def blank(key: Key) -> Sheet:
    """A sheet without a count, not yet kept."""
    empty = {"headline": EMPTY, "questions": EMPTY, "groups": EMPTY}
    return Sheet(version_id=key.version_id, place=key.place, span=key.span, first=key.first, **empty)


def write(sheet: Sheet, columns: Columns) -> Sheet:
    """Put these counts on it in place of its own."""
    sheet.headline = msgspec.json.encode(columns.headline)
    sheet.questions = msgspec.json.encode(columns.questions)
    sheet.groups = msgspec.json.encode(columns.groups)
    return sheet


def _locked(ordered: Iterable[Key]) -> QuerySet[Sheet]:
    wanted = reduce(or_, (Q(**key._asdict()) for key in ordered))
    return Sheet.objects.select_for_update().filter(wanted).order_by("version_id", "place", "span", "first")


# --- reading -----------------------------------------------------------------------------------------------------------


class Headline(msgspec.Struct):
    """What stands at the top of a sheet: responses by status, collection method, language and way of answering."""

    status: dict[str, int] = {}
    methods: dict[str, int] = {}
    languages: dict[str, int] = {}
    ways: dict[str, int] = {}
    measures: dict[str, dict[str, int]] = {}
    """Of each measure (S99), its answers by code."""

    @property
    def n(self) -> int:
        """How many responses."""
        return sum(self.status.values())

    def add(self, other: Headline) -> None:
        _add(self.status, other.status)
        _add(self.methods, other.methods)
        _add(self.languages, other.languages)
        _add(self.ways, other.ways)
        for measure, codes in other.measures.items():
            _add(self.measures.setdefault(measure, {}), codes)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: in how many responses it was answered, and with which system and code in how many."""

    n: int = 0
    codes: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """The people who belong to one group of one characteristic: how many, and what they answered to each measure."""

    n: int
    measures: Mapping[str, Mapping[str, int]]


class Counts:
    """What a scope adds up to. Each column of its sheets is read when it is first asked for."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @cached_property
    def headline(self) -> Headline:
        found = Headline()
        for (raw,) in _rows(self._scope, ["headline"]):
            found.add(headline_in(raw))
        return found

    @property
    def status(self) -> Mapping[str, int]:
        return self.headline.status

    @property
    def methods(self) -> Mapping[str, int]:
        return self.headline.methods

    @property
    def languages(self) -> Mapping[str, int]:
        return self.headline.languages

    @property
    def ways(self) -> Mapping[str, int]:
        return self.headline.ways

    @property
    def measures(self) -> Mapping[str, Mapping[str, int]]:
        return self.headline.measures

    @cached_property
    def by_site(self) -> Mapping[int, Headline]:
        """A headline for each site where a response came, by its id."""
        return headlines_by_site(self._scope)

    @cached_property
    def questions(self) -> Mapping[str, Asked]:
        """By linkId, over all versions of the survey."""
        return {link_id: _asked(tree) for link_id, tree in self._summed("questions").items()}

    @cached_property
    def groups(self) -> Mapping[str, Mapping[str, Group]]:
        """By characteristic and group: the equality questions by their code, ``language``, ``way`` and ``method``."""
        return _groups(self._summed("groups"))

    def groups_of(self, *characteristics: str) -> Mapping[str, Mapping[str, Group]]:
        """As `groups`, of these characteristics alone: the others are not even read."""
        total: Tree = {name: {} for name in characteristics}
        for (raw,) in _rows(self._scope, ["groups"]):
            parts = _parts_in(raw)
            for name in characteristics:
                if name in parts:
                    merge(total[name], msgspec.json.decode(parts[name]))
        return _groups(total)

    def _summed(self, column: str) -> Tree:
        total: Tree = {}
        for (raw,) in _rows(self._scope, [column]):
            merge(total, msgspec.json.decode(raw))
        return total


def counted(scope: Scope) -> Counts:
    """Everything that is counted in `scope`."""
    return Counts(scope)


def headlines(scope: Scope, step: Step) -> dict[date, Headline]:
    """A headline for each day, week (by its Monday) or month (by its first) in which a response came, in order of time.

    A week or month that the scope cuts counts only what lies within.
    """
    found: dict[date, Headline] = {}
    days = [Stretch(Span.DAY, scope.first, scope.last)]
    for first, raw in _rows(scope, ["first", "headline"], None if step == "month" else days):
        found.setdefault(_start(first, step), Headline()).add(headline_in(raw))
    return dict(sorted(found.items()))


def people_by_day(scope: Scope) -> dict[date, int]:
    """How many responses came on each day on which one came, in order of time."""
    found: dict[date, int] = {}
    for day, raw in _rows(scope, ["first", "headline"], [Stretch(Span.DAY, scope.first, scope.last)]):
        found[day] = found.get(day, 0) + sum(_status_in(raw).status.values())
    return dict(sorted(found.items()))


def headlines_by_site(scope: Scope) -> dict[int, Headline]:
    """A headline for each site of `scope` where a response came, by its id."""
    found: dict[int, Headline] = {}
    for place, raw in _rows(scope, ["place", "headline"], places=scopes.sites(scope)):
        found.setdefault(place, Headline()).add(headline_in(raw))
    return found


def _rows(
    scope: Scope, columns: list[str], stretches: list[Stretch] | None = None, places: list[int] | None = None
) -> Iterator[Any]:
    """These columns of the scope's sheets, in one query over its stretches."""
    where = scopes.places(scope) if places is None else places
    versions = list(scope.survey.versions.values_list("pk", flat=True))
    sheets = Sheet.objects.filter(version_id__in=versions, place__in=where)
    parts = [
        sheets.filter(span=_kept_as(scope, stretch.span), first__range=(stretch.first, stretch.last)).values_list(*columns)
        for stretch in (stretches or scopes.stretches(scope.first, _until(scope.last)))
    ]
    return parts[0].union(*parts[1:], all=True).iterator(chunk_size=2000) if where and versions else iter(())


def _until(last: date) -> date:
    """The end of the period, or of this month if it reaches today: nothing has come in since, so its month is whole."""
    return max(last, scopes.end_of_month(timezone.localdate())) if last >= timezone.localdate() else last


def _kept_as(scope: Scope, span: Span) -> Span:
    return SHOWN[span] if scope.shown else span


def _add(into: dict[str, int], more: Mapping[str, int]) -> None:
    for code, n in more.items():
        into[code] = into.get(code, 0) + n


def _start(day: date, step: Step) -> date:
    match step:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)


class _Status(msgspec.Struct):
    status: dict[str, int] = {}


headline_in: Final = msgspec.json.Decoder(Headline).decode
_status_in: Final = msgspec.json.Decoder(_Status).decode
_parts_in: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def _groups(total: Tree) -> dict[str, dict[str, Group]]:
    return {
        characteristic: {name: Group(tree["n"], tree["measures"]) for name, tree in groups.items()}
        for characteristic, groups in total.items()
    }


def _asked(tree: Tree) -> Asked:
    return Asked(tree["n"], {(system, code): n for system, codes in tree["codes"].items() for code, n in codes.items()})
