"""What a screen reader is told of each part, asked of Qt itself; journeys/test_a_screen_reader_from_outside.py asks outside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.accessible import Role, Told, _gone, _kept, in_reading_order, tell_readers
from ui.faces import Face
from ui.key_button import KeyButton
from ui.keyboard_layout import Key
from ui.theme import PALETTES, Look
from ui.tiles import TouchButton

LOOK = Look(PALETTES["calm"], 4.03)
pytestmark = pytest.mark.skipif(not hasattr(QAccessible, "installFactory"), reason="this Qt has no way to say so")


class Title(QLabel, Told):
    """A label that is a heading, and hears of something."""

    read = Signal()

    def hear(self) -> None:
        """Nothing."""

    def reader_role(self) -> Role:
        return Role.Heading


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    tell_readers()
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def told(widget: QObject) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def button(window: QWidget, face: Face) -> TouchButton:
    made = TouchButton(window)
    made.show_as(face, LOOK)
    made.show()
    return made


@pytest.mark.parametrize(
    ("face", "role"),
    [
        (Face("Next"), Role.Button),
        (Face("Good", kind="answer", chosen=True), Role.RadioButton),
        (Face("A nurse", kind="answer", chosen=False, several=True), Role.CheckBox),
        (Face("Read aloud", kind="tool", chosen=False), Role.CheckBox),
        (Face("Bigger buttons", detail="On", chosen=True), Role.CheckBox),
        (Face("Polski", chosen=False), Role.RadioButton),
    ],
)
def test_a_button_is_what_it_does(window: QWidget, face: Face, role: Role) -> None:
    """S26: whether something is on can be found out without operating it."""
    found = told(button(window, face))
    assert found.role() == role
    assert bool(found.state().checkable) is (face.chosen is not None)
    assert bool(found.state().checked) is bool(face.chosen)


def test_a_press_from_outside_does_what_a_fingers_does(window: QWidget, qtbot: QtBot) -> None:
    """S140."""
    made = button(window, Face("Good", kind="answer", chosen=False))
    actions = told(made).actionInterface()
    assert actions.actionNames()[0] == QAccessibleActionInterface.pressAction()
    with qtbot.waitSignal(made.clicked):
        actions.doAction(QAccessibleActionInterface.pressAction())


def test_what_is_out_of_sight_is_off_the_screen(window: QWidget) -> None:
    """S140."""
    made = button(window, Face("Good"))
    assert not told(made).state().offscreen
    made.move(0, 500)
    assert told(made).state().offscreen


def test_a_cover_hides_from_eyes_and_not_from_a_reader(window: QWidget) -> None:
    """S46, S140: who hides the screen goes on by ear."""
    made = button(window, Face("Good"))
    cover = QLabel(window)
    cover.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    cover.setGeometry(window.rect())
    cover.show()
    assert not told(made).state().offscreen


def test_the_key_under_the_keyboards_own_cursor_has_the_focus(window: QWidget) -> None:
    """S66: arrow keys move a cursor over keys that never take the focus themselves."""
    key = KeyButton(Key(text="a"), window)
    key.dress(LOOK, "a", "a")
    key.show()
    assert not told(key).state().focused
    key.point_at(pointed=True)
    assert told(key).state().focused


def test_a_shift_key_says_whether_it_is_down(window: QWidget) -> None:
    """S26."""
    key = KeyButton(Key(action="shift"), window)
    assert told(key).role() == Role.CheckBox
    key.click()
    assert not told(key).state().checked
    key.hold(held=True)
    assert told(key).state().checked


def test_parts_are_read_in_the_order_that_is_asked_for(window: QWidget) -> None:
    """WCAG 1.3.2."""
    one, two, three = (button(window, Face(words)) for words in ("one", "two", "three"))
    in_reading_order([three, one, two])
    parent = told(window)
    assert [parent.child(number).text(QAccessible.Text.Name) for number in range(3)] == ["three", "one", "two"]


def test_a_widget_whose_meta_object_changes_can_be_told_again_and_goes_without_a_crash(window: QWidget) -> None:
    """Qt asks anew after PySide has changed it, and deletes every answer when the widget goes."""
    for _ in range(50):
        title = Title("Overall", window)
        first = told(title)
        assert first.role() == Role.Heading
        title.read.connect(title.hear)
        assert told(title).role() == Role.Heading
        title.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_is_gone_is_let_go_of(window: QWidget) -> None:
    """A kiosk runs for months."""
    for _ in range(20):
        title = Title("Overall", window)
        told(title)
        title.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(_gone) <= 1
    before = len(_kept)
    told(Title("Overall", window))
    assert len(_kept) <= before + 1
