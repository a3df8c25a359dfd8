"""What each reply of the centre means: the whole table in one file, without a clock, a network or chance.

``decide(course, batch, outcome)`` gives a :class:`Verdict`: what to mark, what to send again at once, how long to wait
and what to tell staff. ::

    no connection, timeout, TLS error    keep everything, back off
    2xx that is not our reply            nothing is acknowledged: captive portal
    2xx that answers other entries       nothing is acknowledged: hold the queue, tell staff
    entry 200/201                        sent (412 on a conditional create: it is there already, sent)
    entry 404/405 on PUT                 no update-as-create here: switch to conditional create, send again
    entry 400/413/422                    set aside after the second try, with the centre's words
    any other entry status               only this one waits (401/403: staff are told)
    whole 400/415 with gzip              the same again, plain
    whole 400/413/422                    halve, to find the one that is meant; batches stay so small until some are taken,
                                         and no larger than that from now on where the centre says "too large"
    401                                  one new token, then back off
    403, 404, 405, 410                   hold the queue, tell staff
    429/503 with Retry-After             as the centre asks, and a little more
    anything else                        back off

Theory: a queue must neither lose an answer nor stand still behind one. So only an acknowledgement of that very response
ends its waiting; whatever is wrong with one response concerns only that one; and whatever is wrong with everything
concerns none of them. The hard case is a whole batch refused: there may be one bad response in it, or the centre is set
up wrongly and would refuse all. Halving finds the one, the newer half first, so that the others can clear the centre's
name; but a response is blamed only when the centre has taken another one since (`proven`). Until then it waits like the
rest, because refusing a whole queue is losing it.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from sync.batch import Batch, Way
from sync.outbox import Queued
from sync.outcomes import Accepted, Entry, Foreign, Mismatched, Refused, Trouble, Unreachable
from sync.pace import Pace, Wait, after, back_off
from sync.wire import MAX_BATCH_BYTES, MAX_ENTRIES

ENTRY_BYTES: Final = 512
"""What a Bundle adds to a document: request, extension, braces."""
MAX_STRIKES: Final = 8
"""So many single refusals in a row, and it is the centre that is in question: the whole queue backs off."""
PLENTY_BYTES: Final = MAX_BATCH_BYTES - MAX_ENTRIES * ENTRY_BYTES
TOO_LARGE: Final = re.compile(r"too (large|long|big|many)|exceed", re.IGNORECASE)


class State(StrEnum):
    """How the device stands with its centre, in a word."""

    CONNECTED = "connected"
    OFFLINE = "offline"
    CAPTIVE_PORTAL = "captive-portal"
    CERTIFICATE = "certificate"
    NOT_PAIRED = "not-paired"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Course:
    """What the courier has learnt about this centre.

    `way` None: it has not been asked. `met`: it has spoken FHIR. `proven`: since it last refused
    a whole batch, it has taken an answer. `limit_entries` is for the next batch, and doubles up to
    `most_entries` with each that is taken.
    """

    pace: Pace = field(default_factory=Pace)
    way: Way | None = None
    gzip: bool = True
    limit_entries: int = MAX_ENTRIES
    most_entries: int = MAX_ENTRIES
    limit_bytes: int = PLENTY_BYTES
    failures: int = 0
    token_renewed: bool = False
    met: bool = False
    proven: bool = False
    strikes: int = 0


@dataclass(frozen=True, slots=True)
class Postponed:
    """One response that waits, and how long."""

    response_id: str
    wait: Wait
    reason: str = field(default="", repr=False)
    objected: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do now. `again` is sent at once, in this order, unless `wait` says that nothing is. `state` None: as before."""

    course: Course
    sent: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    postponed: tuple[Postponed, ...] = ()
    again: tuple[Batch, ...] = ()
    wait: Wait | None = None
    new_token: bool = False
    state: State | None = None
    reason: str = field(default="", repr=False)


def decide(course: Course, batch: Batch, outcome: Accepted | Mismatched | Trouble) -> Verdict:
    """The verdict on what came of sending `batch`."""
    match outcome:
        case Accepted():
            return _entries(course, batch, outcome.entries)
        case Mismatched():
            return _backed_off(course, State.HELD, "The centre's reply does not match what was sent. It is all kept.")
        case Refused() if batch.entries:
            return _batch_refused(course, batch, outcome)
        case _:
            return trouble(course, outcome)


def trouble(course: Course, outcome: Trouble) -> Verdict:
    """The verdict on anything else that was asked and not done."""
    match outcome:
        case Unreachable(reason=reason, certificate=certificate):
            return _backed_off(course, State.CERTIFICATE if certificate else State.OFFLINE, reason)
        case Foreign(reason=reason):
            return _backed_off(course, State.CAPTIVE_PORTAL, reason)
        case Refused(status=401) if not course.token_renewed:
            return Verdict(replace(course, token_renewed=True), new_token=True)
        case Refused(status=401):
            verdict = _backed_off(course, State.NOT_PAIRED, "The centre does not know this device. Pair it again.")
            return replace(verdict, new_token=True)
        case Refused(status=403):
            return _backed_off(course, State.HELD, _said(outcome, "The centre does not allow this device to send."))
        case Refused(status=404 | 405 | 410):
            return _backed_off(course, State.HELD, _said(outcome, "There is no FHIR service at the centre's address."))
        case Refused(status=400 | 413 | 415 | 422):
            return _backed_off(course, State.HELD, _said(outcome, "The centre refuses what this device sends."))
        case Refused():
            verdict = _backed_off(course, State.OFFLINE, _said(outcome, "The centre is busy or not well."))
            return _asked_for(verdict, outcome)


# --- a whole batch -----------------------------------------------------------------------------------------------------


