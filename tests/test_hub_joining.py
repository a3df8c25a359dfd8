"""A device shows a code, staff approve it: once, within ten minutes, and nobody gets in by asking or guessing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from django.utils import timezone

from sync import credentials, pairing, wire
from sync.errors import PairingFailed
from sync.outcomes import Unreachable
from sync.signin import DeviceKey
from sync.transport import HttpTransport, Reply, Request
from tests.fhir_centre import Centre
from tests.hub_people import Device, Hub, Staff
from tests.hub_survey import answer

pytest_plugins = ("tests.hub_server", "tests.kiosk_and_centre")


def says(staff: Staff, code: str, reply: str = "yes", site: str = "Ward 7") -> str:
    """Staff follow the code and answer; the words of the page that comes."""
    staff.see(f"/devices/approve?code={code}")
    return staff.send("/devices/approve", {"code": code, "site": site, "answer": reply}).text


def test_a_device_that_shows_its_code_is_approved_and_sends(hub: Hub) -> None:
    staff, request = hub.staff(), pairing.request_place(hub.url, "Door")
    assert re.fullmatch(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}", request.code)
    assert request.approve_url == f"{hub.url}/devices/approve?code={request.code}"
    assert pairing.collect(request) is None
    assert "Door belongs to Ward 7 now." in says(staff, request.code)
    paired = pairing.collect(request)
    assert paired
    assert (paired.site, paired.name, paired.report_url) == ("Ward 7", "Door", hub.url + wire.REPORT_PATH)
    assert isinstance(paired.sign_in, DeviceKey)
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    device = Device(hub.url, load_pem_private_key(paired.sign_in.key_pem.encode(), None), paired.sign_in.client_id)  # type: ignore[arg-type]
    device.sign_in()
    assert device.put(answer()).status_code == 201


def test_staff_see_what_the_device_calls_itself_before_anything_happens(hub: Hub) -> None:
    """S161."""
    from sync.hub.models import Device as Known

    staff, request = hub.staff("Ada"), pairing.request_place(hub.url, "Tablet 4")
    page = staff.reads(f"/devices/approve?code={request.code.lower().replace('-', ' ')}")
    assert "It calls itself Tablet 4" in page
    assert "Say yes only if you see this code on the device itself." in page
    assert not Known.objects.exists()
    says(staff, request.code)
    assert "Ada Approved the device Tablet 4 for Ward 7" in staff.reads("/staff-actions")


def test_a_code_is_good_once(hub: Hub) -> None:
    from sync.hub.models import Device as Known

    staff, request = hub.staff(), pairing.request_place(hub.url, "Door")
    says(staff, request.code)
    assert "No device shows this code now." in says(staff, request.code, site="Elsewhere")
    assert Known.objects.count() == 1


def test_a_lost_reply_is_asked_for_again_and_makes_no_second_device(hub: Hub) -> None:
    from sync.hub.models import Device as Known

    staff, request = hub.staff(), pairing.request_place(hub.url, "Door")
    says(staff, request.code)
    first, again = pairing.collect(request), pairing.collect(request)
    assert first
    assert first == again
    assert Known.objects.count() == 1


def test_a_code_ends_after_ten_minutes_for_staff_and_for_the_device(hub: Hub) -> None:
    from sync.hub.models import PairingRequest

    staff, request = hub.staff(), pairing.request_place(hub.url, "Door")
    assert request.expires_seconds == 600
    PairingRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "No device shows this code now." in says(staff, request.code)
    with pytest.raises(PairingFailed, match="Nobody approved the code in time"):
        pairing.collect(request)


def test_a_refused_device_is_told_and_stays_out(hub: Hub) -> None:
    staff, request = hub.staff("Ada"), pairing.request_place(hub.url, "Door")
    assert "Door was refused." in says(staff, request.code, "no")
    with pytest.raises(PairingFailed, match="Staff at the centre refused this device"):
        pairing.collect(request)
    assert "No device shows this code now." in says(staff, request.code)
    assert "Ada Refused the device Door" in staff.reads("/staff-actions")


def test_the_code_alone_collects_nothing_and_no_secret_is_kept(hub: Hub) -> None:
    from sync.hub.models import PairingRequest

    request = pairing.request_place(hub.url, "Door")
    reply = requests.post(hub.url + wire.PAIR_OUTCOME_PATH, json={"ticket": request.code}, timeout=10)
    kept = json.dumps(list(PairingRequest.objects.values()), default=str)
    assert reply.status_code == 410
    assert request.ticket not in kept
    assert request.code not in kept


def test_only_those_who_look_after_devices_can_approve(hub: Hub) -> None:
    hub.staff("Ada")
    counter, request = hub.staff("Counter"), pairing.request_place(hub.url, "Door")
    counter.see("/your-account")
    assert counter.see(f"/devices/approve?code={request.code}").status_code == 403
    assert counter.send("/devices/approve", {"code": request.code, "site": "x", "answer": "yes"}).status_code == 403
    assert pairing.collect(request) is None


def test_without_a_site_nothing_is_approved(hub: Hub) -> None:
    staff, request = hub.staff(), pairing.request_place(hub.url, "Door")
    says(staff, request.code, site="  ")
    assert pairing.collect(request) is None


def test_guessing_codes_is_stopped_for_staff_too(hub: Hub) -> None:
    staff, request = hub.staff(), pairing.request_place(hub.url, "Door")
    for digit in "23456789AB":
        assert "No device shows this code now." in staff.reads(f"/devices/approve?code=AAAA-AAA{digit}")
    assert "Too many wrong codes." in staff.reads(f"/devices/approve?code={request.code}")


def test_asking_again_and_again_is_stopped(hub: Hub) -> None:
    body = {"jwk": Device(hub.url).jwk, "name": "Door"}
    replies = [requests.post(hub.url + wire.PAIR_ASK_PATH, json=body, timeout=10) for _ in range(31)]
    assert [reply.status_code for reply in replies] == [200] * 30 + [429]
    assert int(replies[-1].headers["Retry-After"]) > 0


def test_the_number_of_open_requests_has_an_end(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.hub.places import joining

    monkeypatch.setattr(joining, "MOST_OPEN", 2)
    for _ in range(2):
        pairing.request_place(hub.url, "Door")
    with pytest.raises(PairingFailed, match="Wait ten minutes"):
        pairing.request_place(hub.url, "Door")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"jwk": {}}', b'{"jwk": {"d": "x"}}', b"\xff", b"[" * 100_000])
def test_a_request_that_cannot_be_read_is_refused(hub: Hub, body: bytes) -> None:
    for path in (wire.PAIR_ASK_PATH, wire.PAIR_OUTCOME_PATH, wire.PAIR_PATH):
        assert requests.post(hub.url + path, data=body, timeout=10).status_code == 400


def test_a_centre_that_is_no_hub_is_told_with_the_other_way(centre: Centre) -> None:
    with pytest.raises(PairingFailed, match="Ask for a code there: kiosk pair URL CODE"):
        pairing.request_place(centre.url, "Door")


class Away(HttpTransport):
    """The network is gone for this one question."""

    def exchange(self, request: Request) -> Reply | Unreachable:
        return Unreachable("There is no connection to the centre.")


def test_a_network_that_goes_away_while_staff_decide_ends_nothing(hub: Hub) -> None:
    staff, request = hub.staff(), pairing.request_place(hub.url, "Door")
    says(staff, request.code)
    assert pairing.collect(request, Away()) is None
    assert pairing.collect(request)


def test_no_repr_shows_the_ticket_or_the_key(hub: Hub) -> None:
    request = pairing.request_place(hub.url, "Door")
    assert request.ticket not in repr(request)
    assert "key" not in repr(request)


@pytest.mark.parametrize(("reply", "end"), [("yes", "Paired with"), ("no", "refused this device")])
def test_the_command_shows_its_code_and_waits_for_the_answer(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: str, end: str
) -> None:
    from sync.hub.places import joining

    monkeypatch.setattr(joining, "POLL_SECONDS", 0.5)
    staff = hub.staff()
    command = [sys.executable, "-m", "kiosk", "pair", hub.url, "--name", "Door", "--data", str(tmp_path)]
    folder = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder) as process:
        assert process.stdout
        code = process.stdout.readline().removeprefix("Code: ").strip()
        says(staff, code, reply)
        said = process.stdout.read()
        assert process.wait(30) == (0 if reply == "yes" else 1)
    assert f"/devices/approve?code={code}" in said
    assert end in said
    assert (credentials.load(tmp_path) is not None) == (reply == "yes")
