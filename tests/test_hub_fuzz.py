"""The hub under hostile requests: a short run of ``python -m tests.fuzz``, and a look that can fail."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.rounds import Result, look_at, play
from tests.hub_survey import answer


def test_hostile_requests_bring_no_fault_out_of_the_hub_and_nothing_into_it() -> None:
    """S159. No 5xx, no crash, memory within bounds; good requests are answered in between, and all that is stored validates."""
    result = play(1_500, 1)
    assert result.faults == []
    assert result.requests >= 1_500
    assert result.good >= 40
    assert result.stored >= result.good
    assert {200, 400, 401, 404, 405, 413, 422} <= set(result.statuses)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"item": [{"linkId": "fft", "answer": [{"valueString": "x"}]}]}, "does not fit its survey"),
        ({"questionnaire": "urn:other|1"}, "does not fit its survey"),
        ({"id": "019ab000-0000-7000-8000-000000000001"}, "under another id"),
        ({"status": "entered-in-error"}, "counts for nothing"),
    ],
)
def test_what_should_not_be_stored_would_be_found(tmp_path: Path, changes: dict[str, Any], fault: str) -> None:
    document = answer()
    kept = document | changes
    with closing(sqlite3.connect(tmp_path / "hub.sqlite3")) as db, db:
        db.execute("CREATE TABLE hub_response (uuid, status, document)")
        db.execute("CREATE TABLE hub_device (id, languages, voices, survey, version)")
        db.execute("INSERT INTO hub_response VALUES (?, ?, ?)", (document["id"], kept["status"], json.dumps(kept).encode()))
    result = Result(1)
    look_at(tmp_path / "hub.sqlite3", result)
    assert len(result.faults) == bool(fault)
    assert fault in " ".join(result.faults)


@pytest.mark.parametrize(("status", "faults"), [(200, 0), (400, 0), (501, 0), (500, 1), (503, 1), (0, 1)])
def test_a_reply_that_must_not_be_would_be_counted(status: int, faults: int) -> None:
    result = Result(1)
    result.heard("a request", status)
    assert len(result.faults) == faults
