"""The whole way: a patient touches the real window, the hub is down and comes back, and the figure is what was touched.

Real: window, speech engine, outbox, courier, hub (a process of its own on a free port). Nothing is fake.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from pytestqt.qtbot import QtBot

from kiosk.app.device import Device
from kiosk.app.gui import Kiosk, Options
from kiosk.app.hub_figures import counts_by_question, fetch_results
from kiosk.app.hub_process import Account, HubProcess
from kiosk.screens import PageKind
from sync import credentials
from sync.outbox import Outbox
from sync.outcomes import Refused
from sync.signin import Tokens
from sync.transport import HttpTransport
from ui.finger import Finger

# A computer without a sound card, or without one of the libraries Qt looks for, says so; the kiosk runs all the same.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

SLUG = "share-for-better-care"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Clinic:
    """A hub that can be killed and started again at its address, and one device paired with it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.data = folder / "device"
        with self.hub() as hub:
            self.account: Account = hub.new_account("analyst")
            device = Device(self.data)
            device.pin.keep("2468")
            credentials.save(self.data, credentials.pair(hub.url, hub.pairing_code("North"), "Door"))
            self._kill(hub)

    def hub(self) -> HubProcess:
        return HubProcess(self._folder / "hub", self._port)

    @contextmanager
    def kiosk(self) -> Iterator[Kiosk]:
        """A kiosk in a real window; closed even when a test fails."""
        made = Kiosk(Options(self.data, windowed=True, size=(1280, 800)))
        made.start()
        yield made
        made.close()

    def stored(self, url: str, response_id: str) -> dict[str, Any]:
        """The response as the hub gives it back to its own device."""
        known = credentials.load(self.data)
        assert known is not None
        transport = HttpTransport()
        token = Tokens(known.sign_in, transport).authorization()
        assert isinstance(token, str), token
        transport.close()
        reply = requests.get(f"{url}/fhir/QuestionnaireResponse/{response_id}", headers={"Authorization": token}, timeout=20)
        assert reply.status_code == 200
        return dict(reply.json())

    @staticmethod
    def _kill(hub: HubProcess) -> None:
        """No goodbye: the process is simply gone."""
        assert hub.pid is not None
        os.kill(hub.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    return Clinic(tmp_path_factory.mktemp("clinic"))


def stands_before(kiosk: Kiosk) -> PageKind:
    return kiosk.shell.screen.kind


def in_outbox(data: Path) -> list[dict[str, Any]]:
    """Every document on the device, sent or not."""
    outbox = Outbox(data / "answers.db")
    rows = [json.loads(entry.document) for entry in outbox.due(2e9, 100, 10**9)]
    outbox.close()
    return rows


def test_what_was_touched_while_the_hub_was_down_is_in_the_hub_exactly_once(clinic: Clinic, qtbot: QtBot) -> None:
    with clinic.kiosk() as kiosk:
        finger = Finger(kiosk.window)
        finger.touch("Poor")
        finger.write("The wait")
        finger.touch("Next")
        finger.touch("No")
        finger.touch("Back")
        finger.touch("Yes, fully")
        while stands_before(kiosk) is not PageKind.REVIEW:
            finger.touch("Skip")
        finger.touch("Send")
        assert stands_before(kiosk) is PageKind.THANKS
        qtbot.waitUntil(lambda: kiosk.device.figures()["detail"] != "", timeout=20000)
        assert kiosk.device.outbox.counts().waiting == 1
        [document] = in_outbox(clinic.data)

        with clinic.hub() as hub:
            kiosk.device.wake(now=True)
            qtbot.waitUntil(lambda: kiosk.device.outbox.counts().sent == 1, timeout=20000)
            kiosk.device.wake(now=True)
            results = fetch_results(hub.where, SLUG)
            stored = clinic.stored(hub.url, document["identifier"]["value"])

    assert results["responses"] == {"total": 1, "completed": 1, "stopped": 0}
    assert results["friends_and_family"]["negative_percent"] == 100
    counts = counts_by_question(results)
    assert counts["fft"] == {"poor": 1}
    assert counts["listened"] == {"yes": 1}
    assert "questions" not in {link_id for link_id, answers in counts.items() if answers}
    assert stored["item"] == document["item"]
    assert "The wait" in json.dumps(stored)


def test_a_device_that_is_not_let_in_keeps_its_answers(clinic: Clinic) -> None:
    """A token is asked for with the device's own key; another key opens nothing."""
    known = credentials.load(clinic.data)
    assert known is not None
    with clinic.hub() as hub:
        stranger = credentials.pair(hub.url, hub.pairing_code("South"), "Stranger").sign_in
        own_name_other_key = type(known.sign_in)(
            **{
                name: getattr(stranger if name in {"key_pem", "key_id"} else known.sign_in, name)
                for name in known.sign_in.__struct_fields__
            }
        )
        transport = HttpTransport()
        refused = Tokens(own_name_other_key, transport).authorization()
        transport.close()
    assert isinstance(refused, Refused)
