"""A date or a time: boxes that hand on to each other, and can be touched to be put right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.events import Changed
from kiosk.screens import DateAsk, DatePart
from kiosk.survey import Place
from tests.typing_room import DESK, PILLAR, TABLET, Device, Room, look_on, opened, touch
from ui.inputs.date import DateInput

HERE = Place("visit")
DAY, MONTH, YEAR = DatePart("day", "Day", 2), DatePart("month", "Month", 2), DatePart("year", "Year", 4)
HOUR, MINUTE = DatePart("hour", "Hour", 2), DatePart("minute", "Minute", 2)
DATE = DateAsk(HERE, (DAY, MONTH, YEAR), ("", "", ""))
MOMENT = DateAsk(HERE, (DAY, MONTH, YEAR, HOUR, MINUTE), ("",) * 5)


def room_for(qtbot: QtBot, ask: DateAsk = DATE, keys: str = "") -> Room:
    room = opened(qtbot, Room(DateInput(), ask))
    for key in keys:
        touch(room.inner.pad.key(key))
    return room


def test_eight_touches_make_a_date_box_after_box(qtbot: QtBot) -> None:
    room = room_for(qtbot, keys="03111956")
    assert room.typed == ("03", "11", "1956")
    assert room.told[0] == Changed(HERE, (), ("0", "", ""))


def test_the_active_box_shows_where_the_next_digit_goes(qtbot: QtBot) -> None:
    room = room_for(qtbot, keys="031")
    assert [field.active for field in room.inner.fields] == [False, True, False]


def test_a_full_date_takes_no_more_digits(qtbot: QtBot) -> None:
    assert room_for(qtbot, keys="031119567").typed == ("03", "11", "1956")


def test_a_touched_box_that_was_full_begins_anew(qtbot: QtBot) -> None:
    room = room_for(qtbot, keys="03111956")
    touch(room.inner.fields[1])
    touch(room.inner.pad.key("1"))
    touch(room.inner.pad.key("2"))
    assert room.typed == ("03", "12", "1956")


def test_one_digit_of_a_day_is_enough_when_the_next_box_is_touched(qtbot: QtBot) -> None:
    room = room_for(qtbot, keys="3")
    touch(room.inner.fields[1])
    touch(room.inner.pad.key("7"))
    assert room.typed == ("3", "7", "")


def test_backspace_goes_back_through_the_boxes(qtbot: QtBot) -> None:
    room = room_for(qtbot, keys="0311")
    for _ in range(3):
        touch(room.inner.pad.key("backspace"))
    assert room.typed == ("0", "", "")
    assert room.inner.at == 0


def test_a_real_keyboard_writes_a_date_too_and_the_focus_goes_along(qtbot: QtBot) -> None:
    room = room_for(qtbot)
    QTest.keyClicks(room.inner.fields[0], "0311")
    assert room.typed == ("03", "11", "")
    assert room.inner.fields[2].hasFocus()


def test_tab_goes_to_the_next_box_and_makes_it_the_one_to_fill(qtbot: QtBot) -> None:
    room = room_for(qtbot)
    QTest.keyClick(room.inner.fields[0], Qt.Key.Key_Tab)
    QTest.keyClicks(room.inner.fields[1], "4")
    assert room.typed == ("", "4", "")


def test_boxes_stand_in_the_order_of_their_language(qtbot: QtBot) -> None:
    room = room_for(qtbot, DateAsk(HERE, (YEAR, MONTH, DAY), ("", "", "")), keys="195611")
    assert room.typed == ("1956", "11", "")
    assert [field.accessibleName() for field in room.inner.fields] == ["Year", "Month", "Day"]


def test_where_people_read_from_the_right_the_first_box_is_on_the_right(qtbot: QtBot) -> None:
    inner = opened(qtbot, Room(DateInput(), DATE, DESK, 100, "ar")).inner
    assert inner.fields[0].x() > inner.fields[1].x() > inner.fields[2].x()


def test_a_date_given_before_is_shown(qtbot: QtBot) -> None:
    room = room_for(qtbot, replace(DATE, typed=("03", "11", "1956")))
    assert [field.digits for field in room.inner.fields] == ["03", "11", "1956"]
    assert room.inner.fields[2].accessibleDescription() == "1956"


def test_a_date_and_time_has_five_boxes_on_one_pad(qtbot: QtBot) -> None:
    assert room_for(qtbot, MOMENT, "031119560905").typed == ("03", "11", "1956", "09", "05")


def test_another_question_begins_at_its_first_box(qtbot: QtBot) -> None:
    room = room_for(qtbot, keys="0311")
    room.show(replace(DATE, place=Place("other")))
    assert room.inner.at == 0


@pytest.mark.parametrize(("language", "percent"), [("en", 100), ("en", 150), ("en", 200), ("ur", 100), ("ur", 200)])
@pytest.mark.parametrize("ask", [DATE, MOMENT])
@pytest.mark.parametrize("device", [TABLET, DESK, PILLAR])
def test_every_box_and_key_is_20_mm_and_in_sight(
    qtbot: QtBot, device: Device, ask: DateAsk, percent: int, language: str
) -> None:
    height_mm = {TABLET: 72, DESK: 190, PILLAR: 300}[device]
    room = Room(DateInput(), ask, device, percent, language)
    room.inner.resize(room.inner.width(), round(height_mm * device.px_per_mm))
    inner, target = opened(qtbot, room).inner, look_on(device).target
    boxes = [field.geometry() for field in inner.fields]
    assert all(inner.rect().contains(box) and min(box.width(), box.height()) >= target for box in boxes)
    assert inner.rect().contains(inner.pad.geometry())
    assert not any(box.intersects(inner.pad.geometry()) for box in boxes)
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])
    assert all(min(key.width(), key.height()) >= target - 1 for key in inner.pad.buttons())
