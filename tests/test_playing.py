"""A child plays with the screen: whatever is touched, in whatever order, every screen stays whole and nothing breaks."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kiosk.events import KeysChanged, PinAccepted, PinRefused, StaffCalled, TimedOut
from kiosk.keys import KeyMap, preset
from kiosk.screens import PageKind
from kiosk.site import Site
from kiosk.states import Figures, Rules
from kiosk.steps import Finished
from tests.layout_faults import faults, is_seen
from tests.pictures import GLASSES, Glass
from tests.screens_for_pictures import FIGURES, sample_survey
from ui.shell import Shell
from ui.window import Window

STEPS = 60
KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Down)


class Desk:
    """Keeps what is finished, and believes any PIN."""

    def __init__(self) -> None:
        self.finished: list[Finished] = []

    def answered(self, so_far: Finished | None) -> None: ...

    def open_session(self) -> None: ...
    def keep_pin(self, pin: str) -> None: ...
    def send_now(self) -> None: ...
    def save_to_stick(self) -> None: ...
    def join(self) -> None: ...
    def stop_joining(self) -> None: ...
    def leave(self) -> None: ...

    def save(self, finished: Finished) -> None:
        self.finished.append(finished)

    def keep_keys(self, key_map: KeyMap | None) -> KeysChanged:
        return KeysChanged(key_map or preset("f-keys"))

    def check_pin(self, pin: str) -> PinAccepted | PinRefused:
        return PinAccepted()

    def figures(self) -> Figures:
        return FIGURES


class Silence:
    speaking = paused = False

    def speak(self, utterances: object) -> None: ...
    def aside(self, utterances: object) -> None: ...
    def hush(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def tune(self, words_per_minute: int, volume_step: int) -> None: ...


class Child:
    """Touches what can be seen, presses keys, calls staff and walks away, by a seed."""

    def __init__(self, window: Window, shell: Shell, seed: int) -> None:
        self.window, self.shell, self.chance = window, shell, random.Random(seed)

    def plays(self) -> None:
        luck = self.chance.random()
        buttons = [b for b in self.window.findChildren(QAbstractButton) if is_seen(b) and b.isEnabled()]
        if luck < 0.04:
            self.shell.receive(StaffCalled())
        elif luck < 0.08:
            self.shell.receive(TimedOut())
        elif luck < 0.14:
            QTest.keyClick(self.window.focusWidget(), self.chance.choice(KEYS))
        elif luck < 0.5 and self.window.bottom.buttons:
            QTest.mouseClick(list(self.window.bottom.buttons.values())[-1], Qt.MouseButton.LeftButton)
        elif buttons:
            QTest.mouseClick(self.chance.choice(buttons), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_playing_breaks_nothing(glass: Glass, qtbot: QtBot) -> None:
    window = glass.window()
    qtbot.addWidget(window)
    window.guard.lockout_seconds = window.guard.repeat_seconds = 0
    window.show()
    survey = sample_survey()
    shell = Shell(Rules(survey), Site(survey.languages, frozenset({"en"})), window, Silence(), Desk())
    window.happened.connect(shell.receive)
    window.touched.connect(shell.touched)
    shell.start()
    child, seen = Child(window, shell, glass.width), set[PageKind]()
    for step in range(STEPS):
        child.plays()
        assert window.screen_shown == shell.screen
        seen.add(shell.screen.kind)
        if step % 15 == 0:
            window.grab()
            assert faults(window) == []
    assert len(seen) >= 5
