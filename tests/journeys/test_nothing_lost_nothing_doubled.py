"""A kiosk being tapped, a network that fails and a hub, killed at random moments: a short run of ``python -m tests.torture``.

The audit itself is tested too: one that never complains would prove nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.ledger import Ledger, Stored
from tests.torture.moments import Moment
from tests.torture.rounds import Torture
from tests.torture.said import digest, digest_of
from tests.torture.weather import Fault

ROUNDS, SEED, MOST_VISITS = 8, 3, 4


def test_what_was_thanked_for_is_in_the_hub_exactly_once_whatever_happened_on_the_way(tmp_path: Path) -> None:
    torture = Torture(tmp_path, SEED, MOST_VISITS)
    certain = {
        2: Moment("offered", 1, 0.0, torture.kiosk.kill),
        3: Moment("given", 2, 0.0, torture.kiosk.kill),
        4: Moment("page", 2, 0.0, torture.hub.kill),
        6: Moment("committed", 1, 0.0, torture.hub.kill),
        7: Moment("page", 3, 0.0, torture.kiosk.kill),
    }
    with torture.running():
        for number in range(1, ROUNDS + 1):
            torture.play(number, [certain[number]] if number in certain else [])
        audit = torture.settle()
    assert list(audit.fates()) == []
    assert audit.acknowledged > 0
    assert torture.kiosk.kills > 0
    assert torture.hub.kills > 0
    assert torture.proxy.met[Fault.REPLY_LOST] > 0
    assert not torture.kiosk.is_alive
    assert not torture.hub.is_alive


def noted(*lines: str) -> Ledger:
    ledger = Ledger()
    for line in lines:
        ledger.note(line)
    return ledger


THANKED = ("offered a one", "thanked a one", "offered b two")


def test_an_answer_that_was_thanked_for_and_is_not_in_the_hub_is_lost() -> None:
    assert noted(*THANKED).audit([Stored("b", "two")]).lost == ("a",)


def test_an_answer_that_nobody_was_thanked_for_may_be_there_or_not() -> None:
    assert noted(*THANKED).audit([Stored("a", "one")]).is_clean
    assert noted(*THANKED).audit([Stored("a", "one"), Stored("b", "two")]).is_clean


@pytest.mark.parametrize(
    ("stored", "fate"),
    [
        ([Stored("a", "one"), Stored("a", "one")], "doubled: a"),
        ([Stored("a", "two")], "altered: a"),
        ([Stored("a", "one"), Stored("c", "one")], "invented: c"),
    ],
)
def test_the_audit_names_each_fault_and_the_id_it_happened_to(stored: list[Stored], fate: str) -> None:
    [told] = noted(*THANKED).audit(stored).fates()
    assert told.startswith(fate)


def test_what_was_answered_in_a_session_that_a_crash_ended_must_be_there_as_stopped() -> None:
    assert noted("gives - one", "given a one").audit([]).lost == ("a",)
    kept = noted("gives - one", "given a one").audit([Stored("a", "one")])
    assert kept.is_clean
    assert (kept.acknowledged, kept.stopped) == (0, 1)


def test_an_answer_that_was_just_being_given_may_be_there_or_not() -> None:
    books = ("gives - one", "given a one", "gives a two")
    assert noted(*books).audit([Stored("a", "one")]).is_clean
    assert noted(*books).audit([Stored("a", "two")]).is_clean
    assert noted(*books, "given a two").audit([Stored("a", "one")]).altered == ("a",)


def test_a_first_answer_that_was_just_being_given_has_no_id_yet() -> None:
    assert noted("gives - one").audit([Stored("a", "one")]).is_clean
    assert noted("gives - one").audit([Stored("a", "one"), Stored("b", "one")]).invented == ("a", "b")
    assert noted("gives - one", "given a one").audit([Stored("a", "one"), Stored("b", "one")]).invented == ("b",)


def test_what_somebody_who_started_again_had_said_must_not_be_there() -> None:
    books = ("gives - one", "given a one", "forgets a")
    assert noted(*books).audit([Stored("a", "one")]).is_clean
    assert noted(*books, "forgot a").audit([]).is_clean
    assert noted(*books, "forgot a").audit([Stored("a", "one")]).invented == ("a",)


def test_a_page_that_did_not_say_thank_you_is_a_fault() -> None:
    assert not noted("offered a one", "unsaved a one").audit([]).is_clean


def test_the_patients_memory_and_the_stored_document_say_the_same() -> None:
    document = {
        "status": "completed",
        "language": "cy",
        "item": [
            {"linkId": "part", "item": [{"linkId": "fft", "answer": [{"valueCoding": {"code": "good"}}]}]},
            {"linkId": "why", "answer": [{"valueString": "Kind"}]},
        ],
    }
    given = {"why": ("Kind",), "fft": ("good",), "skipped": ()}
    assert digest_of(document) == digest("completed", "cy", given)
    assert digest_of(document) != digest("completed", "cy", {**given, "why": ("Kin",)})
    assert digest_of(document) != digest("stopped", "cy", given)
