"""How a device joins the hub, signs in, reports, and is shut out."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from sync import wire
from tests.hub_people import Device, Hub
from tests.hub_survey import answer

pytest_plugins = ("tests.hub_server",)


def test_a_pairing_code_lets_one_device_in_and_says_where_everything_is(hub: Hub) -> None:
    device = Device(hub.url)
    said = device.pair(hub.pairing_code("Ward 7")).json()
    assert said["site"] == "Ward 7"
    assert said["token_url"] == hub.url + wire.TOKEN_PATH
    assert said["fhir_base"] == hub.url + wire.FHIR_BASE


def test_a_pairing_code_works_however_it_is_typed_but_only_once(hub: Hub) -> None:
    code = hub.pairing_code()
    assert Device(hub.url).pair(f" {code.lower().replace('-', ' ')} ").status_code == 200
    assert Device(hub.url).pair(code).status_code == 403


def test_a_pairing_code_ends_after_ten_minutes(hub: Hub) -> None:
    from sync.hub.models import PairingCode

    code = hub.pairing_code()
    PairingCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Device(hub.url).pair(code).status_code == 403


def test_guessing_pairing_codes_is_stopped(hub: Hub) -> None:
    statuses = [Device(hub.url).pair(f"AAAA-AAA{digit}").status_code for digit in "23456789AB"]
    throttled = Device(hub.url).pair(hub.pairing_code())
    assert statuses == [403] * 10
    assert throttled.status_code == 429
    assert int(throttled.headers["Retry-After"]) > 0


@pytest.mark.parametrize("spoil", ["d", "crv", "x"])
def test_a_key_that_is_not_a_public_p384_key_is_refused_and_the_code_stays_good(hub: Hub, spoil: str) -> None:
    code, device = hub.pairing_code(), Device(hub.url)
    body = {"code": code, "jwk": device.jwk | {spoil: "AAAA"}}
    assert requests.post(hub.url + wire.PAIR_PATH, json=body, timeout=10).status_code == 400
    assert device.pair(code).status_code == 200


def test_a_token_opens_the_door_and_is_not_kept_itself(hub: Hub) -> None:
    from sync.hub.models import AccessToken

    device = hub.device()
    assert device.put(answer()).status_code == 201
    assert not AccessToken.objects.filter(token_hash__contains=device.token).exists()


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000])
def test_a_wrong_token_is_answered_401_with_an_operation_outcome(hub: Hub, token: str) -> None:
    device = hub.device()
    device.token = token
    reply = device.put(answer())
    assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert reply.json()["resourceType"] == "OperationOutcome"


def test_a_token_ends(hub: Hub) -> None:
    from sync.hub.models import AccessToken

    device = hub.device()
    AccessToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert device.put(answer()).status_code == 401


def test_a_revoked_device_is_out_at_once_and_gets_no_new_token(hub: Hub) -> None:
    device, staff = hub.device(), hub.staff()
    from sync.hub.models import Device as Known

    staff.see("/devices")
    staff.send(f"/devices/{Known.objects.get().pk}/revoke")
    assert device.put(answer()).status_code == 401
    assert device.ask_token(device.assertion()).status_code == 401


def test_an_assertion_buys_one_token_only(hub: Hub) -> None:
    device = hub.device()
    assertion = device.assertion()
    assert [device.ask_token(assertion).status_code for _ in range(2)] == [200, 401]


WRONG_CLAIMS: dict[str, Callable[[], dict[str, Any]]] = {
    "meant for another hub": lambda: {"aud": "https://other.example/auth/token"},
    "expired": lambda: {"exp": int(time.time()) - 60},
    "longer than five minutes": lambda: {"exp": int(time.time()) + 3600},
    "about somebody else": lambda: {"sub": "somebody"},
    "from somebody else": lambda: {"iss": "somebody"},
    "without a name of its own": lambda: {"jti": None},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS.keys())
def test_a_wrong_assertion_buys_nothing(hub: Hub, claims: Callable[[], dict[str, Any]]) -> None:
    device = hub.device()
    reply = device.ask_token(device.assertion(**claims()))
    assert (reply.status_code, reply.json()["error"]) == (401, "invalid_client")


def test_an_assertion_signed_with_another_key_buys_nothing(hub: Hub) -> None:
    device = hub.device()
    device.key = ec.generate_private_key(ec.SECP384R1())
    assert device.ask_token(device.assertion()).status_code == 401


def test_an_assertion_without_a_signature_buys_nothing(hub: Hub) -> None:
    device = hub.device()
    claims = jwt.decode(device.assertion(), options={"verify_signature": False})
    assert device.ask_token(jwt.encode(claims, "", algorithm="none")).status_code == 401


def test_another_grant_is_refused_as_oauth_says(hub: Hub) -> None:
    reply = requests.post(hub.url + wire.TOKEN_PATH, data={"grant_type": "password"}, timeout=10)
    assert (reply.status_code, reply.json()["error"]) == (400, "unsupported_grant_type")


def test_a_report_shows_on_the_devices_page(hub: Hub) -> None:
    device, staff = hub.device("Ward 7"), hub.staff()
    report = {
        "version": "0.1.0",
        "waiting": 4,
        "sent": 9,
        "refused": 2,
        "oldest_waiting_seconds": 200_000,
        "unreadable": 3,
        "disk_free_mb": 120,
        "voices": ["en-GB"],
        "settings_applied": "5f1c",
        "survey": "x|1",
        "languages": ["en-GB", "cy"],
        "device_time": (timezone.now() + timedelta(hours=2)).isoformat(),
    }
    assert device.call("POST", wire.REPORT_PATH, report).json() == {"name": "Door", "site": "Ward 7"}
    page = staff.reads("/devices")
    for words in ("Door", "Ward 7", "0.1.0", "2 days", "2 refused", "Its clock is", "Some answers have waited"):
        assert words in page
    for words in ("3 cannot be read on the device", "Its disk is nearly full."):
        assert words in page


def test_a_report_keeps_what_the_contract_names(hub: Hub) -> None:
    """Every field of sync.wire.REPORT_FIELDS is somewhere in the hub; a device of an older version leaves some out."""
    from sync.hub.models import Device as Kept

    device = hub.device()
    told = dict.fromkeys(("waiting", "sent", "refused", "oldest_waiting_seconds", "unreadable", "disk_free_mb"), 7)
    words: dict[str, object] = {"version": "2", "survey": "x|1", "languages": ["en-GB", "ur"], "voices": ["ur"]}
    words |= {"settings_applied": "5f1c", "settings_pinned": ["theme"], "settings_fault": "theme: no such theme"}
    assert {*told, *words, "device_time"} == set(wire.REPORT_FIELDS)
    assert device.call("POST", wire.REPORT_PATH, told | words).status_code == 200
    kept = Kept.objects.values(*told, *words).get()
    assert kept == told | words
    assert device.call("POST", wire.REPORT_PATH, {"version": "3"}).status_code == 200
    assert Kept.objects.values("version", "unreadable", "voices").get() == {"version": "3", "unreadable": None, "voices": []}


@pytest.mark.parametrize(
    "report", [{"waiting": -1}, {"disk_free_mb": "many"}, {"device_time": "yesterday"}, {"languages": "en"}, {"voices": 1}]
)
def test_a_report_that_cannot_be_is_refused(hub: Hub, report: dict[str, object]) -> None:
    assert hub.device().call("POST", wire.REPORT_PATH, report).status_code == 400


def test_a_device_that_never_came_is_looked_after(hub: Hub) -> None:
    from sync.hub.models import Device as Kept

    Device(hub.url).pair(hub.pairing_code("Ward 7"))
    Kept.objects.update(paired_at=timezone.now() - timedelta(days=61))
    assert "Not in touch since it was paired." in hub.staff().reads("/")
