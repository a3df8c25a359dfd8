"""Who is being heard, and whose experience differs: groups of people beside the population, and beside each other.

Only what may be shown comes in here (S111, S127), one characteristic at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sync.hub.analysis import differences, good
from sync.hub.analysis.characteristics import UNSAID, Characteristic
from sync.hub.analysis.good import Part, View
from sync.hub.counts.suppression import OTHERS

if TYPE_CHECKING:
    from sync.hub.counts.sheets import Group


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its part of those who said, its part of the population (0 to 100), and what it answered beside all others.

    `heard` is ``more``, ``fewer`` or "": whether the share heard differs from the population's by more than chance, whoever the
    `unknown` people are whose group is not shown. `differs` is ``better``, ``worse`` or "": whether its experience differs from
    that of all others by more than chance.
    """

    group: str
    words: str
    part: Part
    answers: Part
    others: Part
    population: float | None = None
    unknown: int = 0
    heard: str = ""
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One characteristic. `unsaid` people did not say, or their group is too small to show."""

    characteristic: Characteristic
    rows: tuple[Row, ...]
    unsaid: int

    @property
    def said(self) -> int:
        return self.rows[0].part.n if self.rows else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the tables are made of. `population` is the percent by characteristic and group."""

    characteristics: Iterable[Characteristic]
    groups: Mapping[str, Mapping[str, Group]]
    view: View
    people: int = 0
    """Who answered in this time, whatever is known about them."""
    population: Mapping[tuple[str, str], float] = field(default_factory=dict)


def tables(asked: Asked) -> list[Table]:
    """A table for each characteristic of which at least one group may be shown, with every verdict corrected for all."""
    found = [_table(one, asked) for one in asked.characteristics]
    found = [one for one in found if one.rows]
    rows = [row for table in found for row in table.rows]
    heard, differs = iter(_heard(rows)), iter(_differs(rows, asked.view))
    return [_judged(table, heard, differs) for table in found]


def _table(characteristic: Characteristic, asked: Asked) -> Table:
    groups = asked.groups.get(characteristic.code, {})
    shown = {name: group for name, group in groups.items() if name not in UNSAID and name != OTHERS and group.n}
    said = sum(group.n for group in shown.values())
    whole = _sum(good.part(asked.view, group.measures) for group in groups.values())
    everybody = sum(group.n for group in groups.values())
    unknown = max(groups[OTHERS].n if OTHERS in groups else 0, asked.people - everybody)
    rows = []
    for name in sorted(shown, key=_order(characteristic)):
        answers = good.part(asked.view, shown[name].measures)
        others = Part(whole.count - answers.count, whole.n - answers.n)
        population = asked.population.get((characteristic.code, name))
        rows.append(Row(name, characteristic.name(name), Part(shown[name].n, said), answers, others, population, unknown))
    return Table(characteristic, tuple(rows), everybody - said)


def _order(characteristic: Characteristic) -> Callable[[str], tuple[int, str]]:
    places = list(characteristic.groups)
    return lambda name: (places.index(name) if name in places else len(places), name)


def _heard(rows: list[Row]) -> list[str]:
    """For each row, corrected for all rows whose share of the population is known."""
    found = [_against_population(row) for row in rows]
    chances = iter(differences.holm([chance for _, chance in found if chance is not None]))
    return [way if chance is not None and differences.more_than_chance(next(chances)) else "" for way, chance in found]


def _against_population(row: Row) -> tuple[str, float | None]:
    """Which way the share heard differs, and the chance of it; the unknown people are taken to speak against it."""
    if row.population is None:
        return "", None
    share, all_of_them = row.population / 100, row.part.n + row.unknown
    if row.part.count > share * all_of_them:
        return "more", differences.against_share(Part(row.part.count, all_of_them), share)
    if row.part.count + row.unknown < share * all_of_them:
        return "fewer", differences.against_share(Part(row.part.count + row.unknown, all_of_them), share)
    return "", 1.0


def _differs(rows: list[Row], view: View) -> list[str]:
    chances = differences.holm([differences.two_parts(row.answers, row.others) for row in rows])
    return [_way(row, view) if differences.more_than_chance(chance) else "" for row, chance in zip(rows, chances, strict=True)]


def _way(row: Row, view: View) -> str:
    is_high = (row.answers.percent or 0) > (row.others.percent or 0)
    return "better" if is_high == (view.direction == "up") else "worse"


def _judged(table: Table, heard: Iterable[str], differs: Iterable[str]) -> Table:
    rows = tuple(replace(row, heard=next(iter(heard)), differs=next(iter(differs))) for row in table.rows)
    return replace(table, rows=rows)


def _sum(parts: Iterable[Part]) -> Part:
    known = list(parts)
    return Part(sum(part.count for part in known), sum(part.n for part in known))
