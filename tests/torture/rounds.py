"""The driver: round after round of visits, faults and kills; then everything is put right, and the books are compared."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from kiosk.app.device import Device
from kiosk.app.hub_process import Account
from kiosk.settings import FILE_NAME
from sync import credentials
from tests.torture import evidence, first_day, moments, weather
from tests.torture.ledger import Audit, Ledger
from tests.torture.moments import Moment
from tests.torture.process import ROOT, Process, Stuck
from tests.torture.proxy import Proxy
from tests.torture.survey import survey

START_SECONDS = 60.0
ROUND_SECONDS = 120.0
DRAIN_SECONDS = 90.0
MOST_VISITS = 10
"""In one round."""
KIOSK_KILLED, HUB_KILLED = 0.4, 0.3
"""In how many rounds each of them is killed."""


class Torture:
    """A hub, a kiosk paired with it through the proxy, and what is known of both."""

    def __init__(self, folder: Path, seed: int, most_visits: int = MOST_VISITS) -> None:
        self._seed, self._most_visits = seed, most_visits
        self.hub_data, self.device_data, self.log = folder / "hub", folder / "device", folder / "log"
        self.ledger, self.moments = Ledger(), moments.Moments()
        port = free_port()
        serve = ("hub", "serve", "--data", str(self.hub_data), "--port", str(port))
        self.hub_url = f"http://127.0.0.1:{port}"
        self.hub = Process(("tests.torture.held", *serve), self.log, lambda _: None)
        self.kiosk = Process(("tests.torture.kiosk_process", str(self.device_data)), self.log, self._hear)
        self.proxy = Proxy(port, self.moments.happened)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Hub, proxy and a paired device; all ended afterwards, whatever happened."""
        try:
            with self.proxy:
                self.account = self._first_day()
                yield
        finally:
            self.kiosk.end()
            self.hub.end()

    def play(self, number: int, kills: Sequence[Moment] | None = None) -> None:
        """One round, its kills by chance unless they are given. Raises Stuck."""
        chance = Random(f"{self._seed}:{number}")
        self.proxy.weather = weather.drawn(chance)
        by_chance = [moments.drawn(chance, self.kiosk.kill)] if chance.random() < KIOSK_KILLED else []
        by_chance += [moments.drawn(chance, self.hub.kill)] if chance.random() < HUB_KILLED else []
        self.moments.plan([])
        self.hub.ensure()
        self.kiosk.ensure()
        self.moments.plan(by_chance if kills is None else kills)
        self.kiosk.say(f"play {chance.randint(1, self._most_visits)} {self._seed}:{number}")
        self._wait_for_the_end_of_the_round(number)

    def settle(self) -> Audit:
        """All faults off, everything started; when the outbox is empty, compare. Raises Stuck."""
        self.moments.plan([])
        self.proxy.weather = weather.clear()
        self._ready(self.hub, "Hub ready")
        self._ready(self.kiosk, "ready")
        self.kiosk.say("drain")
        drained = self.kiosk.wait_for("drained", DRAIN_SECONDS)
        rows = evidence.documents(self.hub_data)
        other = [*self._left_behind(drained), *self._told_by_http(rows)]
        audit = self.ledger.audit(evidence.stored(rows), other)
        return replace(audit, on_device=evidence.states_on_device(self.device_data))

    # --- parts ------------------------------------------------------------------------------------------------------

    def _hear(self, line: str) -> None:
        self.ledger.note(line)
        self.moments.happened(line.partition(" ")[0])

    def _first_day(self) -> Account:
        command = [sys.executable, "-m", "tests.torture.first_day", str(self.hub_data)]
        password, code = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
        self._ready(self.hub, "Hub ready")
        self.device_data.mkdir()
        asked = self.device_data / "torture.json"
        asked.write_bytes(survey())
        (self.device_data / FILE_NAME).write_text(f"survey = {json.dumps(str(asked))}\n")
        device = Device(self.device_data)
        device.pin.keep("2468")
        credentials.save(self.device_data, credentials.pair(self.proxy.url, code, "Tapped"))
        device.close()
        return Account(first_day.ANALYST, password)

    def _ready(self, process: Process, line: str) -> None:
        process.ensure()
        if process.wait_for(line, START_SECONDS) is None:
            raise Stuck(f"{process!r} ended before it was ready.")

    def _wait_for_the_end_of_the_round(self, number: int) -> None:
        """Until the patients have gone home or the kiosk was killed. A hub that was killed is started again meanwhile."""
        end = time.monotonic() + ROUND_SECONDS
        while time.monotonic() < end:
            self.hub.ensure()
            try:
                heard = self.kiosk.wait_for("played", 0.1)
            except Stuck:
                continue
            if heard is None and not self.kiosk.was_killed:
                raise Stuck(f"The kiosk ended by itself in round {number} (status {self.kiosk.status}).")
            self.kiosk.forget("played")
            return
        raise Stuck(f"Round {number} did not end within {ROUND_SECONDS:.0f} seconds.")

    def _left_behind(self, drained: str | None) -> Iterator[str]:
        waiting, _, refused = (drained or "drained ? ? ?").split()[1:]
        if waiting != "0":
            yield f"{waiting} responses could not leave the device."
        if refused != "0":
            yield f"{refused} responses were refused by the hub."
        yield from (f"The proxy itself failed: {error!r}" for error in self.proxy.broken)

    def _told_by_http(self, rows: list[tuple[str, dict[str, object]]]) -> Iterator[str]:
        yield from evidence.missing_by_http(self.proxy.url, self.device_data, self.ledger.acknowledged)
        yield from evidence.wrong_figures(self.hub_data, rows)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
