"""Answers on a stick are opened by the hub that the device is paired with, and by nobody else, not even the device."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils import timezone

from sync import credentials
from sync.credentials import jwk, public_key
from sync.envelope import Envelope
from sync.hub.errors import BundleRefused
from sync.hub.taking_in import handover_key
from tests.handed_over import Kiosk, stored
from tests.hub_people import Hub

pytest_plugins = ("tests.hub_server",)

WORDS = "The nurse with the red shoes was kind"


@pytest.fixture
def kiosk(tmp_path: Path, hub: Hub) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path, hub)
    yield kiosk
    kiosk.outbox.close()


def taken_in(file: Path) -> int:
    """How many were new."""
    from sync.hub.taking_in import handover

    return handover.take_in(file, Path(settings.HUB_DATA), timezone.now()).new


def lines_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def test_nobody_reads_a_word_in_the_file_and_the_hub_reads_all_of_it(kiosk: Kiosk) -> None:
    """S159."""
    from sync.hub.models import Response

    ids = [kiosk.finishes(why={"valueString": WORDS}) for _ in range(3)]
    file = kiosk.saves()
    assert "nurse" not in file.read_text()
    assert "very" not in file.read_text()
    assert [sorted(line) for line in lines_of(file)[1:-1]] == [["id", "sealed", "sequence"]] * 3
    assert taken_in(file) == 3
    assert stored() == sorted(ids)
    assert WORDS.encode() in bytes(Response.objects.first().document)  # type: ignore[union-attr]


def test_the_same_answer_looks_different_in_every_file(kiosk: Kiosk) -> None:
    """S159. A key for one file, made anew: two sticks cannot be compared."""
    kiosk.finishes()
    first, second = (lines_of(kiosk.saves()) for _ in range(2))
    assert first[1]["id"] == second[1]["id"]
    assert first[1]["sealed"] != second[1]["sealed"]
    assert first[0]["sealing"]["epk"] != second[0]["sealing"]["epk"]


def test_another_hub_cannot_open_it_and_says_where_it_belongs(kiosk: Kiosk, hub: Hub) -> None:
    other = ec.generate_private_key(ec.SECP384R1())
    kiosk.credentials = msgspec.structs.replace(kiosk.credentials, handover_key=jwk(other.public_key()))
    kiosk.finishes()
    with pytest.raises(BundleRefused, match="closed for another hub"):
        taken_in(kiosk.saves())
    assert stored() == []


def test_a_key_with_the_right_name_and_another_inside_opens_nothing(kiosk: Kiosk) -> None:
    """S159. The name of the key is only a name."""
    other = jwk(ec.generate_private_key(ec.SECP384R1()).public_key()) | {"kid": handover_key.public()["kid"]}
    kiosk.credentials = msgspec.structs.replace(kiosk.credentials, handover_key=other)
    kiosk.finishes()
    with pytest.raises(BundleRefused, match="was changed"):
        taken_in(kiosk.saves())


def test_a_device_that_was_given_no_key_hands_over_in_plain_and_the_hub_takes_it(kiosk: Kiosk) -> None:
    """One that was paired before hubs had a key."""
    kiosk.credentials = msgspec.structs.replace(kiosk.credentials, handover_key={})
    kiosk.finishes()
    file = kiosk.saves()
    assert lines_of(file)[0]["version"] == 1
    assert "document" in lines_of(file)[1]
    assert taken_in(file) == 1


def test_a_document_opens_only_in_its_own_line_and_under_its_own_id(listening_hub: str) -> None:
    """S159."""
    envelope = Envelope(handover_key.public())
    closed = envelope.close(1, "a", b"words")
    opener = handover_key.Opener(envelope.header["to"], envelope.header["epk"])  # type: ignore[arg-type]
    assert opener.open(1, "a", closed) == b"words"
    altered = base64.b64encode(bytes([base64.b64decode(closed)[0] ^ 1]) + base64.b64decode(closed)[1:]).decode()
    for number, name, sealed in [(2, "a", closed), (1, "b", closed), (1, "a", altered), (1, "a", ""), (1, "a", "?")]:
        with pytest.raises(handover_key.Closed):
            opener.open(number, name, sealed)


@pytest.mark.parametrize(
    "epk", [{}, {"kty": "EC"}, {"kty": "oct", "k": "x"}, {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]
)
def test_a_first_line_without_a_key_that_can_be_used_is_refused(listening_hub: str, epk: dict[str, Any]) -> None:
    with pytest.raises(handover_key.Closed):
        handover_key.Opener(handover_key.public()["kid"], epk)


def test_pairing_gives_the_hubs_public_key_and_only_that(kiosk: Kiosk) -> None:
    """S159."""
    given = credentials.load(kiosk.folder)
    assert given is not None
    assert given.handover_key == handover_key.public()
    assert "d" not in given.handover_key
    public_key(given.handover_key)


def test_the_hubs_key_is_made_once_for_its_owner_alone(listening_hub: str) -> None:
    """S159."""
    file = Path(settings.HUB_DATA) / handover_key.FILE_NAME
    first = handover_key.public()
    assert handover_key.public() == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.glob(f".{handover_key.FILE_NAME}*")] == []


@pytest.mark.parametrize("key", [{}, {"crv": "P-384", "x": "AAAA", "y": "AAAA"}, {"crv": "P-256", "x": "AA", "y": "AA"}])
def test_what_is_no_key_is_not_closed_with(key: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Envelope(key)
