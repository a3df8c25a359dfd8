"""The keyboard in the window: what it writes, how it stands, and that it is large enough (S67, S68, S78, S82)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.typing_room import DESK, LEFT, NO_KEY, PILLAR, TABLET, Device, look_on, slide_off, touch
from ui.inputs.writing_box import WritingBox
from ui.keyboard import Keyboard
from ui.keyboard_fit import FLOOR_MM, fits
from ui.keyboard_layout import COLUMNS, KEYBOARDS, KeyboardLayout, keyboard_for, lifted, read_keyboard
from ui.theme import ROOMY, TARGET_MM

LANGUAGES = sorted(path.stem for path in KEYBOARDS.glob("*.json"))
Pair = tuple[Keyboard, WritingBox]
Made = Callable[..., Pair]


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    def make(language: str = "en", *, one_line: bool = False, layout: KeyboardLayout | None = None) -> Pair:
        box, keyboard = WritingBox(), Keyboard()
        for widget in (box, keyboard):
            qtbot.addWidget(widget)
            widget.resize(1200, 400)
        look = look_on(DESK, language=language)
        box.dress(look, look.font())
        keyboard.write_to(box)
        keyboard.dress(layout or keyboard_for(language), look, one_line=one_line)
        box.show()
        keyboard.show()
        return keyboard, box

    return make


def write(keyboard: Keyboard, *names: str) -> None:
    for name in names:
        touch(keyboard.key(name))


def test_letters_reach_the_box_in_the_order_of_the_touches(made: Made) -> None:
    keyboard, box = made()
    write(keyboard, *"hello", "space", *"you", ".")
    assert box.toPlainText() == "hello you."


def test_a_key_acts_when_the_finger_lifts_not_when_it_lands(made: Made) -> None:
    keyboard, box = made()
    key = keyboard.key("a")
    QTest.mousePress(key, LEFT, NO_KEY, key.rect().center())
    assert not box.toPlainText()
    QTest.mouseRelease(key, LEFT, NO_KEY, key.rect().center())
    assert box.toPlainText() == "a"


def test_sliding_off_a_key_writes_nothing(made: Made) -> None:
    keyboard, box = made()
    slide_off(keyboard.key("a"))
    assert not box.toPlainText()


def test_a_real_touch_writes(made: Made) -> None:
    keyboard, box = made()
    key = keyboard.key("a")
    finger = QTest.createTouchDevice()
    assert isinstance(finger, QPointingDevice)
    QTest.touchEvent(key, finger).press(1, key.rect().center(), key).commit()
    QTest.touchEvent(key, finger).release(1, key.rect().center(), key).commit()
    assert box.toPlainText() == "a"


def test_the_edge_of_a_cell_is_still_its_key(made: Made) -> None:
    """The touch area is larger than the drawn key (S82)."""
    keyboard, box = made()
    QTest.mouseClick(keyboard.key("a"), LEFT, NO_KEY, QPoint(0, 0))
    assert box.toPlainText() == "a"


def test_no_key_takes_the_focus_or_repeats(made: Made) -> None:
    keyboard, _ = made()
    assert all(key.focusPolicy() == Qt.FocusPolicy.NoFocus and not key.autoRepeat() for key in keyboard.buttons())


def test_shift_makes_one_capital(made: Made) -> None:
    keyboard, box = made()
    write(keyboard, "shift", "A", "b")
    assert box.toPlainText() == "Ab"


def test_shift_twice_stays_until_it_is_touched_again(made: Made) -> None:
    keyboard, box = made()
    write(keyboard, "shift", "shift", *"NHS", "shift", "x")
    assert box.toPlainText() == "NHSx"


def test_a_locked_shift_shows_on_its_key(made: Made) -> None:
    keyboard, _ = made()
    write(keyboard, "shift")
    assert not keyboard.key("shift").held
    write(keyboard, "shift")
    assert keyboard.key("shift").held


def test_where_a_sentence_begins_the_next_letter_is_a_capital(made: Made) -> None:
    keyboard, box = made()
    keyboard.begins_sentence(yes=True)
    write(keyboard, "T", "o")
    assert box.toPlainText() == "To"


def test_the_capital_of_a_sentence_can_be_declined(made: Made) -> None:
    keyboard, box = made()
    keyboard.begins_sentence(yes=True)
    write(keyboard, "shift", "t")
    assert box.toPlainText() == "t"


def test_numbers_and_back(made: Made) -> None:
    keyboard, box = made()
    write(keyboard, "level:numbers", "4", "2", "level:letters", "a")
    assert box.toPlainText() == "42a"


def test_backspace_takes_the_last_letter(made: Made) -> None:
    keyboard, box = made()
    write(keyboard, *"ab", "backspace")
    assert box.toPlainText() == "a"


def test_a_new_line_is_one_only_where_lines_are_taken(made: Made) -> None:
    keyboard, box = made()
    write(keyboard, "a", "newline", "b")
    assert box.toPlainText() == "a\nb"
    keyboard, _ = made(one_line=True)
    assert not keyboard.key("newline").isEnabled()


def test_every_touch_tells_the_keys_spoken_name(made: Made) -> None:
    keyboard, _ = made()
    said: list[str] = []
    keyboard.key_named.connect(said.append)
    write(keyboard, "a", ".", "shift")
    assert said == ["a", "full stop", "capital letter"]


def test_a_screen_reader_hears_the_names_of_the_layout(made: Made) -> None:
    keyboard, _ = made("ur")
    assert keyboard.key("ب").accessibleName() == "بے"


def test_urdu_is_written_by_touch_marks_and_all(made: Made) -> None:
    keyboard, box = made("ur")
    write(keyboard, *"شکر", "level:marks", "ّ", "level:letters", "space", "ہ")
    assert box.toPlainText() == "شکرّ ہ"


def test_a_mark_shows_on_a_dotted_circle(made: Made) -> None:
    keyboard, _ = made("ur")
    write(keyboard, "level:marks")
    assert keyboard.key("َ").text() == "◌َ"


def test_a_right_to_left_board_stands_as_its_file_says(made: Made) -> None:
    """Its rows are written as they are seen: the window's mirroring must not turn them again."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        keyboard, _ = made("ur")
        assert keyboard.key("ا").x() > keyboard.key("ب").x()
        assert keyboard.key("newline").x() > keyboard.key("level:numbers").x()
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_polish_accents_have_keys_of_their_own(made: Made) -> None:
    keyboard, box = made("pl")
    write(keyboard, *"żółć")
    assert box.toPlainText() == "żółć"


