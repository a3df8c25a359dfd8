"""The way to the centre: real HTTP, timed, and now and then a reply that never comes back."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

from sync.outcomes import Unreachable
from sync.transport import HttpTransport, Reply, Request
from sync.wire import FHIR_BASE, TOKEN_PATH

LOST = Unreachable("The reply was lost.")
KINDS = {FHIR_BASE: "batch", TOKEN_PATH: "sign-in"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request: what for, how it ended (0: no reply), how long it took and how many bytes it sent."""

    kind: str
    status: int
    seconds: float
    sent_bytes: int = 0


@dataclass(slots=True)
class Watched:
    """What was seen of every device's requests. `append` is one step in Python, so that threads need no lock."""

    exchanges: list[Exchange] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def seconds(self, kind: str, *, taken: bool = True) -> list[float]:
        """How long these took: those the hub took in, or those it sent away with 503."""
        return [
            one.seconds for one in self.exchanges if one.kind == kind and (one.status == 200 if taken else one.status == 503)
        ]

    def statuses(self) -> Counter[int]:
        return Counter(one.status for one in self.exchanges)


class WatchedTransport(HttpTransport):
    """The product's own transport. `losing` is the share of batches whose reply is lost after the hub has read them."""

    def __init__(self, watched: Watched, chance: Random, losing: float) -> None:
        super().__init__()
        self._watched, self._chance, self._losing = watched, chance, losing

    def exchange(self, request: Request) -> Reply | Unreachable:
        kind = KINDS.get(urlsplit(request.url).path.rstrip("/"), "other")
        start = time.perf_counter()
        reply = super().exchange(request)
        status = reply.status if isinstance(reply, Reply) else 0
        self._watched.exchanges.append(Exchange(kind, status, time.perf_counter() - start, len(request.body or b"")))
        if kind == "batch" and status == 200 and self._chance.random() < self._losing:
            self._watched.lost.append(request.url)
            return LOST
        return reply


def percentile(figures: Sequence[float], part: float) -> float:
    """The figure that this part of all (0 to 1) does not exceed; 0 of none."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def spread(seconds: Sequence[float]) -> str:
    """How many there were and how long they took, in words."""
    if not seconds:
        return "none"
    half, most, longest = percentile(seconds, 0.5), percentile(seconds, 0.99), max(seconds)
    return f"{len(seconds)}, median {half:.2f} s, p99 {most:.2f} s, longest {longest:.2f} s"
