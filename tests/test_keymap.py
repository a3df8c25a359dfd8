"""Which keys are in force on a device, and that those staff taught are kept for good."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.app.keymap import KeptKeys
from kiosk.keys import Code, Key, KeyMap, preset

TAUGHT = KeyMap("learnt", ((Code(scan_code=87), Key.DOWN), (Code(scan_code=104), Key.SELECT)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keypad.json"


def kept(path: Path, setting: str = "f-keys") -> KeptKeys:
    return KeptKeys(path, setting, "linux")


@pytest.mark.parametrize("setting", ["f-keys", "arrows", "none"])
def test_without_a_lesson_the_ready_made_keys_of_the_setting_are_in_force(path: Path, setting: str) -> None:
    """S129."""
    assert kept(path, setting).in_force == preset(setting, "linux")


def test_a_site_that_wants_only_taught_keys_has_none_before_they_are_taught(path: Path) -> None:
    assert kept(path, "learnt").in_force == KeyMap("learnt")


@pytest.mark.parametrize("setting", ["f-keys", "arrows", "learnt"])
def test_what_staff_taught_is_in_force_at_once_and_after_a_restart(path: Path, setting: str) -> None:
    """S129."""
    keys = kept(path, setting)
    keys.keep(TAUGHT)
    assert keys.in_force == kept(path, setting).in_force == TAUGHT


def test_a_site_without_a_keypad_has_none_whatever_was_taught(path: Path) -> None:
    kept(path).keep(TAUGHT)
    assert kept(path, "none").in_force == preset("none")


def test_forgetting_leads_back_to_the_ready_made_keys(path: Path) -> None:
    keys = kept(path, "arrows")
    keys.keep(TAUGHT)
    keys.forget()
    assert keys.in_force == kept(path, "arrows").in_force == preset("arrows")


@pytest.mark.parametrize(("setting", "instead"), [("f-keys", "f-keys"), ("arrows", "arrows"), ("learnt", "f-keys")])
@pytest.mark.parametrize("raw", [b"", b"{", b'{"keypad": 1, "system": "linux", "keys": [{"key": "fly"}]}', b"\x00" * 4096])
def test_a_damaged_file_costs_the_taught_keys_and_says_so(
    path: Path, raw: bytes, setting: str, instead: str, caplog: pytest.LogCaptureFixture
) -> None:
    """S129: a keypad that needs a lesson is better than a kiosk that does not start."""
    path.write_bytes(raw)
    keys = kept(path, setting)
    assert keys.in_force == preset(instead, "linux")
    assert str(path) in keys.fault
    assert keys.fault.endswith("Teach the keys again on the staff screen.")
    assert caplog.messages == [keys.fault]


def test_a_new_lesson_mends_a_damaged_file(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(b"{")
    keys = kept(path)
    keys.keep(TAUGHT)
    assert (keys.fault, kept(path).fault, len(caplog.messages)) == ("", "", 1)


def test_a_file_that_cannot_be_opened_is_said_in_words(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.mkdir()
    assert "cannot be read" in kept(path).fault
    assert len(caplog.messages) == 1


def test_when_keys_cannot_be_saved_the_former_ones_stay(path: Path) -> None:
    keys = kept(path)
    path.with_suffix(".new").mkdir()
    with pytest.raises(OSError, match="directory"):
        keys.keep(TAUGHT)
    assert keys.in_force == preset("f-keys", "linux")


def test_a_plug_pulled_while_saving_leaves_the_former_keys(path: Path) -> None:
    """Half a file under another name is all that such a moment can leave."""
    kept(path).keep(TAUGHT)
    path.with_suffix(".new").write_text(json.dumps(TAUGHT.as_document("linux"))[:40])
    assert kept(path).in_force == TAUGHT
