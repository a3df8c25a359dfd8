"""Any FHIR server as the centre: each way in which real ones differ, played, with replies lost between; every answer once."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
import requests

from sync.wire import FHIR_JSON, RESPONSE_SYSTEM
from tests.courier_kiosk import Kiosk, arrived_once
from tests.fhir_centre import Asked, Centre, Json, Play, Told, commit, fhir, problem
from tests.fhir_plays import commit_then_drop, drop

pytest_plugins = ("tests.kiosk_and_centre",)


def rewriting_server(centre: Centre) -> None:
    centre.update_create = False
    centre.every = [rewritten]


def rewritten(centre: Centre, asked: Asked) -> Told:
    """It takes an identifier that equals the entry's `fullUrl` for a reference, and puts an address of its own there."""
    bundle = asked.json
    for entry in bundle["entry"]:
        value = entry["resource"]["identifier"]["value"]
        if entry.get("fullUrl") in {value, f"urn:uuid:{value}"}:
            entry["resource"]["identifier"]["value"] = f"{centre.url}/{len(centre.store)}"
    return centre.commit(Asked(asked.method, asked.path, asked.headers, json.dumps(bundle).encode()))


def no_update_as_create(centre: Centre) -> None:
    """And its CapabilityStatement says that it had it."""
    centre.put_status = 405


def no_gzip(centre: Centre) -> None:
    centre.takes_gzip = False


def small(limit_bytes: int, status: int, words: str) -> Callable[[Centre], None]:
    """A server with a small size limit, and its own status for it."""

    def play(centre: Centre, asked: Asked) -> Told:
        return problem(status, words) if len(asked.body) > limit_bytes else centre.commit(asked)

    return lambda centre: centre.every.append(play)


def busy_entries(centre: Centre) -> None:
    """200 for the batch, 429 for every third entry, the first time it comes."""
    seen: set[str] = set()

    def status(entry: Json) -> int:
        own = entry["resource"]["identifier"]["value"]
        is_new = own not in seen
        seen.add(own)
        return 429 if is_new and len(seen) % 3 == 0 else 0

    centre.entry_status = status


def texts(*statuses: str) -> Callable[[Centre], None]:
    """Statuses as it spells them, for kept and for known."""

    def play(centre: Centre, asked: Asked) -> Told:
        reply = json.loads(centre.commit(asked).body)
        for entry in reply["entry"]:
            known = entry["response"]["status"].startswith("200")
            entry["response"]["status"] = statuses[known]
        return fhir(reply)

    return lambda centre: centre.every.append(play)


def moody(centre: Centre) -> None:
    """The whole batch is refused for one entry, now and then, whichever it is."""
    calls = count()

    def play(centre: Centre, asked: Asked) -> Told:
        is_in_a_mood = next(calls) % 4 == 0 and len(asked.entries) > 1
        return problem(400, "one entry failed") if is_in_a_mood else centre.commit(asked)

    centre.every = [play]


SERVERS: dict[str, Callable[[Centre], None]] = {
    "rewrites identifiers equal to a fullUrl": rewriting_server,
    "no update-as-create": no_update_as_create,
    "no gzip": no_gzip,
    "a small limit, told with 413": small(3_000, 413, "Payload too large"),
    "a small limit, told with 400": small(3_000, 400, "Request body exceeds the limit"),
    "a small limit, told with 400 and nothing else": small(3_000, 400, ""),
    "429 for single entries inside a 200": busy_entries,
    "status texts with words": texts("201 Created", "200 OK"),
    "status texts with numbers only": texts("201", "200"),
    "rejects a whole batch for one entry": moody,
}


def now_and_then_lost(plays: list[Play]) -> Play:
    """Every fourth reply is lost after the commit, and every fifth request before it."""
    calls, as_it_does = count(1), plays[0] if plays else commit

    def play(centre: Centre, asked: Asked) -> Told:
        number = next(calls)
        if number % 5 == 0:
            return drop(centre, asked)
        told = as_it_does(centre, asked)
        return Told(dropped=True) if number % 4 == 0 else told

    return play


@pytest.mark.parametrize("way", SERVERS)
def test_every_answer_arrives_exactly_once(kiosk: Kiosk, centre: Centre, way: str) -> None:
    SERVERS[way](centre)
    centre.every = [now_and_then_lost(list(centre.every))]
    ids = kiosk.answers(120)
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 120)
    assert arrived_once(centre, ids)
    assert kiosk.outbox.counts().refused == 0


@pytest.mark.parametrize("bad", [0, 57, 119])
def test_a_server_that_rejects_a_whole_batch_for_one_entry_gets_all_others_once(kiosk: Kiosk, centre: Centre, bad: int) -> None:
    ids = kiosk.answers(120)
    wrong = ids[bad]

    def strict(centre: Centre, asked: Asked) -> Told:
        return problem(422, "entry 1: unknown code") if wrong in asked.ids else centre.commit(asked)

    centre.every = [now_and_then_lost([strict])]

    def others_are_there() -> bool:
        counts = kiosk.outbox.counts()
        if counts.waiting < 2 and not counts.refused:
            ids.extend(kiosk.answers())  # life goes on, and each further one shows that it is not the centre
        return (counts.refused, counts.waiting) == (1, 0)

    kiosk.sends_until(others_are_there)
    assert [kept.response_id for kept in kiosk.outbox.refused()] == [wrong]
    assert arrived_once(centre, [one for one in ids if one != wrong])


def test_what_the_rewriting_server_does_to_others(centre: Centre) -> None:
    """Why no entry of ours has a `fullUrl`: with one, the same batch twice is kept twice."""
    rewriting_server(centre)
    value = "0d5a0c0e-0000-4000-8000-000000000001"
    condition = f"identifier={RESPONSE_SYSTEM}|{value}"
    entry: dict[str, Any] = {
        "fullUrl": f"urn:uuid:{value}",
        "resource": {"resourceType": "QuestionnaireResponse", "identifier": {"system": RESPONSE_SYSTEM, "value": value}},
        "request": {"method": "POST", "url": "QuestionnaireResponse", "ifNoneExist": condition},
    }
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [entry]}
    for _ in range(2):
        requests.post(centre.fhir_base, json=bundle, headers={"Content-Type": FHIR_JSON}, timeout=10)
    assert len(centre.store) == 2


def test_a_lost_reply_at_each_single_point_of_a_batch_doubles_nothing(kiosk: Kiosk, centre: Centre) -> None:
    centre.next(commit_then_drop, drop, commit_then_drop)
    ids = kiosk.answers(30)
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 30)
    assert arrived_once(centre, ids)
