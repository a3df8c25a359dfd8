"""Many kiosks that come back at once, and one that was away for a year: everything is there, and there once.

Short runs of ``python -m tests.stampede`` (1,000 devices with 100 responses each; one kiosk with 100,000).
"""

from __future__ import annotations

import tracemalloc
from contextlib import closing
from pathlib import Path
from random import Random

from sync.decisions import State
from sync.outbox import Outbox
from sync.pace import Pace
from tests.postgresql import Cluster
from tests.stampede.backlog import Made, fill
from tests.stampede.crowd import join
from tests.stampede.hubs import serving, sharing
from tests.stampede.people import CANONICAL, response
from tests.stampede.run import stampede
from tests.stampede.year import Year, deliver, year_offline

pytest_plugins = ("tests.postgresql_server",)

A_FEW_BATCHES_BYTES = 3_000_000
OVERFLOWS = 1_100
"""A double holds no higher power of two than the 1,023rd: so many failures in a row ended other programs."""


def test_a_crowd_that_comes_back_at_once_to_one_hub_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """One hub on SQLite, real sign-in, real HTTP, and replies lost on the way."""
    with serving(tmp_path / "hub") as hubs:
        outcome = stampede(hubs, devices=50, each=20, seed=2)
    assert outcome.counted.exactly_once, outcome.counted
    assert (outcome.all_sent, outcome.counted.kept) == (True, 1000)
    assert outcome.watched.lost


def test_a_crowd_that_comes_back_at_once_to_two_hubs_loses_and_doubles_nothing(postgresql: Cluster, tmp_path: Path) -> None:
    """The same with two hubs on one PostgreSQL: each device may meet either."""
    with sharing(postgresql, "crowd", tmp_path / "hub") as hubs:
        outcome = stampede(hubs, devices=50, each=20, seed=2)
    assert outcome.counted.exactly_once, outcome.counted
    assert (outcome.all_sent, outcome.counted.kept) == (True, 1000)
    assert outcome.watched.lost


def test_a_backlog_of_months_offline_is_delivered_whole_after_more_failures_than_a_float_can_double(tmp_path: Path) -> None:
    with serving(tmp_path / "hub") as hubs:
        year = year_offline(hubs, tmp_path / "kiosk" / "outbox.sqlite", responses=2_500, attempts=OVERFLOWS, seed=3)
    assert year.states_before == {State.OFFLINE}
    assert year.longest_wait_seconds <= Pace().longest_seconds
    assert year.whole, list(year.lines())


def test_the_courier_holds_no_more_of_a_long_queue_than_a_batch(tmp_path: Path) -> None:
    """What waits on the disk stays there until its turn."""
    chance, path = Random(4), tmp_path / "kiosk" / "outbox.sqlite"
    with serving(tmp_path / "hub") as hubs:
        (known,) = join(hubs.urls, hubs.places(1))
        fill(path, 350, lambda: said(chance))
        assert path.stat().st_size > 2 * A_FEW_BATCHES_BYTES
        with closing(Outbox(path)) as outbox:
            tracemalloc.start()
            deliver(Year(350, 0), outbox, known)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert outbox.counts().sent == 350
    assert peak < A_FEW_BATCHES_BYTES


def said(chance: Random) -> Made:
    """A third of them with many words."""
    identity, document, _ = response(chance, words=12_000)
    return identity, CANONICAL, document
