"""The real window on a desk's glass, with a clock that a test sets. Ask for it with ``pytest_plugins = ("tests.windows",)``."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.clocks import Clock
from ui.window import Window


@pytest.fixture
def glass_clock() -> Clock:
    """Not `clock`: a plugin's fixtures are there for every test of the run, and others have clocks of their own."""
    return Clock()


@pytest.fixture
def empty_window(qtbot: QtBot, glass_clock: Clock) -> Window:
    """1920 by 1080, open, with no screen in it yet."""
    made = Window(476, 600, glass_clock)
    qtbot.addWidget(made, before_close_func=lambda it: setattr(it, "allow_close", True))
    made.resize(1920, 1080)
    made.show()
    return made
