"""The painted button: it acts on release inside, once, and gives its words the room they need."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.faces import Face, Fitted
from ui.theme import PALETTES, Look
from ui.tiles import TouchButton

LOOK = Look(PALETTES["calm"], 4.03)


@pytest.fixture
def button(qtbot: QtBot) -> TouchButton:
    made = TouchButton()
    qtbot.addWidget(made)
    made.show_as(Face("Very good", "face-very-good", kind="answer"), LOOK)
    made.resize(400, 120)
    made.show()
    return made


def touches(button: TouchButton) -> list[None]:
    heard: list[None] = []
    button.clicked.connect(lambda: heard.append(None))
    return heard


def test_it_acts_when_the_finger_lifts_not_when_it_lands(button: TouchButton, qtbot: QtBot) -> None:
    """S67."""
    heard = touches(button)
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert heard == []
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert len(heard) == 1


def test_sliding_off_before_lifting_does_nothing(button: TouchButton, qtbot: QtBot) -> None:
    """S67, S82."""
    heard = touches(button)
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(button, QPoint(900, 60))
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(900, 60))
    assert heard == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_touch_it(button: TouchButton, qtbot: QtBot, key: Qt.Key) -> None:
    heard = touches(button)
    qtbot.keyClick(button, key)
    assert len(heard) == 1


def test_a_key_held_down_acts_once(button: TouchButton) -> None:
    """S27."""
    heard = touches(button)
    for again in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", again)
        QApplication.sendEvent(button, press)
    assert len(heard) == 1


def test_being_touched_does_not_choose_it_the_screen_does(button: TouchButton, qtbot: QtBot) -> None:
    button.show_as(Face("Very good", kind="answer", chosen=False), LOOK)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isChecked()
    button.show_as(Face("Very good", kind="answer", chosen=True), LOOK)
    assert button.isChecked()


def test_a_screen_reader_hears_words_value_and_state(button: TouchButton) -> None:
    button.show_as(Face("Text size", "text-size", "150 %", kind="tool", shape="icon", chosen=True), LOOK)
    assert button.accessibleName() == "Text size 150 %"
    assert button.isCheckable()


def test_long_words_make_it_higher_never_cut() -> None:
    short = Fitted(Face("Good", kind="answer"), LOOK)
    long = Fitted(Face("Neither good nor poor, and a good deal longer than anybody wrote it before", kind="answer"), LOOK)
    assert long.needed(300) > short.needed(300) >= LOOK.target
    assert long.narrowest < long.one_line


def test_chosen_is_seen_without_colour(button: TouchButton) -> None:
    """S41, S56: a tick is drawn, and a thicker edge."""
    button.show_as(Face("Good", kind="answer", chosen=False), LOOK)
    before = button.grab().toImage()
    button.show_as(Face("Good", kind="answer", chosen=True), LOOK)
    after = button.grab().toImage()
    tick = QPoint(button.width() - LOOK.mm(3.5) - button.fitted.tick // 2, button.height() // 2)
    around = [QPoint(tick.x() + x, tick.y() + y) for x in range(-8, 9, 4) for y in range(-8, 9, 4)]
    assert len({before.pixelColor(point).name() for point in around}) == 1
    assert len({after.pixelColor(point).name() for point in around}) > 1
