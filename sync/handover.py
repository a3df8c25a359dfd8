"""Handing over without a network: what waits, as a file that this device has signed and only the hub can take in.

Nothing is marked as sent here. The file may be lost, and only the centre's acknowledgement ends an answer's waiting; whatever
comes twice is recognised by its id. Only the hub can open what people said, unless it gave this device no key when they were
paired: then it is plain text, and whoever holds the file can read it.
"""

import errno
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import jwt
import msgspec

from sync.batch import Fields, resource_of
from sync.credentials import Credentials
from sync.envelope import Envelope
from sync.errors import HandoverFailed
from sync.files import draft_of
from sync.outbox import Outbox, Queued
from sync.signin import DeviceKey
from sync.wire import (
    ASSERTION_ALGORITHM,
    BUNDLE_FORMAT,
    BUNDLE_SIGNATURE_TYPE,
    BUNDLE_VERSION,
    SEALED_BUNDLE_VERSION,
)

TRIES: Final = 3
NOT_PAIRED: Final = "This device is not paired with a hub, so no hub would know its file. Pair it first: kiosk pair URL"
BEING_SENT: Final = "Answers are being sent just now. Try again when that is done."


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: how many responses, and how many this device cannot read, which stay behind."""

    path: Path
    count: int
    unreadable: int = 0


def export(outbox: Outbox, credentials: Credentials | None, path: Path, software: str, now: datetime) -> Bundle:
    """Write all that waits to `path`, on the disk before this returns; no file for nothing. HandoverFailed, OutboxError."""
    key = credentials.sign_in if credentials else None
    if credentials is None or not isinstance(key, DeviceKey):
        raise HandoverFailed(NOT_PAIRED)
    for _ in range(TRIES):
        surveys, unreadable = _what_waits(outbox)
        envelope = Envelope(credentials.handover_key) if credentials.handover_key else None
        header = _header(key, software, surveys, now) | _sealing(envelope)
        if not surveys or _written(path, header, _Source(outbox, envelope), key):
            return Bundle(path, surveys.total(), unreadable)
    raise HandoverFailed(BEING_SENT)


def _what_waits(outbox: Outbox) -> tuple[Counter[str], int]:
    """How many responses to each survey can be handed over, and how many cannot be read."""
    readable = Counter((queued.survey, resource_of(queued) is not None) for queued in outbox.waiting())
    surveys = Counter({survey: number for (survey, can), number in readable.items() if can})
    return surveys, outbox.counts().unreadable + readable.total() - surveys.total()


def _header(key: DeviceKey, software: str, surveys: Counter[str], now: datetime) -> dict[str, Any]:
    return {
        "format": BUNDLE_FORMAT,
        "version": BUNDLE_VERSION,
        "device": key.client_id,
        "software": software,
        "surveys": sorted(surveys),
        "count": surveys.total(),
        "created": now.isoformat(timespec="seconds"),
    }


def _sealing(envelope: Envelope | None) -> dict[str, Any]:
    return {"version": SEALED_BUNDLE_VERSION, "sealing": envelope.header} if envelope else {}


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the lines come from, and what closes them."""

    outbox: Outbox
    envelope: Envelope | None


class _Moved(Exception):
    """While the file was being written, some of what it should hold was sent."""


def _written(path: Path, header: dict[str, Any], source: _Source, key: DeviceKey) -> bool:
    """Whether the file is there and whole. HandoverFailed when it cannot be written."""
    try:
        with draft_of(path) as file:
            _write(file, header, source, key)
    except _Moved:
        return False
    except OSError as error:
        raise HandoverFailed(_why(path, error)) from error
    return True


def _write(file: BinaryIO, header: dict[str, Any], source: _Source, key: DeviceKey) -> None:
    digest, lines = hashlib.sha256(), 0
    for line in _lines(header, source):
        digest.update(line)
        file.write(line)
        lines += 1
    if lines != 1 + header["count"]:
        raise _Moved
    file.write(_line({"signature": _signature(digest.hexdigest(), key)}))


def _lines(header: dict[str, Any], source: _Source) -> Iterator[bytes]:
    yield _line(header)
    number = 0
    for queued in source.outbox.waiting():
        resource = resource_of(queued)
        if resource is not None:
            number += 1
            yield _line(
                {"sequence": queued.sequence, "id": queued.response_id, **_said(number, queued, resource, source.envelope)}
            )


def _said(number: int, queued: Queued, resource: Fields, envelope: Envelope | None) -> dict[str, Any]:
    if envelope is None:
        return {"document": resource}
    return {"sealed": envelope.close(number, queued.response_id, msgspec.json.encode(resource))}


def _line(content: dict[str, Any]) -> bytes:
    """One line, whatever white space the document was kept with."""
    return msgspec.json.format(msgspec.json.encode(content), indent=-1) + b"\n"


def _signature(sha256: str, key: DeviceKey) -> str:
    """A compact JWS (RFC 7515). Its `typ` keeps it apart from the assertions that this key signs too."""
    payload = msgspec.json.encode({"sha256": sha256})
    headers = {"typ": BUNDLE_SIGNATURE_TYPE} | ({"kid": key.key_id} if key.key_id else {})
    return jwt.PyJWS().encode(payload, key.key_pem, ASSERTION_ALGORITHM, headers=headers)


def _why(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"There is no room for the answers in {path.parent}. Take a larger stick, or delete other files there."
    return f"The answers cannot be written to {path}: {error.strerror or error}. Check the place and who may write there."
