"""When many devices come at once: those who would wait too long are sent away in words, and come again by themselves."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from django.db import OperationalError
from waitress.wasyncore import close_all

from sync.hub import gate
from sync.hub.config import HubConfig
from sync.hub.serve import THREADS, listen
from tests.hub_people import Hub
from tests.hub_survey import answer

pytest_plugins = ("tests.hub_server",)


class Door:
    """A hub on a socket of its own, whose line we can see."""

    def __init__(self, listening_hub: str, tmp_path_factory: pytest.TempPathFactory) -> None:
        self.server = listen(HubConfig(data=tmp_path_factory.mktemp("door"), port=0))
        self.url = f"http://127.0.0.1:{self.server.effective_port}"
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def in_line(self) -> int:
        return len(self.server.task_dispatcher.queue)

    def until(self, fact: Callable[[], bool]) -> None:
        """Look again and again until it is so."""
        tick = threading.Event()
        assert any(fact() or tick.wait(0.01) for _ in range(30_000)), "It never happened."

    def close(self) -> None:
        self.server.trigger.pull_trigger(lambda: close_all(self.server._map))
        self.thread.join(10)
        self.server.task_dispatcher.shutdown()
        self.server.close()


@pytest.fixture
def door(listening_hub: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    door = Door(listening_hub, tmp_path_factory)
    yield door
    door.close()


@pytest.fixture
def held(listening_hub: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Whoever brings answers stands still, before the database is asked to write, until the event is set."""
    from sync.hub.taking_in import intake

    go_on, as_ever = threading.Event(), intake.judge

    def held(*arguments: Any) -> Any:
        assert go_on.wait(300)
        return as_ever(*arguments)

    monkeypatch.setattr(intake, "judge", held)
    yield go_on
    go_on.set()


def test_when_the_line_is_long_devices_are_told_to_come_again_later(
    hub: Hub, door: Door, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what they brought is neither kept nor lost; people's pages are let through."""
    from sync.hub.models import Response

    monkeypatch.setattr(gate, "LONGEST_QUEUE", 3)
    device = hub.device()
    device.url = door.url
    with ThreadPoolExecutor(THREADS + 8) as crowd:
        replies = [crowd.submit(device.put, answer()) for _ in range(THREADS + 8)]
        door.until(lambda: door.in_line() == 8)
        page = crowd.submit(requests.get, door.url + "/sign-in", timeout=300)
        held.set()
        statuses = Counter(reply.result().status_code for reply in replies)
        assert page.result().status_code == 200
    sent_away = [reply.result() for reply in replies if reply.result().status_code == 503]
    assert set(statuses) == {201, 503}
    assert Response.objects.count() == statuses[201]
    assert all(int(reply.headers["Retry-After"]) >= gate.SOONEST_SECONDS for reply in sent_away)
    assert sent_away[0].json()["resourceType"] == "OperationOutcome"


def test_those_sent_away_are_spread_over_a_while_that_grows_with_the_line() -> None:
    near, far = ({gate.come_again_seconds(line) for _ in range(500)} for line in (50, 400))
    assert min(near) >= gate.SOONEST_SECONDS
    assert max(near) <= 60 < max(far)
    assert len(near) > 30


def test_a_database_that_is_away_for_a_moment_is_no_fault_of_the_hub(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sync.hub.taking_in import keep

    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(keep, "all_of", locked)
    device, document = hub.device(), answer()
    reply = device.put(document)
    assert (reply.status_code, reply.json()["resourceType"]) == (503, "OperationOutcome")
    assert int(reply.headers["Retry-After"]) >= gate.SOONEST_SECONDS
    monkeypatch.undo()
    assert device.put(document).status_code == 201
