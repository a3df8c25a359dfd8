"""Words: what the box tells, keeps and forgets (S160), and that the keyboard never covers it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.events import Changed
from kiosk.screens import TextAsk
from kiosk.survey import Place
from tests.typing_room import DESK, LEFT, NO_KEY, PILLAR, TABLET, Device, Room, opened, touch
from ui.inputs.text import TextInput, begins_sentence
from ui.inputs.writing_box import rubbed_out
from ui.key_button import KeyButton

HERE = Place("good")
ASK = TextAsk(HERE, language="en", hint="Write here", name="What was good?")


def wrote(room: Room, *names: str) -> None:
    """Touches each key; a letter is found as the board shows it then."""
    for name in names:
        touch(room.inner.keyboard.key(name))


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return opened(qtbot, Room(TextInput(), ASK))


def test_each_letter_tells_all_the_words_and_what_was_given_before(qtbot: QtBot) -> None:
    room = opened(qtbot, Room(TextInput(), replace(ASK, chosen=("first",))))
    wrote(room, "H", "i")
    assert room.told == [Changed(HERE, ("first",), ("H",)), Changed(HERE, ("first",), ("Hi",))]


def test_a_whole_sentence_by_touch_begins_with_capitals_and_ends_with_its_stop(room: Room) -> None:
    wrote(room, "T", *"he", "space", *"nurse", "space", *"was", "space", *"kind", ".", "space", "I", "space", *"agree")
    assert room.typed == ("The nurse was kind. I agree",)


def test_a_new_line_begins_a_sentence(room: Room) -> None:
    wrote(room, "A", "newline", "B")
    assert room.typed == ("A\nB",)


def test_a_real_keyboard_writes_too(room: Room) -> None:
    QTest.keyClicks(room.inner.box, "Quick and kind")
    assert room.typed == ("Quick and kind",)


def test_the_caret_stays_where_it_is_when_the_same_words_are_shown_again(room: Room) -> None:
    QTest.keyClicks(room.inner.box, "kin people")
    cursor = room.inner.box.textCursor()
    cursor.setPosition(3)
    room.inner.box.setTextCursor(cursor)
    wrote(room, "d")
    assert room.typed == ("kind people",)
    assert room.inner.box.textCursor().position() == 4


def test_other_words_are_shown_with_the_caret_at_their_end(room: Room) -> None:
    room.show(replace(ASK, typed=("Given before",)))
    assert room.inner.box.toPlainText() == "Given before"
    assert room.inner.box.textCursor().position() == 12
    assert not room.told


def test_no_widget_is_built_again_for_a_letter(room: Room) -> None:
    wrote(room, "A", "b")
    before = room.inner.keyboard.findChildren(KeyButton)
    wrote(room, "c", "space", "shift", "D", "e")
    assert room.inner.keyboard.findChildren(KeyButton) == before


def test_words_longer_than_the_survey_takes_stop_at_its_length(qtbot: QtBot) -> None:
    room = opened(qtbot, Room(TextInput(), replace(ASK, max_length=5)))
    QTest.keyClicks(room.inner.box, "abcdefgh")
    assert [event.typed for event in room.told] == [("a",), ("ab",), ("abc",), ("abcd",), ("abcde",)]
    assert room.inner.count.text() == "0 letters left"


def test_how_many_letters_are_left_is_said_in_words(qtbot: QtBot) -> None:
    room = opened(qtbot, Room(TextInput(), replace(ASK, max_length=200)))
    wrote(room, "H", "i")
    assert room.inner.count.isVisible()
    assert room.inner.count.text() == "198 letters left"


def test_a_full_box_cuts_what_is_written_in_the_middle_not_what_stood_there(qtbot: QtBot) -> None:
    room = opened(qtbot, Room(TextInput(), replace(ASK, max_length=4, typed=("abcd",))))
    room.inner.box.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(room.inner.box, "x")
    assert room.inner.box.toPlainText() == "abcd"


def test_one_line_takes_no_line_breaks(qtbot: QtBot) -> None:
    room = opened(qtbot, Room(TextInput(), replace(ASK, one_line=True)))
    QTest.keyClicks(room.inner.box, "a")
    QTest.keyClick(room.inner.box, Qt.Key.Key_Return)
    assert room.inner.box.toPlainText() == "a"


# --- what is rubbed out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("ab", "a"),
        ("caf\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}", "caf"),
        ("x\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}", "x"),
        ("x\N{REGIONAL INDICATOR SYMBOL LETTER P}\N{REGIONAL INDICATOR SYMBOL LETTER L}", "x"),
        ("ب\N{ARABIC FATHA}", "ب"),
        ("\N{DEVANAGARI LETTER KA}\N{DEVANAGARI VOWEL SIGN I}", "\N{DEVANAGARI LETTER KA}"),
        ("a\n", "a"),
        ("", ""),
    ],
)
def test_backspace_takes_what_its_script_calls_a_letter(room: Room, words: str, left: str) -> None:
    room.show(replace(ASK, typed=(words,)))
    wrote(room, "level:numbers", "backspace")
    assert room.inner.box.toPlainText() == left


def test_a_letter_is_counted_in_characters_whatever_its_width() -> None:
    assert rubbed_out("\N{GRINNING FACE}") == 1


# --- what is forgotten (S160) --------------------------------------------------------------------------------------


def test_nothing_goes_to_the_clipboard_and_nothing_comes_from_it(room: Room) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("from before")
    QTest.keyClicks(room.inner.box, "secret")
    room.inner.box.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_V):
        QTest.keyClick(room.inner.box, key, Qt.KeyboardModifier.ControlModifier)
    room.inner.box.copy()
    assert "secret" not in clipboard.text()
    assert room.inner.box.toPlainText() == "secret"


def test_what_was_deleted_cannot_be_brought_back(room: Room) -> None:
    QTest.keyClicks(room.inner.box, "a")
    QTest.keyClick(room.inner.box, Qt.Key.Key_Backspace)
    QTest.keyClick(room.inner.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not room.inner.box.toPlainText()
    assert not room.inner.box.document().isUndoAvailable()


def test_there_is_no_menu_and_the_systems_keyboard_stays_away(room: Room) -> None:
    assert room.inner.box.contextMenuPolicy() == Qt.ContextMenuPolicy.PreventContextMenu
    assert not room.inner.box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_trembling_finger_selects_nothing(room: Room) -> None:
    QTest.keyClicks(room.inner.box, "hello there")
    view = room.inner.box.viewport()
    QTest.mousePress(view, LEFT, NO_KEY, view.rect().topLeft())
    QTest.mouseMove(view, view.rect().center())
    QTest.mouseRelease(view, LEFT, NO_KEY, view.rect().center())
    QTest.mouseDClick(view, LEFT, NO_KEY, view.rect().topLeft())
    assert not room.inner.box.textCursor().hasSelection()


# --- languages -----------------------------------------------------------------------------------------------------


def test_arabic_is_written_from_the_right(qtbot: QtBot) -> None:
    room = opened(qtbot, Room(TextInput(), replace(ASK, language="ar"), language="ar"))
    wrote(room, *"شكر", "space", *"ل")
    assert room.typed == ("شكر ل",)
    assert room.inner.box.cursorRect().x() > room.inner.box.viewport().width() / 2


def test_an_input_method_of_the_system_may_write_too(room: Room) -> None:
    event = QInputMethodEvent()
    event.setCommitString("谢谢")
    QApplication.sendEvent(room.inner.box, event)
    assert room.typed == ("谢谢",)


@pytest.mark.parametrize(
    ("before", "begins"),
    [("", True), ("Hi", False), ("Hi. ", True), ("Hi.", False), ("Really? ", True), ("Hi\n", True), (" ", True)],
)
def test_where_a_sentence_begins(before: str, begins: bool) -> None:
    assert begins_sentence(before) is begins


# --- room ----------------------------------------------------------------------------------------------------------

LANGUAGES = ("en", "pl", "ur")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("device", [TABLET, PILLAR, DESK])
def test_the_keyboard_never_covers_the_box(qtbot: QtBot, device: Device, percent: int, language: str) -> None:
    room = Room(TextInput(), replace(ASK, language=language, max_length=500), device, percent, language)
    height = room.inner.needed(room.inner.width())
    room.inner.resize(room.inner.width(), height)
    inner = opened(qtbot, room).inner
    assert not inner.paper.geometry().intersects(inner.keyboard.geometry())
    assert inner.rect().contains(inner.paper.geometry())
    assert inner.rect().contains(inner.keyboard.geometry())
    assert not inner.count.geometry().intersects(inner.paper.geometry())
    lines = inner.box.viewport().height() / inner.box.fontMetrics().lineSpacing()
    assert lines >= 1.98


def crowded(qtbot: QtBot, percent: int, language: str = "en") -> Room:
    """On a small tablet, under a question of two lines; the page is as high as two bars of 24 mm leave it."""
    room = Room(TextInput(), replace(ASK, language=language, max_length=500), TABLET, percent, language)
    room.inner.offer(200)
    room.inner.resize(room.inner.width(), room.inner.needed(room.inner.width()))
    return opened(qtbot, room)


def give_all(room: Room) -> None:
    room.inner.resize(room.inner.width(), round(77 * TABLET.px_per_mm))


def test_where_the_question_leaves_no_room_the_box_stands_without_its_keyboard(qtbot: QtBot) -> None:
    room = crowded(qtbot, 200)
    assert room.inner.crowded
    assert not room.inner.alone
    assert room.inner.box.isVisible()
    assert not room.inner.keyboard.isVisible()


def test_a_touch_on_the_box_brings_the_keyboard_and_asks_for_the_page(qtbot: QtBot) -> None:
    room = crowded(qtbot, 200)
    with qtbot.waitSignal(room.inner.room_asked):
        touch(room.inner.box.viewport())
    assert room.inner.alone
    assert room.inner.keyboard.isVisible()


def test_a_touch_on_the_button_brings_the_question_back(qtbot: QtBot) -> None:
    room = crowded(qtbot, 200)
    touch(room.inner.turn)
    give_all(room)
    assert room.inner.turn.accessibleName() == "How was it?"
    touch(room.inner.turn)
    assert not room.inner.alone
    assert not room.inner.keyboard.isVisible()


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_alone_on_a_small_tablet_there_are_two_lines_and_keys_of_16_mm(qtbot: QtBot, percent: int, language: str) -> None:
    room = crowded(qtbot, percent, language)
    touch(room.inner.turn)
    give_all(room)
    inner, px = room.inner, TABLET.px_per_mm
    assert inner.box.viewport().height() >= 1.98 * inner.box.fontMetrics().lineSpacing()
    assert min(key.height() for key in inner.keyboard.buttons()) >= 16 * px - 1
    assert min(key.width() for key in inner.keyboard.buttons()) >= 16 * px - 1
    assert not inner.paper.geometry().intersects(inner.keyboard.geometry())


def test_five_rows_of_keys_stand_beside_the_box_on_a_small_tablet(qtbot: QtBot) -> None:
    room = crowded(qtbot, 100, "ur")
    touch(room.inner.turn)
    give_all(room)
    inner, px = room.inner, TABLET.px_per_mm
    assert inner.paper.geometry().left() > inner.keyboard.geometry().right()
    assert min(key.width() for key in inner.keyboard.buttons()) >= 16 * px - 1
    assert min(key.height() for key in inner.keyboard.buttons()) >= 14.5 * px
    assert inner.box.viewport().height() >= 2 * inner.box.fontMetrics().lineSpacing()


def test_with_room_again_the_keyboard_is_there_by_itself(qtbot: QtBot) -> None:
    room = crowded(qtbot, 200)
    room.inner.offer(2000)
    room.inner.resize(room.inner.width(), room.inner.needed(room.inner.width()))
    assert room.inner.keyboard.isVisible()
    assert not room.inner.turn.isVisible()


def test_leaving_the_box_and_touching_a_key_comes_back_to_it(room: Room) -> None:
    room.inner.box.clearFocus()
    wrote(room, "H")
    assert room.inner.box.hasFocus()


LONG = "The nurse was kind. " * 40


def test_long_words_are_turned_by_touch_without_moving_the_caret(qtbot: QtBot) -> None:
    room = opened(qtbot, Room(TextInput(), replace(ASK, typed=(LONG * 5,)), TABLET))
    inner = room.inner
    bar, caret = inner.box.verticalScrollBar(), inner.box.textCursor().position()
    assert inner.up.isVisible()
    bottom = bar.value()
    touch(inner.up)
    assert bar.value() < bottom
    touch(inner.down)
    assert bar.value() == bottom
    assert inner.box.textCursor().position() == caret


def test_short_words_need_no_turning(room: Room) -> None:
    wrote(room, "H", "i")
    assert not room.inner.up.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_turning_takes_its_room_from_the_box_not_from_anything_else(qtbot: QtBot, percent: int, language: str) -> None:
    room = crowded(qtbot, percent, language)
    room.show(replace(room.ask, typed=(LONG[:480],)))
    touch(room.inner.turn)
    give_all(room)
    inner = room.inner
    every = (inner.up, inner.down, inner.turn, inner.paper, inner.keyboard, inner.count)
    parts = [part.geometry() for part in every if part.isVisible()]
    assert inner.count.isVisible()
    assert not [(one, other) for n, one in enumerate(parts) for other in parts[n + 1 :] if one.intersects(other)]
    assert all(inner.rect().contains(part) for part in parts)
    assert inner.box.viewport().height() >= inner.box.fontMetrics().lineSpacing()


def test_turning_buttons_are_20_mm_on_a_low_screen_too(qtbot: QtBot) -> None:
    room = crowded(qtbot, 200)
    room.show(replace(room.ask, typed=(LONG[:400],)))
    touch(room.inner.turn)
    give_all(room)
    assert room.inner.up.isVisible()
    assert min(room.inner.up.width(), room.inner.up.height()) >= 20 * TABLET.px_per_mm - 1
