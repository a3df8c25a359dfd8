"""The window: what it lets through, what it keeps, where things stand, and that it does not let go."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGroupBox
from pytestqt.qtbot import QtBot

from kiosk.events import Answered, StaffCalled
from kiosk.screens import ChoiceAsk, Screen
from kiosk.states import Preferences
from tests.clocks import Clock
from tests.screens_for_pictures import screens
from ui.blocks import Words
from ui.focus import ring_shown
from ui.tiles import TouchButton
from ui.window import Window

pytest_plugins = ("tests.windows",)


@pytest.fixture
def clock(glass_clock: Clock) -> Clock:
    return glass_clock


@pytest.fixture
def window(empty_window: Window, clock: Clock) -> Window:
    empty_window.render(screen("question-listened"))
    clock.now += 1
    return empty_window


def screen(name: str, language: str = "en-GB", percent: int = 100, theme: str = "calm") -> Screen:
    return screens(Preferences(language, percent, theme))[name]


def heard_by(window: Window) -> list[object]:
    heard: list[object] = []
    window.happened.connect(heard.append)
    return heard


def button(window: Window, name: str) -> TouchButton:
    found = [b for b in window.findChildren(TouchButton) if b.isVisible() and b.accessibleName().startswith(name)]
    assert found, name
    return found[0]


def touch(window: Window, name: str) -> None:
    QTest.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


# --- meaning out ---------------------------------------------------------------------------------------------------


def test_touching_an_answer_gives_its_event(window: Window) -> None:
    heard = heard_by(window)
    touch(window, "Yes, fully")
    shown = window.screen_shown
    assert shown is not None
    assert isinstance(shown.ask, ChoiceAsk)
    assert heard == [shown.ask.tiles[0].event]
    assert isinstance(heard[0], Answered)


@pytest.mark.parametrize("which", ["back", "start_again", "forward"])
def test_the_ways_back_and_on_give_their_events(window: Window, which: str) -> None:
    heard = heard_by(window)
    wanted = getattr(window.screen_shown, which)
    touch(window, wanted.label)
    assert heard == [wanted.event]


def test_the_tools_give_their_events(window: Window, clock: Clock) -> None:
    heard = heard_by(window)
    assert window.screen_shown is not None
    for tool in window.screen_shown.tools:
        touch(window, tool.label)
        clock.now += 1
    assert heard == [tool.event for tool in window.screen_shown.tools]


# --- tremor filters ------------------------------------------------------------------------------------------------


def test_a_second_tap_on_a_new_page_does_nothing_for_a_moment(window: Window, clock: Clock) -> None:
    """S81: the lock-out after every page change."""
    heard = heard_by(window)
    window.render(screen("question-questions"))
    clock.now += 0.39
    touch(window, "Yes")
    assert heard == []
    clock.now += 0.02
    touch(window, "Yes")
    assert len(heard) == 1


def test_the_same_page_in_another_size_is_no_new_page(window: Window) -> None:
    heard = heard_by(window)
    window.render(screen("question-listened", percent=150))
    touch(window, "Yes, fully")
    assert len(heard) == 1


def test_a_trembling_finger_touches_once(window: Window, clock: Clock) -> None:
    """S28, S81: repeats on the same button within 300 ms."""
    heard = heard_by(window)
    touch(window, "Yes, fully")
    clock.now += 0.29
    touch(window, "Yes, fully")
    assert len(heard) == 1
    clock.now += 0.31
    touch(window, "Yes, fully")
    assert len(heard) == 2


def test_two_different_answers_in_quick_succession_both_count(window: Window, clock: Clock) -> None:
    heard = heard_by(window)
    touch(window, "Yes, fully")
    clock.now += 0.1
    touch(window, "Start again")
    assert len(heard) == 2


def test_every_touch_tells_that_someone_is_there_even_on_nothing(window: Window) -> None:
    seen: list[None] = []
    window.touched.connect(lambda: seen.append(None))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(960, 240))
    window.render(screen("question-questions"))
    touch(window, "Yes")  # filtered by the lock-out, and yet a sign of life
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert len(seen) == 3


# --- the corner ----------------------------------------------------------------------------------------------------


def test_holding_the_corner_calls_staff(window: Window, qtbot: QtBot) -> None:
    heard = heard_by(window)
    window.guard._hold.setInterval(1)
    with qtbot.waitSignal(window.happened, timeout=5000):
        QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=window.guard.corner.center())
    assert heard == [StaffCalled()]


def test_a_touch_on_the_corner_that_ends_early_calls_nobody(window: Window) -> None:
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=window.guard.corner.center())
    assert window.guard._hold.isActive()
    assert window.guard._hold.interval() == 3000
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=window.guard.corner.center())
    assert not window.guard._hold.isActive()


def test_the_corner_is_large_free_and_at_the_end_side(window: Window) -> None:
    corner, look = window.guard.corner, window.look_for(screen("question-listened"))
    assert corner.width() >= look.target
    assert corner.right() >= window.width() - 1
    window.render(screen("question-listened", "ur"))
    assert window.guard.corner.left() == 0


# --- keys ----------------------------------------------------------------------------------------------------------


def test_the_first_answer_has_the_focus_and_the_ring_shows_only_for_keys(window: Window) -> None:
    first = button(window, "Yes, fully")
    assert window.focusWidget() is first
    assert not ring_shown(first)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    second = window.focusWidget()
    assert second is not first
    assert ring_shown(second)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(960, 240))
    assert not ring_shown(second)


def test_tab_goes_through_answers_then_ways_on_then_tools_and_round(window: Window, clock: Clock) -> None:
    """S21, S61: an order that makes sense, and no trap."""
    names = []
    for _ in range(12):
        focused = window.focusWidget()
        names.append(focused.accessibleName())
        clock.now += 1
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if window.focusWidget().accessibleName() == names[0]:
            break
    assert window.screen_shown is not None
    assert isinstance(window.screen_shown.ask, ChoiceAsk)
    answers = [tile.label for tile in window.screen_shown.ask.tiles]
    assert names[: len(answers)] == answers
    assert names.index("Back") < names.index("Next") < names.index("Text size: 100 %")
    assert window.focusWidget().accessibleName() == names[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_F4, Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_keys_that_open_other_doors_are_swallowed(window: Window, key: Qt.Key) -> None:
    got: list[int] = []
    focused = window.focusWidget()
    assert isinstance(focused, TouchButton)
    focused.keyPressEvent = lambda event: got.append(event.key())  # type: ignore[method-assign]
    QTest.keyClick(focused, key, Qt.KeyboardModifier.AltModifier if key == Qt.Key.Key_F4 else Qt.KeyboardModifier.NoModifier)
    assert got == []


def test_enter_on_a_page_that_has_just_come_does_nothing(window: Window) -> None:
    heard = heard_by(window)
    window.render(screen("question-questions"))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert heard == []


# --- it does not let go --------------------------------------------------------------------------------------------


def test_it_closes_only_when_the_program_says_so(window: Window) -> None:
    assert not window.close()
    assert window.isVisible()
    window.allow_close = True
    assert window.close()


def test_it_has_no_context_menu(window: Window) -> None:
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    assert window.guard.eventFilter(window, menu)


def test_full_screen_fills_the_screen_without_a_frame(window: Window) -> None:
    window.show_full_screen()
    assert window.geometry() == window.screen().geometry()
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint


# --- drawing in place ----------------------------------------------------------------------------------------------


def test_another_theme_and_size_keep_the_focus_where_it_was(window: Window) -> None:
    back = button(window, "Back")
    back.setFocus()
    window.render(screen("question-listened", percent=200, theme="dark"))
    assert window.focusWidget() is back


def test_a_new_page_puts_the_focus_on_its_first_answer(window: Window) -> None:
    window.render(screen("question-questions"))
    focused = window.focusWidget()
    assert window.page is not None
    assert window.page.isAncestorOf(focused)
    window.render(screen("review"))
    assert window.focusWidget().accessibleName() == "Send"


def test_answers_stand_in_a_group_named_by_the_question(window: Window) -> None:
    """QT.md 9: on a new page a screen reader then says the question."""
    assert window.screen_shown is not None
    groups = [group for group in window.findChildren(QGroupBox) if group.isVisible()]
    assert [group.accessibleName() for group in groups] == [window.screen_shown.heading]
    assert groups[0].isAncestorOf(window.focusWidget())


@pytest.mark.skipif(not hasattr(QAccessible, "installFactory"), reason="this Qt has no way to say so")
def test_the_question_is_a_heading_to_a_screen_reader(window: Window) -> None:
    for name in ("question-listened", "review", "thanks"):
        window.render(screen(name))
        assert window.page is not None
        roles = {QAccessible.queryAccessibleInterface(words).role(): words.text() for words in window.page.findChildren(Words)}
        assert window.screen_shown is not None
        assert roles[QAccessible.Role.Heading] == window.screen_shown.heading


def test_tools_keep_their_place_from_screen_to_screen(window: Window) -> None:
    """S72."""
    places = set()
    for name in ("question-listened", "question-why", "review", "thanks"):
        window.render(screen(name))
        size = button(window, "Text size")
        places.add((size.mapTo(window, QPoint(0, 0)).toTuple(), size.size().toTuple()))
    assert len({place for place, _ in places}) <= 2  # without the language tool, the others move up by one
    assert len({size for _, size in places}) == 1


def test_what_is_spoken_is_marked_and_nothing_else(window: Window) -> None:
    before = button(window, "Yes, fully").grab().toImage()
    window.highlight("option:0", 0, 3)
    assert button(window, "Yes, fully").grab().toImage() != before
    window.highlight("", 0, 0)
    assert button(window, "Yes, fully").grab().toImage() == before


def test_speaking_turns_to_the_page_that_has_the_words(window: Window) -> None:
    window.render(screen("review"))
    assert window.page is not None
    assert window.page.pager.page_count > 1
    assert window.screen_shown is not None
    window.highlight(window.screen_shown.rows[-1].key, 0, 0)
    assert window.page.pager.page == window.page.pager.page_count - 1


def test_tab_turns_the_page_too(window: Window) -> None:
    window.render(screen("review"))
    assert window.page is not None
    changes = [b for b in window.findChildren(TouchButton) if b.accessibleName().startswith("Change:")]
    changes[-1].setFocus(Qt.FocusReason.TabFocusReason)
    assert changes[-1].visibleRegion().boundingRect() == changes[-1].rect()


def test_turning_to_the_last_page_stays_there_with_the_focus_on_the_way_up(window: Window) -> None:
    """Hiding the button under the finger once handed the focus, and the page, to the first answer."""
    window.render(screen("review"))
    assert window.page is not None
    pager = window.page.pager
    while pager.page < pager.page_count - 1:
        more = button(window, "More below")
        more.setFocus()
        more.click()
    assert window.focusWidget() is button(window, "Back up")
    assert pager.page == pager.page_count - 1


def test_without_a_forward_button_there_is_none(window: Window) -> None:
    window.render(replace(screen("question-listened"), forward=None))
    assert not [b for b in window.findChildren(TouchButton) if b.isVisible() and b.accessibleName() == "Next"]


def test_every_tool_is_named_with_its_value_even_as_a_bare_icon(window: Window, qapp: QApplication) -> None:
    window.resize(1280, 800)
    window.render(screen("question-listened", percent=200))
    assert button(window, "Text size: 200 %").face.name == "Text size: 200 %"
