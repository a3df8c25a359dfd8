"""Reads a hub's exact counts with its own command. The pages hide small numbers, and one patient is a small number."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.app.hub_process import DemoFailed, kiosk_command


def fetch_results(where: Sequence[str], slug: str) -> Mapping[str, Any]:
    """The last 30 days of the survey `slug`. `where`: the options of the hub (``--data``…). Raises DemoFailed."""
    command = [*kiosk_command(), "hub", "report", "counts", "--survey", slug, *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DemoFailed(done.stderr.strip())
    document: Mapping[str, Any] = json.loads(done.stdout)
    return document


def counts_by_question(results: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """For each question (linkId) how often each answer (code) was given; answers nobody gave are left out."""
    return {
        question["link_id"]: {answer["code"]: answer["count"] for answer in question["answers"] if answer["count"]}
        for question in results["questions"]
    }
