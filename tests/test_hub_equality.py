"""Who is heard and whose experience differs (S122 to S127): groups beside the population and beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sync.hub.analysis.characteristics import Characteristic
from sync.hub.analysis.good import VIEWS
from sync.hub.analysis.heard import Asked, tables
from tests.hub_people import Hub

if TYPE_CHECKING:
    from sync.hub.counts.sheets import Group

pytest_plugins = ("tests.hub_server",)

AGE = Characteristic("age", "How old are you?", {"16-24": "16 to 24", "65-74": "65 to 74", "prefer-not": "I prefer not to say"})


def group(good: int, poor: int) -> Group:
    from sync.hub.counts.sheets import Group

    return Group(good + poor, {"fft": {"good": good, "poor": poor}})


def asked(population: dict[tuple[str, str], float] | None = None, **groups: Group) -> Asked:
    named = {"young": "16-24", "old": "65-74", "unsaid": "", "others": "others"}
    known = {named[name]: one for name, one in groups.items()}
    return Asked([AGE], {"age": known}, VIEWS["positive"], sum(one.n for one in known.values()), population or {})


def test_a_group_is_compared_with_everybody_else_and_the_number_of_people_stands_beside() -> None:
    [table] = tables(asked(young=group(20, 20), old=group(95, 5), unsaid=group(9, 1)))
    young, old = table.rows
    assert (young.words, young.answers.n, young.others.n) == ("16 to 24", 40, 110)
    assert (young.differs, old.differs) == ("worse", "better")
    assert (table.said, table.unsaid) == (140, 10)


def test_a_difference_that_may_be_chance_is_none() -> None:
    [table] = tables(asked(young=group(8, 2), old=group(9, 1)))
    assert {row.differs for row in table.rows} == {""}


def test_fewer_heard_than_live_there_is_told_when_it_is_more_than_chance() -> None:
    shares = {("age", "16-24"): 50.0, ("age", "65-74"): 50.0}
    [table] = tables(asked(shares, young=group(20, 0), old=group(80, 0)))
    assert [row.heard for row in table.rows] == ["fewer", "more"]
    [table] = tables(asked(shares, young=group(48, 0), old=group(52, 0)))
    assert [row.heard for row in table.rows] == ["", ""]


def test_people_whose_group_is_too_small_to_show_are_never_taken_as_proof() -> None:
    """S111: sixty unknown people may all be young, or all be old."""
    shares = {("age", "16-24"): 50.0, ("age", "65-74"): 50.0}
    [table] = tables(asked(shares, young=group(20, 0), old=group(80, 0), others=group(60, 0)))
    assert [row.heard for row in table.rows] == ["", ""]


def test_looking_at_many_groups_is_corrected_for() -> None:
    """Holm: 0.0325 alone would be more than chance; as one of two it is not."""
    pair = asked(young=group(20, 10), old=group(27, 3))
    assert {row.differs for row in tables(pair)[0].rows} == {""}


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"age:16-24": "40", "age:65-74": "60"}, "is kept"),
        ({"age:16-24": "70", "age:65-74": "60"}, "Together these are more than 100"),
        ({"age:16-24": "many"}, "Enter numbers from 0 to 100"),
        ({"age:16-24": "-1"}, "Each share is from 0 to 100"),
        ({"age:16-24": "NaN"}, "Each share is from 0 to 100"),
    ],
)
def test_a_site_manager_enters_who_lives_around_the_own_site(hub: Hub, shares: dict[str, str], said: str) -> None:
    from sync.hub import surveys
    from sync.hub.models import PopulationShare, Site

    sample = Path(__file__).resolve().parent.parent / "assets/surveys/share-for-better-care.json"
    slug = surveys.add(sample.read_bytes()).survey.slug
    hub.staff()
    manager = hub.staff("Mia", "site-manager", ["North"])
    path = f"/results/{slug}/population?site={Site.objects.get(name='North').pk}"
    assert "How old are you?" in manager.reads(path)
    assert said in manager.send(path, shares).text
    assert PopulationShare.objects.count() == (2 if said == "is kept" else 0)
