"""What a hand that trembles, slides, leans or brings a second finger does to the kiosk: nothing that it did not mean."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.settings import Settings, SettingsFault, read
from kiosk.states import Preferences
from tests.clocks import Clock
from tests.screens_for_pictures import screens
from ui.key_button import KeyButton
from ui.tiles import TouchButton
from ui.window import Window

pytest_plugins = ("tests.windows",)

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@pytest.fixture
def clock(glass_clock: Clock) -> Clock:
    return glass_clock


@pytest.fixture
def window(empty_window: Window, clock: Clock) -> Iterator[Window]:
    empty_window.render(screens(Preferences())["question-listened"])
    clock.now += 1
    yield empty_window
    QTest.mouseRelease(empty_window, LEFT)


def button(window: Window, name: str) -> TouchButton:
    return next(b for b in window.findChildren(TouchButton) if b.isVisible() and b.accessibleName().startswith(name))


def heard_by(window: Window) -> list[object]:
    heard: list[object] = []
    window.happened.connect(heard.append)
    return heard


def slide(window: Window, start: QWidget, end: QPoint) -> None:
    """Down on `start`, along to `end` of the window, and up there."""
    at = start.mapTo(window, start.rect().center())
    steps = ((QEvent.Type.MouseButtonPress, at, LEFT), (QEvent.Type.MouseMove, end, LEFT))
    for kind, there, held in (*steps, (QEvent.Type.MouseButtonRelease, end, NONE)):
        which = NONE if kind == QEvent.Type.MouseMove else LEFT
        above = QPointF(window.mapToGlobal(there))
        event = QMouseEvent(kind, QPointF(start.mapFrom(window, there)), above, which, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(start, event)


# --- sliding -------------------------------------------------------------------------------------------------------


def test_a_finger_that_slides_off_chooses_nothing(window: Window) -> None:
    """S67, S82: lifting elsewhere takes the touch back."""
    heard = heard_by(window)
    slide(window, button(window, "Yes, fully"), QPoint(960, 200))
    assert heard == []


def test_where_a_site_wishes_what_was_touched_first_is_chosen(window: Window) -> None:
    """S81: for a hand that trembles and slides off before it lifts."""
    window.guard.first_touch_counts = True
    heard = heard_by(window)
    slide(window, button(window, "Yes, fully"), QPoint(960, 200))
    assert len(heard) == 1
    assert not button(window, "Yes, fully").isDown()


def test_a_slide_never_chooses_what_the_finger_did_not_start_on(window: Window) -> None:
    """S67, S68, S91: no path of a finger has a meaning, in either way of accepting a touch."""
    end = button(window, "No").mapTo(window, button(window, "No").rect().center())
    for first_touch in (False, True):
        window.guard.first_touch_counts = first_touch
        heard = heard_by(window)
        slide(window, window, end)
        assert heard == []


# --- one finger at a time ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def glass() -> QPointingDevice:
    return QTest.createTouchDevice()


def test_a_second_finger_does_nothing_while_one_is_down(window: Window, glass: QPointingDevice) -> None:
    """S29: real touch events, two points; only the first finger's button acts."""
    heard = heard_by(window)
    first, second = button(window, "Yes, fully"), button(window, "Back")
    at = [thing.mapTo(window, thing.rect().center()) for thing in (first, second)]
    QTest.touchEvent(window, glass).press(0, at[0], window).commit()
    QTest.touchEvent(window, glass).stationary(0).press(1, at[1], window).commit()
    QTest.touchEvent(window, glass).stationary(0).release(1, at[1], window).commit()
    assert heard == []
    QTest.touchEvent(window, glass).release(0, at[0], window).commit()
    shown = window.screen_shown
    assert shown is not None
    assert heard == [shown.ask.tiles[0].event]  # type: ignore[union-attr]


def test_two_fingers_do_not_scroll_or_zoom_what_is_written(window: Window, glass: QPointingDevice) -> None:
    """S29, S68: gestures end at the guard."""
    for kind in (QEvent.Type.Gesture, QEvent.Type.NativeGesture):
        assert window.guard.eventFilter(window, QEvent(kind))


def test_only_the_first_button_of_a_mouse_counts(window: Window) -> None:
    heard = heard_by(window)
    QTest.mouseClick(button(window, "Yes, fully"), Qt.MouseButton.RightButton)
    assert heard == []


