"""Nothing moves by itself: there is no motion to switch off, nothing that flashes, and nothing that turns without a touch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.states import Preferences
from tests.pictures import AIDS, GLASSES
from tests.screens_for_pictures import screens

UI = Path(__file__).parents[1] / "ui"
MOVING = re.compile(
    r"Q(?:Property|Variant|Sequential|Parallel)?Animation\w*|QTimeLine|QGraphics\w*Effect|QMovie|QScroller|QBasicTimer|startTimer"
)


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: file.name)
def test_no_part_of_the_window_knows_how_to_move(file: Path) -> None:
    """S47, S64, S65, S91: so a page turns at once, and reduced motion is what everybody has."""
    assert MOVING.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["welcome", "question-listened", "question-why", "still-there", "review", "easier"])
def test_a_screen_that_nobody_touches_stays_as_it_is(name: str, qtbot: QtBot) -> None:
    """S47, S64, S65: nothing in the window waits for a time to come, and what has been painted is not painted again."""
    window = GLASSES[0].window()
    qtbot.addWidget(window)
    window.show()
    window.render(screens(Preferences(**AIDS["aloud"]))[name])
    QApplication.processEvents()
    painted: list[None] = []
    window.painted.connect(lambda: painted.append(None))
    for _ in range(20):
        QApplication.processEvents()
    assert painted == []
    assert [timer for timer in window.findChildren(QTimer) if timer.isActive()] == []


def test_the_caret_beats_slower_than_three_times_a_second(qapp: QApplication) -> None:
    """S47, S65: the one thing that comes and goes, where words are written."""
    assert qapp.cursorFlashTime() == 0 or qapp.cursorFlashTime() > 1000 / 3
