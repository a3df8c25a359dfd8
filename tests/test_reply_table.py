"""DESIGN.md, "On the wire": each row of the reply table, one test a row, by the real client and courier over a real socket.

The words of each row stand in its test's docstring. `tests.test_decisions` goes through the same table without a network.
"""

from __future__ import annotations

import time
from email.utils import formatdate
from pathlib import Path

import pytest

from sync.decisions import State
from sync.wire import MAX_BATCH_BYTES, MAX_ENTRIES, TOKEN_PATH
from tests.certificates import self_signed
from tests.courier_kiosk import Kiosk, arrived_once
from tests.fhir_centre import Centre
from tests.fhir_plays import at_most, chokes_on, commit_then_drop, drop, one_entry_short, portal, redirect, says

pytest_plugins = ("tests.kiosk_and_centre",)


def test_no_connection_timeout_or_tls_error_keeps_everything_and_backs_off(
    kiosk: Kiosk, centre: Centre, tmp_path: Path
) -> None:
    """Row: no connection, timeout, TLS error -> keep; full-jitter back-off 5 s to 15 min (cap the exponent)."""
    ids = kiosk.answers(3)
    centre.next(drop, commit_then_drop)
    assert [kiosk.sends().state for _ in range(2)] == [State.OFFLINE] * 2
    stranger = Centre(certificate=self_signed(tmp_path / "stranger.pem"))
    kiosk.centre = stranger
    health = kiosk.new_courier().once()
    assert (health.state, health.counts.waiting) == (State.CERTIFICATE, 3)
    stranger.close()
    health = kiosk.new_courier().once()
    assert (health.state, health.counts.waiting) == (State.OFFLINE, 3)
    assert stranger.store == []
    kiosk.centre = centre
    kiosk.new_courier().once()
    assert arrived_once(centre, ids)


def test_a_2xx_that_is_not_our_reply_acknowledges_nothing(kiosk: Kiosk, centre: Centre) -> None:
    """Row: 2xx that is not our reply -> nothing acknowledged; "captive portal or proxy"."""
    ids = kiosk.answers(2)
    centre.next(portal, redirect, one_entry_short, says(202), says(204))
    told = [kiosk.sends() for _ in range(5)]
    assert {(one.state, one.counts.sent, one.counts.waiting) for one in told} == {(State.CAPTIVE_PORTAL, 0, 2)}
    assert "Wi-Fi" in told[-1].reason
    kiosk.sends()
    assert arrived_once(centre, ids)


@pytest.mark.parametrize("update_create", [True, False])
def test_entry_200_or_201_is_sent_and_412_on_a_conditional_create_too(
    kiosk: Kiosk, centre: Centre, update_create: bool
) -> None:
    """Row: entry 200/201 -> sent; 412 on conditional: already there, sent."""
    centre.update_create = update_create
    centre.next(commit_then_drop)
    ids = kiosk.answers(2)
    kiosk.sends()
    assert kiosk.sends().counts.sent == 2  # 200: they were there
    centre.entry_status = lambda entry: 412 if entry["request"]["method"] == "POST" else 0
    kiosk.answers()
    assert kiosk.sends().counts.sent == 3
    assert set(ids) <= set(centre.stored_ids)


@pytest.mark.parametrize("status", [404, 405])
def test_entry_404_or_405_on_put_switches_to_conditional_create_and_sends_again(
    kiosk: Kiosk, centre: Centre, status: int
) -> None:
    """Row: entry 404/405 on PUT -> this server has no update-as-create: switch, send again."""
    centre.put_status = status
    ids = kiosk.answers(3)
    assert kiosk.sends().counts.sent == 3
    assert [batch.entries[0]["request"]["method"] for batch in centre.batches] == ["PUT", "POST"]
    assert arrived_once(centre, ids)


@pytest.mark.parametrize("status", [408, 409, 424, 429, 500, 502, 503])
def test_entry_408_409_424_429_or_5xx_waits_alone(kiosk: Kiosk, centre: Centre, status: int) -> None:
    """Row: entry 408/409/424/429/5xx -> only this one waits."""
    ids = kiosk.answers(3)
    centre.entry_status = lambda entry: status if entry["resource"]["id"] == ids[1] else 0
    counts = kiosk.sends().counts
    assert (counts.sent, counts.waiting, counts.refused) == (2, 1, 0)
    kiosk.sends_until(lambda: sum(ids[1] in batch.ids for batch in centre.batches) >= 4)
    assert kiosk.outbox.counts().refused == 0
    centre.entry_status = lambda _entry: 0
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 3)
    assert arrived_once(centre, ids)


