"""Requests that schemathesis makes of the hub's described interface: right ones, and wrong ones of each kind.

Each reply must be one that the description names, with the content it names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import requests
import schemathesis
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzz.drawn import played
from tests.fuzz.hub import Target

CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def throw(target: Target, number: int, chance: int, heard: Callable[[str, int], None]) -> None:
    """Send about so many, and tell `heard` what was thrown and what was answered; 0 for what is not described."""
    document = requests.get(f"{target.url}/openapi.json", timeout=10).json()
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    operations = [one.ok() for one in found if isinstance(one, Ok)]
    headers = {"Authorization": f"Bearer {target.devices[0].token}"}

    def send(case: Any) -> None:
        reply = case.call(base_url=target.url, headers=headers, timeout=30)
        fault = _undescribed(case, reply)
        heard(f"{case.operation.label}, made from the description{fault}", 0 if fault else reply.status_code)

    for operation in operations:
        for mode in MODES:
            try:
                played(send, operation.as_strategy(generation_mode=mode), number // (len(operations) * len(MODES)), chance)
            except Unsatisfiable:  # nothing about it can be wrong
                continue


def _undescribed(case: Any, reply: Any) -> str:
    """What about the reply is not as the description says; "" for a good one."""
    try:
        case.validate_response(reply, checks=CHECKS)
    except (AssertionError, BaseExceptionGroup) as problem:
        found = problem.exceptions if isinstance(problem, BaseExceptionGroup) else (problem,)
        return f" ({reply.status_code}: {'; '.join(' '.join(str(one).split())[:200] for one in found)})"
    return ""
