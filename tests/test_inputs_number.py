"""A number: by the pad or by real keys, with mark, sign and unit only where the survey takes them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.events import Changed
from kiosk.screens import NumberAsk
from kiosk.survey import Place
from tests.typing_room import DESK, PILLAR, TABLET, Device, Room, look_on, opened, screen_of, slide_off, touch
from ui.inputs.digit_pad import DigitPad, PadKeys
from ui.inputs.number import NumberInput

HERE = Place("minutes")
WHOLE = NumberAsk(HERE, name="How many minutes?")
POINT = replace(WHOLE, decimal_mark=",")
SIGNED = replace(POINT, signed=True)
UNITS = replace(WHOLE, typed=("", ""), units=(("kg", "kilograms"), ("[stone_av]", "stones")))


def struck(qtbot: QtBot, ask: NumberAsk, *keys: str) -> Room:
    room = opened(qtbot, Room(NumberInput(), ask))
    for key in keys:
        touch(room.inner.pad.key(key))
    return room


def test_each_digit_tells_the_number_so_far(qtbot: QtBot) -> None:
    room = struck(qtbot, WHOLE, "1", "5")
    assert room.told == [Changed(HERE, (), ("1",)), Changed(HERE, (), ("15",))]
    assert room.inner.field.digits == "15"


def test_sliding_off_a_digit_writes_nothing(qtbot: QtBot) -> None:
    room = struck(qtbot, WHOLE)
    slide_off(room.inner.pad.key("1"))
    assert not room.told


def test_what_was_given_before_is_told_along(qtbot: QtBot) -> None:
    assert struck(qtbot, replace(WHOLE, chosen=(7,)), "1").told == [Changed(HERE, (7,), ("1",))]


def test_backspace_takes_the_last_digit_and_nothing_from_an_empty_box(qtbot: QtBot) -> None:
    assert struck(qtbot, WHOLE, "1", "2", "backspace").typed == ("1",)
    assert not struck(qtbot, WHOLE, "backspace").told


def test_a_leading_nought_gives_way(qtbot: QtBot) -> None:
    assert struck(qtbot, WHOLE, "0", "7").typed == ("7",)


def test_the_mark_is_the_languages_own_and_stands_once(qtbot: QtBot) -> None:
    assert struck(qtbot, POINT, "3", "mark", "5", "mark").typed == ("3,5",)
    assert struck(qtbot, POINT, "mark", "5").typed == ("0,5",)


def test_the_sign_turns_the_number(qtbot: QtBot) -> None:
    room = struck(qtbot, SIGNED, "4", "sign")
    assert room.typed == ("-4",)
    touch(room.inner.pad.key("sign"))
    assert room.typed == ("4",)


def test_there_is_no_key_for_what_is_not_taken(qtbot: QtBot) -> None:
    room = struck(qtbot, WHOLE)
    assert {button.key.name for button in room.inner.pad.buttons()} == {*"0123456789", "backspace"}


def test_a_real_keyboard_writes_digits_mark_and_sign(qtbot: QtBot) -> None:
    room = struck(qtbot, SIGNED)
    QTest.keyClicks(room.inner.field, "-12.5x")
    assert room.typed == ("-12,5",)
    QTest.keyClick(room.inner.field, Qt.Key.Key_Backspace)
    assert room.typed == ("-12,",)


def test_digits_of_another_script_count_as_digits(qtbot: QtBot) -> None:
    room = struck(qtbot, WHOLE)
    for digit in "٤۲":
        QApplication.sendEvent(room.inner.field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, digit))
    assert room.typed == ("42",)


def test_no_more_digits_than_a_number_can_keep(qtbot: QtBot) -> None:
    assert len(struck(qtbot, WHOLE, *("9" * 20)).typed[0]) == 15


def test_a_unit_is_picked_by_touch_and_stays_with_the_number(qtbot: QtBot) -> None:
    room = struck(qtbot, UNITS, "8")
    assert room.typed == ("8", "")
    touch(room.inner.choices[1])
    assert room.typed == ("8", "[stone_av]")
    assert [choice.isChecked() for choice in room.inner.choices] == [False, True]
    touch(room.inner.pad.key("0"))
    assert room.typed == ("80", "[stone_av]")


def test_a_screen_reader_hears_question_number_and_unit(qtbot: QtBot) -> None:
    room = struck(qtbot, replace(WHOLE, unit="minutes"), "9")
    assert room.inner.field.accessibleName() == "How many minutes?"
    assert room.inner.field.accessibleDescription() == "9 minutes"
    assert room.inner.pad.key("backspace").accessibleName() == "Delete"


def test_who_cannot_touch_reaches_every_key_by_tab_and_strikes_it_by_enter(qtbot: QtBot) -> None:
    room = struck(qtbot, WHOLE)
    QTest.keyClick(room.inner.field, Qt.Key.Key_Tab)
    assert room.inner.pad.key("1").hasFocus()
    QTest.keyClick(room.inner.pad.key("1"), Qt.Key.Key_Return)
    assert room.typed == ("1",)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize(("device", "height_mm"), [(TABLET, 60), (TABLET, 72), (DESK, 200), (PILLAR, 300)])
def test_keys_are_20_mm_and_nothing_covers_anything(
    qtbot: QtBot, device: Device, height_mm: int, percent: int, language: str
) -> None:
    room = Room(NumberInput(), replace(SIGNED, unit="minutes"), device, percent, language)
    room.inner.resize(room.inner.width(), round(height_mm * device.px_per_mm))
    inner, target = opened(qtbot, room).inner, look_on(device).target
    assert inner.rect().contains(inner.field.geometry())
    assert inner.rect().contains(inner.pad.geometry())
    assert not inner.field.geometry().intersects(inner.pad.geometry())
    assert all(min(key.width(), key.height()) >= target - 1 for key in inner.pad.buttons())
    assert inner.field.height() >= target


def test_the_pad_stands_on_the_other_side_where_people_read_from_the_right(qtbot: QtBot) -> None:
    sides = []
    for language in ("en", "ar"):
        room = Room(NumberInput(), WHOLE, TABLET, 100, language, height=400)
        inner = opened(qtbot, room).inner
        sides.append(inner.pad.x() > inner.field.x())
        assert inner.pad.key("1").x() < inner.pad.key("2").x()
    assert sides == [True, False]


@pytest.mark.parametrize("others", [(), ("mark",), ("mark", "sign"), ("clear", "ok")])
@pytest.mark.parametrize("rows", [4, 3, 2])
def test_every_pad_has_all_its_keys_each_in_its_own_place(others: tuple[str, ...], rows: int) -> None:
    spots = PadKeys(others).spots(rows)
    assert set(spots) == {*"0123456789", "backspace", *others}
    assert len(set(spots.values())) == len(spots)
    assert max(row for row, _ in spots.values()) < rows


def test_a_pad_asked_for_other_keys_keeps_the_digits_it_has(qtbot: QtBot) -> None:
    pad = DigitPad()
    qtbot.addWidget(pad)
    names = {"backspace": screen_of().key_name("backspace")}
    pad.dress(look_on(DESK), PadKeys(("mark",)), names)
    one = pad.key("1")
    pad.dress(look_on(DESK), PadKeys(), names)
    assert pad.key("1") is one
    assert "mark" not in {button.key.name for button in pad.buttons()}
