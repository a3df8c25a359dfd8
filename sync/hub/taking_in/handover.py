"""Answers that came as a file, for a device without a network: let in as at the network's door, or not at all.

The whole file is copied and checked first: the device, its signature on every byte, the count, every line. Only then is
anything judged and kept, by the same ``intake`` that the network's door asks, so that what came by the one way is
recognised when it comes by the other.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

import jwt
import msgspec

from sync import wire
from sync.hub.errors import BundleRefused
from sync.hub.models import Device
from sync.hub.taking_in import intake
from sync.hub.taking_in.handover_key import Closed, Opener
from sync.hub.taking_in.judged import Arrival
from sync.hub.texts import UNREADABLE_JSON, uuid_in

LONGEST_LINE_BYTES: Final = wire.MAX_REQUEST_BYTES
COMPACT_JWS: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{128}")
"""Three parts of base64url; an ES384 signature has 96 bytes. Python's decoder alone would pass over other signs."""


class Sealing(msgspec.Struct):
    """How the documents are closed (sync.wire.SEALED_BUNDLE_VERSION)."""

    to: str
    epk: dict[str, Any]


class Header(msgspec.Struct):
    """The first line (sync.wire.BUNDLE_VERSION)."""

    format: str
    version: int
    device: UUID
    count: int
    software: str = ""
    created: str = ""
    sealing: Sealing | None = None


class Line(msgspec.Struct):
    """One response."""

    sequence: int
    id: str
    document: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    sealed: str = ""


class Last(msgspec.Struct, forbid_unknown_fields=True):
    signature: str


@dataclass
class Taken:
    """What became of the responses of one file. `refused`: ids, and where in the document the first fault is."""

    device: Device
    new: int = 0
    known: int = 0
    differing: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Whether every response is kept now."""
        return not self.differing and not self.refused

    def __str__(self) -> str:
        counts = f"{self.new} new, {self.known} here already, {len(self.differing)} differing, {len(self.refused)} refused"
        return f"answers of {self.device}: {counts}"


def take_in(path: Path, spool: Path, received_at: datetime) -> Taken:
    """Check the file at `path`, then judge and keep its responses. `spool`: where a copy may lie meanwhile. BundleRefused."""
    with tempfile.TemporaryFile(dir=spool) as copy:
        header, digest, last = _checked(path, copy)
        device = _device(path, header)
        _verify(path, device, digest, last)
        taken = Taken(device)
        copy.seek(0)
        copy.readline()
        for group in _groups(copy, _opener(path, header)):
            _count(taken, group, intake.take_in(device, group, received_at))
        return taken


# --- checking ----------------------------------------------------------------------------------------------------------


def _checked(path: Path, copy: BinaryIO) -> tuple[Header, str, bytes]:
    """Copy all but the last line; the header, the SHA-256 of what was copied, and the last line."""
    digest, responses = hashlib.sha256(), -1
    header: Header | None = None
    opener: Opener | None = None
    last = b""
    for line in _lines(path):
        if last:
            responses += 1
            if header is None:
                header = _first(path, last)
                opener = _opener(path, header)
            else:
                _check(path, last, responses, opener)
            digest.update(last)
            copy.write(last)
        last = line
    if header is None:
        raise _no_bundle(path)
    if not last.endswith(b"\n") or responses != header.count:
        raise BundleRefused(f"{path} is not whole. Copy it again from the stick, or save it again on the kiosk.")
    return header, digest.hexdigest(), last


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while line := file.readline(LONGEST_LINE_BYTES + 1):
                if len(line) > LONGEST_LINE_BYTES:
                    raise _no_bundle(path)
                yield line
    except OSError as problem:
        raise BundleRefused(f"{path} cannot be read: {problem.strerror}. Check the name and the stick.") from problem


def _first(path: Path, line: bytes) -> Header:
    try:
        return _header(path, line)
    except UNREADABLE_JSON as problem:
        raise _no_bundle(path) from problem


def _check(path: Path, line: bytes, number: int, opener: Opener | None) -> None:
    """BundleRefused for a line that is no response, or that the hub cannot open."""
    try:
        read = msgspec.json.decode(line, type=Line)
        _opened(read, number, opener)
    except (*UNREADABLE_JSON, Closed) as problem:
        raise _changed(path) from problem
    if uuid_in(read.id) is None or bool(read.sealed) != (opener is not None):
        raise _changed(path)


def _opener(path: Path, header: Header) -> Opener | None:
    """What opens the documents; None where they are plain."""
    if header.sealing is None:
        return None
    try:
        return Opener(header.sealing.to, header.sealing.epk)
    except Closed as problem:
        raise BundleRefused(
            f"{path} was closed for another hub. Take it in there, or pair the device here and save the file again."
        ) from problem


def _opened(read: Line, number: int, opener: Opener | None) -> bytes:
    """The document of this line. Raises Closed."""
    if opener is None:
        return bytes(read.document)
    return opener.open(number, read.id, read.sealed)


def _header(path: Path, line: bytes) -> Header:
    said = msgspec.json.decode(line, type=Header)
    if said.format != wire.BUNDLE_FORMAT:
        raise _no_bundle(path)
    if said.version != (wire.SEALED_BUNDLE_VERSION if said.sealing else wire.BUNDLE_VERSION):
        raise BundleRefused(f"{path} was made by another version of the kiosk. Bring the hub up to date first.")
    return said


def _device(path: Path, header: Header) -> Device:
    device = Device.objects.select_related("site").filter(client_id=header.device).first()
    if device is None:
        raise BundleRefused(f"This hub does not know the device that wrote {path}. Pair the device, then save the file again.")
    if device.revoked_at is not None:
        raise BundleRefused(f"{device} was revoked, so {path} is not taken in. Pair it again, then save the file again.")
    return device


def _verify(path: Path, device: Device, digest: str, last: bytes) -> None:
    """BundleRefused unless the last line is this device's signature on `digest`, spelt as the device spells it."""
    try:
        signature = msgspec.json.decode(last, type=Last).signature
        if last != msgspec.json.encode({"signature": signature}) + b"\n" or not COMPACT_JWS.fullmatch(signature):
            raise _changed(path)
        signed = _signed(signature, device)
    except (*UNREADABLE_JSON, jwt.PyJWTError) as problem:
        raise _changed(path) from problem
    if signed != {"sha256": digest}:
        raise _changed(path)


