"""The hub's described interface: complete, valid, and what the doors really do."""

from __future__ import annotations

import re
from typing import Any

import requests
import schemathesis

from sync import wire
from tests.hub_addresses import addresses
from tests.hub_people import Hub
from tests.hub_survey import answer, put_entry

pytest_plugins = ("tests.hub_server",)

ID = "019ab000-0000-7000-8000-000000000001"
UNDESCRIBED = {"/fhir/", "/fhir/anything", "/openapi.json"}
"""The same batch with a slash, what is no door, and the description itself."""


def described(hub: Hub) -> dict[str, Any]:
    reply = requests.get(f"{hub.url}/openapi.json", timeout=10)
    assert reply.status_code == 200
    document: dict[str, Any] = reply.json()
    return document


def place(path: str) -> str:
    return path.replace("{uuid}", ID).replace("{pk}", "1")


def test_it_is_valid_openapi_and_names_the_hubs_own_address(hub: Hub) -> None:
    document = described(hub)
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": hub.url}]
    schemathesis.openapi.from_dict(document).validate()


def test_every_door_is_described_and_nothing_that_is_none(hub: Hub) -> None:
    """Both are made of one table, so this fails when somebody adds a door beside it."""
    there = {re.sub(r"[0-9a-f-]{36}", "{uuid}", one.path).replace("/1", "/{pk}") for one in addresses() if one.is_door}
    assert set(described(hub)["paths"]) == there - UNDESCRIBED


def test_each_described_method_is_answered_and_every_other_one_is_not(hub: Hub) -> None:
    device = hub.device()
    for path, door in described(hub)["paths"].items():
        where = place(path)
        taken = {method.upper() for method in door if method != "parameters"}
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
            reply = device.call(method, where, b"")
            assert (reply.status_code == 405) == (method not in taken), (method, path)
            if reply.status_code == 405:
                assert {name.strip() for name in reply.headers["Allow"].split(",")} == taken


def test_doors_that_need_a_token_say_so(hub: Hub) -> None:
    for path, door in described(hub)["paths"].items():
        for method, operation in door.items():
            if method != "parameters":
                reply = requests.request(method, hub.url + place(path), timeout=10)
                assert ("security" in operation) == (reply.status_code == 401 and "fhir" in reply.headers["Content-Type"]), path


def test_the_limits_and_names_are_those_of_the_wire(hub: Hub) -> None:
    document = described(hub)
    for path in (wire.FHIR_BASE, wire.TOKEN_PATH, wire.PAIR_PATH, wire.PAIR_ASK_PATH, wire.PAIR_OUTCOME_PATH, wire.REPORT_PATH):
        assert path in document["paths"]
    assert set(document["components"]["schemas"]["Report"]["properties"]) == set(wire.REPORT_FIELDS)


def test_what_comes_back_is_as_described(hub: Hub) -> None:
    """One good request at each door; the fuzz asks the rest (tests.fuzz)."""
    schema = schemathesis.openapi.from_dict(described(hub))
    device, document = hub.device(), answer()
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [put_entry(document), put_entry(answer("splendid"))]}
    own = f"/fhir/QuestionnaireResponse/{document['id']}"
    for method, path, template, body in (
        ("POST", "/fhir", "/fhir", bundle),
        ("GET", own, "/fhir/QuestionnaireResponse/{uuid}", None),
        ("PUT", own, "/fhir/QuestionnaireResponse/{uuid}", document),
        ("GET", "/fhir/Questionnaire", "/fhir/Questionnaire", None),
        ("GET", "/fhir/metadata", "/fhir/metadata", None),
        ("POST", wire.REPORT_PATH, wire.REPORT_PATH, {"waiting": 3}),
        ("POST", wire.PAIR_ASK_PATH, wire.PAIR_ASK_PATH, {"jwk": device.jwk}),
    ):
        reply = device.call(method, path, body)
        assert reply.status_code == 200, reply.text
        schema[template][method].validate_response(reply)
