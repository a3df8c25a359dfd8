"""A keypad's keys become what they mean, in a real window, whatever else has the focus; all other keys go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from kiosk.events import CodePressed
from kiosk.keys import FUNCTION_KEYS, Code, Key, KeyMap, preset
from kiosk.present import present
from kiosk.screens import Screen
from kiosk.states import LearningKeys, Preferences, Rules
from tests.screens_for_pictures import sample_survey, screens
from tests.test_window import Clock
from tests.walking import EVERYTHING
from ui.keypad import HELD_SECONDS, Keypad
from ui.window import Window

F_KEYS = preset("f-keys", "linux")
UP, DOWN, SELECT, HEADSET_OUT = (FUNCTION_KEYS[name].linux for name in ("F13", "F14", "F17", "F16"))


@dataclass
class Bench:
    """A window with a keypad, a clock that a test sets, and what was heard of them."""

    window: Window
    clock: Clock
    keypad: Keypad
    key_map: KeyMap = F_KEYS
    keys: list[Key] = field(default_factory=list)
    happened: list[object] = field(default_factory=list)
    touches: int = 0

    def strike(self, scan_code: int, qt_key: int = Qt.Key.Key_unknown, *, held: float = 0.0, text: str = "") -> None:
        """Press and let go."""
        self.press(scan_code, qt_key, text=text)
        self.clock.now += held
        self.let_go(scan_code, qt_key)

    def press(self, scan_code: int, qt_key: int = Qt.Key.Key_unknown, *, text: str = "", again: bool = False) -> None:
        self.send(QEvent.Type.KeyPress, scan_code, qt_key, text, again=again)

    def let_go(self, scan_code: int, qt_key: int = Qt.Key.Key_unknown, *, again: bool = False) -> None:
        self.send(QEvent.Type.KeyRelease, scan_code, qt_key, again=again)

    def send(self, kind: QEvent.Type, scan_code: int, qt_key: int, text: str = "", *, again: bool = False) -> None:
        target: QObject = QApplication.focusWidget() or self.window
        QApplication.sendEvent(target, key_event(kind, scan_code, qt_key, text, again=again))

    def _touched(self) -> None:
        self.touches += 1


def key_event(kind: QEvent.Type, scan_code: int, qt_key: int, text: str = "", *, again: bool = False) -> QKeyEvent:
    return QKeyEvent(kind, qt_key, Qt.KeyboardModifier.NoModifier, scan_code, 0, 0, text, again, 1)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    clock = Clock()
    window = Window(476, 600, clock)
    qtbot.addWidget(window, before_close_func=lambda it: setattr(it, "allow_close", True))
    keypad = Keypad(window, lambda: made.key_map, clock=clock)
    made = Bench(window, clock, keypad)
    window.key_pressed.connect(made.keys.append)
    window.happened.connect(made.happened.append)
    window.touched.connect(made._touched)
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.render(screen("question-listened"))
    clock.now += 1
    yield made
    window.key_pressed.disconnect(made.keys.append)


def screen(name: str) -> Screen:
    return screens(Preferences())[name]


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


def test_new_keys_work_at_once(bench: Bench) -> None:
    """S129."""
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


def test_a_keypad_leaves_other_windows_alone(bench: Bench, qtbot: QtBot) -> None:
    other = QTextEdit()
    qtbot.addWidget(other)
    QApplication.sendEvent(other, key_event(QEvent.Type.KeyPress, UP, Qt.Key.Key_A, "a"))
    assert other.toPlainText() == "a"
    assert bench.keys == []


# --- one press, one key ---------------------------------------------------------------------------------------------


def test_a_held_key_counts_once_however_often_it_repeats_itself(bench: Bench) -> None:
    """S27, S138: a key that is stuck keeps no session open either."""
    bench.press(SELECT)
    for _ in range(20):
        bench.clock.now += 0.3
        bench.let_go(SELECT, again=True)
        bench.press(SELECT, again=True)
    assert bench.keys == [Key.SELECT]
    assert bench.touches == 1


def test_the_same_key_again_after_half_a_second_is_still_the_same_press(bench: Bench) -> None:
    """S28: EN 301 549 annex C for 5.8, pressed again at 0.5 s; 5.8 asks that it can be set so."""
    bench.strike(SELECT)
    bench.clock.now += 0.5
    bench.strike(SELECT)
    assert bench.keys == [Key.SELECT]
    bench.clock.now += 0.01
    bench.strike(SELECT)
    assert bench.keys == [Key.SELECT, Key.SELECT]


@pytest.mark.parametrize("scan_code", [UP, DOWN])
def test_up_and_down_can_be_pressed_faster(bench: Bench, scan_code: int) -> None:
    """S138."""
    bench.strike(scan_code)
    bench.clock.now += 0.14
    bench.strike(scan_code)
    assert len(bench.keys) == 1
    bench.clock.now += 0.02
    bench.strike(scan_code)
    assert len(bench.keys) == 2


@pytest.mark.parametrize("scan_code", [UP, SELECT])
def test_at_the_longest_setting_every_key_struck_again_at_half_a_second_is_refused(bench: Bench, scan_code: int) -> None:
    """S28: Up and Down too."""
    bench.keypad._identical_key_seconds = 2.0
    bench.strike(scan_code)
    bench.clock.now += 0.5
    bench.strike(scan_code)
    assert len(bench.keys) == 1


def test_the_filter_can_be_switched_off(bench: Bench) -> None:
    bench.keypad._identical_key_seconds = 0.0
    bench.strike(SELECT)
    bench.strike(SELECT)
    assert len(bench.keys) == 2


def test_a_finger_that_trembles_as_it_lifts_presses_once(bench: Bench) -> None:
    """S28: the time runs from where the key was let go."""
    bench.strike(SELECT, held=1.0)
    bench.clock.now += 0.1
    bench.strike(SELECT)
    assert bench.keys == [Key.SELECT]


def test_another_key_is_heard_at_once(bench: Bench) -> None:
    """S28: only an identical key is filtered."""
    for scan_code in (DOWN, SELECT, DOWN):
        bench.strike(scan_code)
    assert bench.keys == [Key.DOWN, Key.SELECT, Key.DOWN]


def test_a_press_that_is_refused_is_no_sign_of_life(bench: Bench) -> None:
    """A sign of life silences the voice: a trembling finger would never hear what its first press said."""
    bench.strike(SELECT)
    bench.strike(SELECT)
    assert bench.touches == 1


# --- one key at a time ----------------------------------------------------------------------------------------------


def test_a_second_key_while_one_is_held_does_nothing(bench: Bench) -> None:
    """S29: no chords, and a palm on the keypad presses one key."""
    bench.press(DOWN)
    bench.strike(SELECT)
    bench.strike(UP)
    bench.let_go(DOWN)
    assert bench.keys == [Key.DOWN]
    bench.strike(SELECT)
    assert bench.keys == [Key.DOWN, Key.SELECT]


def test_a_plug_that_is_pulled_is_heard_whatever_is_held(bench: Bench) -> None:
    """S134: the voice must stop."""
    bench.press(DOWN)
    bench.strike(HEADSET_OUT)
    assert bench.keys == [Key.DOWN, Key.HEADSET_OUT]


def test_a_plug_that_stays_in_holds_no_key_up(bench: Bench) -> None:
    """S134: a keypad may hold this key down as long as the plug is in."""
    bench.press(FUNCTION_KEYS["F15"].linux)
    bench.strike(DOWN)
    assert bench.keys == [Key.HEADSET_IN, Key.DOWN]


def test_a_key_that_is_stuck_does_not_stop_the_others_for_ever(bench: Bench) -> None:
    bench.press(DOWN)
    bench.clock.now += HELD_SECONDS
    bench.strike(SELECT)
    assert bench.keys == [Key.DOWN, Key.SELECT]


def test_a_key_let_go_over_another_window_is_not_held_any_more(bench: Bench) -> None:
    bench.press(DOWN)
    QApplication.sendEvent(bench.window, QEvent(QEvent.Type.WindowDeactivate))
    bench.strike(SELECT)
    assert bench.keys == [Key.DOWN, Key.SELECT]


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
