"""The real window on a desk's glass, with a clock that a test sets. Ask for it with ``pytest_plugins = ("tests.windows",)``."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.clocks import Clock
from ui.window import Window


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def empty_window(qtbot: QtBot, clock: Clock) -> Window:
    """1920 by 1080, open, with no screen in it yet."""
    made = Window(476, 600, clock)
    qtbot.addWidget(made, before_close_func=lambda it: setattr(it, "allow_close", True))
    made.resize(1920, 1080)
    made.show()
    return made
