"""A damaged answers file that the courier meets first is set aside and rescued at once, not only when somebody answers."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.device import OUTBOX_FILE, Device
from kiosk.app.gui import Kiosk, Options
from sync.outbox import Outbox
from tests.courier_kiosk import QUICK
from tests.torture.kiosk_process import NoVoice

ROWS = 200


def with_answers(data: Path) -> None:
    outbox = Outbox(data / OUTBOX_FILE)
    for number in range(ROWS):
        outbox.put(f"id-{number}", "urn:survey|1", b'{"resourceType": "QuestionnaireResponse"}' + b" " * 1000)
    outbox.close()


def damage(data: Path) -> None:
    """A failing disk overwrites the courier's way into the file; and a write elsewhere, so that nobody goes by memory."""
    with closing(sqlite3.connect(data / OUTBOX_FILE)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page, size = (
            db.execute(question).fetchone()[0]
            for question in ("SELECT rootpage FROM sqlite_master WHERE name = 'responses_by_state'", "PRAGMA page_size")
        )
        with (data / OUTBOX_FILE).open("r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\xa5" * size)
        db.execute("PRAGMA user_version = 1")
        db.commit()


def test_the_kiosk_sets_it_aside_while_nobody_touches_it(
    tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with_answers(tmp_path)
    kiosk = Kiosk(Options(tmp_path, windowed=True, size=(800, 600), pace=QUICK))
    kiosk.reader = NoVoice()
    kiosk.start()
    qtbot.waitUntil(lambda: "outbox" in kiosk.device.__dict__, timeout=20_000)
    before = kiosk.device.outbox
    damage(tmp_path)
    kiosk.device.wake(now=True)
    qtbot.waitUntil(lambda: kiosk.device.outbox is not before, timeout=20_000)
    assert kiosk.device.outbox.rescued is not None
    assert kiosk.device.outbox.rescued.saved == ROWS
    assert "OutboxDamaged" in caplog.text
    assert {record.levelno for record in caplog.records} == {logging.ERROR}
    kiosk.close()


def test_a_file_that_a_save_has_replaced_already_is_left_alone(tmp_path: Path) -> None:
    """The courier's word comes late, by way of the GUI thread."""
    with_answers(tmp_path)
    device = Device(tmp_path)
    before = device.outbox
    device.reopen(damaged=True)
    sound = device.outbox
    device.mend(before)
    assert device.outbox is sound
    assert sound.counts().waiting == ROWS
    device.close()


def test_kiosk_sync_sets_it_aside_and_goes_on(tmp_path: Path) -> None:
    with_answers(tmp_path)
    device = Device(tmp_path)
    assert device.outbox.counts().waiting == ROWS
    damage(tmp_path)
    assert device.send_once() == (0, "This device has not been paired with a centre.")
    assert device.outbox.rescued is not None
    assert device.outbox.counts().waiting == ROWS
    device.close()
