"""A device's file at the hub: let in as over the network, recognised either way, and refused whole when anything is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from django.utils import timezone

from sync import handover as device_side
from sync.client import Client
from sync.courier import Courier
from sync.decisions import State
from sync.hub.errors import BundleRefused
from sync.signin import DeviceKey
from tests.handed_over import NOW, Kiosk, stored
from tests.hub_people import Hub
from tests.hub_survey import answer, changed

pytest_plugins = ("tests.hub_server",)


@pytest.fixture
def kiosk(tmp_path: Path, hub: Hub) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path, hub)
    yield kiosk
    kiosk.outbox.close()


def taken_in(file: Path) -> tuple[int, int, int, int]:
    """How many were new, here already, differing and refused."""
    from sync.hub.taking_in import handover

    taken = handover.take_in(file, file.parent, timezone.now())
    return taken.new, taken.known, len(taken.differing), len(taken.refused)


def refusal(file: Path) -> str:
    with pytest.raises(BundleRefused) as caught:
        taken_in(file)
    assert stored() == []
    return str(caught.value)


def settled(kiosk: Kiosk) -> tuple[State, int]:
    """The device has a network again: how it is, and how much still waits."""
    known = kiosk.credentials
    health = Courier(kiosk.outbox, lambda: Client(known.fhir_base, known.sign_in)).once()
    return health.state, health.counts.waiting


def test_what_came_by_stick_and_then_by_network_is_kept_once(kiosk: Kiosk) -> None:
    """S104."""
    ids = [kiosk.finishes() for _ in range(150)]
    assert taken_in(kiosk.saves()) == (150, 0, 0, 0)
    assert stored() == sorted(ids)
    assert kiosk.outbox.counts().waiting == 150
    assert settled(kiosk) == (State.CONNECTED, 0)
    assert stored() == sorted(ids)


def test_what_came_by_network_and_then_by_stick_is_kept_once(kiosk: Kiosk) -> None:
    ids = [kiosk.finishes() for _ in range(3)]
    file = kiosk.saves()
    settled(kiosk)
    late = [kiosk.finishes()]
    assert taken_in(file) == (0, 3, 0, 0)
    assert taken_in(kiosk.saves()) == (1, 0, 0, 0)
    assert stored() == sorted(ids + late)


def test_the_same_file_twice_counts_nothing_twice(kiosk: Kiosk) -> None:
    from sync.hub.models import Answer

    own = kiosk.finishes()
    file = kiosk.saves()
    assert [taken_in(file), taken_in(file)] == [(1, 0, 0, 0), (0, 1, 0, 0)]
    assert stored() == [own]
    assert Answer.objects.count() == 1


def test_what_does_not_fit_its_survey_is_refused_alone_and_named_without_its_words(kiosk: Kiosk) -> None:
    from sync.hub.taking_in import handover

    kiosk.finishes()
    wrong = kiosk.finishes(calm={"valueString": "my secret"})
    taken = handover.take_in(kiosk.saves(), kiosk.folder, timezone.now())
    assert (taken.new, taken.refused) == (1, [(wrong, "QuestionnaireResponse.item[1].answer[0].valueString")])
    assert not taken.settled


def test_the_same_id_with_another_answer_is_a_conflict_and_changes_nothing(kiosk: Kiosk, hub: Hub) -> None:
    document = answer()
    assert hub.device().put(document).status_code == 201
    kiosk.outbox.put(document["id"], "urn:x|1", json.dumps(changed(document)).encode())
    assert taken_in(kiosk.saves()) == (0, 0, 1, 0)


def test_a_changed_byte_anywhere_is_refused_and_nothing_is_stored(kiosk: Kiosk) -> None:
    kiosk.finishes()
    file = kiosk.saves()
    whole = file.read_bytes()
    kinds = set()
    line_ends = [at for at, byte in enumerate(whole) if byte == ord("\n")]
    for place in [*range(0, len(whole), 5), *line_ends]:
        other = (whole[place] + 1 + place % 7) % 256 or 1
        file.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
        kinds.add(refusal(file).removeprefix(str(file))[:30])
    assert len(kinds) > 2
    file.write_bytes(whole)
    assert taken_in(file) == (1, 0, 0, 0)


@pytest.mark.parametrize("more", [b"\n", b" ", b"{}\n"], ids=["a line end", "a space", "a line"])
def test_a_byte_more_at_the_end_is_refused(kiosk: Kiosk, more: bytes) -> None:
    kiosk.finishes()
    file = kiosk.saves()
    file.write_bytes(file.read_bytes() + more)
    refusal(file)


def test_a_file_cut_short_anywhere_is_refused(kiosk: Kiosk) -> None:
    for _ in range(2):
        kiosk.finishes()
    file = kiosk.saves()
    whole = file.read_bytes()
    lines = [at + 1 for at, byte in enumerate(whole) if byte == ord("\n")]
    for length in {0, 1, *range(0, len(whole), 97), *lines[:-1], len(whole) - 1}:
        file.write_bytes(whole[:length])
        sentence = refusal(file)
        assert "is not whole" in sentence or "is not a file of answers" in sentence


def test_a_line_left_out_is_refused_though_every_other_is_the_devices_own(kiosk: Kiosk) -> None:
    for _ in range(3):
        kiosk.finishes()
    file = kiosk.saves()
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:1] + lines[2:]))
    assert "was changed" in refusal(file)
    file.write_bytes(b"".join(lines[:-2] + lines[-1:]))
    assert "is not whole" in refusal(file)
    file.write_bytes(b"".join([lines[0], lines[2], lines[1], *lines[3:]]))
    assert "was changed" in refusal(file)


def test_another_devices_signature_is_refused(kiosk: Kiosk, hub: Hub, tmp_path: Path) -> None:
    kiosk.finishes()
    other = Kiosk(tmp_path / "other", hub)
    mine, theirs = kiosk.credentials.sign_in, other.credentials.sign_in
    other.outbox.close()
    assert isinstance(mine, DeviceKey)
    assert isinstance(theirs, DeviceKey)
    header, *lines, _ = kiosk.saves().read_bytes().splitlines(keepends=True)
    last = json.dumps({"signature": device_side._signature("00", theirs)}, separators=(",", ":")).encode()
    kiosk.file.write_bytes(b"".join([header, *lines, last, b"\n"]))
    assert "was changed" in refusal(kiosk.file)


def test_a_signed_assertion_is_no_signature_for_a_file(kiosk: Kiosk) -> None:
    """What the key signs for one purpose opens no other door."""
    kiosk.finishes()
    *lines, last = kiosk.saves().read_bytes().splitlines(keepends=True)
    mine = kiosk.credentials.sign_in
    assert isinstance(mine, DeviceKey)
    payload = jwt.decode(json.loads(last)["signature"], options={"verify_signature": False})
    again = jwt.encode(payload, mine.key_pem, "ES384")
    kiosk.file.write_bytes(b"".join([*lines, json.dumps({"signature": again}, separators=(",", ":")).encode(), b"\n"]))
    assert "was changed" in refusal(kiosk.file)


def test_a_revoked_devices_file_is_refused_and_after_pairing_again_its_new_file_is_taken(kiosk: Kiosk, hub: Hub) -> None:
    from sync import credentials
    from sync.hub.models import Device
    from sync.hub.places import devices

    kiosk.finishes()
    file = kiosk.saves()
    devices.revoke(Device.objects.get(), timezone.now())
    assert "Door was revoked" in refusal(file)
    kiosk.credentials = credentials.pair(hub.url, hub.pairing_code(), "Door")
    assert taken_in(kiosk.saves()) == (1, 0, 0, 0)


def test_a_device_of_another_hub_is_not_known(kiosk: Kiosk) -> None:
    from sync.hub.models import Device

    kiosk.finishes()
    file = kiosk.saves()
    Device.objects.all().delete()
    assert "does not know the device" in refusal(file)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not a file of answers"),
        (b"A letter to my aunt.\n", "is not a file of answers"),
        (b'{"format": "something"}\n', "is not a file of answers"),
        (b"[" * 1_000_000, "is not a file of answers"),
        (b"\0" * 3_000_000, "is not a file of answers"),
        (b'{"format":"feedback-kiosk-bundle","version":2,"device":"%s","count":0}\n\n' % (b"0" * 32), "another version"),
    ],
    ids=["empty", "a letter", "other JSON", "nested", "zeros", "from the future"],
)
def test_a_file_that_is_no_bundle_is_refused_in_a_sentence(hub: Hub, tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "answers.ndjson"
    file.write_bytes(content)
    assert sentence in refusal(file)


def test_a_file_that_is_not_there_is_told_in_a_sentence(hub: Hub, tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal(tmp_path / "gone.ndjson")


def test_the_file_carries_the_time_it_was_written(kiosk: Kiosk) -> None:
    kiosk.finishes()
    assert json.loads(kiosk.saves().read_bytes().splitlines()[0])["created"] == NOW.isoformat()
