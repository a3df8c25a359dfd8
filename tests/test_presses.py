"""One press is one press: in a real window, with the key events that systems send."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.keys import Key
from kiosk.presses import HELD_SECONDS
from tests.keypad_bench import DOWN, HEADSET_IN, HEADSET_OUT, SELECT, UP, Bench, key_event, new_bench


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return new_bench(qtbot)


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


def test_a_held_key_counts_once_where_the_system_tells_pairs_of_release_and_press(bench: Bench) -> None:
    """S27: seen under X11, where Qt took three of fifteen for repeats. Each pair has one time."""
    bench.press(DOWN)
    bench.clock.now += 0.7
    for _ in range(50):
        bench.let_go(DOWN)
        bench.press(DOWN)
        bench.clock.now += 0.04
    bench.let_go(DOWN)
    assert bench.keys == [Key.DOWN]
    assert bench.touches == 1


def test_a_key_that_was_pressed_beside_another_does_not_count_by_repeating_itself(bench: Bench) -> None:
    """S27, S29."""
    bench.press(DOWN)
    bench.press(SELECT)
    bench.let_go(DOWN)
    for _ in range(20):
        bench.clock.now += 0.04
        bench.let_go(SELECT)
        bench.press(SELECT)
    assert bench.keys == [Key.DOWN]


def test_presses_that_waited_in_a_queue_count_by_when_they_were_made(bench: Bench) -> None:
    """S28: a slow moment of the kiosk costs nobody a press."""
    for at in (10_000, 10_900):
        for kind, later in ((QEvent.Type.KeyPress, 0), (QEvent.Type.KeyRelease, 90)):
            event = key_event(kind, SELECT, Qt.Key.Key_unknown)
            event.setTimestamp(at + later)
            QApplication.sendEvent(bench.window, event)
    assert bench.keys == [Key.SELECT, Key.SELECT]


def test_a_key_is_the_same_when_it_is_let_go_under_another_name(bench: Bench) -> None:
    """S29: seen under X11; with Shift let go in between, any key is."""
    bench.press(UP, Qt.Key.Key_F13.value)
    bench.let_go(UP, 0)
    bench.strike(SELECT)
    assert bench.keys == [Key.UP, Key.SELECT]


def test_the_same_key_again_after_half_a_second_is_still_the_same_press(bench: Bench) -> None:
    """S28: EN 301 549 annex C for 5.8, pressed again at 0.5 s; 5.8 asks that it can be set so."""
    bench.strike(SELECT)
    bench.clock.now += 0.5
    bench.strike(SELECT)
    assert bench.keys == [Key.SELECT]
    bench.clock.now += 0.04
    bench.strike(SELECT)
    assert bench.keys == [Key.SELECT, Key.SELECT]


@pytest.mark.parametrize("scan_code", [UP, DOWN])
def test_up_and_down_can_be_pressed_faster(bench: Bench, scan_code: int) -> None:
    """S138."""
    bench.strike(scan_code)
    bench.clock.now += 0.14
    bench.strike(scan_code)
    assert len(bench.keys) == 1
    bench.clock.now += 0.04
    bench.strike(scan_code)
    assert len(bench.keys) == 2


@pytest.mark.parametrize("scan_code", [UP, SELECT])
def test_at_the_longest_setting_every_key_struck_again_at_half_a_second_is_refused(bench: Bench, scan_code: int) -> None:
    """S28: Up and Down too."""
    bench.keypad.presses.identical_key_seconds = 2.0
    bench.strike(scan_code)
    bench.clock.now += 0.5
    bench.strike(scan_code)
    assert len(bench.keys) == 1


def test_the_filter_can_be_switched_off(bench: Bench) -> None:
    bench.keypad.presses.identical_key_seconds = 0.0
    bench.strike(SELECT)
    bench.clock.now += 0.04
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


def test_refused_presses_do_not_lengthen_the_wait(bench: Bench) -> None:
    """Somebody who keeps pressing gets on."""
    bench.strike(SELECT)
    for _ in range(3):
        bench.clock.now += 0.2
        bench.strike(SELECT)
    assert bench.keys == [Key.SELECT, Key.SELECT]


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
    bench.press(HEADSET_IN)
    bench.press(HEADSET_IN, again=True)
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
