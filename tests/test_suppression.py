"""Small numbers (S111, S127): what is shown comes in lots, and no count below eight follows from all lots together.

Each story is a small site: people come one by one or a few together. What an attacker knows is every lot that was ever shown,
which is more than any page, filter or download says. Then linear algebra is asked what follows from it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

import pytest

from sync.hub.counts import counting, suppression
from sync.hub.counts.counting import Columns, Plan, Told
from sync.hub.counts.suppression import NOT_SAID, Rule, shown_groups, take_lots
from sync.hub.taking_in.flat import FlatAnswer

FFT = "urn:feedback-kiosk:fft"
PLAN = Plan(
    coded=frozenset({"fft", "listened", "support", "age"}),
    measures={"fft": ("fft",), "listened": ("listened",), "support": ("support",)},
    characteristics={"age": ("age",), "effect": ("disability-effect",)},
)
PRIME = 2_147_483_647
"""Elimination modulo a large prime: as good as with fractions, and quick."""


def told(language: str = "en", ways: tuple[str, ...] = ("touch",), **answered: str) -> Told:
    given = {"fft": "good"} | answered
    answers = [FlatAnswer(link_id, "", FFT if link_id == "fft" else "", code) for link_id, code in given.items() if code]
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
    """S111: a lot of everybody goes without it."""
    waiting = waits(*[told(why="because")] * 7, *[told()] * 5)
    lot = take_lots(waiting, Rule())
    assert (lot.headline["status"], "why" in lot.questions) == ({"completed": 12}, False)
    waiting.add(waits(*[told(why="because")] * 8))
    assert take_lots(waiting, Rule()).questions["why"]["n"] == 15


def test_a_lot_waits_for_a_measure_that_few_answered_but_not_for_ever() -> None:
    """S111: twelve with seven answers wait for the eighth; twenty-four go without it."""
    waiting = waits(*[told()] * 7, *[told(fft="")] * 5)
    assert take_lots(waiting, Rule()) == Columns()
    waiting.add(waits(*[told(fft="")] * 12))
    lot = take_lots(waiting, Rule())
    assert (lot.headline["status"], lot.headline["measures"]) == ({"completed": 24}, {})
    assert waiting.headline["measures"] == {"fft": {"good": 7}}


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"en": 30, "cy": 8}, {"en", "cy"}),
        ({"en": 30, "cy": 3}, None),  # 33 in all would tell the 3: wait
        ({"en": 300, "cy": 3}, None),  # and nobody else is there to hide the 3 among: wait on
        ({"en": 300, "cy": 20, "pl": 3}, {"en"}),  # 3 + 20 stay together
        ({"en": 300, "cy": 20, "pl": 3, "": 90}, {"en", "cy"}),  # better that those who did not say stay with the 3
        ({"en": 300, "cy": 20, "pl": 4, "ur": 5}, {"en", "cy"}),  # 4 + 5 stay together
        ({"en": 50, "cy": 5, "pl": 5}, None),  # not yet 200: the small ones may still grow
        ({}, set()),
    ],
)
def test_a_small_group_is_never_left_alone_beside_the_total(sizes: dict[str, int], shown: set[str] | None) -> None:
    """S111: secondary suppression."""
    assert shown_groups([sizes], Rule()) == shown


def test_a_group_is_full_only_if_enough_of_it_answered_each_measure() -> None:
    """S111: nine Welsh speakers, of whom seven answered, would show what the seven said."""
    assert shown_groups([{"en": 30, "cy": 9}, {"en": 30, "cy": 7}], Rule()) is None
    assert shown_groups([{"en": 30, "cy": 9}, {"en": 30, "cy": 0}], Rule()) == {"en", "cy"}


def test_the_few_wait_on_together_and_are_shown_once_they_are_full() -> None:
    """S111: four Welsh and five Polish speakers stay behind twice; the second time they are eight and ten."""
    people = [*[told()] * 191, *[told(language="cy")] * 4, *[told(language="pl")] * 5]
    waiting = waits(*people)
    assert take_lots(waiting, Rule()).headline["languages"] == {"en": 191}
    waiting.add(waits(*people))
    assert take_lots(waiting, Rule()).headline["languages"] == {"en": 191, "cy": 8, "pl": 10}


def test_a_measure_that_one_person_answered_twice_is_not_shown() -> None:
    """S111: four people with two answers each would look like eight."""
    columns = Columns()
    twice = [FlatAnswer("listened", "", "", code) for code in ("yes", "no")]
    counting.count(columns, PLAN, Told("completed", "en", "kiosk", (), twice))
    assert suppression.of_one(columns, PLAN).headline["measures"] == {}


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
# Each person answers one measure with a word of their own. So every figure that is shown names the people it is about.


@dataclass
class Known:
    """What one site has shown of a characteristic: the people of each lot, and of each group each time; and who they are."""

    groups: dict[str, str] = field(default_factory=dict)
    """The truth, which the attacker does not know: each person's group."""
    lots: list[frozenset[str]] = field(default_factory=list)
    figures: list[frozenset[str]] = field(default_factory=list)
    """Lots and groups alike: of each the attacker knows the figures, and in the worst case who is meant."""


