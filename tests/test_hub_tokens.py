"""Signing in under attack: assertions replayed at the same moment, guessed again and again, kept nowhere in plain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests

from sync import wire
from tests.hub_people import Device, Hub
from tests.hub_survey import answer

pytest_plugins = ("tests.hub_server",)


def test_an_assertion_used_at_the_same_moment_from_six_sides_buys_one_token(hub: Hub) -> None:
    """S159. RFC 7523: a `jti` is good once."""
    device, together = hub.device(), Barrier(6)
    assertion = device.assertion()

    def ask(_: int) -> int:
        together.wait(20)
        return device.ask_token(assertion).status_code

    with ThreadPoolExecutor(6) as callers:
        statuses = sorted(callers.map(ask, range(6)))
    assert statuses == [200, 401, 401, 401, 401, 401]


def test_a_replay_is_known_after_the_token_it_bought_has_ended(hub: Hub) -> None:
    """S159. Tokens may be forgotten while the assertion still lives."""
    from sync.hub.models import AccessToken

    device = hub.device()
    assertion = device.assertion()
    assert device.ask_token(assertion).status_code == 200
    AccessToken.objects.all().delete()
    assert device.ask_token(assertion).status_code == 401


def test_many_bad_assertions_of_one_device_are_stopped_and_others_sign_in(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """S159. Checking a signature costs more than asking for it; the device keeps its answers meanwhile."""
    from sync.hub.doors import auth

    monkeypatch.setattr(auth, "MOST_BAD_ASSERTIONS", 3)
    device, other = hub.device(), hub.device()
    bad = [device.ask_token(device.assertion(aud="https://other.example")).status_code for _ in range(4)]
    assert bad == [401, 401, 401, 429]
    reply = device.ask_token(device.assertion())
    assert (reply.status_code, int(reply.headers["Retry-After"]) > 0) == (429, True)
    assert other.ask_token(other.assertion()).status_code == 200
    assert device.put(answer()).status_code == 201, "the token it has goes on working"


def test_nothing_in_the_database_signs_anybody_in(hub: Hub) -> None:
    """S159. Every code, ticket, token and `jti` is there as a hash only."""
    from sync.hub import models

    device = hub.device()
    code = hub.pairing_code("Ward 8")
    asked = requests.post(hub.url + wire.PAIR_ASK_PATH, json={"jwk": Device(hub.url).jwk}, timeout=10).json()
    secrets = [device.token, code, code.replace("-", ""), asked["code"], asked["ticket"]]
    kept = (models.AccessToken, models.PairingCode, models.PairingRequest, models.SeenAssertion, models.Device)
    rows = [str(value) for model in kept for row in model.objects.values_list() for value in row]
    assert [secret for secret in secrets if any(secret in value for value in rows)] == []
    assert len(rows) > 20


@pytest.mark.parametrize("claim", ["iss", "sub", "aud", "jti", "exp", "nbf"])
@pytest.mark.parametrize("strange", ["\ud800", "a\0b", "\U0001f600" * 400, [], {}, 10**400, float("inf"), -1])
def test_a_strange_claim_in_a_signed_assertion_is_no_fault_of_the_hub(hub: Hub, claim: str, strange: object) -> None:
    """S159. Half a character, NUL, and values of every kind, signed by a device that is known."""
    device = hub.device()
    try:
        assertion = device.assertion(**{claim: strange})
    except TypeError:  # our own library signs no such claim
        return
    assert device.ask_token(assertion).status_code in {200, 401}


@pytest.mark.parametrize("body", [b"", b"grant_type=client_credentials", b"\xff\xfe=1", b"a=1&" * 500, b"{}"])
def test_a_form_that_is_none_is_answered_as_oauth_says(hub: Hub, body: bytes) -> None:
    """RFC 6749, 5.2. Too many fields and bytes that are no text are no form."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    reply = requests.post(hub.url + wire.TOKEN_PATH, data=body, headers=headers, timeout=10)
    assert reply.status_code == 400
    assert reply.json()["error"] in {"unsupported_grant_type", "invalid_request"}
