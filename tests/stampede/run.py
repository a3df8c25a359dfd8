"""One stampede: so many devices with so many responses each, all at one moment, against hubs that are running."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sync.outbox import Queued
from tests.stampede.count import Counted, counted
from tests.stampede.crowd import Crowd, join
from tests.stampede.hubs import Hubs
from tests.stampede.network import Watched, spread
from tests.stampede.people import CANONICAL, response

LOSING = 0.02
LONGEST_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a stampede went. Times are for the devices' requests as they felt them."""

    counted: Counted
    seconds: float
    all_sent: bool
    watched: Watched
    peak_megabytes: tuple[float, ...]

    def lines(self) -> Iterator[str]:
        batches, sent_away = self.watched.seconds("batch"), self.watched.seconds("batch", taken=False)
        statuses = ", ".join(f"{count} x {status or 'no reply'}" for status, count in sorted(self.watched.statuses().items()))
        yield f"exactly once:          {'yes' if self.counted.exactly_once else 'NO'} ({self.counted})"
        yield f"until all was taken in: {self.seconds:.1f} s, {self.counted.said / self.seconds:,.0f} responses a second"
        yield f"a batch taken in:      {spread(batches)}"
        yield f"signing in:            {spread(self.watched.seconds('sign-in'))}"
        yield f"sent away with 503:    {spread(sent_away)}"
        yield f"replies lost on purpose: {len(self.watched.lost)} batches; all requests: {statuses}"
        yield f"most memory of a hub:  {', '.join(f'{peak:.0f} MB' for peak in self.peak_megabytes) or 'not known here'}"


def stampede(hubs: Hubs, devices: int, each: int, seed: int) -> Outcome:
    """Pair the devices, let them all come back at once, wait until the last has sent everything, and count."""
    chance = Random(seed)
    known = join(hubs.urls, hubs.places(devices))
    said: dict[str, str] = {}
    held = [_held(chance, each, said) for _ in range(devices)]
    crowd = Crowd(known, held, LOSING)
    start = time.perf_counter()
    all_sent = crowd.comes_back(LONGEST_SECONDS)
    seconds = time.perf_counter() - start
    crowd.goes_home()
    peaks = tuple(hubs.peak_megabytes())
    return Outcome(counted(hubs, said), seconds, all_sent, crowd.watched, peaks)


def _held(chance: Random, each: int, said: dict[str, str]) -> list[Queued]:
    """What one device holds; `said` is told."""
    queued = []
    for sequence in range(1, each + 1):
        identity, document, digest = response(chance)
        said[identity] = digest
        queued.append(Queued(sequence, identity, CANONICAL, document))
    return queued
