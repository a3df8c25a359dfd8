"""The PIN pad: dots and not digits, given once, and forgotten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.typing_room import DESK, PILLAR, TABLET, Device, look_on, screen_of, slide_off, touch
from ui.inputs.pad import PinPad


def pad_on(qtbot: QtBot, device: Device = DESK, percent: int = 100, wait_seconds: int = 0) -> tuple[PinPad, list[str]]:
    pad = PinPad()
    qtbot.addWidget(pad)
    given: list[str] = []
    pad.entered.connect(given.append)
    pad.resize(round(device.width - 8 * device.px_per_mm), round(device.height * 0.45))
    pad.render(screen_of(percent, pin_length=(4, 6), wait_seconds=wait_seconds), look_on(device, percent))
    pad.show()
    pad.activateWindow()
    pad.first_focus().setFocus()
    qtbot.waitUntil(lambda: pad.first_focus().hasFocus())
    return pad, given


def strike(pad: PinPad, *keys: str) -> None:
    for key in keys:
        touch(pad.pad.key(key))


def test_a_pin_is_given_when_ok_is_touched(qtbot: QtBot) -> None:
    pad, given = pad_on(qtbot)
    strike(pad, *"12345", "ok")
    assert given == ["12345"]


def test_nothing_shows_but_dots_and_nothing_stays_after_ok(qtbot: QtBot) -> None:
    pad, _ = pad_on(qtbot)
    strike(pad, *"1234")
    assert pad.field.digits == "••••"
    assert pad.field.accessibleDescription() == "4 digits"
    strike(pad, "ok")
    assert not pad.field.digits
    assert "1234" not in repr(vars(pad))


def test_too_short_a_pin_cannot_be_given(qtbot: QtBot) -> None:
    pad, given = pad_on(qtbot)
    strike(pad, *"123", "ok")
    assert not given
    assert not pad.pad.key("ok").isEnabled()


def test_no_more_digits_than_the_longest_pin(qtbot: QtBot) -> None:
    pad, given = pad_on(qtbot)
    strike(pad, *"12345678", "ok")
    assert given == ["123456"]


def test_backspace_and_clear(qtbot: QtBot) -> None:
    pad, given = pad_on(qtbot)
    strike(pad, *"9999", "clear", *"12345", "backspace", "ok")
    assert given == ["1234"]


def test_sliding_off_a_digit_counts_for_nothing(qtbot: QtBot) -> None:
    pad, _ = pad_on(qtbot)
    slide_off(pad.pad.key("1"))
    assert not pad.field.digits


def test_a_real_keyboard_gives_a_pin_with_enter(qtbot: QtBot) -> None:
    pad, given = pad_on(qtbot)
    QTest.keyClicks(pad.field, "4711")
    QTest.keyClick(pad.field, Qt.Key.Key_Return)
    assert given == ["4711"]


def test_while_one_must_wait_nothing_is_taken(qtbot: QtBot) -> None:
    pad, given = pad_on(qtbot, wait_seconds=30)
    strike(pad, *"1234", "ok")
    QTest.keyClicks(pad.field, "1234")
    QTest.keyClick(pad.field, Qt.Key.Key_Return)
    assert not given
    assert not pad.field.digits


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("device", [TABLET, DESK, PILLAR])
def test_keys_are_20_mm_and_in_sight(qtbot: QtBot, device: Device, percent: int) -> None:
    pad, _ = pad_on(qtbot, device, percent)
    target = look_on(device).target
    assert all(min(key.width(), key.height()) >= target - 1 for key in pad.pad.buttons())
    assert pad.rect().contains(pad.pad.geometry())
    assert pad.rect().contains(pad.field.geometry())
