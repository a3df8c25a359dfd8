"""The courier and its right to send: answers wait for it, and are never lost to it."""

from pathlib import Path

from sync.client import Client
from sync.decisions import State
from sync.errors import CredentialsUnreadable
from sync.wire import TOKEN_PATH
from tests.courier_kiosk import Kiosk, arrived_once
from tests.fhir_centre import Centre
from tests.fhir_plays import says

pytest_plugins = ("tests.kiosk_and_centre",)


def test_a_revoked_token_is_replaced_once_and_nothing_is_lost(paired: Kiosk, centre: Centre) -> None:
    paired.courier.start()
    ids = paired.answers()
    paired.courier.wake()
    paired.until(lambda: paired.outbox.counts().sent == 1)
    centre.tokens = set()
    ids += paired.answers()
    paired.courier.wake()
    paired.until(lambda: paired.outbox.counts().sent == 2)
    assert arrived_once(centre, ids)
    assert [asked.path for asked in centre.asked].count(TOKEN_PATH) == 2


def test_a_device_the_centre_no_longer_knows_keeps_its_answers_and_says_so(paired: Kiosk, centre: Centre) -> None:
    paired.answers(2)
    centre.every = [says(401)]
    health = paired.sends()
    assert (health.state, health.counts.waiting, health.counts.refused) == (State.NOT_PAIRED, 2, 0)
    assert len(centre.batches) == 2
    centre.every = []
    assert paired.sends().counts.sent == 2


def test_a_device_never_paired_keeps_its_answers_until_it_is(kiosk: Kiosk, centre: Centre) -> None:
    client: list[Client] = []
    courier = kiosk.new_courier(open_client=lambda: client[0] if client else None)
    ids = kiosk.answers()
    courier.start()
    kiosk.until(lambda: "not-paired" in kiosk.states)
    client.append(kiosk.open_client())
    courier.hurry()
    kiosk.until(lambda: kiosk.outbox.counts().sent == 1)
    assert arrived_once(centre, ids)


def test_damaged_credentials_are_told_in_their_own_sentence(kiosk: Kiosk, tmp_path: Path) -> None:
    def unreadable() -> Client:
        raise CredentialsUnreadable(tmp_path / "credentials.json")

    health = kiosk.new_courier(open_client=unreadable).once()
    assert health.state is State.NOT_PAIRED
    assert "Pair this device" in health.reason


def test_a_device_paired_with_another_centre_learns_its_ways_afresh(kiosk: Kiosk, centre: Centre) -> None:
    centre.put_status = 404
    kiosk.answers()
    kiosk.sends()
    kiosk.centre = Centre()
    kiosk.courier.hurry()
    kiosk.answers()
    kiosk.sends()
    assert [batch.entries[0]["request"]["method"] for batch in kiosk.centre.batches] == ["PUT"]
    kiosk.centre.close()
