"""Responses come in: judged by their own survey version, then kept and counted, once each.

Judging is computing and happens before the database is asked to write; keeping is one transaction a batch. A response is
known by its UUID: the same again is a success, the same UUID with another body is a conflict, and neither is counted twice.
That holds for what was deleted here too. A trial (:mod:`sync.hub.taking_in.trials`) comes the same way and lies elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import DataError, IntegrityError, transaction

from kiosk.fhir import Fault, check_and_read, operation_outcome
from kiosk.fhir.faults import errors
from sync import wire
from sync.hub import surveys
from sync.hub.models import Device, Forgotten, Response, SurveyVersion
from sync.hub.taking_in import flat, keep, trials
from sync.hub.taking_in.judged import Arrival, Judged, Reception
from sync.hub.taking_in.trials import Rehearsal
from sync.hub.texts import UNREADABLE_JSON

RACES = 20
"""So often a batch is looked at again because others keep its responses at the same moment. Each time, fewer are new."""
FINISHED = frozenset({"completed", "amended", "stopped"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of it, as an HTTP status: 201 kept, 200 was here already, 409 differs, 422 does not fit, 429 too many."""

    status: int
    words: dict[str, object] | None = None
    """An OperationOutcome, where there is something to say."""


def take_in(
    device: Device, arrivals: Sequence[Arrival], received_at: datetime, clock_ahead_seconds: int | None = None
) -> list[Verdict]:
    """Judge and keep these responses; one verdict each, in their order."""
    judged = judge(arrivals)
    fit = [one for one in judged if isinstance(one, Judged)]
    statuses = iter(_kept(Reception(device, received_at, clock_ahead_seconds), fit))
    verdicts = []
    for one in judged:
        match one:
            case Judged():
                verdicts.append(_verdict(next(statuses)))
            case Rehearsal():
                verdicts.append(_verdict(trials.keep(device, one, received_at)))
            case Verdict():
                verdicts.append(one)
    return verdicts


def judge(arrivals: Sequence[Arrival]) -> list[Judged | Rehearsal | Verdict]:
    """Each response with its flat answers, or the verdict on it."""
    read = [_read(arrival) for arrival in arrivals]
    canonicals = {str(document.get("questionnaire", "")) for document in read if isinstance(document, dict)}
    versions = surveys.versions_by_canonical(canonicals) if canonicals else {}
    return [
        _judged(arrival, document, versions) if isinstance(document, dict) else document
        for arrival, document in zip(arrivals, read, strict=True)
    ]


def refusal(status: int, code: str, words: str, path: str = "QuestionnaireResponse") -> Verdict:
    """A verdict with one reason in words."""
    return Verdict(status, operation_outcome((Fault(path, "", "error", code, words),)))


def _read(arrival: Arrival) -> dict[str, Any] | Verdict:
    try:
        document = msgspec.json.decode(arrival.raw)
    except (*UNREADABLE_JSON, ArithmeticError):
        return refusal(400, "structure", "This is not JSON that can be read.")
    if not isinstance(document, dict) or document.get("resourceType") != "QuestionnaireResponse":
        return refusal(422, "structure", "Only a QuestionnaireResponse is taken in here.", "QuestionnaireResponse.resourceType")
    if str(document.get("status")) not in FINISHED and not trials.is_trial(document):
        return refusal(422, "business-rule", "Only a finished response is taken in here.", "QuestionnaireResponse.status")
    own = document.get("identifier")
    named = own.get("value") if isinstance(own, dict) and own.get("system") == wire.RESPONSE_SYSTEM else str(arrival.uuid)
    if str(named).lower() != str(arrival.uuid) or str(document.get("id", arrival.uuid)).lower() != str(arrival.uuid):
        return refusal(422, "value", "The id and the identifier do not agree.", "QuestionnaireResponse.identifier")
    return document


def _judged(arrival: Arrival, document: dict[str, Any], versions: dict[str, SurveyVersion]) -> Judged | Rehearsal | Verdict:
    version = versions.get(str(document.get("questionnaire", "")))
    if version is None:
        return refusal(422, "not-found", "This survey version is not known here.", "QuestionnaireResponse.questionnaire")
    if trials.is_trial(document):
        return _rehearsal(arrival, document)
    asked = surveys.asked_in(version)
    found, answers = check_and_read(asked, document)
    faults = errors(found)
    if faults:
        return Verdict(422, operation_outcome(faults))
    rows = list(flat.flatten(answers, asked))
    return Judged(arrival, _digest(document), document, version, asked.language, rows, flat.may_share(answers, asked))


def _rehearsal(arrival: Arrival, document: dict[str, Any]) -> Rehearsal | Verdict:
    if document.get("item"):
        return refusal(422, "business-rule", "What is entered in error holds no answers here.", "QuestionnaireResponse.item")
    return Rehearsal(arrival.uuid, _digest(document))


def _kept(reception: Reception, fit: list[Judged]) -> list[int]:
    """A status for each; a race with another request for the same UUID is settled by looking again.

    What the database cannot hold is refused alone, so that one such response never holds up the others of its batch.
    """
    if not fit:
        return []
    try:
        for _ in range(RACES):
            with suppress(IntegrityError):  # another request has just kept one of them
                return _keep(reception, fit)
        return _keep(reception, fit)
    except (DataError, ValueError, OverflowError):
        return [422] if len(fit) == 1 else [_kept(reception, [one])[0] for one in fit]


@transaction.atomic
def _keep(reception: Reception, fit: list[Judged]) -> list[int]:
    uuids = [one.arrival.uuid for one in fit]
    known: dict[UUID, str] = dict(Forgotten.objects.filter(uuid__in=uuids).values_list("uuid", "digest"))
    known |= dict(Response.objects.filter(uuid__in=uuids).values_list("uuid", "digest"))
    fresh: list[Judged] = []
    statuses = []
    for one in fit:
        digest = known.get(one.arrival.uuid)
        statuses.append(201 if digest is None else 200 if digest == one.digest else 409)
        if digest is None:
            known[one.arrival.uuid] = one.digest
            fresh.append(one)
    # In one order everywhere, so that two requests with the same responses never wait for each other in a circle.
    keep.all_of(reception, sorted(fresh, key=lambda one: one.arrival.uuid))
    return statuses


def _verdict(status: int) -> Verdict:
    if status == 409:
        return refusal(409, "conflict", "A response with this id is kept already, and it says something else.")
    if status == 422:
        return refusal(422, "too-long", "This response holds a value that cannot be stored.")
    if status == 429:
        return refusal(429, "throttled", "This device has tried the hub out too often. Come again tomorrow.")
    return Verdict(status)


def _digest(document: dict[str, Any]) -> str:
    """The same for the same content, whether it came by PUT (with an id) or by conditional create (without)."""
    content = {name: value for name, value in document.items() if name not in {"id", "meta"}}
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
