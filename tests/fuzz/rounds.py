"""Throwing, and looking afterwards at what the hub has kept."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.fhir import check_response, read_survey
from kiosk.fhir.faults import errors
from tests.fuzz.hostile import Attacker
from tests.fuzz.hub import Target, serving
from tests.fuzz.line import fire
from tests.hub_survey import SURVEY, URL, answer, put_entry

CALLERS = 4
BETWEEN = 25
"""Hostile requests between two good ones."""
MOST_MEMORY_MB = 500


@dataclass
class Result:
    """How it went; `faults` are sentences without anybody's words."""

    seed: int
    requests: int = 0
    good: int = 0
    stored: int = 0
    memory_mb: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        worst = sum(number for status, number in self.statuses.items() if status >= 500 and status != 501)
        told = (
            f"{self.requests} hostile requests (seed {self.seed}): {worst} answered 5xx, {self.good} good ones taken in between"
        )
        return f"{told}, {self.stored} responses stored, {len(self.faults)} faults, memory {self.memory_mb} MB at most"


def play(requests: int, seed: int) -> Result:
    """Throw so many, from four sides at once, and judge what is left."""
    result = Result(seed)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "hub"
        with serving(data, CALLERS) as target:
            with ThreadPoolExecutor(CALLERS) as callers:
                share = requests // CALLERS
                for part in callers.map(lambda caller: _throw(target, f"{seed}/{caller}", share), range(CALLERS)):
                    result.requests += part.requests
                    result.good += part.good
                    result.statuses += part.statuses
                    result.faults += part.faults
            result.memory_mb = target.most_memory_mb
            if not target.alive:
                result.faults.append("The hub's process has ended.")
        if result.memory_mb > MOST_MEMORY_MB:
            result.faults.append(f"The hub took {result.memory_mb} MB.")
        _look_at(data / "hub.sqlite3", result)
    return result


def _throw(target: Target, seed: str, requests: int) -> Result:
    result, attacker = Result(0), Attacker(target, seed)
    for number in range(requests):
        shot = attacker.shot()
        try:
            status = fire(target.port, shot).status
        except OSError as problem:
            result.faults.append(f"{shot.what}, seed {seed}, number {number}: {type(problem).__name__}")
            continue
        finally:
            result.requests += 1
        result.statuses[status] += 1
        if status >= 500 and status != 501:
            result.faults.append(f"{shot.what}, seed {seed}, number {number}: answered {status}")
        if number % BETWEEN == 0:
            _send_good(attacker, result)
    return result


def _send_good(attacker: Attacker, result: Result) -> None:
    document = answer()
    document["id"] = document["identifier"]["value"] = str(uuid.UUID(int=attacker.chance.getrandbits(128), version=4))
    entry = put_entry(document)
    if [attacker.device.batch([entry]), attacker.device.batch([entry])] == [["201"], ["200"]]:
        attacker.known.append(document)
        result.good += 1
    else:
        result.faults.append("A good response was not taken in.")


def _look_at(database: Path, result: Result) -> None:
    """Every response that is kept fits its survey, under the id that is in it."""
    survey = read_survey(json.dumps(SURVEY).encode())
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute("SELECT uuid, document FROM hub_response").fetchall()
    result.stored = len(rows)
    for name, raw in rows:
        document = json.loads(bytes(raw))
        if document.get("questionnaire") != f"{URL}|1" or errors(check_response(survey, document)):
            result.faults.append(f"{name} is stored and does not fit its survey.")
