"""What the keys say is shown in words over the foot of the page, and never on a hidden screen (S20, S46)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.events import Aid, AidToggled, ListeningStarted
from tests.surveys import rating, rules_of, words
from tests.walking import Walker
from ui.window import Window

GUIDE = "Welcome. Use Up and Down to move. Press Select to choose. Press Help to hear again."


@pytest.fixture
def walker() -> Walker:
    return Walker(rules_of(rating(), words())).happens(ListeningStarted(by_keypad=True))


@pytest.fixture
def window(qtbot: QtBot, walker: Walker) -> Window:
    made = Window(344, 600)
    qtbot.addWidget(made)
    made.show_windowed((1280, 800))
    made.render(walker.screen)
    return made


@pytest.mark.parametrize("text", ["a", GUIDE, GUIDE * 3])
def test_the_strip_holds_all_its_words_inside_the_page(window: Window, text: str) -> None:
    """S20, S57: however long they are."""
    window.show_caption(text)
    assert window.caption.isVisible()
    assert window.page
    assert window.page.geometry().contains(window.caption.geometry())
    assert window.caption.accessibleName() == text


def test_no_words_no_strip(window: Window) -> None:
    window.show_caption(GUIDE)
    window.show_caption("")
    assert not window.caption.isVisible()


def test_touches_go_through_it(window: Window, walker: Walker, qtbot: QtBot) -> None:
    """S67: it is in nobody's way."""
    window.show_caption(GUIDE * 8)
    window.guard.lockout_seconds = 0.0
    window.guard.page_changed()
    below = window.caption.geometry().center()
    assert window.childAt(below) is not window.caption
    with qtbot.waitSignal(window.touched):
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(below))


def test_a_hidden_screen_shows_nothing_of_it(window: Window, walker: Walker) -> None:
    """S46: nobody beside the listener reads along."""
    window.render(walker.happens(AidToggled(Aid.SCREEN_HIDDEN)).screen)
    window.show_caption(GUIDE)
    assert not window.caption.isVisible()
