"""A keypad's keys become what they mean, in a real window, whatever else has the focus; all other keys go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from kiosk.events import CodePressed
from kiosk.keys import FUNCTION_KEYS, Code, Key, KeyMap, preset
from kiosk.present import present
from kiosk.screens import Screen
from kiosk.states import LearningKeys, Rules
from tests.keypad_bench import DOWN, F_KEYS, SELECT, UP, Bench, key_event, new_bench, screen
from tests.screens_for_pictures import sample_survey
from tests.walking import EVERYTHING
from ui.window import Window

ROOT = Path(__file__).parent.parent


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return new_bench(qtbot)


def box(window: Window) -> QTextEdit:
    window.render(screen("question-why"))
    found = next(one for one in window.findChildren(QTextEdit) if one.isVisible())
    found.setFocus()
    found.clear()
    return found


# --- meaning -------------------------------------------------------------------------------------------------------


def test_every_key_of_the_keypad_tells_its_meaning_and_that_someone_is_there(bench: Bench) -> None:
    """S132, S133."""
    for numbers in FUNCTION_KEYS.values():
        bench.strike(numbers.linux)
        bench.clock.now += 1
    assert set(bench.keys) == set(Key)
    assert bench.touches == len(Key)
    assert bench.happened == []


def test_a_key_that_answers_still_there_is_told_once_and_finds_no_other_page(bench: Bench) -> None:
    """S63: as a touch it would give the page back first, and then choose something there."""
    bench.window.render(screen("still-there"))
    bench.strike(SELECT)
    assert bench.keys == [Key.SELECT]
    assert bench.touches == 0


def test_a_key_works_as_the_system_brings_it_to_the_window(bench: Bench) -> None:
    """Not to a widget, as tests do; and it is heard once, however many widgets do not want it."""
    handle = bench.window.windowHandle()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(handle, key_event(kind, DOWN, Qt.Key.Key_Launch1))
    assert bench.keys == [Key.DOWN]
    assert bench.touches == 1


def test_other_keys_go_on_to_the_focus(bench: Bench) -> None:
    """S61: a keyboard still works."""
    before = QApplication.focusWidget()
    assert before is not None
    QTest.keyClick(before, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    assert after not in {before, None}
    bench.strike(36, Qt.Key.Key_Return.value, text="\r")
    assert len(bench.happened) == 1
    assert bench.keys == []


def test_any_key_that_a_keyboard_can_send_can_be_a_key_of_the_keypad_at_once(bench: Bench) -> None:
    """S128, S129."""
    bench.key_map = KeyMap("learnt", ((Code(scan_code=77), Key.HELP),))
    bench.strike(UP)
    bench.strike(77)
    assert bench.keys == [Key.HELP]


def test_a_key_of_the_keypad_never_writes_and_a_keyboard_does(bench: Bench) -> None:
    """S61."""
    writing = box(bench.window)
    bench.key_map = KeyMap("learnt", ((Code(Qt.Key.Key_2.value, 11), Key.DOWN),))
    bench.strike(11, Qt.Key.Key_2.value, text="2")
    bench.strike(12, Qt.Key.Key_3.value, text="3")
    assert writing.toPlainText() == "3"
    assert bench.keys == [Key.DOWN]


def test_with_arrow_keys_a_space_is_a_space_where_there_is_a_box_and_a_choice_elsewhere(bench: Bench) -> None:
    """S61."""
    bench.key_map = preset("arrows")
    bench.strike(65, Qt.Key.Key_Space.value, text=" ")
    assert bench.keys == [Key.SELECT]
    writing = box(bench.window)
    bench.clock.now += 1
    bench.strike(65, Qt.Key.Key_Space.value, text=" ")
    bench.strike(36, Qt.Key.Key_Return.value, text="\r")
    assert writing.toPlainText() == " "
    assert bench.keys == [Key.SELECT, Key.SELECT]


def test_nothing_in_the_kiosk_listens_to_speech() -> None:
    """S22: all is done by touch or keys, so nobody needs a voice."""
    sources = [path.read_text(encoding="utf-8") for room in ("kiosk", "ui") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 50
    assert not any(
        ear in text for text in sources for ear in ("QAudioSource", "QAudioInput", "QMediaCapture", "QMediaRecorder")
    )


def test_a_keypad_leaves_other_windows_alone(bench: Bench, qtbot: QtBot) -> None:
    other = QTextEdit()
    qtbot.addWidget(other)
    QApplication.sendEvent(other, key_event(QEvent.Type.KeyPress, UP, Qt.Key.Key_A, "a"))
    assert other.toPlainText() == "a"
    assert bench.keys == []


# --- while staff teach ----------------------------------------------------------------------------------------------


def lesson() -> Screen:
    return present(Rules(sample_survey()), EVERYTHING, LearningKeys(F_KEYS))


def test_while_staff_teach_every_key_tells_its_code_and_nothing_else_happens(bench: Bench) -> None:
    """S129."""
    bench.window.render(lesson())
    bench.clock.now += 1
    focus = QApplication.focusWidget()
    for scan_code, qt_key in ((UP, Qt.Key.Key_Tools), (23, Qt.Key.Key_Tab), (36, Qt.Key.Key_Return), (9, Qt.Key.Key_Escape)):
        bench.strike(scan_code, qt_key.value)
    assert bench.happened == [
        CodePressed(Code(Qt.Key.Key_Tools.value, UP)),
        CodePressed(Code(Qt.Key.Key_Tab.value, 23)),
        CodePressed(Code(Qt.Key.Key_Return.value, 36)),
        CodePressed(Code(Qt.Key.Key_Escape.value, 9)),
    ]
    assert bench.keys == []
    assert bench.touches == 4
    assert QApplication.focusWidget() is focus


def test_shift_and_its_like_are_no_keys_of_a_keypad(bench: Bench) -> None:
    """A keypad may send a letter with Shift: the letter is the key."""
    bench.window.render(lesson())
    bench.press(50, Qt.Key.Key_Shift.value)
    bench.strike(38, Qt.Key.Key_A.value, text="A")
    bench.let_go(50, Qt.Key.Key_Shift.value)
    assert bench.happened == [CodePressed(Code(Qt.Key.Key_A.value, 38))]


def test_while_staff_teach_a_trembling_or_held_key_is_one_key(bench: Bench) -> None:
    """S27, S28."""
    bench.window.render(lesson())
    bench.press(UP)
    bench.press(UP, again=True)
    bench.let_go(UP)
    bench.strike(UP)
    assert len(bench.happened) == 1
