"""A trial of the centre with a response that counts for nothing: status entered-in-error, sent, sent again, removed."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from sync.batch import Batch, Way
from sync.client import Client
from sync.decisions import Course, decide
from sync.locations import PLACE
from sync.outbox import Queued
from sync.outcomes import Accepted, Capable, Entry, Foreign, Mismatched, Refused, Trouble, Unreachable
from sync.wire import RESPONSE_SYSTEM

MOST_TRIES: Final = 5
"""Plain instead of gzip, another way, a new token: each is learnt once."""
Outcome: TypeAlias = Accepted | Mismatched | Trouble


class Ending(StrEnum):
    """What became of the trial."""

    REMOVED = "removed"
    STAYS = "stays"
    NOT_KEPT = "not-kept"
    DOUBLED = "doubled"
    NOT_SENT = "not-sent"


@dataclass(frozen=True, slots=True)
class Trial:
    """How the centre took it. `way` None: it did not say what it can do. `said`: its words, or what stood in the way."""

    ending: Ending
    way: Way | None = None
    zipped: bool = True
    signed_in: bool | None = None
    said: str = field(default="", repr=False)


def try_out(client: Client, response_id: str, survey: str) -> Trial:
    """Ask what the centre can do, then send, send again and remove one response under `response_id` to `survey`."""
    told = client.capabilities()
    if isinstance(told, Unreachable | Foreign):
        return Trial(Ending.NOT_SENT, said=told.reason)
    way = Way.PUT if isinstance(told, Capable) and told.update_create else Way.CREATE
    queued = Queued(0, response_id, survey, _document(response_id, survey))
    outcome, course = _sent(client, Course(way=way), queued)
    if not isinstance(outcome, Accepted):
        return Trial(Ending.NOT_SENT, course.way, course.gzip, _signed_in(outcome), _words(outcome))
    first = outcome.entries[0]
    if not _is_kept(first):
        return Trial(Ending.NOT_KEPT, course.way, course.gzip, signed_in=True, said=first.reason or f"HTTP {first.status}")
    again, course = _sent(client, course, queued)
    ending, said = _ended(client, first, again, response_id, course)
    return Trial(ending, course.way, course.gzip, signed_in=True, said=said)


def _document(response_id: str, survey: str) -> bytes:
    return json.dumps(
        {
            "resourceType": "QuestionnaireResponse",
            "id": response_id,
            "identifier": {"system": RESPONSE_SYSTEM, "value": response_id},
            "questionnaire": survey,
            "status": "entered-in-error",
            "authored": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    ).encode()


def _sent(client: Client, course: Course, queued: Queued) -> tuple[Outcome, Course]:
    """What came of it, by the courier's own rules, and what was learnt on the way."""
    tries = 0
    while True:
        tries += 1
        batch = Batch((queued,), course.way or Way.CREATE, course.gzip)
        outcome = client.send(batch)
        verdict = decide(course, batch, outcome)
        course = verdict.course
        if verdict.new_token:
            client.new_token()
        if not verdict.again or tries == MOST_TRIES:
            return outcome, course


def _is_kept(entry: Entry) -> bool:
    return entry.status in {200, 201, 412}


def _ended(client: Client, first: Entry, again: Outcome, response_id: str, course: Course) -> tuple[Ending, str]:
    if not isinstance(again, Accepted) or not _is_kept(again.entries[0]):
        return Ending.STAYS, "It was kept, but sending it again failed."
    places = [found[1] for entry in (first, again.entries[0]) if (found := PLACE.search(entry.location))]
    if len(set(places)) > 1:
        return Ending.DOUBLED, "Sent twice, it is kept twice. This centre would double answers."
    place = places[0] if places else response_id if course.way is Way.PUT else ""
    if not place:
        return Ending.STAYS, "The centre does not say where it is kept."
    trouble = client.remove(place)
    return (Ending.REMOVED, "") if trouble is None else (Ending.STAYS, _words(trouble))


def _signed_in(outcome: Mismatched | Trouble) -> bool | None:
    match outcome:
        case Refused(status=401):
            return False
        case Refused() | Mismatched():
            return True
        case _:
            return None


def _words(outcome: Mismatched | Trouble) -> str:
    match outcome:
        case Refused(status=status, reason=reason):
            return reason or f"HTTP {status}"
        case Unreachable(reason=reason) | Foreign(reason=reason):
            return reason
        case Mismatched():
            return "The centre's reply does not match what was sent."
