"""What the hub keeps, asked in three ways: its database, its FHIR door, and the figures that staff see."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import requests

from kiosk.app.device import OUTBOX_FILE
from kiosk.app.hub_figures import counts_by_question, fetch_results
from sync import credentials
from sync.signin import Tokens
from sync.transport import HttpTransport
from tests.torture.ledger import Stored
from tests.torture.said import answers_in, digest_of
from tests.torture.survey import SLUG

TIMEOUT_SECONDS = 30


def documents(hub_data: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every row of the hub's responses: id and document."""
    with closing(sqlite3.connect(f"file:{hub_data / 'hub.sqlite3'}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT uuid, document FROM hub_response").fetchall()
    return [(str(UUID(uuid)), json.loads(document)) for uuid, document in rows]


def states_on_device(device_data: Path) -> dict[str, str]:
    """For every response in the device's outbox its state: waiting, sent or refused."""
    with closing(sqlite3.connect(f"file:{device_data / OUTBOX_FILE}?mode=ro", uri=True)) as database:
        return dict(database.execute("SELECT response_id, state FROM responses"))


def stored(rows: Iterable[tuple[str, dict[str, Any]]]) -> list[Stored]:
    return [Stored(response_id, digest_of(document)) for response_id, document in rows]


def missing_by_http(url: str, device_data: Path, expected: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each response that the hub does not give back to its own device as it was said."""
    known = credentials.load(device_data)
    assert known is not None
    transport = HttpTransport()
    token = Tokens(known.sign_in, transport).authorization()
    transport.close()
    assert isinstance(token, str), token
    with requests.Session() as session:
        session.headers["Authorization"] = token
        for response_id, digest in expected.items():
            reply = session.get(f"{url}/fhir/QuestionnaireResponse/{response_id}", timeout=TIMEOUT_SECONDS)
            if reply.status_code != requests.codes.ok:
                yield f"lost by HTTP ({reply.status_code}): {response_id}"
            elif digest_of(reply.json()) != digest:
                yield f"altered by HTTP: {response_id}"


def wrong_figures(hub_data: Path, rows: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """A sentence for each figure of the exact results that is not what the stored responses say."""
    results = fetch_results(["--data", str(hub_data)], SLUG)
    total = results["responses"]["total"]
    if total != len(rows):
        yield f"The figures tell of {total} responses; {len(rows)} are stored."
    counted: dict[str, Counter[str]] = {}
    for _, document in rows:
        for link_id, values in answers_in(document).items():
            counted.setdefault(link_id, Counter()).update(values)
    for link_id, figures in counts_by_question(results).items():
        if figures and counted.get(link_id, Counter()) != Counter(figures):
            yield f"The figures of {link_id} are not what the stored responses say."
