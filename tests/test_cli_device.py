"""Commands for one device, called as an administrator calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PySide6.QtCore import Qt

from kiosk.app.device import OUTBOX_FILE, Device
from kiosk.app.pin import StaffPin
from kiosk.cli import COMMANDS, commands
from kiosk.keys import Code, Key, KeyMap
from sync import credentials
from sync.outbox import Outbox
from tests.test_handover import PAIRED


def kiosk(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def with_waiting(data: Path, *response_ids: str) -> None:
    outbox = Outbox(data / OUTBOX_FILE)
    for response_id in response_ids:
        outbox.put(response_id, "urn:survey|1", b'{"resourceType": "QuestionnaireResponse"}')
    outbox.close()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = kiosk(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 3


def test_status_of_a_new_device_is_all_zeros_and_not_paired(tmp_path: Path) -> None:
    result = kiosk("status", "--data", tmp_path)
    assert result.exit_code == 0
    assert "Waiting to be sent: 0" in result.stdout
    assert "no (on the staff screen, or: kiosk pair URL)" in result.stdout


def test_status_counts_what_waits_as_one_json_document(tmp_path: Path) -> None:
    with_waiting(tmp_path, "a", "b")
    told = json.loads(kiosk("status", "--json", "--data", tmp_path).stdout)
    assert (told["waiting"], told["sent"], told["refused"], told["today"], told["paired"]) == (2, 0, 0, 2, False)


def test_answers_whose_key_is_lost_are_told_by_status_and_sync(tmp_path: Path) -> None:
    """S159: kept, counted, and said in a sentence."""
    with_waiting(tmp_path, "a", "b")
    (tmp_path / "answers.key").rename(tmp_path / "elsewhere")
    told = json.loads(kiosk("status", "--json", "--data", tmp_path).stdout)
    assert (told["waiting"], told["unreadable"]) == (0, 2)
    assert "2 answers cannot be read: their key is out of reach now." in kiosk("status", "--data", tmp_path).stdout
    result = kiosk("sync", "--data", tmp_path)
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_sync_without_a_centre_says_so_and_keeps_everything(tmp_path: Path) -> None:
    with_waiting(tmp_path, "a")
    result = kiosk("sync", "--data", tmp_path)
    assert result.exit_code == 1
    assert "still waiting 1" in result.stdout
    assert "not been paired" in result.stderr


def test_pairing_with_an_address_that_is_not_safe_is_refused_in_words(tmp_path: Path) -> None:
    result = kiosk("pair", "http://hub.example", "CODE", "--data", tmp_path)
    assert result.exit_code == 1
    assert "https" in result.stderr
    assert not (tmp_path / "credentials.json").exists()


def test_a_mistake_in_the_settings_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("idle_secnds = 60\n")
    result = kiosk("status", "--data", tmp_path)
    assert result.exit_code == 1
    assert "kiosk.toml, line 1" in result.stderr
    assert "idle_seconds" in result.stderr


def test_a_forgotten_pin_is_set_anew_at_the_next_start(tmp_path: Path) -> None:
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    assert kiosk("pin", "forget", "--data", tmp_path).exit_code == 0
    assert not StaffPin(tmp_path / "staff-pin.json").is_set


def test_a_size_that_is_no_size_is_a_usage_mistake(tmp_path: Path) -> None:
    result = kiosk("run", "--windowed", "--size", "big", "--data", tmp_path)
    assert result.exit_code == 2
    assert "1280x800" in result.stderr


def test_doctor_tells_the_keys_in_force(tmp_path: Path) -> None:
    """S129."""
    Device(tmp_path).keys.keep(
        KeyMap("learnt", ((Code(Qt.Key.Key_Return.value, 36), Key.SELECT), (Code(scan_code=88), Key.DOWN)))
    )
    told = json.loads(kiosk("doctor", "--json", "--data", tmp_path).stdout)["keypad"]
    assert told == {"map": "learnt", "keys": {"down": ["88"], "select": ["Enter"]}, "fault": ""}


def test_doctor_tells_in_words_why_taught_keys_are_lost(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "keypad.json").write_text("{}")
    told = kiosk("doctor", "--data", tmp_path).stdout
    assert "Keypad       f-keys: up F13, down F14" in told
    assert f"{tmp_path / 'keypad.json'}: this is not a list of keys. Teach the keys again on the staff screen." in told
    assert caplog.messages


def test_doctor_lists_every_language_with_its_font_and_voice(tmp_path: Path) -> None:
    told = json.loads(kiosk("doctor", "--json", "--data", tmp_path).stdout)
    languages = {found["tag"]: found for found in told["languages"]}
    assert " ".join(languages) == "en-GB cy pl ro pt es ar ur pa bn gu so uk zh"
    assert all(found["font"] for found in languages.values())
    assert [tag for tag, found in languages.items() if found["voice"] is None] == ["so"]
    assert languages["en-GB"]["reviewed"] is True
    assert languages["ur"]["reviewed"] is False


def test_export_needs_a_paired_device_and_says_so(tmp_path: Path) -> None:
    with_waiting(tmp_path, "a")
    result = kiosk("export", tmp_path / "out.ndjson", "--data", tmp_path)
    assert result.exit_code == 1
    assert "Pair it first: kiosk pair URL" in result.stderr


def test_export_tells_how_many_answers_it_wrote_and_they_go_on_waiting(tmp_path: Path) -> None:
    with_waiting(tmp_path, "a", "b")
    credentials.save(tmp_path, PAIRED)
    result = kiosk("export", tmp_path / "out.ndjson", "--data", tmp_path)
    assert (result.exit_code, len((tmp_path / "out.ndjson").read_bytes().splitlines())) == (0, 4)
    assert result.stdout == f"Wrote 2 answers to {tmp_path / 'out.ndjson'}. They wait here until the centre has them.\n"
    assert json.loads(kiosk("status", "--json", "--data", tmp_path).stdout)["waiting"] == 2


def test_export_of_nothing_writes_no_file(tmp_path: Path) -> None:
    credentials.save(tmp_path, PAIRED)
    told = json.loads(kiosk("export", tmp_path / "out.ndjson", "--json", "--data", tmp_path).stdout)
    assert told == {"file": None, "written": 0, "unreadable": 0}
    assert not (tmp_path / "out.ndjson").exists()
