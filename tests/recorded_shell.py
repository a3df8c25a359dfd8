"""A shell whose window, player and desk write down what they are told. ``pytest_plugins = ("tests.recorded_shell",)``."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.surveys import rating, rules_of, several, words
from tests.test_shell import Recorder
from tests.walking import EVERYTHING
from ui.shell import Shell


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def shell(recorder: Recorder, qtbot: QtBot) -> Shell:  # qtbot: a running Qt application
    made = Shell(rules_of(rating(), words(), several()), EVERYTHING, recorder, recorder, recorder)
    made.start()
    return made