def _batch_refused(course: Course, batch: Batch, refused: Refused) -> Verdict:
    if batch.zipped and refused.status in {400, 415}:
        return Verdict(replace(course, gzip=False), again=(replace(batch, zipped=False),))
    if refused.status in {400, 413, 422}:
        return _halved(course, batch, refused) if len(batch.entries) > 1 else _alone(course, batch.entries[0], refused)
    verdict = trouble(course, refused)
    return replace(verdict, again=(batch,)) if verdict.new_token and verdict.wait is None else verdict


def _halved(course: Course, batch: Batch, refused: Refused) -> Verdict:
    middle = (len(batch.entries) + 1) // 2
    course = replace(course, limit_entries=min(course.limit_entries, middle))
    if _is_too_large(refused):
        size = sum(len(queued.document) for queued in batch.entries)
        course = replace(course, most_entries=course.limit_entries, limit_bytes=min(course.limit_bytes, max(size // 2, 1)))
    halves = batch.part(middle, len(batch.entries)), batch.part(0, middle)
    return Verdict(replace(course, proven=False), again=halves)


def _alone(course: Course, queued: Queued, refused: Refused) -> Verdict:
    reason = _said(refused, "The centre refuses this answer.")
    doubted = replace(course, proven=False)
    if course.proven:
        return _objections(doubted, {queued: reason})
    waiting = (_suspected(course, queued, reason),)
    if course.strikes + 1 < MAX_STRIKES:
        struck = replace(doubted, strikes=course.strikes + 1)
        return Verdict(struck, postponed=waiting, state=State.HELD, reason=reason)
    return replace(_backed_off(replace(doubted, strikes=0), State.HELD, reason), postponed=waiting)


def _suspected(course: Course, queued: Queued, reason: str) -> Postponed:
    """It waits the whole of its back-off, not a share: the next to go are the others."""
    ceiling = back_off(queued.attempts + 1, course.pace).spread_seconds
    return Postponed(queued.response_id, Wait(ceiling, course.pace.first_seconds), reason, objected=True)


def _is_too_large(refused: Refused) -> bool:
    return refused.status == 413 or TOO_LARGE.search(refused.reason) is not None


# --- entries -----------------------------------------------------------------------------------------------------------


def _entries(course: Course, batch: Batch, entries: tuple[Entry, ...]) -> Verdict:
    replies = dict(zip(batch.entries, entries, strict=True))
    sent = tuple(queued for queued, entry in replies.items() if _is_there(entry, batch.way))
    if sent:
        course = replace(course, failures=0, token_renewed=False, met=True, proven=True, strikes=0)
        course = replace(course, limit_entries=min(2 * course.limit_entries, course.most_entries))
    unsupported = tuple(queued for queued, entry in replies.items() if _is_unsupported(entry, batch.way))
    if unsupported:
        course = replace(course, way=Way.CREATE)
    objections = {queued: entry.reason for queued, entry in replies.items() if entry.status in {400, 413, 422}}
    settled = {*sent, *unsupported, *objections}
    waiting = {queued: entry for queued, entry in replies.items() if queued not in settled}
    verdict = _waiting(_objections(course, objections), waiting, stuck=len(waiting) == len(batch.entries))
    again = (Batch(unsupported, Way.CREATE, batch.zipped),) if unsupported else ()
    return replace(verdict, sent=tuple(queued.response_id for queued in sent), again=again)


def _is_there(entry: Entry, way: Way) -> bool:
    return entry.status in {200, 201} or (entry.status == 412 and way is Way.CREATE)


def _is_unsupported(entry: Entry, way: Way) -> bool:
    return entry.status in {404, 405} and way is Way.PUT


def _objections(course: Course, objections: dict[Queued, str]) -> Verdict:
    """The centre's noes to single responses: the second one sets a response aside."""
    refused = tuple((queued.response_id, reason) for queued, reason in objections.items() if queued.objections)
    first = tuple(
        _postponed(course, queued, reason, objected=True) for queued, reason in objections.items() if not queued.objections
    )
    return Verdict(course, refused=refused, postponed=first, state=State.CONNECTED)


def _waiting(verdict: Verdict, waiting: dict[Queued, Entry], *, stuck: bool) -> Verdict:
    course = verdict.course
    postponed = tuple(_postponed(course, queued, _status(entry)) for queued, entry in waiting.items())
    verdict = replace(verdict, postponed=verdict.postponed + postponed)
    held = next((entry for entry in waiting.values() if entry.status in {401, 403}), None)
    if held is not None:
        verdict = replace(verdict, state=State.HELD, reason=_status(held))
    if stuck:
        slower = _backed_off(course, verdict.state or State.CONNECTED, verdict.reason)
        verdict = replace(verdict, course=slower.course, wait=slower.wait)
    return verdict


def _postponed(course: Course, queued: Queued, reason: str, *, objected: bool = False) -> Postponed:
    return Postponed(queued.response_id, back_off(queued.attempts + 1, course.pace), reason, objected)


# --- both --------------------------------------------------------------------------------------------------------------


def _backed_off(course: Course, state: State, reason: str) -> Verdict:
    course = replace(course, failures=course.failures + 1)
    return Verdict(course, wait=back_off(course.failures, course.pace), state=state, reason=reason)


def _asked_for(verdict: Verdict, refused: Refused) -> Verdict:
    if refused.retry_after_seconds is None or refused.status not in {429, 503}:
        return verdict
    return replace(verdict, wait=after(refused.retry_after_seconds, verdict.course.pace))


def _said(refused: Refused, otherwise: str) -> str:
    return refused.reason or f"{otherwise} (HTTP {refused.status})"


def _status(entry: Entry) -> str:
    return entry.reason or f"HTTP {entry.status}"
