"""A cloth goes over the glass (S164): it touches everything, again and again, and nothing happens until the time is up."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.events import TimedOut
from kiosk.screens import PageKind
from kiosk.states import Cleaning, Welcome
from tests.visitor import Visitor

pytest_plugins = ("tests.staff_at_a_kiosk",)


def test_a_cloth_changes_nothing_and_holds_nothing_up(visitor: Visitor) -> None:
    """S164."""
    window = visitor.kiosk.window
    visitor.comes_in()
    visitor.touches("Clean the screen")
    before = visitor.kiosk.shell.state
    assert isinstance(before, Cleaning)
    assert visitor.finger.readable() == set()
    visitor.kiosk.shell._timer.setInterval(60_000)  # whoever starts it anew sets it back to a second
    for x in range(5, window.width(), window.width() // 12):
        for y in range(5, window.height(), window.height() // 8):
            QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    for key in (Qt.Key.Key_F13, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
        QTest.keyClick(window, key)
    assert visitor.kiosk.shell.state is before
    assert visitor.kiosk.shell._timer.interval() == 60_000


def test_the_window_counts_down_in_words_and_shows_the_first_question_again(visitor: Visitor) -> None:
    """S164."""
    visitor.comes_in()
    visitor.touches("Clean the screen")
    screen = visitor.kiosk.window.screen_shown
    assert screen
    assert (screen.kind, screen.countdown) == (PageKind.CLEANING, "30 seconds left")
    visitor.waits_until(lambda: visitor.kiosk.shell.state == Cleaning(29), "The first second")
    while not isinstance(visitor.kiosk.shell.state, Welcome):
        visitor.kiosk.shell.receive(TimedOut())
    assert visitor.finds("Very good")