@pytest.mark.parametrize("status", [400, 422])
def test_entry_400_or_422_is_refused_after_the_second_try_with_the_centres_words(
    kiosk: Kiosk, centre: Centre, status: int
) -> None:
    """Row: entry 400/422 -> refused after the second try, with the OperationOutcome's words."""
    good, bad = kiosk.answers(2)
    centre.entry_status = lambda entry: status if entry["resource"]["id"] == bad else 0
    kiosk.sends_until(lambda: kiosk.outbox.counts().refused == 1)
    assert [(kept.response_id, kept.reason) for kept in kiosk.outbox.refused()] == [(bad, f"refused with {status}")]
    assert sum(bad in batch.ids for batch in centre.batches) == 2
    assert arrived_once(centre, [good])


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_whole_400_413_or_422_is_bisected(kiosk: Kiosk, centre: Centre, status: int) -> None:
    """Row: whole 400/413/422 -> bisect."""
    ids = kiosk.answers(16)
    centre.every = [chokes_on(ids[5], status=status)]
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 15)
    assert arrived_once(centre, [one for one in ids if one != ids[5]])


@pytest.mark.parametrize(("status", "words"), [(413, ""), (400, "Payload too large"), (422, "Bundle exceeds 4 entries")])
def test_a_whole_too_large_halves_and_stays_so(kiosk: Kiosk, centre: Centre, status: int, words: str) -> None:
    """Row: whole 400/413/422 -> "too large" -> halve."""
    centre.every = [at_most(4, status, words)]
    ids = kiosk.answers(16)
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 16)
    centre.asked.clear()
    ids += kiosk.answers(12)
    kiosk.sends_until(lambda: kiosk.outbox.counts().sent == 28)
    assert max(len(batch.ids) for batch in centre.batches) <= 4
    assert arrived_once(centre, ids)


@pytest.mark.parametrize("status", [400, 415])
def test_a_whole_400_or_415_with_gzip_is_sent_plain(kiosk: Kiosk, centre: Centre, status: int) -> None:
    """Row: whole 400/415 with gzip -> plain."""
    centre.next(says(status))
    ids = kiosk.answers(2)
    assert kiosk.sends().counts.sent == 2
    assert [batch.headers.get("content-encoding") for batch in centre.batches] == ["gzip", None]
    assert arrived_once(centre, ids)


def test_401_gets_one_new_token_then_backs_off_and_drops_nothing(paired: Kiosk, centre: Centre) -> None:
    """Row: 401 -> one new token, then back-off; data is never dropped."""
    ids = paired.answers(3)
    centre.every = [says(401)]
    health = paired.sends()
    assert (health.state, health.counts.waiting, health.counts.refused) == (State.NOT_PAIRED, 3, 0)
    assert [asked.path for asked in centre.asked].count(TOKEN_PATH) == 2
    assert len(centre.batches) == 2
    centre.every = []
    paired.sends()
    assert arrived_once(centre, ids)


def test_403_holds_the_queue_and_tells_staff(kiosk: Kiosk, centre: Centre) -> None:
    """Row: 403 -> hold the queue, tell staff."""
    ids = kiosk.answers(3)
    centre.next(says(403, "This site is suspended."))
    health = kiosk.sends()
    assert (health.state, health.reason) == (State.HELD, "This site is suspended.")
    assert (health.counts.waiting, health.counts.refused, len(centre.batches)) == (3, 0, 1)
    kiosk.sends()
    assert arrived_once(centre, ids)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("header", ["3600", "in an hour"])
def test_429_or_503_waits_as_retry_after_says(kiosk: Kiosk, centre: Centre, status: int, header: str) -> None:
    """Row: 429/503 -> `Retry-After` (seconds or date), plus jitter. The date counts by the server's own clock."""
    centre.seconds_ahead = 86_400 * 400
    kiosk.answers()
    hour = formatdate(time.time() + centre.seconds_ahead + 3600, usegmt=True)
    centre.next(says(status, Retry_After=hour if header == "in an hour" else header))
    kiosk.sends(5)
    assert len(centre.batches) == 1
    assert 3_000 < kiosk.courier._idle_seconds() < 4_500


def test_a_batch_has_at_most_100_entries_and_400_kb_and_one_is_on_its_way_at_a_time(kiosk: Kiosk, centre: Centre) -> None:
    """DESIGN: a Bundle of type batch, at most 100 entries and 400 KB, one request in flight per device."""
    ids = kiosk.answers(250)
    assert kiosk.sends().counts.sent == 250
    assert [len(batch.ids) for batch in centre.batches] == [100, 100, 50]
    assert (MAX_ENTRIES, MAX_BATCH_BYTES) == (100, 400_000)
    assert max(len(batch.body) for batch in centre.batches) <= MAX_BATCH_BYTES
    assert {batch.json["type"] for batch in centre.batches} == {"batch"}
    assert arrived_once(centre, ids)


@pytest.mark.parametrize(("update_create", "method"), [(True, "PUT"), (False, "POST")])
def test_the_capability_statement_decides_and_no_entry_has_a_full_url(
    kiosk: Kiosk, centre: Centre, update_create: bool, method: str
) -> None:
    """DESIGN: updateCreate -> PUT; else conditional create. No `fullUrl`; no `id` in the body of conditional entries."""
    centre.update_create = update_create
    kiosk.answers()
    kiosk.sends()
    [entry] = centre.batches[0].entries
    assert entry["request"]["method"] == method
    assert ("id" in entry["resource"]) == update_create
    assert entry["resource"]["identifier"]["value"]
    assert "fullUrl" not in entry
