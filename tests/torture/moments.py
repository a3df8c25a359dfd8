"""When a process is killed: at the so-manieth time that something happens, and a few milliseconds later."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

HAPPENINGS = ("gives", "given", "offered", "thanked", "page", "request", "committed", "replied")
LONGEST_DELAY_SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class Moment:
    """The `count`-th `happening` of a round, and `delay_seconds` after it."""

    happening: str
    count: int
    delay_seconds: float
    strike: Callable[[], None]


class Moments:
    """What is to be struck in this round. Told from any thread what happens."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._counts: dict[str, int] = {}
        self._due: list[Moment] = []

    def plan(self, moments: Iterable[Moment]) -> None:
        """Forget the last round; these count from now. No blow is still to fall when this returns."""
        with self._guard:
            self._counts, self._due = {}, list(moments)

    def happened(self, happening: str) -> None:
        """Strike if the moment has come."""
        with self._guard:
            count = self._counts[happening] = self._counts.get(happening, 0) + 1
            come = [moment for moment in self._due if (moment.happening, moment.count) == (happening, count)]
            self._due = [moment for moment in self._due if moment not in come]
            for moment in come:
                time.sleep(moment.delay_seconds)
                moment.strike()


def drawn(chance: Random, strike: Callable[[], None]) -> Moment:
    """A moment by chance: often early, and often at once."""
    happening = chance.choice(HAPPENINGS)
    count = chance.randint(1, 40 if happening in {"page", "gives", "given"} else 4)
    delay = chance.choice((0.0, 0.0, chance.random() * LONGEST_DELAY_SECONDS))
    return Moment(happening, count, delay, strike)