def test_on_a_low_screen_an_accent_is_two_touches_away(made: Made) -> None:
    keyboard, box = made("pl", layout=lifted(keyboard_for("pl")))
    write(keyboard, "b", "level:lifted-letters", "ą", *"k")
    assert box.toPlainText() == "bąk"


def test_the_sentence_capital_of_an_accent_is_two_touches_away_too(made: Made) -> None:
    keyboard, box = made("pl", layout=lifted(keyboard_for("pl")))
    keyboard.begins_sentence(yes=True)
    write(keyboard, "level:lifted-shift", "Ż")
    assert box.toPlainText() == "Ż"


# --- without touch (S61) -------------------------------------------------------------------------------------------


def pressed(keyboard: Keyboard, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(keyboard, key)


@pytest.fixture
def reached(made: Made, qtbot: QtBot) -> Pair:
    keyboard, box = made()
    keyboard.activateWindow()
    keyboard.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(keyboard.hasFocus)
    return keyboard, box


def test_arrow_keys_go_from_key_to_key_and_enter_strikes(reached: Pair) -> None:
    keyboard, box = reached
    pressed(
        keyboard, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Return
    )
    assert box.toPlainText() == "wsa"


def test_every_key_can_be_reached_by_arrow_keys(reached: Pair) -> None:
    keyboard, _ = reached
    seen: list[str] = []
    keyboard.key_named.connect(seen.append)
    for _ in range(4):
        pressed(keyboard, *[Qt.Key.Key_Right] * 9, *[Qt.Key.Key_Left] * 9, Qt.Key.Key_Down)
    assert {button.accessibleName() for button in keyboard.buttons()} <= {"q", *seen}


def test_the_cursor_says_where_it_is_and_stays_at_the_edge(reached: Pair) -> None:
    keyboard, _ = reached
    said: list[str] = []
    keyboard.key_named.connect(said.append)
    pressed(keyboard, Qt.Key.Key_Up, Qt.Key.Key_Right)
    assert said == ["q", "w"]
    assert keyboard.accessibleName() == "w"


def test_the_cursor_keeps_its_place_on_another_level(reached: Pair) -> None:
    keyboard, box = reached
    keyboard.begins_sentence(yes=True)
    pressed(keyboard, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert box.toPlainText() == "Qq"


def test_other_keys_of_a_real_keyboard_go_to_the_box(reached: Pair) -> None:
    keyboard, box = reached
    QTest.keyClicks(keyboard, "xyz")
    pressed(keyboard, Qt.Key.Key_Backspace)
    assert box.toPlainText() == "xy"


# --- the layouts as they stand -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("low", [False, True])
def test_every_key_stands_once_and_none_on_another(language: str, folded: bool, low: bool) -> None:
    layout = keyboard_for(language)
    layout = lifted(layout) if low else layout
    for level, rows in layout.levels.items():
        spots = layout.spots(level, folded=folded)
        assert sorted(spot.key.name for spot in spots) == sorted(key.name for row in rows for key in row)
        cells = [QRect(round(s.column * 100), s.row * 100, round(s.columns * 100), 100) for s in spots]
        assert not [pair for pair in combinations(cells, 2) if pair[0].intersects(pair[1])]
        assert all(spot.columns >= 1 for spot in spots)
        assert all(c.left() >= 0 and c.right() < (layout.columns + layout.side_columns * folded) * 100 for c in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_of_a_low_board_leads_back_to_the_letters(language: str) -> None:
    layout = lifted(keyboard_for(language))
    for level, rows in layout.levels.items():
        names = {key.name for row in rows for key in row}
        assert level == "letters" or names & {"level:letters", "shift"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("device", "least_mm"), [(TABLET, 20.0), (PILLAR, 20.0), (DESK, 20.0)])
def test_where_there_is_room_keys_are_20_mm_high_and_wide(language: str, device: Device, least_mm: float) -> None:
    width = round(device.width - 8 * device.px_per_mm)
    best = fits(keyboard_for(language), look_on(device), width)[0]
    assert best.height / best.rows / device.px_per_mm >= least_mm
    assert width / COLUMNS / device.px_per_mm >= least_mm


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", [TABLET, PILLAR, DESK])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_way_to_stand_makes_keys_smaller_than_16_mm(language: str, device: Device, percent: int) -> None:
    width = round(device.width - 8 * device.px_per_mm)
    for way in fits(keyboard_for(language), look_on(device, percent), width):
        assert way.height / way.rows / device.px_per_mm >= FLOOR_MM
        assert width / way.columns / device.px_per_mm >= FLOOR_MM


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", [PILLAR, DESK])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_on_roomy_glass_no_key_is_smaller_than_any_other_target(language: str, device: Device, percent: int) -> None:
    """S78: where a lower keyboard would save the question's place, the keys get the page for themselves instead."""
    width = round(device.width - 8 * device.px_per_mm)
    look = replace(look_on(device, percent), enlarged=ROOMY)
    for way in fits(keyboard_for(language), look, width):
        assert way.height / way.rows / device.px_per_mm >= TARGET_MM
        assert width / way.columns / device.px_per_mm >= TARGET_MM


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_low_wide_screen_every_script_fits_in_three_rows(language: str) -> None:
    """A 15.6-inch screen of 1366 by 768: question, box and keyboard together."""
    look = look_on(DESK)
    lowest = fits(keyboard_for(language), look, round(320 * look.px_per_mm))[-1]
    assert lowest.layout.height - lowest.folded == 3


def test_a_dialect_has_its_languages_keyboard_and_an_unknown_language_the_english_one() -> None:
    assert keyboard_for("cy-GB").language == "cy"
    assert keyboard_for("xx").language == "en"


def test_a_layout_is_read_once() -> None:
    assert read_keyboard(KEYBOARDS / "en.json") is read_keyboard(KEYBOARDS / "en.json")
