"""From the outbox to a hub that checks every answer: batches as the courier sends them, beside one PUT a response."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from kiosk.fhir import answers_from_json, read_survey, to_response
from sync.client import Client
from sync.courier import Courier
from sync.credentials import Credentials, pair
from sync.outbox import Outbox
from sync.signin import Tokens
from sync.transport import HttpTransport, Reply, Request
from sync.wire import FHIR_JSON
from tests.benchmarks.rivals import QUESTIONS, questionnaire
from tests.benchmarks.saving import FOLDER
from tests.benchmarks.table import Row

BATCHED, SINGLE = 500, 150
SURVEY = read_survey(json.dumps(questionnaire()).encode())


@dataclass(frozen=True, slots=True)
class Response:
    response_id: str
    document: bytes


def measure(rounds: int) -> list[Row]:
    """Alternates the two against one hub, which keeps what both send."""
    FOLDER.mkdir(exist_ok=True)
    batched, single = [], []
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder, hub(Path(folder) / "hub") as credentials:
        one_by_one(credentials, responses(1))  # the first sign-in and the first query are nobody's fault
        for number in range(rounds):
            batched.append(BATCHED / in_batches(credentials, Path(folder) / f"{number}.db"))
            single.append(SINGLE / one_by_one(credentials, responses(SINGLE)))
    return [Row("responses sent, checked and stored", "a second", batched, single, "one PUT each", more_is_better=True)]


def responses(number: int) -> list[Response]:
    """Complete answers to the benchmark's survey, as the kiosk writes them."""
    answers = answers_from_json(SURVEY, {str(at): str(at % 6) for at in range(len(QUESTIONS))})
    authored = datetime.now(UTC).isoformat(timespec="seconds")
    identities = [str(uuid4()) for _ in range(number)]
    return [
        Response(
            identity,
            json.dumps(
                to_response(SURVEY, answers, response_id=identity, status="completed", language="en-GB", authored=authored)
            ).encode(),
        )
        for identity in identities
    ]


def in_batches(credentials: Credentials, path: Path) -> float:
    """Seconds for BATCHED responses to leave the outbox."""
    outbox = Outbox(path)
    for response in responses(BATCHED):
        outbox.put(response.response_id, SURVEY.canonical, response.document)
    courier = Courier(outbox, lambda: Client(credentials.fhir_base, credentials.sign_in))
    start = time.perf_counter()
    health = courier.once()
    seconds = time.perf_counter() - start
    outbox.close()
    if (health.counts.sent, health.counts.waiting) != (BATCHED, 0):
        raise RuntimeError(f"Not everything arrived: {health}")
    return seconds


def one_by_one(credentials: Credentials, all_of_them: list[Response]) -> float:
    """Seconds for a PUT each on one connection, signed in before."""
    transport = HttpTransport()
    headers = {"Content-Type": FHIR_JSON, "Authorization": str(Tokens(credentials.sign_in, transport).authorization())}
    start = time.perf_counter()
    for response in all_of_them:
        url = f"{credentials.fhir_base}/QuestionnaireResponse/{response.response_id}"
        reply = transport.exchange(Request("PUT", url, headers, response.document))
        if not isinstance(reply, Reply) or reply.status != 201:
            raise RuntimeError(f"A response did not arrive: {reply}")
    seconds = time.perf_counter() - start
    transport.close()
    return seconds


@contextmanager
def hub(folder: Path) -> Iterator[Credentials]:
    """A hub process on SQLite, and a device paired with it."""
    command = [sys.executable, "-m", "tests.benchmarks.hub_process", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            address, _, code = process.stdout.readline().strip().partition(" ")
            yield pair(address, code, "benchmark")
        finally:
            process.terminate()
