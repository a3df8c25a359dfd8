"""The device half against the real hub: lost replies, wrong answers, revoked devices; nothing is lost or doubled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import credentials
from sync.client import Client
from sync.courier import Courier, Listeners
from sync.credentials import Credentials
from sync.decisions import State
from sync.outbox import Outbox
from sync.outcomes import Unreachable
from sync.pace import Pace
from sync.reserve import Reserve
from sync.transport import HttpTransport, Reply, Request
from sync.wire import REPORT_FIELDS
from tests.hub_people import Hub
from tests.hub_survey import SURVEY, URL, answer

pytest_plugins = ("tests.hub_server",)


class LossyNetwork(HttpTransport):
    """Carries every batch to the hub, and loses the replies to as many as `to_lose`."""

    to_lose = 0

    def exchange(self, request: Request) -> Reply | Unreachable:
        reply = super().exchange(request)
        if request.url.endswith("/fhir") and self.to_lose:
            self.to_lose -= 1
            return Unreachable("The reply was lost.")
        return reply


class Kiosk:
    """A device paired with the hub, its network in our hands."""

    def __init__(self, folder: Path, hub: Hub) -> None:
        paired = credentials.pair(hub.url, hub.pairing_code(), "Door")
        credentials.save(folder, paired)
        self.outbox = Outbox(folder / "outbox.sqlite", reserve=Reserve(folder / "outbox.reserve", 1000))
        self.network = LossyNetwork()
        self.surveys: list[bytes] = []
        about = {"version": "1.0", "survey": f"{URL}|1", "languages": ["en-GB"]}
        assert set(about) < set(REPORT_FIELDS)
        self.courier = Courier(
            self.outbox,
            lambda: self.client(credentials.load(folder)),
            Listeners(on_survey=self.surveys.append, about=lambda: about),
            pace=Pace(first_seconds=0.01, longest_seconds=0.02, errand_seconds=0.0),
            chance=lambda: 0.0,
        )

    def client(self, known: Credentials | None) -> Client | None:
        if known is None:
            return None
        return Client(known.fhir_base, known.sign_in, report_url=known.report_url, transport=self.network)

    def finishes(self, **given: object) -> str:
        document = answer(**given)  # type: ignore[arg-type]
        self.outbox.put(document["id"], f"{URL}|1", json.dumps(document).encode())
        return str(document["id"])


@pytest.fixture
def kiosk(tmp_path: Path, hub: Hub) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path, hub)
    yield kiosk
    kiosk.network.close()
    kiosk.outbox.close()


def stored() -> list[str]:
    """Every response the hub keeps."""
    from sync.hub.models import Response

    return sorted(str(uuid) for uuid in Response.objects.values_list("uuid", flat=True))


def test_replies_lost_after_the_hub_kept_everything_double_nothing(kiosk: Kiosk) -> None:
    ids = [kiosk.finishes() for _ in range(150)]
    kiosk.network.to_lose = 3
    for _ in range(3):
        assert kiosk.courier.once().state is State.OFFLINE
    assert kiosk.courier.once().counts.sent == 150
    assert stored() == sorted(ids)


def test_an_answer_the_hub_will_not_take_is_set_aside_with_its_words_and_the_rest_arrives(kiosk: Kiosk) -> None:
    ids = [kiosk.finishes() for _ in range(3)]
    wrong = kiosk.finishes(calm={"valueString": "very"})
    kiosk.courier.once()
    assert stored() == sorted(ids)
    (refused,) = kiosk.outbox.refused()
    assert refused.response_id == wrong
    assert refused.reason


def test_a_revoked_device_keeps_its_answers_and_is_told_to_pair_again(kiosk: Kiosk, tmp_path: Path, hub: Hub) -> None:
    from django.utils import timezone

    from sync.hub.models import Device
    from sync.hub.places import devices

    assert kiosk.courier.once().state is State.CONNECTED
    devices.revoke(Device.objects.get(), timezone.now())
    response_id = kiosk.finishes()
    health = kiosk.courier.once()
    assert (health.state, health.counts.waiting) == (State.NOT_PAIRED, 1)
    credentials.save(tmp_path, credentials.pair(hub.url, hub.pairing_code(), "Door"))
    kiosk.courier.hurry()
    assert kiosk.courier.once().state is State.CONNECTED
    assert stored() == [response_id]


def test_the_hubs_surveys_reach_the_device_and_its_health_reaches_the_hub(kiosk: Kiosk) -> None:
    from sync.hub.models import Device

    kiosk.finishes()
    kiosk.courier.once()
    kiosk.courier.once()
    assert [json.loads(survey)["url"] for survey in kiosk.surveys] == [SURVEY["url"]]
    device = Device.objects.get()
    assert (device.name, device.sent, device.waiting, device.languages) == ("Door", 1, 0, ["en-GB"])
