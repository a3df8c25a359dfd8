"""A real kiosk in a real window, and somebody before it: ``pytest_plugins = ("tests.staff_at_a_kiosk",)``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.visitor import Visitor, at_a_kiosk


@pytest.fixture
def visitor(tmp_path: Path, qtbot: QtBot) -> Iterator[Visitor]:  # qtbot: a running Qt application
    """Before a kiosk whose things lie in `tmp_path` / "kiosk"."""
    with at_a_kiosk(tmp_path / "kiosk") as visitor:
        yield visitor
