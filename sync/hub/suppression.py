"""Small numbers: no figure of the hub speaks of fewer than eight people, however figures are put together (S111, S127).

The rule, in plain words
------------------------
What comes in at a site waits there, and is shown **in lots**. A lot is at least eight people (`Rule.hide_below`, 5 to 10) and
counts on the day it is shown. Once shown it never changes, and the pages know nothing but lots: a period, a site, all sites,
a chart, a download are sums of whole lots. There are three kinds of them:

1. *Everybody.* When eight responses wait at a site, all that wait there are shown.
2. *Each question.* When a lot of everybody is shown and eight or more have answered a question since its last lot, what waits
   for that question is shown: each answer with its count. A measure (S99) goes the same way.
3. *Groups of people*: languages, ways of answering, the equality questions, the help that people needed, who answered. Only
   when everybody's lot (of a measure: the measure's lot) is shown are the groups looked at. All people since the last time are
   parted into groups, those who did not say being one. If each group has eight or more, all are shown. If not, we wait; when
   very many wait (`Rule.patience`), groups of eight or more are shown and the few are put together as ``others`` for ever. If
   ``others`` is fewer than eight, the smallest group joins them: otherwise the total would give them away.

Not shown at all: questions within a group (the detailed ethnic group, what a disability makes harder), for the groups that they
divide are shown, and two characteristics at once (S127). Ways of answering overlap, so each *combination* is one group.

Why nothing can be worked out
-----------------------------
Whoever knew every lot could make every page, every chart and every download himself, today's and yesterday's. So no way of
asking tells more than the list of lots: not all sites minus each site, not a month minus its days, not one period minus
another that overlaps it, nor looking before and after somebody has answered. It is enough to look at that list.

Lots of everybody have nobody in common, and each has eight people or more; the same holds for the lots of one question. Groups
are parted at the ends of such lots only. So between two partings the people stand in a table: its rows are lots, its columns
are groups, and what is known are the sums of its rows and of its columns. Suppose a sum of such sums, each added or taken away
as often as one likes, counted each person of some set once and nobody else. Its weight in row i and column j is a(i) + b(j),
and that is 0 or 1 in each cell. Then either all a(i) are alike, and the set is made of whole columns, or all b(j) are alike,
and it is made of whole rows. Rows and columns have eight people or more: so has the set. (A cell where nobody is would bind
less, but nobody is told which cells those are.) With a second characteristic the weight is a(i) + b(j) + c(k), and the same
holds. That is why a characteristic that divides another is not shown: its table would lack cells, and everybody knew which.
Nor can a small count be narrowed down: some rows with r people and some columns with c people, of N in all, share between
max(0, r + c - N) and min(r, c). The two lie min(r, c, N - r, N - c) apart: eight or more, for each of these is people of whole
rows or columns. `tests/test_suppression.py` tries it: every pair of filters, and whatever follows from all of them together.

What is not hidden: how many of the eight or more gave which answer. It says nothing about who. To hide each answer that few
gave would be to hide every poor one, and those are what the pages are for. Friends and Family percentages stay right to the
decimal (S108). The monthly return is exact by its nature and for those alone who may send it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sync.hub.counting import LANGUAGE, WAY, Columns, Plan, Tree, merge

HIDE_BELOW: Final = 8
LOWEST: Final = 5
HIGHEST: Final = 10
PATIENCE: Final = 25
"""When so many times `hide_below` people wait for their groups to fill, the full groups are shown."""
OTHERS: Final = "others"
NOT_SAID: Final = ""
WITHIN_ANOTHER: Final = frozenset({"ethnic-group-detail", "disability-effect"})
"""Characteristics that divide a group of another characteristic."""
ABOUT_PEOPLE: Final = frozenset({"support", "answered-by"})
"""Measures that say who somebody is, not how the care was."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Below how many people a group is hidden."""

    hide_below: int = HIDE_BELOW

    def __post_init__(self) -> None:
        if not LOWEST <= self.hide_below <= HIGHEST:
            raise ValueError(f"Small numbers are hidden below {LOWEST} to {HIGHEST} people, not below {self.hide_below}.")

    @property
    def patience(self) -> int:
        return PATIENCE * self.hide_below


def characteristics(plan: Plan) -> list[str]:
    """What people are parted by."""
    asked = {name for names in plan.characteristics.values() for name in names}
    return sorted({LANGUAGE, WAY, *asked} - WITHIN_ANOTHER)


def of_one(columns: Columns, plan: Plan) -> Columns:
    """What of one response, counted as usual, will be shown some day. Every characteristic has exactly one group.

    It shares its trees with `columns`: add it to others, and change neither.
    """
    headline = {name: columns.headline.get(name, {}) for name in ("status", "methods")}
    headline["measures"] = {
        name: codes for name, codes in columns.headline.get("measures", {}).items() if name not in ABOUT_PEOPLE
    }
    questions = {link_id: asked for link_id, asked in columns.questions.items() if link_id not in plan.characteristics}
    return Columns(headline, questions, {name: _one_group(columns.groups, name) for name in characteristics(plan)})


