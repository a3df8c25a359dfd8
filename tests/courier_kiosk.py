"""A device with its outbox and its courier, as the tests of the courier speak of it."""

import json
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.client import Client
from sync.courier import Courier, Health, Listeners
from sync.outbox import Outbox
from sync.pace import Pace
from sync.reserve import Reserve
from sync.signin import NoSignIn, SignIn
from sync.wire import RESPONSE_SYSTEM
from tests.fhir_centre import Centre

QUICK = Pace(first_seconds=0.01, longest_seconds=0.05, errand_seconds=3600)
SURVEY = "https://example.org/survey|1"


class Kiosk:
    """A device as a test speaks of it. `chance` 0: a back-off ends as soon as it began."""

    def __init__(self, folder: Path, centre: Centre) -> None:
        self.outbox = Outbox(folder / "outbox.sqlite", reserve=Reserve(folder / "outbox.reserve", 1000))
        self.sign_in: SignIn = NoSignIn()
        self.report_url = ""
        self.centre = centre
        self.healths: list[Health] = []
        self.surveys: list[bytes] = []
        self.changed = threading.Condition()
        self.couriers: list[Courier] = []
        self.courier = self.new_courier()

    def new_courier(self, pace: Pace = QUICK, open_client: Callable[[], Client | None] | None = None) -> Courier:
        about = {
            "version": "1.0",
            "survey": SURVEY,
            "languages": ["en-GB"],
            "voices": ["en-GB"],
            "disk_free_mb": 900,
            "settings_applied": "",
            "settings_pinned": [],
            "settings_fault": "",
        }
        listeners = Listeners(self.heard, self.surveys.append, lambda: about)
        courier = Courier(self.outbox, open_client or self.open_client, listeners, pace=pace, chance=lambda: 0.0)
        self.couriers.append(courier)
        return courier

    def open_client(self) -> Client:
        return Client(self.centre.fhir_base, self.sign_in, report_url=self.report_url)

    def heard(self, health: Health) -> None:
        with self.changed:
            self.healths.append(health)
            self.changed.notify_all()

    def until(self, fact: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(fact, 20), self.healths[-3:]

    def answers(self, number: int = 1) -> list[str]:
        """So many patients finish; their ids."""
        ids = [str(uuid.uuid4()) for _ in range(number)]
        for response_id in ids:
            identifier = {"system": RESPONSE_SYSTEM, "value": response_id}
            document = {"resourceType": "QuestionnaireResponse", "id": response_id, "identifier": identifier}
            self.outbox.put(response_id, SURVEY, json.dumps(document).encode())
        return ids

    def sends(self, rounds: int = 1) -> Health:
        for _ in range(rounds - 1):
            self.courier.once()
        return self.courier.once()

    def sends_until(self, fact: Callable[[], bool]) -> None:
        for _ in range(5_000):
            if fact():
                return
            self.courier.once()
        pytest.fail(f"It never happened: {self.healths[-3:]}")

    @property
    def states(self) -> list[str]:
        return [health.state for health in self.healths]


def arrived_once(centre: Centre, ids: list[str]) -> bool:
    return sorted(centre.stored_ids) == sorted(ids)
