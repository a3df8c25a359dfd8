"""A real kiosk in a real window, and somebody before it: ``pytest_plugins = ("tests.staff_at_a_kiosk",)``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from sync.pace import Pace
from tests.torture.kiosk_process import NoVoice
from tests.visitor import PIN, Visitor

QUICK = Pace(first_seconds=0.01, longest_seconds=0.1, errand_seconds=0.2)


@pytest.fixture
def visitor(tmp_path: Path, qtbot: QtBot) -> Iterator[Visitor]:  # qtbot: a running Qt application
    """At a kiosk whose things lie in `tmp_path` / "kiosk"."""
    data = tmp_path / "kiosk"
    StaffPin(data / "staff-pin.json").keep(PIN)
    kiosk = Kiosk(Options(data, windowed=True, size=(1280, 800), pace=QUICK))
    kiosk.reader = NoVoice()
    kiosk.start()
    yield Visitor(kiosk)
    kiosk.close()
