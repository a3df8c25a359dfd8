"""Simulated devices: the product's courier, client and signing in, each in its own thread. Only the outbox is in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import cast

from sync.client import Client
from sync.courier import Courier, Health, Listeners
from sync.credentials import Credentials, pair
from sync.outbox import Counts, Outbox, Queued
from tests.stampede.network import Watched, WatchedTransport

STACK_BYTES = 512 * 1024
PAIR_AT_ONCE = 8
ABOUT = {"version": "1.0", "survey": "", "languages": ["en-GB"]}


class InMemory:
    """The courier's side of an outbox (sync.outbox.Outbox), without a disk. One thread uses it."""

    def __init__(self, queued: Iterable[Queued]) -> None:
        self._waiting = {one.response_id: (one, 0.0) for one in queued}
        self.sent: list[str] = []
        self.refused: list[str] = []

    def counts(self) -> Counts:
        return Counts(len(self._waiting), len(self.sent), len(self.refused), 0 if self._waiting else None)

    def due(self, now: float, limit_entries: int, limit_bytes: int) -> list[Queued]:
        found: list[Queued] = []
        size = 0
        for one, at in self._waiting.values():
            size += len(one.document)
            if len(found) == limit_entries or (found and size > limit_bytes):
                break
            if at <= now:
                found.append(one)
        return found

    def next_due_at(self) -> float | None:
        return min((at for _, at in self._waiting.values()), default=None)

    def mark_sent(self, response_ids: Iterable[str]) -> None:
        self.sent += [response_id for response_id in response_ids if self._waiting.pop(response_id, None)]

    def mark_refused(self, response_id: str, _reason: str) -> None:
        if self._waiting.pop(response_id, None):
            self.refused.append(response_id)

    def postpone(self, response_ids: Iterable[str], until: float, _reason: str, *, objected: bool = False) -> None:
        for response_id in response_ids:
            one, _ = self._waiting[response_id]
            tried = replace(one, attempts=one.attempts + 1, objections=one.objections + objected)
            self._waiting[response_id] = tried, until

    def purge_sent(self, _before: float) -> int:
        return 0


class Device:
    """One kiosk of the crowd. `empty` is called once, in its thread, when nothing waits any more."""

    def __init__(
        self, known: Credentials, queued: Sequence[Queued], transport: WatchedTransport, empty: Callable[[], None]
    ) -> None:
        self.outbox = InMemory(queued)
        self._when_empty = [empty]
        self.courier = Courier(
            cast("Outbox", self.outbox),
            lambda: Client(known.fhir_base, known.sign_in, report_url=known.report_url, transport=transport),
            Listeners(on_health=self._heard, about=lambda: ABOUT),
        )

    def _heard(self, health: Health) -> None:
        if health.counts.waiting == 0 and self._when_empty:
            self._when_empty.pop()()


class Crowd:
    """Paired devices, each with what it holds, that all come back at one moment."""

    def __init__(self, known: Sequence[Credentials], held: Sequence[Sequence[Queued]], losing: float) -> None:
        self.watched = Watched()
        self._left = threading.Semaphore(0)
        self.devices = [
            Device(one, queued, WatchedTransport(self.watched, Random(number), losing), self._left.release)
            for number, (one, queued) in enumerate(zip(known, held, strict=True))
        ]

    def comes_back(self, seconds: float) -> bool:
        """All at once; whether all of them have sent everything within these seconds."""
        before = threading.stack_size(STACK_BYTES)
        for device in self.devices:
            device.courier.start()
        threading.stack_size(before)
        return all(self._left.acquire(timeout=seconds) for _ in self.devices)

    def goes_home(self) -> None:
        for device in self.devices:
            device.courier.stop(0.0)
        for device in self.devices:
            device.courier.stop(30.0)


def join(urls: Sequence[str], codes: Sequence[str]) -> list[Credentials]:
    """A device for each code, paired over HTTP; the hubs take turns."""
    at = [urls[number % len(urls)] for number in range(len(codes))]
    with ThreadPoolExecutor(PAIR_AT_ONCE) as pairing:
        return list(pairing.map(pair, at, codes, [f"Kiosk {number}" for number in range(len(codes))]))
