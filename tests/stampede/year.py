"""A year without a network: a full outbox file, thousands of failed attempts before, and then a hub that is there.

Outbox, courier, client and hub are the product's own, the hub in a process of its own. Only the waiting is left out: before
each attempt a person asks for it (`Courier.hurry`), so the back-off goes on growing as it would.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sync.client import Client
from sync.courier import Courier, Health, Listeners
from sync.credentials import Credentials
from sync.decisions import State
from sync.outbox import Outbox
from tests.stampede.backlog import Made, fill
from tests.stampede.count import Counted, counted
from tests.stampede.crowd import ABOUT, join
from tests.stampede.hubs import Hubs, megabytes
from tests.stampede.network import Watched, WatchedTransport, spread
from tests.stampede.people import CANONICAL, response

LOSING = 0.02
MOST_ROUNDS = 1000


@dataclass(slots=True)
class Year:
    """How it went. `longest_wait_seconds`: the longest that the courier wanted to rest before the next attempt."""

    responses: int
    attempts: int
    longest_wait_seconds: float = 0.0
    states_before: set[State] = field(default_factory=set)
    seconds: float = 0.0
    rounds: int = 0
    memory_megabytes: list[float] = field(default_factory=list)
    watched: Watched = field(default_factory=Watched)
    left: int = 0
    refused: int = 0
    hub_megabytes: list[float] = field(default_factory=list)
    counted: Counted | None = None

    @property
    def whole(self) -> bool:
        return bool(self.counted and self.counted.exactly_once) and not self.left and not self.refused

    def lines(self) -> Iterator[str]:
        batches, memory = self.watched.seconds("batch"), self.memory_megabytes or [0.0]
        told = f"{self.counted}; {self.left} left, {self.refused} refused"
        yield f"exactly once:          {'yes' if self.whole else 'NO'} ({told})"
        failed = f"all failed ({', '.join(sorted(self.states_before))})"
        yield f"attempts before:       {self.attempts:,}, {failed}; longest rest asked for {self.longest_wait_seconds:.0f} s"
        yield f"until all was taken in: {self.seconds:.1f} s, {self.responses / self.seconds:,.0f} responses a second"
        yield f"a batch taken in:      {spread(batches)}"
        yield f"replies lost on purpose: {len(self.watched.lost)}; rounds of the courier: {self.rounds}"
        held = f"{memory[0]:.0f} MB at the first batch, {max(memory):.0f} MB at most, {memory[-1]:.0f} MB at the end"
        yield f"memory of the courier: {held}"
        yield f"most memory of the hub: {', '.join(f'{peak:.0f} MB' for peak in self.hub_megabytes) or 'not known here'}"


def year_offline(hubs: Hubs, path: Path, responses: int, attempts: int, seed: int) -> Year:
    """Fill the outbox at `path`, fail so many times, then deliver everything to the first of `hubs`, and count."""
    chance = Random(seed)
    said: dict[str, str] = {}
    (known,) = join(hubs.urls[:1], hubs.places(1))
    fill(path, responses, lambda: _made(chance, said))
    year = Year(responses, attempts)
    with closing(Outbox(path)) as outbox:
        _fail(year, outbox, known)
        deliver(year, outbox, known)
        counts = outbox.counts()
        year.left, year.refused = counts.waiting, counts.refused
    year.hub_megabytes = hubs.peak_megabytes()
    year.counted = counted(hubs, said)
    return year


def _made(chance: Random, said: dict[str, str]) -> Made:
    identity, document, said[identity] = response(chance)
    return identity, CANONICAL, document


def _fail(year: Year, outbox: Outbox, known: Credentials) -> None:
    """Nobody listens at the address: every attempt is refused by the network. Each row remembers as many attempts."""
    with socket.socket() as nobody:  # bound, so that nobody else takes it; not listening
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/fhir"
        courier = Courier(outbox, lambda: Client(address, known.sign_in), Listeners(about=_about), chance=lambda: 1.0)
        for _ in range(year.attempts):
            courier.hurry()
            year.states_before.add(courier.once().state)
            year.longest_wait_seconds = max(year.longest_wait_seconds, courier._not_before - time.monotonic())
    with outbox._file.writing() as db:
        db.execute("UPDATE responses SET attempts = ?", (year.attempts,))


def deliver(year: Year, outbox: Outbox, known: Credentials) -> None:
    transport = WatchedTransport(year.watched, Random(1), LOSING)

    def heard(_: Health) -> None:
        year.memory_megabytes.append(megabytes(os.getpid()))

    courier = Courier(
        outbox,
        lambda: Client(known.fhir_base, known.sign_in, report_url=known.report_url, transport=transport),
        Listeners(on_health=heard, about=_about),
    )
    start = time.perf_counter()
    for _ in range(MOST_ROUNDS):
        courier.hurry()
        year.rounds += 1
        if not courier.once().counts.waiting:
            break
    year.seconds = time.perf_counter() - start


def _about() -> Mapping[str, object]:
    return ABOUT
