"""What one response adds to the counts (see models.Sheet). Pure: no database, no clock.

Only what has an end is counted by code: choices, yes and no, and numbers. Of dates, times, addresses and references only how
many responses gave one is kept, or a sheet would grow with every answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from kiosk.survey import Kind, Question, Survey
from sync.hub.counts import measures
from sync.hub.taking_in.flat import FlatAnswer

CODED: Final = frozenset({Kind.BOOLEAN, Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY, Kind.CHOICE, Kind.OPEN_CHOICE})
GROUP_MEASURES: Final = frozenset({"fft", "listened", "questions-answered", "needs-met"})
"""What is counted for each group of people: these, and never a second characteristic (S127)."""
HELPING: Final = frozenset({"staff-helping", "carer"})
"""Who answered, where that was not the patient alone (S104)."""
WITH_HELP: Final = "with-help"
LANGUAGE: Final = "language"
WAY: Final = "way"
METHOD: Final = "method"
"""How it was collected: a group for the monthly return (S106), not one of people."""

Tree: TypeAlias = dict[str, Any]
"""Counts by name, and by name again: each leaf is a number of responses."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What of one survey version is counted, by linkId."""

    coded: frozenset[str]
    measures: Mapping[str, tuple[str, ...]]
    characteristics: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one response says, as far as it is counted."""

    status: str
    language: str
    method: str
    ways: Iterable[str]
    answers: Sequence[FlatAnswer]


@dataclass(slots=True)
class Columns:
    """The three columns of a sheet as trees of counts; models.Sheet says what stands where."""

    headline: Tree = field(default_factory=dict)
    questions: Tree = field(default_factory=dict)
    groups: Tree = field(default_factory=dict)

    def add(self, other: Columns) -> None:
        """Add the counts of `other`, which stays as it is."""
        merge(self.headline, other.headline)
        merge(self.questions, other.questions)
        merge(self.groups, other.groups)


def plan(survey: Survey) -> Plan:
    """What of `survey` is counted. Measures and characteristics are choices, so that their codes have an end."""
    asked = measures.questions(survey)
    chosen = [question for question in asked if question.kind is Kind.CHOICE]
    return Plan(
        coded=frozenset(question.link_id for question in asked if question.kind in CODED),
        measures=_by_link_id(chosen, measures.MEASURE),
        characteristics=_by_link_id(chosen, measures.CHARACTERISTIC),
    )


def count(columns: Columns, plan: Plan, told: Told) -> None:
    """Add one response: one to each thing it says, however often it says it."""
    given = _by_name(plan.measures, told.answers)
    ways = {*told.ways, *((WITH_HELP,) if HELPING.intersection(given.get("answered-by", ())) else ())}
    _count_headline(columns.headline, told, ways, given)
    _count_questions(columns.questions, plan, told.answers)
    groups = _by_name(plan.characteristics, told.answers) | {
        LANGUAGE: (told.language,),
        WAY: sorted(ways),
        METHOD: (told.method,),
    }
    _count_groups(columns.groups, groups, given)


def overall(plan: Plan, answers: Sequence[FlatAnswer]) -> str:
    """The response's Friends and Family answer, "" where it gave none (S105)."""
    return next(iter(_by_name(plan.measures, answers).get("fft", ())), "")


def merge(into: Tree, more: Mapping[str, Any]) -> None:
    """Add every count of `more` to its like in `into`; nothing of `more` is shared with it."""
    for name, value in more.items():
        if type(value) is int:
            into[name] = into.get(name, 0) + value
            continue
        inner = into.get(name)
        if inner is None:  # not setdefault: it would make a new {} every time, and this runs a million times a page
            inner = into[name] = {}
        merge(inner, value)


def _by_link_id(questions: Iterable[Question], system: str) -> dict[str, tuple[str, ...]]:
    named = {one.link_id: tuple(coding.code for coding in one.codes if coding.system == system) for one in questions}
    return {link_id: names for link_id, names in named.items() if names}


def _by_name(names: Mapping[str, tuple[str, ...]], answers: Sequence[FlatAnswer]) -> dict[str, Sequence[str]]:
    """The codes given for each measure or characteristic, each once. One person has one Friends and Family answer."""
    given: dict[str, dict[str, None]] = {}
    for answer in answers:
        for name in names.get(answer.link_id, ()):
            if answer.code and (name != "fft" or _is_fft(answer, given)):
                given.setdefault(name, {})[answer.code] = None
    return {name: tuple(codes) for name, codes in given.items()}


def _is_fft(answer: FlatAnswer, given: Mapping[str, object]) -> bool:
    return "fft" not in given and answer.system == measures.FFT_ANSWERS and answer.code in measures.FFT_CODES


def _count_headline(headline: Tree, told: Told, ways: Iterable[str], given: Mapping[str, Iterable[str]]) -> None:
    _one_more(headline, "status", [told.status])
    _one_more(headline, "methods", [told.method] if told.method else [])
    _one_more(headline, "languages", [told.language])
    _one_more(headline, "ways", ways)
    _count_measures(headline, given)


def _count_measures(tree: Tree, given: Mapping[str, Iterable[str]]) -> None:
    counted = tree.setdefault("measures", {})
    for measure, codes in given.items():
        _one_more(counted, measure, codes)


def _count_questions(questions: Tree, plan: Plan, answers: Sequence[FlatAnswer]) -> None:
    given: dict[str, set[tuple[str, str]]] = {}
    for answer in answers:
        codes = given.setdefault(answer.link_id, set())
        if answer.code and answer.link_id in plan.coded:
            codes.add((answer.system, answer.code))
    for link_id, codes in given.items():
        asked = questions.setdefault(link_id, {"n": 0, "codes": {}})
        asked["n"] += 1
        for system, code in codes:
            _one_more(asked["codes"], system, (code,))


def _count_groups(groups: Tree, of: Mapping[str, Iterable[str]], given: Mapping[str, Iterable[str]]) -> None:
    anybody: Tree = {"n": 1}
    _count_measures(anybody, {measure: codes for measure, codes in given.items() if measure in GROUP_MEASURES})
    merge(groups, {characteristic: dict.fromkeys(names, anybody) for characteristic, names in of.items() if names})


def _one_more(tree: Tree, name: str, codes: Iterable[str]) -> None:
    counted = tree.setdefault(name, {})
    for code in codes:
        counted[code] = counted.get(code, 0) + 1
