"""A number on a scale: by touch anywhere, by "less" and "more", by keys; never by dragging alone (S67, S68)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.events import Changed
from kiosk.screens import SliderAsk
from kiosk.survey import Place
from tests.typing_room import DESK, LEFT, NO_KEY, PILLAR, TABLET, Device, Room, look_on, opened, slide_off, touch
from ui.inputs.slider import SliderInput

HERE = Place("pain")
FEW = SliderAsk(HERE, 0, 10, lower_label="No pain", upper_label="The worst pain there can be", less="Less", more="More")
MANY = replace(FEW, maximum=100)
ENDS_PX = 200


def room_for(qtbot: QtBot, ask: SliderAsk, language: str = "en") -> Room:
    return opened(qtbot, Room(SliderInput(), ask, DESK, 100, language))


def test_few_numbers_are_stops_and_one_touch_chooses(qtbot: QtBot) -> None:
    room = room_for(qtbot, FEW)
    assert [stop.number for stop in room.inner.stops] == list(range(11))
    assert not room.inner.track.isVisible()
    touch(room.inner.stops[7])
    assert room.told == [Changed(HERE, (), ("7",))]
    assert [stop.number for stop in room.inner.stops if stop.isChecked()] == [7]


def test_nothing_is_chosen_at_first(qtbot: QtBot) -> None:
    assert not any(stop.isChecked() for stop in room_for(qtbot, FEW).inner.stops)
    room = room_for(qtbot, MANY)
    assert room.inner.value is None
    assert room.inner.track.accessibleDescription().endswith("Nothing chosen yet")


def test_sliding_off_a_stop_chooses_nothing(qtbot: QtBot) -> None:
    room = room_for(qtbot, FEW)
    slide_off(room.inner.stops[3])
    assert not room.told


def test_the_ends_say_what_they_mean_to_a_screen_reader(qtbot: QtBot) -> None:
    stops = room_for(qtbot, FEW).inner.stops
    assert stops[0].accessibleName() == "0 No pain"
    assert stops[5].accessibleName() == "5"


@pytest.mark.parametrize(
    ("key", "told"), [(Qt.Key.Key_Right, "6"), (Qt.Key.Key_Left, "4"), (Qt.Key.Key_Home, "0"), (Qt.Key.Key_End, "10")]
)
def test_stops_answer_to_arrow_keys_and_the_focus_goes_along(qtbot: QtBot, key: Qt.Key, told: str) -> None:
    room = room_for(qtbot, replace(FEW, typed=("5",)))
    QTest.keyClick(room.inner.first_focus(), key)
    assert room.typed == (told,)
    assert room.inner.first_focus().hasFocus()


def test_a_touch_on_the_line_chooses_the_number_there(qtbot: QtBot) -> None:
    room = room_for(qtbot, MANY)
    touch(room.inner.track)
    assert room.typed == ("50",)


def test_a_drag_tells_once_when_the_finger_lifts(qtbot: QtBot) -> None:
    room = room_for(qtbot, MANY)
    track = room.inner.track
    QTest.mousePress(track, LEFT, NO_KEY, track.rect().center())
    QTest.mouseMove(track, QPoint(track.width() - 1, track.height() // 2))
    assert not room.told
    QTest.mouseRelease(track, LEFT, NO_KEY, QPoint(track.width() - 1, track.height() // 2))
    assert room.told == [Changed(HERE, (), ("100",))]


def test_lifting_far_from_the_line_changes_nothing(qtbot: QtBot) -> None:
    room = room_for(qtbot, replace(MANY, typed=("20",)))
    slide_off(room.inner.track)
    assert not room.told
    assert room.inner.track.value() == 20


def test_less_and_more_go_one_step_and_stop_at_the_ends(qtbot: QtBot) -> None:
    room = room_for(qtbot, replace(MANY, step=5, typed=("90",)))
    for _ in range(3):
        touch(room.inner.more)
    assert [event.typed[0] for event in room.told] == ["95", "100"]
    touch(room.inner.less)
    assert room.typed == ("95",)


def test_from_nothing_the_first_step_is_to_the_middle(qtbot: QtBot) -> None:
    room = room_for(qtbot, MANY)
    touch(room.inner.more)
    assert room.typed == ("50",)


def test_a_touch_lands_on_a_step(qtbot: QtBot) -> None:
    room = room_for(qtbot, replace(MANY, step=25))
    assert len(room.inner.stops) == 5
    room = room_for(qtbot, replace(MANY, maximum=1000, step=7))
    track = room.inner.track
    QTest.mouseClick(track, LEFT, NO_KEY, QPoint(track.width() // 3, track.height() // 2))
    assert int(room.typed[0]) % 7 == 0


@pytest.mark.parametrize(
    ("key", "told"), [(Qt.Key.Key_Right, "21"), (Qt.Key.Key_Left, "19"), (Qt.Key.Key_Home, "0"), (Qt.Key.Key_End, "100")]
)
def test_the_line_answers_to_arrow_keys(qtbot: QtBot, key: Qt.Key, told: str) -> None:
    room = room_for(qtbot, replace(MANY, typed=("20",)))
    QTest.keyClick(room.inner.track, key)
    assert room.typed == (told,)


def test_where_people_read_from_the_right_more_is_on_the_left(qtbot: QtBot) -> None:
    room = room_for(qtbot, replace(MANY, typed=("20",)), "ar")
    assert room.inner.more.x() < room.inner.track.x() < room.inner.less.x()
    QTest.keyClick(room.inner.track, Qt.Key.Key_Left)
    assert room.typed == ("21",)
    track = room.inner.track
    QTest.mouseClick(track, LEFT, NO_KEY, QPoint(1, track.height() // 2))
    assert room.typed == ("100",)
    stops = room_for(qtbot, FEW, "ar").inner.stops
    assert stops[0].x() > stops[10].x()


def test_a_screen_reader_hears_the_number(qtbot: QtBot) -> None:
    room = room_for(qtbot, replace(MANY, typed=("35",)))
    assert (room.inner.track.value(), room.inner.track.maximum()) == (35, 100)
    assert room.inner.track.accessibleName() == "How was it?"
    assert room.inner.track.accessibleDescription() == "0: No pain. 100: The worst pain there can be"


def test_a_screen_reader_can_move_the_knob(qtbot: QtBot) -> None:
    """S140."""
    room = room_for(qtbot, replace(MANY, typed=("35",)))
    value = QAccessible.queryAccessibleInterface(room.inner.track).valueInterface()
    value.setCurrentValue(60)
    assert room.typed == ("60",)


def test_below_nought_counts_too(qtbot: QtBot) -> None:
    room = room_for(qtbot, replace(FEW, minimum=-3, maximum=3, typed=("-2",)))
    assert room.inner.value == -2
    touch(room.inner.stops[0])
    assert room.typed == ("-3",)


@pytest.mark.parametrize("ask", [FEW, MANY])
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("device", [TABLET, DESK, PILLAR])
def test_everything_to_touch_is_20_mm_and_in_sight(qtbot: QtBot, device: Device, percent: int, ask: SliderAsk) -> None:
    room = Room(SliderInput(), ask, device, percent)
    room.inner.resize(room.inner.width(), room.inner.needed(room.inner.width()))
    inner, target = opened(qtbot, room).inner, look_on(device).target
    parts = [stop.geometry() for stop in inner.stops] or [inner.less.geometry(), inner.track.geometry(), inner.more.geometry()]
    assert all(min(part.width(), part.height()) >= target - 1 and inner.rect().contains(part) for part in parts)
    assert not any(one.intersects(other) for n, one in enumerate(parts) for other in parts[n + 1 :])


@pytest.mark.parametrize("ask", [FEW, MANY])
def test_a_low_page_may_end_between_rows_and_lines_but_never_inside_one(qtbot: QtBot, ask: SliderAsk) -> None:
    room = Room(SliderInput(), ask, TABLET, 200)
    width = room.inner.width()
    ends = room.inner.breaks(width)
    assert list(ends) == sorted(ends)
    assert abs(ends[-1] - room.inner.needed(width)) <= 1
    room.inner.resize(width, room.inner.needed(width))
    inner = opened(qtbot, room).inner
    parts = inner.stops or [inner.less, inner.track, inner.more]
    assert not [part for part in parts for end in ends if part.y() < end <= part.geometry().bottom()]
