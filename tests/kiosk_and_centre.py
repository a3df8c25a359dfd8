"""A centre on a real socket, a client and a kiosk, as fixtures: ``pytest_plugins = ("tests.kiosk_and_centre",)``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import credentials
from sync.client import Client
from sync.signin import NoSignIn
from tests.courier_kiosk import Kiosk
from tests.fhir_centre import Centre


@pytest.fixture
def centre() -> Iterator[Centre]:
    centre = Centre()
    yield centre
    centre.close()


@pytest.fixture
def client(centre: Centre) -> Iterator[Client]:
    client = Client(centre.fhir_base, NoSignIn(), report_url=f"{centre.url}/device/report")
    yield client
    client.close()


@pytest.fixture
def kiosk(tmp_path: Path, centre: Centre) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path, centre)
    yield kiosk
    stopped = [courier.stop(10) for courier in kiosk.couriers]
    assert all(stopped)
    kiosk.outbox.close()


@pytest.fixture
def paired(kiosk: Kiosk, centre: Centre) -> Kiosk:
    centre.pairing_code = "CODE"
    known = credentials.pair(centre.url, "CODE", "Waiting room")
    kiosk.sign_in, kiosk.report_url = known.sign_in, known.report_url
    return kiosk
