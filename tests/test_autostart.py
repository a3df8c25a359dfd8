"""One click starts the kiosk, or nobody has to click at all; and a terminal is never seen."""

import json
import plistlib
import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from kiosk.app.autostart import (
    ICON,
    MARK,
    Machine,
    Start,
    desktop_entry,
    exec_argument,
    launch_agent,
    starters,
    this_program,
    windows_script,
)
from kiosk.cli import commands

ODD = 'a "b" $HOME `id` \\c\\\\ 100% %f é;x=1 \' ~ * > <'
"""Everything that a shell, a key file or a field code could trip over."""
START = Start(("kiosk python", "-m", "kiosk", "run"), Path("/srv/kiosk"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def autostart(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["autostart", *map(str, arguments)])


def icon_in(home: Path) -> Path:
    return home / ".local" / "share" / "applications" / "feedback-kiosk.desktop"


def at_sign_in(home: Path) -> Path:
    return home / ".config" / "autostart" / "feedback-kiosk.desktop"


def entry_of(content: bytes) -> dict[str, str]:
    """The group of a desktop entry, by the rules of the specification: values as they are, keys with their case."""
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(content.decode("utf-8"))
    assert parser.sections() == ["Desktop Entry"]
    return {key: unescaped(value) for key, value in parser["Desktop Entry"].items()}


def unescaped(value: str) -> str:
    meant = {"\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\s": " ", "\\t": "\t"}
    return re.sub(r"\\.", lambda found: meant[found[0]], value)


def arguments_of(entry: dict[str, str]) -> list[str]:
    """What ``Exec`` starts: every argument in double quotes, four characters behind a backslash, a percent sign twice."""
    argument = r'"(?:[^"`$\\%]|\\["`$\\]|%%)*"'
    assert re.fullmatch(f"{argument}( {argument})*", entry["Exec"])
    return [re.sub(r"\\(.)|%(%)", r"\1\2", quoted[1:-1]) for quoted in re.findall(argument, entry["Exec"])]


# --- the command -----------------------------------------------------------------------------------------------------


def test_on_writes_an_icon_and_a_start_at_sign_in_and_names_both(home: Path) -> None:
    """S153: in the person's own folders, so no administrator is needed."""
    result = autostart("on")
    assert result.exit_code == 0
    assert icon_in(home).is_file()
    assert at_sign_in(home).is_file()
    assert str(icon_in(home)) in result.stdout
    assert str(at_sign_in(home)) in result.stdout


def test_the_icon_opens_this_very_kiosk_without_a_terminal(home: Path, tmp_path: Path) -> None:
    data = tmp_path / "elm road, 100%"
    autostart("on", "--data", data)
    entry = entry_of(icon_in(home).read_bytes())
    assert entry["Type"] == "Application"
    assert entry["Name"] == "Feedback Kiosk"
    assert entry["Terminal"] == "false"
    assert arguments_of(entry) == [sys.executable, "-m", "kiosk", "run", "--data", str(data)]


def test_what_the_icon_starts_is_there_and_answers(home: Path) -> None:
    """Seen from a folder that knows nothing of this program: the entry says where it must be started."""
    autostart("on")
    entry = entry_of(icon_in(home).read_bytes())
    command = [*arguments_of(entry), "--help"]
    told = subprocess.run(command, cwd=entry["Path"], capture_output=True, text=True, check=True).stdout
    assert "Open the kiosk, full screen." in told


def test_on_a_second_time_changes_nothing_and_says_so(home: Path) -> None:
    autostart("on")
    before = {path: path.read_bytes() for path in (icon_in(home), at_sign_in(home))}
    result = autostart("on")
    assert result.exit_code == 0
    assert result.stdout.count("is there already") == 2
    assert {path: path.read_bytes() for path in before} == before


def test_on_again_after_a_move_names_the_new_place(home: Path, tmp_path: Path) -> None:
    autostart("on", "--data", tmp_path / "old")
    autostart("on", "--data", tmp_path / "new")
    assert arguments_of(entry_of(at_sign_in(home).read_bytes()))[-1] == str(tmp_path / "new")


def test_off_removes_both_and_a_second_time_there_is_nothing_to_do(home: Path) -> None:
    autostart("on")
    beside = at_sign_in(home).with_name("other.desktop")
    beside.write_text("[Desktop Entry]\n")
    assert "Removed" in autostart("off").stdout
    assert not icon_in(home).exists()
    assert [path.name for path in at_sign_in(home).parent.iterdir()] == ["other.desktop"]
    again = autostart("off")
    assert (again.exit_code, again.stderr) == (0, "")
    assert "does not start at sign-in" in again.stdout


def test_an_icon_alone_starts_nothing_by_itself(home: Path) -> None:
    autostart("on")
    autostart("on", "--icon-only")
    assert icon_in(home).exists()
    assert not at_sign_in(home).exists()


@pytest.mark.parametrize(("wanted", "status"), [("on", 1), ("off", 0)])
def test_a_file_of_somebody_else_is_neither_written_over_nor_removed(home: Path, wanted: str, status: int) -> None:
    at_sign_in(home).parent.mkdir(parents=True)
    at_sign_in(home).write_text("[Desktop Entry]\nName=Mine\n")
    result = autostart(wanted)
    assert result.exit_code == status
    assert at_sign_in(home).read_text() == "[Desktop Entry]\nName=Mine\n"
    assert f"{at_sign_in(home)} was not written by this command" in result.stderr


def test_folders_that_the_environment_names_are_honoured(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG Base Directory Specification; one that is not absolute does not count."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    autostart("on")
    assert (home / "settings" / "autostart" / "feedback-kiosk.desktop").is_file()
    assert icon_in(home).is_file()


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(home: Path) -> None:
    (home / ".config").write_text("a file where a folder should be")
    result = autostart("on")
    assert result.exit_code == 1
    assert "Check the place and who may write there." in result.stderr
    assert "Traceback" not in result.output


def test_the_help_says_where_it_was_not_tried() -> None:
    assert "Not tried on Windows and macOS" in " ".join(autostart("--help").stdout.split())


# --- Linux: the entry ------------------------------------------------------------------------------------------------


def test_the_entry_follows_the_specification() -> None:
    """Desktop Entry Specification 1.5: the group first, but for comments; its keys once; lines end in LF; UTF-8."""
    content = desktop_entry(START)
    lines = content.decode("utf-8").splitlines()
    assert lines[:2] == [f"# {MARK}", "[Desktop Entry]"]
    assert all(re.fullmatch(r"[A-Za-z0-9-]+=\S.*", line) for line in lines[2:])
    assert b"\r" not in content
    assert content.endswith(b"\n")
    entry = entry_of(content)
    assert {entry["Terminal"], entry["StartupNotify"]} <= {"true", "false"}
    assert entry["Categories"].endswith(";")


def test_the_icon_is_ours_and_can_be_drawn() -> None:
    icon = Path(entry_of(desktop_entry(START))["Icon"])
    assert icon == ICON
    assert icon.is_absolute()
    assert ET.parse(icon).getroot().tag.endswith("svg")  # noqa: S314 - our own file


def test_no_character_of_a_path_has_a_meaning_of_its_own() -> None:
    entry = entry_of(desktop_entry(Start(("kiosk", ODD), Path("/srv/od d\\f$older"))))
    assert arguments_of(entry) == ["kiosk", ODD]
    assert entry["Path"] == "/srv/od d\\f$older"
    assert exec_argument("50%") == '"50%%"'


@pytest.mark.skipif(not shutil.which("gio"), reason="a desktop's own launcher is not installed here")
def test_a_desktop_starts_what_was_meant(tmp_path: Path) -> None:
    """The launcher that GNOME and others are built on, with every odd character there is."""
    told = tmp_path / "told.json"
    tell = f"import json, os, sys; open({str(told)!r}, 'w').write(json.dumps([sys.argv[1:], os.getcwd()]))"
    file = tmp_path / "kiosk.desktop"
    file.write_bytes(desktop_entry(Start((sys.executable, "-c", tell, "run", ODD), tmp_path)))
    subprocess.run(["gio", "launch", str(file)], check=True, capture_output=True)  # ends when whoever holds its output ends
    assert json.loads(told.read_text()) == [["run", ODD], str(tmp_path)]


# --- Windows and macOS: as files, for there was no such machine ------------------------------------------------------


def machine(system: str, home: Path) -> Machine:
    return Machine(system, home, home / "Desktop", {})


def test_windows_gets_a_script_on_the_desktop_and_one_in_the_startup_folder(tmp_path: Path) -> None:
    icon, sign_in = starters(START, machine("win32", tmp_path))
    assert icon.path == tmp_path / "Desktop" / "Feedback Kiosk.vbs"
    assert sign_in.path.parts[-6:] == ("Microsoft", "Windows", "Start Menu", "Programs", "Startup", "Feedback Kiosk.vbs")


def test_the_windows_script_opens_no_window_of_its_own() -> None:
    """Window style 0, and it does not wait. UTF-16 with its mark, for names that are not English."""
    content = windows_script(Start(("C:\\Zoë\\pythonw.exe", "-m", "kiosk", "run", "--data", "D:\\elm road"), Path("C:\\Zoë")))
    assert content.startswith(b"\xff\xfe")
    assert content.decode("utf-16").splitlines() == [
        f"' {MARK}",
        'Set shell = CreateObject("WScript.Shell")',
        'shell.CurrentDirectory = "C:\\Zoë"',
        'shell.Run "C:\\Zoë\\pythonw.exe -m kiosk run --data ""D:\\elm road""", 0, False',
    ]


def test_python_without_a_terminal_is_taken_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert this_program().command[0] == str(tmp_path / "python.exe")
    (tmp_path / "pythonw.exe").touch()
    assert this_program().command[0] == str(tmp_path / "pythonw.exe")


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/srv/kiosk/kiosk")
    assert this_program() == Start(("/srv/kiosk/kiosk", "run"))


def test_macos_gets_a_launch_agent_that_starts_once_at_sign_in(tmp_path: Path) -> None:
    (agent,) = starters(START, machine("darwin", tmp_path))
    assert (agent.purpose, agent.path) == ("sign-in", tmp_path / "Library" / "LaunchAgents" / "feedback-kiosk.plist")
    told = plistlib.loads(launch_agent(START))
    assert told["ProgramArguments"] == list(START.command)
    assert told["RunAtLoad"] is True
    assert "KeepAlive" not in told  # a deliberate exit stays an exit


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_every_file_says_who_wrote_it_and_can_be_removed_again(system: str, tmp_path: Path) -> None:
    from kiosk.app.autostart import settle

    files = starters(START, machine(system, tmp_path))
    assert {done.outcome for done in settle(files, frozenset({"icon", "sign-in"}))} == {"written"}
    assert {done.outcome for done in settle(files, frozenset())} == {"removed"}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