def story(seed: int, characteristic: str, days: int = 240) -> Known:
    """A small site, where people come one by one or a few together; it is looked at each evening."""
    chance, rule, waiting, known = random.Random(seed), Rule(5 + seed % 6), Columns(), Known()
    for _ in range(days):
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 9))):
            name = f"person {len(known.groups)}"
            answers = {"fft": chance.choices(("good", "poor", ""), (6, 2, 1))[0], "listened": name}
            age = chance.choices(("16-24", "65-74", "85-plus", ""), (4, 8, 1, 2))[0]
            language = chance.choices(("en", "cy", "pl", "ur"), (20, 4, 3, 1))[0]
            known.groups[name] = {"age": age, "language": language}[characteristic]
            waiting.add(waits(told(language, ("touch",), age=age, **answers)))
        lot = take_lots(waiting, rule)
        if lot.headline:
            known.lots.append(frozenset(lot.headline["measures"]["listened"]))
            groups = lot.groups.get(characteristic, {}).values()
            known.figures += [known.lots[-1], *(frozenset(group["measures"]["listened"]) for group in groups)]
    return known


def attacked(known: Known, hide_below: int, longest: int = 5) -> Iterator[str]:
    """Every small count that follows from the figures: of each run of lots, and of each set of groups in them."""
    cells = {(at, known.groups[name]) for at, lot in enumerate(known.lots) for name in lot}
    places = {cell: place for place, cell in enumerate(sorted(cells))}
    cell_of = {name: (at, known.groups[name]) for at, lot in enumerate(known.lots) for name in lot}
    people = Counter(cell_of.values())
    basis = eliminated([vector({cell_of[name] for name in figure}, places) for figure in known.figures])
    for first, last in combinations(range(len(known.lots) + 1), 2):
        names = sorted({group for at, group in cells if first <= at < last}) if last - first <= longest else []
        for wanted in (chosen for size in range(1, len(names) + 1) for chosen in combinations(names, size)):
            meant = {(at, group) for at, group in cells if first <= at < last and group in wanted}
            count = sum(people[cell] for cell in meant)
            if 0 < count < hide_below and not any(reduced(vector(meant, places), basis)):
                yield f"{count} of {wanted} in lots {first} to {last - 1}"


def vector(meant: set[tuple[int, str]], places: dict[tuple[int, str], int]) -> list[int]:
    row = [0] * len(places)
    for cell in meant:
        row[places[cell]] = 1
    return row


def eliminated(rows: list[list[int]]) -> list[tuple[int, list[int]]]:
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


@pytest.mark.parametrize("characteristic", ["language", "age"])
@pytest.mark.parametrize("seed", range(6))
def test_no_small_count_follows_from_everything_that_was_ever_shown(seed: int, characteristic: str) -> None:
    """S111, S127: every run of lots and every set of groups in them, by elimination over all figures that were ever shown."""
    known = story(seed, characteristic)
    assert len(known.figures) > len(known.lots), "a story without groups shows nothing about groups"
    assert [*attacked(known, 5 + seed % 6)] == []


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_about_enough_people_and_no_lot_shares_a_person_with_another(seed: int) -> None:
    """S111: this and the table of lots and groups is all that the proof needs."""
    known = story(seed, "language")
    assert min(len(figure) for figure in known.figures) >= 5 + seed % 6
    assert sum(map(len, known.lots)) == len(frozenset().union(*known.lots))


def test_the_attack_does_find_what_a_careless_hub_would_tell() -> None:
    """Beside the total of a lot the only other group of that lot: the attack must see that."""
    names = {f"person {at}": "en" if at < 9 else "cy" for at in range(12)}
    english = frozenset(name for name, group in names.items() if group == "en")
    careless = Known(names, [frozenset(names)], [frozenset(names), english])
    assert [*attacked(careless, 8)] == ["3 of ('cy',) in lots 0 to 0"]


def test_some_rows_and_some_columns_share_a_count_that_stays_unknown_by_eight_or_more() -> None:
    """S111: the bounds of a table with known sums, as the docstring works them out, for every table of four sums from 8 up."""
    for r, c, more in product(range(8, 24), repeat=3):
        for n in (max(r, c) + 8, max(r, c) + 8 + more):
            assert min(r, c) - max(0, r + c - n) == min(r, c, n - r, n - c) >= 8


@pytest.mark.parametrize("seed", range(3))
def test_everybody_is_shown_once_or_still_waits(seed: int) -> None:
    """What is shown and what waits are all who came, of everybody and of each characteristic."""
    chance, waiting, shown = random.Random(seed), Columns(), Columns()
    people = [
        told(chance.choices(("en", "cy", "pl"), (20, 3, 1))[0], age=chance.choice(("16-24", "65-74", ""))) for _ in range(700)
    ]
    for person in people:
        waiting.add(waits(person))
        shown.add(take_lots(waiting, Rule()))
    for part in ("status", "measures"):
        assert counted(shown.headline[part]) + counted(waiting.headline.get(part, {})) == len(people)
    for name in ("language", "way", "age"):
        waits_still = [waiting.groups.get(one, {}) for one in (name, name + suppression.ONCE_MORE)]
        groups = [*shown.groups.get(name, {}).values(), *(group for one in waits_still for group in one.values())]
        assert sum(group.get("n", 0) for group in groups) == len(people)
        assert sum(counted(group.get("measures", {})) for group in groups) == len(people)


def counted(tree: counting.Tree) -> int:
    return sum(counted(value) if isinstance(value, dict) else int(value) for value in tree.values())
