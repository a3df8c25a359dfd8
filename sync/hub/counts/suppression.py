"""Small numbers: no figure of the hub speaks of fewer than eight people, however figures are put together (S111, S127).

The rule, in plain words
------------------------
What comes in at a site waits there, and is shown **in lots**. A lot is at least eight people (`Rule.hide_below`, 5 to 10) and
counts on the day it is shown. Once shown it never changes, and the pages know nothing but lots: a period, a site, all sites,
a chart, a download are sums of whole lots. There are three kinds of them:

1. *Everybody.* A lot goes when eight responses wait at a site, and each measure that some of them answered (S99) has eight
   answers or none; at the latest with three times eight responses. All that wait there are shown.
2. *Each question and each measure.* With a lot of everybody, each question that eight or more have answered since its own last
   lot is shown: each answer with its count. The others wait for the next.
3. *Groups of people*: languages, ways of answering, the equality questions. Looked at with each lot of everybody. All people
   since the last time are parted into groups, and those who did not say are one. If each group has eight people or more (and
   eight answers or none to each measure), all are shown. If not, we wait. When very many wait (`Rule.patience`), the full
   groups are shown and the few go on waiting together. Are they fewer than eight, those who did not say join them, or else
   the smallest group: otherwise the total would give them away. They are parted once more when their groups are full, or many.
   Who is among the few then too stays one of the ``others`` for ever.
4. *What help people needed, and who answered* are groups too, by each answer.

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
less, but nobody is told which cells those are.) The few that wait on are one column of that table, and each time a row of the
next: the same holds there. With a second characteristic the weight is a(i) + b(j) + c(k), and the same holds again. That is why
a characteristic that divides another is not shown: its table would lack cells, and everybody knew which.

Nor can a small count be narrowed down: some rows with r people and some columns with c people, of N in all, share between
max(0, r + c - N) and min(r, c). The two lie min(r, c, N - r, N - c) apart: eight or more, for each of these is people of whole
rows or columns. `tests/test_suppression.py` tries it: every pair of filters, and whatever follows from all of them together.

What is not hidden: how many of the eight or more gave which answer. It says nothing about who. To hide each answer that few
gave would be to hide every poor one, and those are what the pages are for. Friends and Family percentages stay right to the
decimal (S108). The monthly return is exact by its nature and for those alone who may send it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sync.hub.counts.counting import GROUP_MEASURES, LANGUAGE, WAY, Columns, Plan, Tree, merge

HIDE_BELOW: Final = 8
LOWEST: Final = 5
HIGHEST: Final = 10
PATIENCE: Final = 25
"""When so many times `hide_below` people wait for their groups to fill, the full groups are shown."""
AT_LATEST: Final = 3
"""With so many times `hide_below` people a lot goes, though few answered some measure."""
OTHERS: Final = "others"
NOT_SAID: Final = ""
PREFER_NOT: Final = "prefer-not"
ONCE_MORE: Final = "~"
"""After the name of a characteristic: the few of it that wait to be parted once more."""
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

    A measure that it answered several times is left out: its answers would look like more people. It shares its trees with
    `columns`: add it to others, and change neither.
    """
    once = {name: codes for name, codes in columns.headline.get("measures", {}).items() if _n(codes) == 1}
    headline = {name: columns.headline.get(name, {}) for name in ("status", "methods")}
    headline["measures"] = {name: codes for name, codes in once.items() if name not in ABOUT_PEOPLE}
    questions = {link_id: asked for link_id, asked in columns.questions.items() if link_id not in plan.characteristics}
    anybody = {"n": 1, "measures": {name: once[name] for name in GROUP_MEASURES & once.keys()}}
    return Columns(headline, questions, {name: {_group(columns.groups, name): anybody} for name in characteristics(plan)})


def _group(groups: Mapping[str, Tree], characteristic: str) -> str:
    """The one group of this response; several answers to a choice are one group by their combination."""
    return "+".join(sorted(groups.get(characteristic, {}))) or NOT_SAID


def about_people(plan: Plan) -> frozenset[str]:
    """The linkIds of questions whose answers are groups of people."""
    return frozenset(link_id for link_id, names in plan.measures.items() if ABOUT_PEOPLE.intersection(names))