def _one_group(groups: Mapping[str, Tree], characteristic: str) -> Tree:
    """The one group of this response; several answers to a choice are one group by their combination."""
    anybody = next(iter(groups[LANGUAGE].values()))
    return {"+".join(sorted(groups.get(characteristic, {}))) or NOT_SAID: anybody}


def about_people(plan: Plan) -> frozenset[str]:
    """The linkIds of questions whose answers are groups of people."""
    return frozenset(link_id for link_id, names in plan.measures.items() if ABOUT_PEOPLE.intersection(names))


def take_lots(waiting: Columns, rule: Rule, of_people: frozenset[str] = frozenset()) -> Columns:
    """Take what may be shown now out of `waiting`. `of_people` are linkIds whose answers are groups of people."""
    shown = Columns()
    if sum(waiting.headline.get("status", {}).values()) < rule.hide_below:
        return shown
    shown.headline = {name: waiting.headline.pop(name, {}) for name in ("status", "methods")}
    shown.headline["measures"] = _take(waiting.headline.get("measures", {}), lambda codes: _n(codes) >= rule.hide_below)
    shown.questions = _take_questions(waiting.questions, rule, of_people)
    for characteristic, groups in waiting.groups.items():
        _take_groups(groups, shown.groups.setdefault(characteristic, {}), rule, shown.headline["measures"])
    shown.groups = {name: groups for name, groups in shown.groups.items() if groups}
    shown.headline["languages"], shown.headline["ways"] = (_sizes(shown.groups, name) for name in (LANGUAGE, WAY))
    return shown


def shown_groups(sizes: Mapping[str, int], rule: Rule) -> frozenset[str] | None:
    """Which of these groups may be shown, the rest becoming others; None: wait."""
    present = {name: n for name, n in sizes.items() if n}
    full = sorted((n, name) for name, n in present.items() if n >= rule.hide_below)
    if len(full) == len(present):
        return frozenset(present)
    total = sum(present.values())
    if total < rule.patience:
        return None
    while full and 0 < total - sum(n for n, _ in full) < rule.hide_below:
        full.pop(0)
    return frozenset(name for _, name in full) or None


def _take_questions(questions: Tree, rule: Rule, of_people: Iterable[str]) -> Tree:
    taken = _take(questions, lambda asked: asked["n"] >= rule.hide_below, leave=of_people)
    for link_id in of_people:
        asked = questions.get(link_id)
        if asked is None:
            continue
        sizes = {f"{system}|{code}": n for system, codes in asked["codes"].items() for code, n in codes.items()}
        names = shown_groups(sizes, rule) if asked["n"] >= rule.hide_below else None
        if names is not None:
            taken[link_id] = _only(questions.pop(link_id), names)
    return taken


def _only(asked: Tree, names: frozenset[str]) -> Tree:
    codes: Tree = {}
    for system, counts in asked["codes"].items():
        for code, n in counts.items():
            if f"{system}|{code}" in names:
                codes.setdefault(system, {})[code] = n
    return {"n": asked["n"], "codes": codes}


def _take_groups(groups: Tree, shown: Tree, rule: Rule, measures_shown: Iterable[str]) -> None:
    """People first, then each measure whose lot is shown now."""
    _take_table(groups, shown, rule, _People())
    for measure in measures_shown:
        _take_table(groups, shown, rule, _Measure(measure))


@dataclass(frozen=True, slots=True)
class _People:
    """How many people each group has."""

    def size(self, group: Tree) -> int:
        return int(group.get("n", 0))

    def take(self, group: Tree) -> Tree:
        return {"n": group.pop("n", 0)}


@dataclass(frozen=True, slots=True)
class _Measure:
    """What each group answered to one measure."""

    measure: str

    def size(self, group: Tree) -> int:
        return _n(group.get("measures", {}).get(self.measure, {}))

    def take(self, group: Tree) -> Tree:
        return {"n": 0, "measures": {self.measure: group.get("measures", {}).pop(self.measure, {})}}


def _take_table(groups: Tree, shown: Tree, rule: Rule, of: _People | _Measure) -> None:
    sizes = {name: of.size(group) for name, group in groups.items()}
    names = shown_groups(sizes, rule)
    if names is None:
        return
    for name, group in groups.items():
        if sizes[name]:
            merge(shown.setdefault(name if name in names else OTHERS, {"n": 0, "measures": {}}), of.take(group))


def _take(tree: Tree, may_be_shown: Callable[[Any], bool], leave: Iterable[str] = ()) -> Tree:
    names = [name for name, value in tree.items() if name not in leave and may_be_shown(value)]
    return {name: tree.pop(name) for name in names}


def _n(codes: Mapping[str, int]) -> int:
    return sum(codes.values())


def _sizes(groups: Mapping[str, Tree], characteristic: str) -> dict[str, int]:
    return {name: group["n"] for name, group in groups.get(characteristic, {}).items() if group["n"]}
