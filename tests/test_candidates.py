"""Chinese by its sounds: what letters stand for, and how a person chooses on the keyboard's own row (S61, S67, S78, S113)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.screens import TextAsk
from kiosk.survey import Place
from tests.typing_room import DESK, PILLAR, TABLET, Device, Room, opened, touch
from ui.candidates import Sounds, Word, candidates_for, columns_of, in_pages
from ui.inputs.text import TextInput
from ui.key_button import KeyButton
from ui.keyboard import Keyboard
from ui.keyboard_layout import keyboard_for

FEW = Sounds(
    {"yi": "一以医", "sheng": "生声", "yin": "因", "xi": "西", "an": "安", "xian": "先"},
    (Word("医生", "yisheng", "ys"), Word("西安", "xian", "xa"), Word("因为", "yinwei", "yw")),
    {one: rank for rank, one in enumerate("一生因以西安先医声")},
)
Opened = Callable[..., Room]


def texts(letters: str, sounds: Sounds = FEW) -> list[str]:
    return [one.text for one in candidates_for(sounds, letters)]


# --- what letters stand for ----------------------------------------------------------------------------------------


def test_a_syllable_stands_for_its_characters_the_most_common_first() -> None:
    assert texts("yi")[:3] == ["一", "以", "医"]


def test_the_beginning_of_a_syllable_is_enough() -> None:
    assert texts("s")[:2] == ["生", "声"]
    assert "因" in texts("y")


def test_a_word_is_found_by_its_sound_its_beginning_and_its_first_letters() -> None:
    assert texts("yisheng")[0] == texts("yish")[0] == texts("ys")[0] == "医生"


def test_letters_that_are_a_syllable_and_a_word_offer_both() -> None:
    assert texts("xian")[:2] == ["先", "西安"]


def test_what_is_typed_in_one_go_is_chosen_piece_by_piece() -> None:
    found = {one.text: one.letters for one in candidates_for(FEW, "yishengan")}
    assert (found["医生"], found["一"]) == (7, 2)
    assert texts("yishengan")[0] == "医生"


def test_letters_that_stand_for_nothing_can_still_be_written() -> None:
    assert texts("nhs")[-1] == "nhs"
    assert texts("vvv") == ["vvv"]


def test_nothing_stands_twice_and_without_letters_there_is_nothing() -> None:
    everything = keyboard_for("zh").candidates
    assert everything
    assert len(set(texts("yi", everything))) == len(texts("yi", everything)) > 100
    assert texts("") == []


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("xiexie", "谢谢"),
        ("henhao", "很好"),
        ("dengdai", "等待"),
        ("hushi", "护士"),
        ("shijian", "时间"),
        ("xx", "谢谢"),
        ("lv", "绿"),
    ],
)
def test_common_words_are_among_the_first(letters: str, word: str) -> None:
    everything = keyboard_for("zh").candidates
    assert everything
    assert word in texts(letters, everything)[:8]


def test_a_page_holds_as_many_as_fit_and_no_candidate_is_lost() -> None:
    every = candidates_for(FEW, "yishengan")
    pages = in_pages(every, 4)
    assert [one for page in pages for one in page] == list(every)
    assert all(sum(columns_of(one.text) for one in page) <= 4 or len(page) == 1 for page in pages)


# --- on the glass --------------------------------------------------------------------------------------------------


@pytest.fixture
def chinese(qtbot: QtBot) -> Opened:
    def open_(device: Device = DESK, percent: int = 100, max_length: int | None = None) -> Room:
        ask = TextAsk(Place("good"), language="zh", hint="请写在这里", name="好在哪里？", max_length=max_length)
        return opened(qtbot, Room(TextInput(), ask, device, percent, "zh"))

    return open_


def wrote(room: Room, *names: str) -> None:
    for name in names:
        touch(room.inner.keyboard.key(name))


def row(room: Room) -> list[str]:
    return [button.text() for button in room.inner.keyboard.candidates.buttons() if button.text()]


def test_letters_wait_over_the_keys_and_a_touch_writes_what_they_stand_for(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"yisheng")
    assert not room.told
    assert room.inner.keyboard.letters == "yisheng"
    wrote(room, "医生")
    assert room.typed == ("医生",)
    assert (room.inner.keyboard.letters, row(room)) == ("", [])


def test_space_takes_the_first_candidate_and_writes_a_space_only_when_no_letters_wait(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"xiexie", "space", "space")
    assert room.typed == ("谢谢 ",)


def test_backspace_takes_waiting_letters_first_and_then_what_is_written(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"wo", "space", *"he", "backspace")
    assert (room.inner.keyboard.letters, room.typed) == ("h", ("我",))
    wrote(room, "backspace", "backspace")
    assert (room.inner.keyboard.letters, room.typed) == ("", ("",))


def test_a_sentence_is_typed_in_one_go_and_its_stop_writes_what_still_waits(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"hushihenhao", "。")
    assert room.typed == ("护士很好。",)


def test_new_line_writes_the_letters_as_they_are(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"gp", "newline")
    assert room.typed == ("gp",)


def test_capitals_and_digits_are_written_at_once(chinese: Opened) -> None:
    room = chinese()
    wrote(room, "level:capitals", *"NHS", "level:numbers", *"24", "level:letters", *"ren", "space")
    assert room.typed == ("NHS24人",)


def test_more_candidates_come_by_a_key_and_go_back_by_another(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"yi")
    first = row(room)
    assert not room.inner.keyboard.key("candidates:previous").isEnabled()
    wrote(room, "candidates:next")
    assert not set(row(room)) & set(first)
    wrote(room, "candidates:previous")
    assert row(room) == first


def test_every_candidate_can_be_reached_by_turning(chinese: Opened) -> None:
    room = chinese()
    everything = keyboard_for("zh").candidates
    assert everything
    wrote(room, *"shi")
    seen = row(room)
    while room.inner.keyboard.key("candidates:next").isEnabled() and len(seen) < 1000:
        wrote(room, "candidates:next")
        seen += row(room)
    assert seen == texts("shi", everything)


def test_a_candidate_on_a_later_page_is_the_one_that_is_written(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"yi", "candidates:next")
    wanted = row(room)[2]
    wrote(room, wanted)
    assert room.typed == (wanted,)


def test_letters_survive_another_text_size_but_not_another_question(chinese: Opened) -> None:
    """S160: what was not written belongs to nobody else."""
    room = chinese()
    wrote(room, *"yi")
    room.percent = 150
    room.show(room.ask)
    assert room.inner.keyboard.letters == "yi"
    room.show(TextAsk(Place("bad"), language="zh"))
    assert room.inner.keyboard.letters == ""


def test_letters_are_forgotten_when_the_keyboard_goes(chinese: Opened) -> None:
    """S160."""
    room = chinese()
    wrote(room, *"yi")
    room.inner.hide()
    assert room.inner.keyboard.letters == ""
    unused = [key for key in room.inner.keyboard.findChildren(KeyButton) if not key.key.name]
    assert unused
    assert not [key for key in unused if key.text() or key.accessibleName()]


def test_whoever_goes_on_without_choosing_loses_nothing(chinese: Opened, qtbot: QtBot) -> None:
    """The letters go to the box as they are, before the button that was touched acts."""
    room = chinese()
    wrote(room, *"xiexie")
    elsewhere = QPushButton(room.inner)
    elsewhere.show()
    seen: list[tuple[str, ...]] = []
    elsewhere.clicked.connect(lambda: seen.append(room.typed))
    touch(elsewhere)
    assert (room.inner.keyboard.letters, seen) == ("", [("xiexie",)])


def test_going_from_the_box_to_its_keyboard_and_back_leaves_the_letters_waiting(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"xie")
    for part in (room.inner.keyboard, room.inner.box):
        part.setFocus(Qt.FocusReason.TabFocusReason)
    assert (room.inner.keyboard.letters, room.told) == ("xie", [])


def test_a_box_that_is_full_takes_no_more_characters(chinese: Opened) -> None:
    room = chinese(max_length=1)
    wrote(room, *"xiexie", "谢谢")
    assert room.typed == ("谢",)


def test_every_candidate_has_its_name_and_the_letters_are_told(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"hao")
    keyboard: Keyboard = room.inner.keyboard
    assert keyboard.key("好").accessibleName() == "好"
    assert keyboard.key("candidates:next").accessibleName() == "更多的字"
    assert [label.text() for label in keyboard.findChildren(QLabel)] == ["hao"]


def test_a_touched_candidate_is_named_aloud(chinese: Opened) -> None:
    room = chinese()
    said: list[str] = []
    wrote(room, *"hao")
    room.inner.keyboard.key_named.connect(said.append)
    wrote(room, "好")
    assert said == ["好"]


def test_no_widget_is_built_again_for_a_letter(chinese: Opened) -> None:
    room = chinese()
    wrote(room, *"yi")
    before = room.inner.keyboard.findChildren(QLabel), room.inner.keyboard.key("a"), room.inner.keyboard.key("一")
    wrote(room, "backspace", "i")
    assert before == (room.inner.keyboard.findChildren(QLabel), room.inner.keyboard.key("a"), room.inner.keyboard.key("一"))


def test_candidates_are_reached_and_chosen_without_touch(chinese: Opened, qtbot: QtBot) -> None:
    """S61: arrow keys go up from the letters, Enter chooses, and the cursor does not stay on a candidate that is gone."""
    room = chinese()
    keyboard: Keyboard = room.inner.keyboard
    keyboard.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(keyboard.hasFocus)
    wrote(room, *"hao")
    keyboard.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (*[Qt.Key.Key_Right] * 3, Qt.Key.Key_Up):
        QTest.keyClick(keyboard, key)
    name = keyboard.accessibleName()
    assert name in row(room)
    QTest.keyClick(keyboard, Qt.Key.Key_Return)
    assert room.typed == (name,)
    assert keyboard.accessibleName() in "qwertyuiop"


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_on_a_small_tablet_candidates_have_the_control_row_while_letters_wait(chinese: Opened, percent: int) -> None:
    """S78: so that four rows are as large as where there is more room, and no key is under 16 mm."""
    room = chinese(TABLET, percent, max_length=500)
    inner, keyboard = room.inner, room.inner.keyboard
    inner.offer(200)
    inner.resize(inner.width(), inner.needed(inner.width()))
    touch(inner.turn)
    inner.resize(inner.width(), round(77 * TABLET.px_per_mm))
    space = keyboard.key("space")
    wrote(room, *"yi")
    assert not space.isVisible()
    assert keyboard.key("一").geometry().center().y() == pytest.approx(space.geometry().center().y(), abs=2)
    assert min(key.height() for key in keyboard.buttons()) >= 16 * TABLET.px_per_mm
    wrote(room, "一")
    assert space.isVisible()
    assert room.typed == ("一",)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("device", [DESK, PILLAR, TABLET])
def test_candidates_are_as_large_as_keys_and_stand_on_nothing_else(chinese: Opened, device: Device, percent: int) -> None:
    """S78: a character's button is as large as a key, and nothing covers anything."""
    room = chinese(device, percent)
    wrote(room, *"yi")
    keyboard: Keyboard = room.inner.keyboard
    key, every = keyboard.key("q"), keyboard.buttons()
    for button in keyboard.candidates.buttons() if keyboard.candidates else ():
        assert button.isVisible()
        assert button.width() >= key.width() - 1
        assert button.height() >= key.height() - 1
    boxes = [button.geometry() for button in every]
    assert not [(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :] if one.intersects(other)]
    assert all(keyboard.rect().contains(box) for box in boxes)