def _signed(signature: str, device: Device) -> Any:
    key = jwt.PyJWK(device.key, algorithm=wire.ASSERTION_ALGORITHM)
    opened = jwt.PyJWS().decode_complete(signature, key.key, algorithms=[wire.ASSERTION_ALGORITHM])
    if opened["header"].get("typ") != wire.BUNDLE_SIGNATURE_TYPE:
        return None
    return msgspec.json.decode(opened["payload"])


def _no_bundle(path: Path) -> BundleRefused:
    return BundleRefused(f"{path} is not a file of answers. Choose one that a kiosk saved, or that kiosk export wrote.")


def _changed(path: Path) -> BundleRefused:
    return BundleRefused(f"{path} was changed after the kiosk wrote it. Nothing was taken in. Save it again on the kiosk.")


# --- keeping -----------------------------------------------------------------------------------------------------------


def _groups(copy: BinaryIO, opener: Opener | None) -> Iterator[list[Arrival]]:
    """The responses in groups no larger than a batch over the network."""
    group: list[Arrival] = []
    size = 0
    for number, line in enumerate(copy, 1):
        read = msgspec.json.decode(line, type=Line)
        if group and (len(group) == wire.MAX_ENTRIES or size + len(line) > wire.MAX_REQUEST_BYTES):
            yield group
            group, size = [], 0
        group.append(Arrival(UUID(read.id), _opened(read, number, opener)))
        size += len(line)
    if group:
        yield group


def _count(taken: Taken, group: list[Arrival], verdicts: list[intake.Verdict]) -> None:
    for arrival, verdict in zip(group, verdicts, strict=True):
        match verdict.status:
            case 201:
                taken.new += 1
            case 200:
                taken.known += 1
            case 409:
                taken.differing.append(str(arrival.uuid))
            case _:
                taken.refused.append((str(arrival.uuid), _where(verdict)))


def _where(verdict: intake.Verdict) -> str:
    """The place of the first fault; the words about it may quote an answer."""
    issues = (verdict.words or {}).get("issue")
    first = issues[0] if isinstance(issues, list) and issues else {}
    return ", ".join(first.get("expression") or [str(first.get("code", ""))])
