"""The file of answers is damaged: patients notice nothing, what can be read is saved, and staff see that it happened."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.device import OUTBOX_FILE
from kiosk.screens import PageKind
from tests.test_damage_met_by_the_courier import ROWS, damage, with_answers
from tests.visitor import Visitor, at_a_kiosk


def damage_told_to_staff(visitor: Visitor) -> str:
    visitor.comes_in()
    return dict(visitor.kiosk.shell.screen.facts).get("Damaged file", "")


def test_a_file_that_breaks_under_a_patient_costs_nobody_an_answer(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "kiosk").mkdir()
    with_answers(tmp_path / "kiosk")
    with at_a_kiosk(tmp_path / "kiosk") as visitor, caplog.at_level(logging.CRITICAL):
        visitor.touches("Poor")
        damage(tmp_path / "kiosk")
        visitor.goes_on()
        assert visitor.kiosk.shell.screen.kind is PageKind.THANKS
        assert visitor.kiosk.device.outbox.counts().waiting == ROWS + 1
        visitor.touches("Finish")
        assert damage_told_to_staff(visitor).startswith("It was set aside. What could be read of it is saved. Its name: ")


def test_a_kiosk_starts_with_a_file_that_is_no_database_and_tells_staff(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / OUTBOX_FILE).write_bytes(b"no database any more " * 1000)
    with at_a_kiosk(tmp_path / "kiosk") as visitor:
        visitor.answers("Good")
        assert visitor.kiosk.shell.screen.kind is PageKind.THANKS
        visitor.touches("Finish")
        assert "answers.broken-" in damage_told_to_staff(visitor)
    with at_a_kiosk(tmp_path / "kiosk") as again:
        assert "answers.broken-" in damage_told_to_staff(again)


def test_a_sound_file_is_no_news(tmp_path: Path, qtbot: QtBot) -> None:
    with at_a_kiosk(tmp_path / "kiosk") as visitor:
        assert damage_told_to_staff(visitor) == ""