def take_lots(waiting: Columns, rule: Rule, of_people: frozenset[str] = frozenset()) -> Columns:
    """Take what may be shown now out of `waiting`. `of_people` are linkIds whose answers are groups of people."""
    shown = Columns()
    measures = waiting.headline.get("measures", {})
    if not _goes(_n(waiting.headline.get("status", {})), measures, rule):
        return shown
    shown.headline = {name: waiting.headline.pop(name, {}) for name in ("status", "methods")}
    shown.headline["measures"] = _take(measures, lambda codes: _n(codes) >= rule.hide_below)
    shown.questions = _take_questions(waiting.questions, rule, of_people)
    tables = [name for name in sorted(GROUP_MEASURES) if not measures.get(name)]
    for name in [name for name in waiting.groups if not name.endswith(ONCE_MORE)]:
        groups = _take_groups(waiting.groups, name, tables, rule)
        if groups:
            shown.groups[name] = groups
    shown.headline["languages"], shown.headline["ways"] = (_people(shown.groups.get(name, {})) for name in (LANGUAGE, WAY))
    return shown


def shown_groups(tables: Sequence[Mapping[str, int]], rule: Rule) -> frozenset[str] | None:
    """Which groups may be shown, the rest staying together; None: wait.

    `tables` are the sizes of the groups: first how many people, then how many of them answered each measure.
    """
    present = {name for table in tables for name, n in table.items() if n}
    full = {name for name in present if all(not 0 < table.get(name, 0) < rule.hide_below for table in tables)}
    if full == present:
        return frozenset(full)
    if sum(tables[0].values()) < rule.patience:
        return None
    joining = sorted(full, key=lambda name: (name not in {NOT_SAID, PREFER_NOT}, tables[0].get(name, 0), name))
    while joining and any(_gives_away(table, joining, rule) for table in tables):
        joining.pop(0)
    return frozenset(joining) or None


def _goes(people: int, measures: Mapping[str, Mapping[str, int]], rule: Rule) -> bool:
    """Whether a lot of everybody goes now."""
    few = any(0 < _n(measures.get(name, {})) < rule.hide_below for name in GROUP_MEASURES)
    return people >= rule.hide_below and (not few or people >= AT_LATEST * rule.hide_below)


def _gives_away(table: Mapping[str, int], shown: Iterable[str], rule: Rule) -> bool:
    """Whether the total less the groups shown is a few people."""
    return 0 < sum(table.values()) - sum(table.get(name, 0) for name in shown) < rule.hide_below


def _take_questions(questions: Tree, rule: Rule, of_people: Iterable[str]) -> Tree:
    taken = _take(questions, lambda asked: asked["n"] >= rule.hide_below, leave=of_people)
    for link_id in of_people:
        asked = questions.get(link_id)
        if asked is None:
            continue
        sizes = {f"{system}|{code}": n for system, codes in asked["codes"].items() for code, n in codes.items()}
        names = shown_groups([sizes], rule) if asked["n"] >= rule.hide_below else None
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


def _take_groups(waiting: Tree, name: str, measures: Sequence[str], rule: Rule) -> Tree:
    """The groups of one characteristic that may be shown now; the few are parted once more, and then they are others."""
    shown: Tree = {}
    few = _part(waiting[name], shown, measures, rule)
    if few:
        merge(waiting.setdefault(name + ONCE_MORE, {}), few)
        for lost in _part(waiting[name + ONCE_MORE], shown, measures, rule).values():
            merge(shown.setdefault(OTHERS, {"n": 0, "measures": {}}), lost)
    return shown


def _part(groups: Tree, shown: Tree, measures: Sequence[str], rule: Rule) -> Tree:
    """Move the groups that may be shown to `shown`; the rest, taken out of `groups` too. Nothing where we have to wait."""
    tables = [_people(groups), *({name: _answers(group, measure) for name, group in groups.items()} for measure in measures)]
    names = shown_groups(tables, rule)
    few: Tree = {}
    if names is None:
        return few
    for name, group in groups.items():
        counted = group.get("measures", {})
        taken = {"n": group.pop("n", 0), "measures": {one: counted.pop(one) for one in measures if counted.get(one)}}
        if taken["n"] or taken["measures"]:
            merge((shown if name in names else few).setdefault(name, {"n": 0, "measures": {}}), taken)
    return few


def _take(tree: Tree, may_be_shown: Callable[[Any], bool], leave: Iterable[str] = ()) -> Tree:
    names = [name for name, value in tree.items() if name not in leave and may_be_shown(value)]
    return {name: tree.pop(name) for name in names}


def _n(codes: Mapping[str, int]) -> int:
    return sum(codes.values())


def _answers(group: Tree, measure: str) -> int:
    return _n(group.get("measures", {}).get(measure, {}))


def _people(groups: Mapping[str, Tree]) -> dict[str, int]:
    return {name: group["n"] for name, group in groups.items() if group.get("n")}
