"""Small numbers (S111, S127): what is shown comes in lots, and no count below eight follows from all lots together.

Each story is a small site: people come one by one or a few together. What an attacker knows is every lot that was ever shown,
which is more than any page, filter or download says. Then linear algebra is asked what follows from it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from sync.hub import counting, suppression
from sync.hub.counting import Columns, Plan, Told
from sync.hub.flat import FlatAnswer
from sync.hub.suppression import NOT_SAID, OTHERS, Rule, shown_groups, take_lots

FFT = "urn:feedback-kiosk:fft"
PLAN = Plan(
    coded=frozenset({"fft", "support", "age"}),
    measures={"fft": ("fft",), "support": ("support",)},
    characteristics={"age": ("age",), "effect": ("disability-effect",)},
)
PRIME = 2_147_483_647
"""Elimination modulo a large prime: as good as with fractions, and quick."""


def told(language: str = "en", fft: str = "good", age: str = "", support: str = "", ways: tuple[str, ...] = ("touch",)) -> Told:
    given = {"fft": (FFT, fft), "age": ("", age), "support": ("", support)}
    answers = [FlatAnswer(link_id, "", system, code) for link_id, (system, code) in given.items() if code]
    return Told("completed", language, "kiosk", ways, answers)


def waits(*people: Told) -> Columns:
    """What waits after these people came."""
    waiting = Columns()
    for person in people:
        columns = Columns()
        counting.count(columns, PLAN, person)
        waiting.add(suppression.of_one(columns, PLAN))
    return waiting


def test_seven_people_are_not_shown_and_with_the_eighth_all_are() -> None:
    """S111: a group under eight is hidden, its figures too."""
    waiting = waits(*[told()] * 7)
    assert take_lots(waiting, Rule()) == Columns()
    waiting.add(waits(told(fft="poor")))
    lot = take_lots(waiting, Rule())
    assert lot.headline["status"] == {"completed": 8}
    assert lot.headline["measures"]["fft"] == {"good": 7, "poor": 1}
    assert not waiting.headline.get("status")


def test_a_question_that_seven_of_twelve_answered_waits_for_its_eighth() -> None:
    waiting = waits(*[told()] * 7, *[told(fft="")] * 5)
    assert "fft" not in take_lots(waiting, Rule()).questions
    waiting.add(waits(*[told()] * 8))
    assert take_lots(waiting, Rule()).questions["fft"]["n"] == 15


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"en": 30, "cy": 8}, {"en", "cy"}),
        ({"en": 30, "cy": 3}, None),  # 33 in all would tell the 3: wait
        ({"en": 300, "cy": 3}, None),  # and nobody else is there to hide the 3 among: wait on
        ({"en": 300, "cy": 20, "pl": 3}, {"en"}),  # 3 + 20 are others
        ({"en": 300, "cy": 20, "pl": 4, "ur": 5}, {"en", "cy"}),  # 4 + 5 are others
        ({"en": 50, "cy": 5, "pl": 5}, None),  # not yet 200: the small ones may still grow
        ({}, set()),
    ],
)
def test_a_small_group_is_never_left_alone_beside_the_total(sizes: dict[str, int], shown: set[str] | None) -> None:
    """S111: secondary suppression."""
    assert shown_groups(sizes, Rule()) == shown


def test_those_who_did_not_say_are_a_group_too() -> None:
    """S111: otherwise all less those who said is those who did not."""
    waiting = waits(*[told(age="25-34")] * 20, *[told()] * 3)
    assert "age" not in take_lots(waiting, Rule()).groups
    waiting.add(waits(*[told()] * 8))
    groups = take_lots(waiting, Rule()).groups["age"]
    assert {name: group["n"] for name, group in groups.items()} == {"25-34": 20, NOT_SAID: 11}


def test_ways_of_answering_overlap_so_each_combination_is_one_group() -> None:
    both = told(ways=("touch", "read-aloud"))
    lot = take_lots(waits(*[told()] * 8, *[both] * 9), Rule())
    assert lot.headline["ways"] == {"touch": 8, "read-aloud+touch": 9}


def test_questions_about_people_are_groups_and_no_plain_questions() -> None:
    """S127: the age question is shown by its groups alone; a question within a group not at all; help needed as groups."""
    people = [*[told(age="25-34", support="bsl")] * 3, *[told(age="25-34", support="none")] * 20]
    lot = take_lots(waits(*people), Rule(), suppression.about_people(PLAN))
    assert "age" not in lot.questions
    assert "support" not in lot.questions
    assert "support" not in lot.headline["measures"]
    assert "disability-effect" not in suppression.characteristics(PLAN)


@pytest.mark.parametrize("people", [4, 11])
def test_the_threshold_can_be_set_from_five_to_ten(people: int) -> None:
    """S111."""
    with pytest.raises(ValueError, match="5 to 10"):
        Rule(people)
    assert Rule(5).hide_below == 5


# --- the attack --------------------------------------------------------------------------------------------------------


@dataclass
class Known:
    """What one site has shown: how many in each lot, and how many of each group between two partings; and the truth."""

    truth: list[Counter[str]] = field(default_factory=list)
    """People by group, a row a lot."""
    partings: list[tuple[int, int, dict[frozenset[str], int]]] = field(default_factory=list)
    """First row, row after the last, and the people of each class of groups."""


def story(seed: int, characteristic: str, measure: str, days: int = 260) -> Known:
    """A small site, and what it showed of this characteristic: of people, or of those who answered the measure."""
    chance, rule, waiting, known = random.Random(seed), Rule(5 + seed % 6), Columns(), Known()
    row: Counter[str] = Counter()
    since = 0
    for _ in range(days):
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 9))):
            person = told(
                language=chance.choices(("en", "cy", "pl", "ur"), (20, 5, 2, 1))[0],
                fft=chance.choices(("very-good", "good", "poor", ""), (6, 3, 1, 1))[0],
                age=chance.choices(("16-24", "65-74", "85-plus", ""), (4, 8, 1, 2))[0],
            )
            waiting.add(waits(person))
            if not measure or any(answer.link_id == "fft" for answer in person.answers):
                row[group_of(person, characteristic)] += 1
        lot = take_lots(waiting, rule)
        if not (lot.headline["measures"].get(measure) if measure and lot.headline else lot.headline):
            continue
        known.truth.append(row)
        row = Counter()
        classes = sizes(lot, characteristic, measure)
        if classes:
            known.partings.append((since, len(known.truth), with_names(classes, known.truth[since:])))
            since = len(known.truth)
    return known


def group_of(person: Told, characteristic: str) -> str:
    by_name = {answer.link_id: answer.code for answer in person.answers} | {"language": person.language}
    return by_name.get(characteristic, NOT_SAID)


def sizes(lot: Columns, characteristic: str, measure: str) -> dict[str, int]:
    groups = lot.groups.get(characteristic, {})
    found = {
        name: sum(group["measures"].get(measure, {}).values()) if measure else group["n"] for name, group in groups.items()
    }
    return {name: n for name, n in found.items() if n}


def with_names(classes: dict[str, int], rows: list[Counter[str]]) -> dict[frozenset[str], int]:
    """Each class by its groups: an attacker may even know who the others are."""
    everybody = {name for row in rows for name in row}
    alone = {frozenset({name}): n for name, n in classes.items() if name != OTHERS}
    rest = frozenset(everybody - classes.keys())
    return alone | ({rest: classes[OTHERS]} if OTHERS in classes else {})


def equations(first: int, last: int, classes: dict[frozenset[str], int], groups: list[str]) -> Iterator[list[int]]:
    """What is known between two partings, over the unknown people of each row and group."""
    rows = range(first, last)
    for row in rows:
        yield [int(at == row) for at in rows for _ in groups]
    for names in classes:
        yield [int(group in names) for _ in rows for group in groups]


def eliminated(rows: Iterator[list[int]]) -> list[tuple[int, list[int]]]:
    """A basis in echelon form: the place of each leading one, and the row."""
    basis: list[tuple[int, list[int]]] = []
    for row in rows:
        left = reduced(row, basis)
        lead = next((at for at, value in enumerate(left) if value), None)
        if lead is not None:
            inverse = pow(left[lead], -1, PRIME)
            basis.append((lead, [value * inverse % PRIME for value in left]))
    return basis


def reduced(row: list[int], basis: list[tuple[int, list[int]]]) -> list[int]:
    for lead, known in basis:
        factor = row[lead]
        if factor:
            row = [(value - factor * other) % PRIME for value, other in zip(row, known, strict=True)]
    return row


def targets(first: int, last: int, groups: list[str]) -> Iterator[tuple[range, tuple[str, ...]]]:
    """Every period within, with every set of groups."""
    for start, end in combinations(range(first, last + 1), 2):
        for size in range(1, len(groups) + 1):
            for names in combinations(groups, size):
                yield range(start, end), names


def attacked(known: Known, hide_below: int) -> Iterator[str]:
    """Every small count that follows from what is known, or is narrowed down to fewer values than `hide_below`."""
    for first, last, classes in known.partings:
        rows = known.truth[first:last]
        groups = sorted({name for row in rows for name in row})
        basis = eliminated(equations(first, last, classes, groups))
        everybody = sum(classes.values())
        for period, names in targets(first, last, groups):
            count = sum(known.truth[at][name] for at in period for name in names)
            if not 0 < count < hide_below:
                continue
            wanted = [int(at in period and group in names) for at in range(first, last) for group in groups]
            if not any(reduced(wanted, basis)):
                yield f"{count} of {names} in lots {period}"
            in_rows = sum(sum(known.truth[at].values()) for at in period)
            at_most = sum(n for group, n in classes.items() if group & set(names))
            at_least = sum(n for group, n in classes.items() if group <= set(names))
            if min(in_rows, at_most) - max(0, in_rows + at_least - everybody) < hide_below:
                yield f"{count} of {names} in lots {period} is narrowed down"


@pytest.mark.parametrize("characteristic", ["language", "age"])
@pytest.mark.parametrize("measure", ["", "fft"])
@pytest.mark.parametrize("seed", range(6))
def test_no_small_count_follows_from_everything_that_was_ever_shown(seed: int, characteristic: str, measure: str) -> None:
    """S111, S127: every period and every set of groups, by elimination over all lots and by the bounds they set."""
    known = story(seed, characteristic, measure)
    assert known.partings, "a story without a parting shows nothing about groups"
    assert [*attacked(known, 5 + seed % 6)] == []
    assert all(sum(row.values()) >= 5 + seed % 6 for row in known.truth)


def test_the_attack_does_find_what_a_careless_hub_would_tell() -> None:
    """Beside the total of a lot the only other group of that lot: the attack must see that."""
    careless = Known([Counter({"en": 9, "cy": 3})], [(0, 1, {frozenset({"en"}): 9, frozenset({"cy"}): 3})])
    assert any("3 of ('cy',)" in found for found in attacked(careless, 8))
