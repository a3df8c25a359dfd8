"""Staff teach the kiosk a keypad that no preset knows, by touch alone; it works at once, and after a restart.

Real: window, flow, files, and key events as the system brings them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.app.device import KEYPAD_FILE
from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.events import TimedOut
from kiosk.keys import Key
from kiosk.states import Asking, StaffArea, StillThere, Welcome
from tests.listening import FileSpeaker
from ui.finger import Finger

# A computer without a sound card, or without one of the libraries Qt looks for, says so; the kiosk runs all the same.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

KEYPAD = {Key.UP: 80, Key.DOWN: 88, Key.BACK: 83, Key.FORWARD: 85, Key.SELECT: 84, Key.HELP: 79}
"""What this keypad's keys send: the number pad of a keyboard, which also writes digits."""


class Staff:
    """A member of staff in front of a kiosk: one finger, and the keypad."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk, self.finger = kiosk, Finger(kiosk.window)
        self.pressed: list[Key] = []
        kiosk.window.key_pressed.connect(self.pressed.append)
        kiosk.window.guard.lockout_seconds = kiosk.window.guard.repeat_seconds = 0.05

    def comes_in(self) -> None:
        self.kiosk.window.guard.held.emit()
        for digit in "2468":
            self.finger.touch(digit)
        self.finger.touch("OK")

    def touches(self, *labels: str) -> None:
        for label in labels:
            self.finger.touch(label)

    def strikes(self, scan_code: int) -> None:
        target = QApplication.focusWidget() or self.kiosk.window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_8, Qt.KeyboardModifier.KeypadModifier, scan_code, 0, 0, "8")
            QApplication.sendEvent(target, event)
        self.finger.settle()

    def teaches(self) -> None:
        for key in Key:
            if key in KEYPAD:
                self.strikes(KEYPAD[key])
            else:
                self.touches("This keypad has no such key")

    def reads(self) -> list[str]:
        screen = self.kiosk.shell.screen
        return [screen.heading, *(line.text for line in screen.lines), screen.problem]


@pytest.fixture
def staff_at(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Staff]]:
    """Start the kiosk, anew each time it is called; the folder stays."""
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    running: list[Kiosk] = []

    def start() -> Staff:
        for kiosk in running:
            kiosk.close()
        running[:] = [Kiosk(Options(tmp_path, windowed=True, size=(1280, 800)), FileSpeaker(instantly=True))]
        running[0].start()
        return Staff(running[0])

    yield start
    for kiosk in running:
        kiosk.close()


def test_a_keypad_taught_by_touch_works_at_once_and_after_a_restart(staff_at: Callable[[], Staff]) -> None:
    """S25, S129."""
    staff = staff_at()
    staff.strikes(88)
    assert staff.pressed == []
    staff.comes_in()
    staff.touches("Keypad", "Teach the keys")
    staff.teaches()
    staff.touches("Save")
    staff.strikes(80)
    assert "That key is: Up" in staff.reads()
    staff.touches("Back", "Back")
    assert isinstance(staff.kiosk.shell.state, Welcome)
    staff.strikes(88)
    assert staff.pressed == [Key.DOWN]
    again = staff_at()
    again.strikes(84)
    assert again.pressed == [Key.SELECT]


def test_a_key_answers_still_there_and_chooses_nothing(staff_at: Callable[[], Staff]) -> None:
    """S63, S136."""
    staff = staff_at()
    for scan_code in (192, 191, 192, 191, 192):  # a person at work, whose answers Home would clear
        staff.strikes(scan_code)
    page = staff.kiosk.shell.state
    assert isinstance(page, Asking)
    staff.kiosk.shell.receive(TimedOut())
    assert isinstance(staff.kiosk.shell.state, StillThere)
    staff.strikes(197)
    assert staff.kiosk.shell.state == page


def test_a_lesson_that_is_not_saved_changes_nothing(staff_at: Callable[[], Staff], tmp_path: Path) -> None:
    """S129."""
    staff = staff_at()
    staff.comes_in()
    staff.touches("Keypad", "Teach the keys")
    staff.teaches()
    staff.touches("Back", "Back", "Back")
    staff.strikes(88)
    assert staff.pressed == []
    assert not (tmp_path / KEYPAD_FILE).exists()


def test_staff_see_when_keys_cannot_be_saved_and_save_them_later(
    staff_at: Callable[[], Staff], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The keys of the lesson are still there."""
    staff = staff_at()
    blocked = (tmp_path / KEYPAD_FILE).with_suffix(".new")
    blocked.mkdir()
    staff.comes_in()
    staff.touches("Keypad", "Teach the keys")
    staff.teaches()
    staff.touches("Save")
    assert "The keys cannot be saved. Make room on the disk. Then try again." in staff.reads()
    blocked.rmdir()
    staff.touches("Save")
    assert "Saved. These keys work from now on." in staff.reads()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_damaged_file_costs_no_start_and_staff_read_what_to_do(
    staff_at: Callable[[], Staff], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """S129: the ready-made keys are in force instead."""
    (tmp_path / KEYPAD_FILE).write_text(json.dumps({"keypad": 1, "keys": 7}))
    staff = staff_at()
    staff.strikes(192)
    assert staff.pressed == [Key.DOWN]
    staff.comes_in()
    assert isinstance(staff.kiosk.shell.state, StaffArea)
    [(name, words)] = staff.kiosk.shell.screen.facts
    assert (name, words) == ("Keypad", "Function keys F13 to F24. The taught keys cannot be read. Teach them again.")
    assert [str(tmp_path / KEYPAD_FILE) in message for message in caplog.messages] == [True]


def test_staff_who_have_had_enough_of_a_lesson_get_the_ready_made_keys_back(staff_at: Callable[[], Staff]) -> None:
    """S129."""
    staff = staff_at()
    staff.comes_in()
    staff.touches("Keypad", "Teach the keys")
    staff.teaches()
    staff.touches("Save", "Use the ready-made keys", "Back", "Back")
    staff.strikes(88)
    staff.strikes(192)
    assert staff.pressed == [Key.DOWN]
