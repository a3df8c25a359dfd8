"""What the network does to a request, drawn by chance for each round."""

from __future__ import annotations

import threading
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """One way for a request to fare."""

    NONE = "none"
    REFUSED = "refused"
    """The connection is reset before anything is read by the hub."""
    REQUEST_CUT = "request-cut"
    """The hub gets half a request."""
    REPLY_LOST = "reply-lost"
    """The hub has kept everything, and the kiosk never hears of it."""
    REPLY_CUT = "reply-cut"
    """The kiosk gets the beginning of the reply."""
    PORTAL = "portal"
    """A sign-in page, 200, in place of the hub."""
    PORTAL_AFTER = "portal-after"
    """The hub has kept everything, and the kiosk gets a sign-in page."""
    SLOW = "slow"
    BUSY = "busy"
    """503 with Retry-After."""
    BAD_GATEWAY = "bad-gateway"
    """The hub has kept everything, and the proxy says 502."""
    TWICE = "twice"
    """The request reaches the hub twice, one after the other; the kiosk gets the second reply."""
    AT_ONCE = "at-once"
    """The request reaches the hub twice at the same time; the kiosk gets one of the replies."""
    SILENT = "silent"
    """Nothing at all comes back until the weather changes."""


class Weather:
    """What requests meet in one round. `over` is set when the round is."""

    def __init__(self, chance: Random, faults: dict[Fault, float]) -> None:
        self._chance, self._faults = chance, faults
        self._one_at_a_time = threading.Lock()
        self.over = threading.Event()

    def next_fault(self) -> Fault:
        """What the next request meets."""
        with self._one_at_a_time:
            return self._chance.choices([*self._faults], [*self._faults.values()])[0]

    def part(self) -> float:
        """How much of something passes, from 0 to 1."""
        with self._one_at_a_time:
            return self._chance.random()


def clear() -> Weather:
    """Everything passes."""
    return Weather(Random(0), {Fault.NONE: 1.0})


def drawn(chance: Random) -> Weather:
    """One round's weather: most often a few faults among requests that pass, at times nothing but one fault."""
    faults = chance.sample([fault for fault in Fault if fault is not Fault.NONE], chance.randint(1, 4))
    passing = chance.choice([0.0, 1.0, 2.0, 4.0])
    weights: dict[Fault, float] = {fault: chance.random() for fault in faults}
    if chance.random() < 0.5:
        weights[Fault.REPLY_LOST] = 1.0
    return Weather(Random(chance.random()), {Fault.NONE: passing, **weights})
