"""Throwing, and looking afterwards at what the hub has kept."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.fhir import check_response, read_survey
from kiosk.fhir.faults import errors
from kiosk.survey import Survey
from sync.wire import RESPONSE_SYSTEM
from tests.fuzz.described import throw as described_throw
from tests.fuzz.drawn import throw as drawn_throw
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

    def heard(self, what: str, status: int, *, is_http: bool = True) -> None:
        """One reply. 0, and 5xx but 501, are faults; no word at all is none where what was sent was no request."""
        self.requests += 1
        self.statuses[status] += 1
        if (status == 0 and is_http) or (status >= 500 and status != 501):
            self.faults.append(f"{what}: answered {status or 'nothing that it may'}")

    def add(self, *others: Result) -> None:
        for other in others:
            self.requests += other.requests
            self.good += other.good
            self.statuses += other.statuses
            self.faults += other.faults

    def __str__(self) -> str:
        worst = sum(number for status, number in self.statuses.items() if status >= 500 and status != 501)
        told = (
            f"{self.requests} hostile requests (seed {self.seed}): {worst} answered 5xx, {self.good} good ones taken in between"
        )
        return f"{told}, {self.stored} responses stored, {len(self.faults)} faults, memory {self.memory_mb} MB at most"


def play(requests: int, seed: int) -> Result:
    """Throw so many, from all sides at once, and judge what is left."""
    result = Result(seed)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "hub"
        with serving(data, CALLERS) as target:
            _from_all_sides(target, requests, seed, result)
            result.memory_mb = target.most_memory_mb
            if not target.alive:
                result.faults.append("The hub's process has ended.")
        if result.memory_mb > MOST_MEMORY_MB:
            result.faults.append(f"The hub took {result.memory_mb} MB.")
        look_at(data / "hub.sqlite3", result)
    return result


def _from_all_sides(target: Target, requests: int, seed: int, result: Result) -> None:
    """Attackers, while hypothesis and schemathesis make theirs; the attackers then throw what is left of the number."""
    drawn = requests // 8
    with ThreadPoolExecutor(CALLERS) as callers:
        share = (requests - 2 * drawn) // CALLERS
        parts = [callers.submit(_throw, target, f"{seed}/{caller}", share) for caller in range(CALLERS)]
        described_throw(target, drawn, seed, result.heard)
        drawn_throw(target, drawn, seed, result.heard)
        result.add(*(part.result() for part in parts))
        left = max(requests - result.requests, 0)
        result.add(*callers.map(lambda caller: _throw(target, f"{seed}/{caller}/more", _part(left, caller)), range(CALLERS)))


def _part(whole: int, of: int) -> int:
    """One of CALLERS parts that together are the whole."""
    return whole // CALLERS + (of < whole % CALLERS)


def _throw(target: Target, seed: str, requests: int) -> Result:
    result, attacker = Result(0), Attacker(target, seed)
    for number in range(requests):
        shot, source = attacker.shot(), attacker.source()
        what = f"{shot.what}, seed {seed}, number {number}"
        try:
            status = fire(target.port, shot, source).status
        except OSError as problem:
            result.requests += 1
            result.faults.append(f"{what}: {type(problem).__name__}")
            continue
        result.heard(what, status, is_http=not shot.half)
        if number % BETWEEN == 0:
            _send_good(attacker, result)
    return result


def _send_good(attacker: Attacker, result: Result) -> None:
    document = answer()
    document["id"] = document["identifier"]["value"] = attacker.uuid()
    entry = put_entry(document)
    if [attacker.device.batch([entry]), attacker.device.batch([entry])] == [["201"], ["200"]]:
        attacker.known.append(document)
        result.good += 1
    else:
        result.faults.append("A good response was not taken in.")


def look_at(database: Path, result: Result) -> None:
    """Every response that is kept fits its survey, under the id that is in it; no trial lies among them, no id twice."""
    survey = read_survey(json.dumps(SURVEY).encode())
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute("SELECT uuid, status, document FROM hub_response").fetchall()
        reports = db.execute("SELECT id, languages, voices, survey, version FROM hub_device").fetchall()
    result.stored = len(rows)
    if len({name for name, _, _ in rows}) != len(rows):
        result.faults.append("A response is stored twice.")
    result.faults += [f"{name} {problem}" for name, status, raw in rows for problem in _wrong(survey, name, status, bytes(raw))]
    result.faults += [
        f"Device {pk} keeps what is no list of languages." for pk, *lists, _, _ in reports if not _are_tags(lists)
    ]


def _wrong(survey: Survey, name: str, status: str, raw: bytes) -> Iterator[str]:
    document = json.loads(raw)
    if document.get("questionnaire") != f"{URL}|1" or errors(check_response(survey, document)):
        yield "is stored and does not fit its survey."
    if status != document.get("status") or status not in {"completed", "amended", "stopped"}:
        yield "is stored with a status that counts for nothing."
    names = [document.get("id", name), document.get("identifier", {}).get("value", name)]
    ours = document.get("identifier", {}).get("system") == RESPONSE_SYSTEM
    if any(uuid.UUID(own).hex != uuid.UUID(name).hex for own in (names if ours else names[:1])):
        yield "is stored under another id than its own."


def _are_tags(lists: list[str]) -> bool:
    return all(isinstance(tag, str) and len(tag) <= 35 for kept in lists for tag in json.loads(kept))