# --- again and again -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wait", "counts"), [(0.29, 1), (0.31, 2)])
def test_a_key_of_the_screen_struck_twice_by_tremor_writes_once(window: Window, clock: Clock, wait: float, counts: int) -> None:
    """S28, S81: and the same letter twice at an ordinary pace is written twice."""
    window.render(screens(Preferences())["question-why"])
    clock.now += 1
    heard = heard_by(window)
    key = next(key for key in window.findChildren(KeyButton) if key.isVisible() and key.accessibleName().lower() == "space")
    for pause in (wait, 0.0):
        QTest.mousePress(key, LEFT)
        QTest.mouseRelease(key, LEFT)
        clock.now += pause
    assert len(heard) == counts


def test_a_repeat_can_be_kept_away_for_half_a_second(window: Window, clock: Clock) -> None:
    """S28: EN 301 549, annex C: set to the most, pressed again at 0.5 s, the second press is rejected."""
    window.guard.repeat_seconds = read("repeat_seconds = 1.0", Path("kiosk.toml")).repeat_seconds
    heard = heard_by(window)
    for _ in range(2):
        QTest.mouseClick(button(window, "Yes, fully"), LEFT)
        clock.now += 0.5
    assert len(heard) == 1


def strike(widget: QWidget, key: Qt.Key, *, again: bool = False) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", again))


def test_a_key_that_is_held_down_acts_once(window: Window) -> None:
    """S27: what Qt repeats by itself is no key, for any widget."""
    first = window.focusWidget()
    for again in (False, True, True, True):
        QApplication.sendEvent(
            window.focusWidget(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "", again)
        )
    second = window.focusWidget()
    strike(second, Qt.Key.Key_Backtab)
    assert window.focusWidget() is first


def test_a_held_key_is_no_sign_of_life(window: Window) -> None:
    """S93: something that leans on the keyboard must not keep one person's answers on the screen."""
    seen: list[None] = []
    window.touched.connect(lambda: seen.append(None))
    strike(window.focusWidget(), Qt.Key.Key_Space, again=True)
    assert seen == []


@pytest.mark.parametrize(
    ("key", "wait", "counts"),
    [
        (Qt.Key.Key_Return, 0.29, 1),
        (Qt.Key.Key_Return, 0.31, 2),
        (Qt.Key.Key_Down, 0.14, 1),
        (Qt.Key.Key_Down, 0.16, 2),
    ],
)
def test_the_same_key_again_too_soon_is_the_same_key(
    window: Window, clock: Clock, key: Qt.Key, wait: float, counts: int
) -> None:
    """S28, S138: 0.3 s unless the site says otherwise, 150 ms for keys that only move."""
    got: list[int] = []
    focused = window.focusWidget()
    assert isinstance(focused, TouchButton)
    focused.keyPressEvent = lambda event: got.append(event.key())  # type: ignore[method-assign]
    strike(focused, key)
    clock.now += wait
    strike(focused, key)
    assert len(got) == counts


def test_two_different_keys_in_quick_succession_both_count(window: Window) -> None:
    got: list[int] = []
    focused = window.focusWidget()
    assert isinstance(focused, TouchButton)
    focused.keyPressEvent = lambda event: got.append(event.key())  # type: ignore[method-assign]
    strike(focused, Qt.Key.Key_A)
    strike(focused, Qt.Key.Key_B)
    strike(focused, Qt.Key.Key_A)
    assert got == [Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_A]


# --- what a site can set -------------------------------------------------------------------------------------------


def test_the_filters_start_as_the_standards_wish() -> None:
    """S81: 300 ms between touches, 400 ms after a new page, and lifting the finger is what counts (S67)."""
    chosen = Settings()
    assert (chosen.repeat_seconds, chosen.lockout_seconds, chosen.touch_accepts) == (0.3, 0.4, "release")


@pytest.mark.parametrize("line", ["repeat_seconds = 0", "repeat_seconds = 0.5", "lockout_seconds = 2", "repeat_seconds = 1"])
def test_the_filters_can_be_set_over_their_whole_range(line: str) -> None:
    """S28, S81: from none to a second, and 0.5 s among them."""
    name, _, value = line.partition(" = ")
    assert getattr(read(line, Path("kiosk.toml")), name) == float(value)


@pytest.mark.parametrize("line", ["repeat_seconds = 1.5", "lockout_seconds = -1", 'touch_accepts = "press"'])
def test_nothing_can_be_set_to_act_on_a_press(line: str) -> None:
    """S67, S91."""
    with pytest.raises(SettingsFault, match="will not do"):
        read(line, Path("kiosk.toml"))
