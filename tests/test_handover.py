"""What waits, written as a signed file: whole, for its owner alone, and nothing counted as sent."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sync import handover
from sync.credentials import Credentials, jwk
from sync.errors import HandoverFailed
from sync.outbox import Outbox
from sync.reserve import Reserve
from sync.signin import Bearer, DeviceKey
from sync.wire import SEQUENCE_EXTENSION
from tests.handed_over import NOW
from tests.hub_survey import URL, answer

KEY = ec.generate_private_key(ec.SECP384R1())
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
CLIENT_ID = "7b0c0a52-6a0e-4d1f-9a53-3d9c8f6b2a11"
PAIRED = Credentials("https://hub.example/fhir", DeviceKey("https://hub.example/auth/token", CLIENT_ID, PEM))


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox(tmp_path / "answers.db", reserve=Reserve(tmp_path / "answers.reserve", 1000))
    yield outbox
    outbox.close()


def queue(outbox: Outbox, *, canonical: str = f"{URL}|1") -> dict[str, object]:
    document = answer()
    outbox.put(document["id"], canonical, json.dumps(document, indent=2).encode())
    return document


def test_the_file_has_a_header_a_line_for_each_response_and_the_devices_signature(outbox: Outbox, tmp_path: Path) -> None:
    """S104: the number in the queue goes with each response."""
    documents = [queue(outbox), queue(outbox, canonical="urn:other|2")]
    file = tmp_path / "out.ndjson"
    assert handover.export(outbox, PAIRED, file, "feedback-kiosk 1.0", NOW).count == 2
    header, *lines, last = file.read_bytes().splitlines(keepends=True)
    assert json.loads(header) == {
        "format": "feedback-kiosk-bundle",
        "version": 1,
        "device": CLIENT_ID,
        "software": "feedback-kiosk 1.0",
        "surveys": ["urn:example:survey:visit|1", "urn:other|2"],
        "count": 2,
        "created": "2026-11-23T09:00:00+00:00",
    }
    for number, (line, document) in enumerate(zip(lines, documents, strict=True), start=1):
        read = json.loads(line)
        extension = [{"url": SEQUENCE_EXTENSION, "valueInteger": number}]
        assert read == {"sequence": number, "id": document["id"], "document": document | {"extension": extension}}
    public = jwt.PyJWK(jwk(KEY.public_key()), algorithm="ES384").key
    payload = jwt.PyJWS().decode(json.loads(last)["signature"], public, algorithms=["ES384"])
    assert json.loads(payload) == {"sha256": hashlib.sha256(header + b"".join(lines)).hexdigest()}


def test_only_an_acknowledgement_ends_the_waiting_so_a_file_marks_nothing_as_sent(outbox: Outbox, tmp_path: Path) -> None:
    queue(outbox)
    handover.export(outbox, PAIRED, tmp_path / "out.ndjson", "", NOW)
    assert (outbox.counts().waiting, outbox.counts().sent) == (1, 0)


def test_a_response_that_is_not_due_yet_is_handed_over_and_a_sent_or_refused_one_is_not(outbox: Outbox, tmp_path: Path) -> None:
    late, sent, refused = (str(queue(outbox)["id"]) for _ in range(3))
    outbox.postpone([late], until=9e9, reason="busy")
    outbox.mark_sent([sent])
    outbox.mark_refused(refused, "no")
    file = tmp_path / "out.ndjson"
    assert handover.export(outbox, PAIRED, file, "", NOW).count == 1
    assert json.loads(file.read_bytes().splitlines()[1])["id"] == late


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_only_the_kiosks_own_user_may_read_the_file(outbox: Outbox, tmp_path: Path) -> None:
    """S159."""
    queue(outbox)
    handover.export(outbox, PAIRED, tmp_path / "out.ndjson", "", NOW)
    assert stat.S_IMODE((tmp_path / "out.ndjson").stat().st_mode) == 0o600


def test_nothing_waiting_is_no_file(outbox: Outbox, tmp_path: Path) -> None:
    assert handover.export(outbox, PAIRED, tmp_path / "out.ndjson", "", NOW).count == 0
    assert not (tmp_path / "out.ndjson").exists()


def test_a_response_that_cannot_be_read_stays_behind_and_is_counted(outbox: Outbox, tmp_path: Path) -> None:
    queue(outbox)
    outbox.put("broken", "urn:other|2", b"{never JSON")
    written = handover.export(outbox, PAIRED, tmp_path / "out.ndjson", "", NOW)
    assert (written.count, written.unreadable) == (1, 1)
    assert outbox.counts().waiting == 2


@pytest.mark.parametrize("known", [None, Credentials("https://fhir.example", Bearer("token"))], ids=["not paired", "no key"])
def test_a_device_without_a_key_of_its_own_is_told_to_pair(outbox: Outbox, tmp_path: Path, known: Credentials | None) -> None:
    queue(outbox)
    with pytest.raises(HandoverFailed, match="Pair it first: kiosk pair URL"):
        handover.export(outbox, known, tmp_path / "out.ndjson", "", NOW)


def test_a_place_that_cannot_be_written_is_told_in_a_sentence_and_leaves_nothing(outbox: Outbox, tmp_path: Path) -> None:
    queue(outbox)
    with pytest.raises(HandoverFailed, match=r"No such file or directory\. Check the place"):
        handover.export(outbox, PAIRED, tmp_path / "gone" / "out.ndjson", "", NOW)
    assert not (tmp_path / "gone").exists()


def test_a_full_stick_is_told_in_words() -> None:
    words = handover._why(Path("stick/out.ndjson"), OSError(errno.ENOSPC, "No space left on device"))
    assert words == "There is no room for the answers in stick. Take a larger stick, or delete other files there."


def test_answers_that_are_sent_while_the_file_is_written_make_it_start_again(outbox: Outbox, tmp_path: Path) -> None:
    ids = [str(queue(outbox)["id"]) for _ in range(3)]

    class Sending(Outbox):
        """The courier is quicker than the first look."""

        looks = 0

        def counts(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            Sending.looks += 1
            found = super().counts()
            if Sending.looks == 1:
                self.mark_sent(ids[:1])
            return found

    busy = Sending(outbox.path, reserve=Reserve(tmp_path / "other.reserve", 1000))
    file = tmp_path / "out.ndjson"
    assert handover.export(busy, PAIRED, file, "", NOW).count == 2
    busy.close()
    assert [json.loads(line)["id"] for line in file.read_bytes().splitlines()[1:-1]] == ids[1:]
