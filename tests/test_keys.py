"""What a keypad's codes mean: the ready-made maps, and the map that staff taught, as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.keys import (
    ARROWS,
    F_KEYS,
    FUNCTION_KEYS,
    LEGENDS,
    NO_KEYPAD,
    PRESETS,
    QT_UNKNOWN,
    Code,
    Key,
    KeyMap,
    KeyMapFault,
    preset,
    read_document,
)

HERE = Path("keypad.json")
F13, F20, F23 = (FUNCTION_KEYS[name] for name in ("F13", "F20", "F23"))
MIC_MUTE = 0x01000113
UP_AND_DOWN = KeyMap("learnt", ((Code(0x01000013, 111), Key.UP), (Code(QT_UNKNOWN, 250), Key.DOWN)))


def document(**changes: object) -> bytes:
    return json.dumps({**UP_AND_DOWN.as_document("linux"), **changes}).encode()


def refused(raw: bytes) -> str:
    with pytest.raises(KeyMapFault) as fault:
        read_document(raw, HERE, "linux")
    return str(fault.value)


# --- meaning -------------------------------------------------------------------------------------------------------


def test_on_linux_a_function_key_is_known_by_its_scan_code_whatever_it_is_called() -> None:
    """S133: F20 arrives there as "mute the microphone"."""
    assert preset("f-keys", "linux").meaning(MIC_MUTE, F20.linux) is Key.FORWARD
    assert preset("f-keys", "linux").meaning(QT_UNKNOWN, F23.linux) is Key.BACK


def test_a_function_key_is_known_by_its_name_where_no_scan_code_tells() -> None:
    """S133."""
    for system in ("linux", "win32", "darwin"):
        assert preset("f-keys", system).meaning(Qt.Key.Key_F13.value, 0) is Key.UP


def test_a_linux_scan_code_means_nothing_on_another_system() -> None:
    """S133."""
    assert preset("f-keys", "win32").meaning(QT_UNKNOWN, F13.linux) is None


def test_a_scan_code_wins_over_a_name() -> None:
    """S133."""
    key_map = KeyMap("learnt", ((Code(Qt.Key.Key_Up.value), Key.UP), (Code(scan_code=80), Key.LOUDER)))
    assert key_map.meaning(Qt.Key.Key_Up.value, 80) is Key.LOUDER
    assert key_map.meaning(Qt.Key.Key_Up.value, 111) is Key.UP


def test_two_keys_of_one_name_are_told_apart_by_their_scan_codes() -> None:
    """The arrow of a keyboard is not the arrow on its number pad, once staff have taught one of them."""
    assert UP_AND_DOWN.meaning(Qt.Key.Key_Up.value, 111) is Key.UP
    assert UP_AND_DOWN.meaning(Qt.Key.Key_Up.value, 80) is None


def test_keys_that_the_system_cannot_name_are_not_all_the_same_key() -> None:
    assert UP_AND_DOWN.meaning(QT_UNKNOWN, 250) is Key.DOWN
    assert UP_AND_DOWN.meaning(QT_UNKNOWN, 251) is None
    assert UP_AND_DOWN.meaning(QT_UNKNOWN, 0) is None
    assert not Code(QT_UNKNOWN).tells


def test_no_keypad_has_no_keys() -> None:
    assert NO_KEYPAD.meaning(Qt.Key.Key_Up.value, 111) is None
    assert preset("none") is NO_KEYPAD


# --- presets -------------------------------------------------------------------------------------------------------


def test_every_ready_made_map_can_work_the_whole_kiosk() -> None:
    """S25, S132: no path needs a key that a preset lacks; only the jack of the headphones is left to keypads that have one."""
    for name in set(PRESETS) - {"none"}:
        missing = set(Key) - {key for _, key in preset(name, "linux").pairs}
        assert missing <= {Key.HEADSET_IN, Key.HEADSET_OUT}, name


def test_f_keys_are_f13_to_f24_each_with_a_meaning_of_its_own() -> None:
    """S129, S130, S132: F23 is the only one that a maker's own pages tell: the key marked "<<"."""
    assert list(F_KEYS) == [f"F{number}" for number in range(13, 25)]
    assert set(F_KEYS.values()) == set(Key)
    assert F_KEYS["F23"] is Key.BACK


def test_function_keys_have_the_numbers_of_the_usage_tables_and_of_the_kernel() -> None:
    """S130, S133: HID usages 0x68 to 0x73; the kernel's F13 to F24 are 183 to 194, and X11 and Wayland count 8 more."""
    assert [numbers.usage for numbers in FUNCTION_KEYS.values()] == list(range(0x68, 0x74))
    assert [numbers.linux for numbers in FUNCTION_KEYS.values()] == list(range(191, 203))
    assert F23.usage == 0x72


def test_qt_calls_these_keys_what_we_call_them() -> None:
    """The core knows Qt's numbers without Qt; here they are compared."""
    ours = {number: Qt.Key(number).name.removeprefix("Key_") for number in LEGENDS}
    known_otherwise = {
        "Esc": "Escape",
        "Enter": "Return",
        "Enter (number pad)": "Enter",
        "Volume -": "VolumeDown",
        "Volume +": "VolumeUp",
    }
    assert ours == {number: known_otherwise.get(name, name) for number, name in LEGENDS.items()}
    assert set(ARROWS) <= set(LEGENDS.values())


# --- the learnt map as a file ----------------------------------------------------------------------------------------


def test_a_learnt_map_comes_back_as_it_was_kept() -> None:
    """S129."""
    assert read_document(json.dumps(UP_AND_DOWN.as_document("linux")).encode(), HERE, "linux") == UP_AND_DOWN


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"", "keypad.json: "),
        (b"\xff\xfe\x00", "keypad.json: "),
        (b"[]", "keypad.json: "),
        (document(keypad=2), "keypad.json, keypad: "),
        (document(keys=[{"key": "up", "qt_key": 5}, {"key": "sideways", "qt_key": 6}]), "keypad.json, key 2, key: "),
        (document(keys=[{"key": "up", "scan_code": -1}]), "keypad.json, key 1, scan_code: "),
        (document(keys=[{"key": "up", "scan_code": "111"}]), "keypad.json, key 1, scan_code: "),
        (document(keys=[{"key": "up"}]), "keypad.json, key 1: "),
        (document(keys=[{"key": "up", "qt_key": 5}, {"key": "down", "qt_key": 5}]), "keypad.json, key 2: "),
        (document(keys=[]), "keypad.json: "),
        (document(extra=1), "keypad.json: "),
    ],
)
def test_a_file_that_is_no_key_map_is_refused_with_the_place_and_the_remedy(raw: bytes, place: str) -> None:
    sentence = refused(raw)
    assert sentence.startswith(place)
    assert sentence.endswith("Teach the keys again on the staff screen.")


def test_keys_taught_on_another_system_are_refused_because_their_scan_codes_differ() -> None:
    """S133."""
    assert "another system (win32)" in refused(document(system="win32"))


def test_a_code_is_shown_by_what_stands_on_the_key_else_by_its_number() -> None:
    shown = [code.legend for code in (Code(Qt.Key.Key_Return.value, 36), Code(MIC_MUTE, F20.linux), Code(QT_UNKNOWN, 250))]
    assert shown == ["Enter", "F20", "250"]
