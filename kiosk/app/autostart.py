"""An icon that starts the kiosk with one click, and a file that starts it at sign-in: plain files, no administrator needed.

Linux: Desktop Entry and Desktop Application Autostart specifications (freedesktop.org). Windows: scripts for the Script Host,
which opens no terminal. macOS: a launch agent. Every file carries :data:`MARK`; one without it is somebody else's, and stays.
"""

from __future__ import annotations

import plistlib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from kiosk import ASSETS

NAME: Final = "Feedback Kiosk"
FILE_NAME: Final = "feedback-kiosk"
MARK: Final = "Written by: kiosk autostart"
ICON: Final = ASSETS / "icons" / "launcher.svg"

Purpose: TypeAlias = Literal["icon", "sign-in"]
Outcome: TypeAlias = Literal["written", "unchanged", "removed", "absent", "not-ours"]


@dataclass(frozen=True, slots=True)
class Start:
    """How the kiosk is started: a program and its arguments, in `folder` where it must stand somewhere."""

    command: tuple[str, ...]
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a person's own files lie. `system` is as in :data:`sys.platform`, `desktop` the folder that the desktop shows."""

    system: str
    home: Path
    desktop: Path
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Starter:
    """A file that starts the kiosk: at a click, or at sign-in."""

    purpose: Purpose
    path: Path
    content: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file."""

    starter: Starter
    outcome: Outcome


def this_program(data: Path | None = None) -> Start:
    """How this very program is started without a terminal; with `data`, for that folder of answers and settings."""
    told = ("--data", str(data.absolute())) if data else ()
    if getattr(sys, "frozen", False):
        return Start((sys.executable, "run", *told))
    windowless = Path(sys.executable).with_name("pythonw.exe")
    python = str(windowless) if windowless.exists() else sys.executable
    return Start((python, "-m", "kiosk", "run", *told), ASSETS.parent)


def starters(start: Start, machine: Machine) -> tuple[Starter, ...]:
    """The files for this kind of machine. On macOS there is no icon among them."""
    if machine.system == "win32":
        roaming = _folder(machine, "APPDATA", "AppData", "Roaming")
        at_sign_in = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup"
        script = windows_script(start)
        return (
            Starter("icon", machine.desktop / f"{NAME}.vbs", script),
            Starter("sign-in", at_sign_in / f"{NAME}.vbs", script),
        )
    if machine.system == "darwin":
        agent = machine.home / "Library" / "LaunchAgents" / f"{FILE_NAME}.plist"
        return (Starter("sign-in", agent, launch_agent(start)),)
    entry = desktop_entry(start)
    icons = _folder(machine, "XDG_DATA_HOME", ".local", "share") / "applications"
    at_sign_in = _folder(machine, "XDG_CONFIG_HOME", ".config") / "autostart"
    return (
        Starter("icon", icons / f"{FILE_NAME}.desktop", entry),
        Starter("sign-in", at_sign_in / f"{FILE_NAME}.desktop", entry),
    )


def _folder(machine: Machine, variable: str, *otherwise: str) -> Path:
    """A folder that a variable names; what is not absolute does not count (XDG Base Directory Specification)."""
    named = Path(machine.environment.get(variable, ""))
    return named if named.is_absolute() else machine.home.joinpath(*otherwise)


# --- writing and taking away -------------------------------------------------------------------------------------------


def settle(files: tuple[Starter, ...], wanted: frozenset[Purpose]) -> tuple[Done, ...]:
    """Write what is wanted and take away the rest of what was written before. Raises OSError."""
    return tuple(Done(file, _write(file) if file.purpose in wanted else _remove(file)) for file in files)


def _write(file: Starter) -> Outcome:
    there = _content(file.path)
    if there == file.content:
        return "unchanged"
    if there is not None and not is_ours(there):
        return "not-ours"
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_bytes(file.content)
    return "written"


def _remove(file: Starter) -> Outcome:
    there = _content(file.path)
    if there is None:
        return "absent"
    if not is_ours(there):
        return "not-ours"
    file.path.unlink()
    return "removed"


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def is_ours(content: bytes) -> bool:
    """Whether :func:`settle` wrote this."""
    return any(MARK.encode(encoding) in content for encoding in ("utf-8", "utf-16-le"))


# --- what stands in the files ------------------------------------------------------------------------------------------


def desktop_entry(start: Start) -> bytes:
    """A desktop entry (Desktop Entry Specification 1.5). ``Terminal=false``: reception never sees one."""
    rows = {
        "Type": "Application",
        "Version": "1.5",
        "Name": NAME,
        "Comment": "Asks people about their care",
        "Exec": _escaped(" ".join(map(exec_argument, start.command))),
        **({"Path": _escaped(str(start.folder))} if start.folder else {}),
        "Icon": _escaped(str(ICON)),
        "Terminal": "false",
        "StartupNotify": "false",
        "Categories": "Utility;",
    }
    lines = (f"# {MARK}", "[Desktop Entry]", *(f"{key}={value}" for key, value in rows.items()))
    return ("\n".join(lines) + "\n").encode()


def exec_argument(argument: str) -> str:
    """One argument of ``Exec``: always quoted, so that no character has a meaning of its own; ``%`` begins a field code."""
    return '"' + re.sub(r'(["`$\\])', r"\\\1", argument).replace("%", "%%") + '"'


def _escaped(text: str) -> str:
    """A value of type string: a backslash and a line's end are written as escapes."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def windows_script(start: Start) -> bytes:
    """A script for the Windows Script Host: window style 0 is none, for the console of the frozen program. Not tried."""
    from subprocess import list2cmdline  # Windows' own rules of quoting

    lines = [f"' {MARK}", 'Set shell = CreateObject("WScript.Shell")']
    if start.folder:
        lines.append(f"shell.CurrentDirectory = {_basic(str(start.folder))}")
    lines.append(f"shell.Run {_basic(list2cmdline(start.command))}, 0, False")
    return ("\r\n".join(lines) + "\r\n").encode("utf-16")  # with its mark: names of people stand in paths


def _basic(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def launch_agent(start: Start) -> bytes:
    """A launch agent (launchd.plist): once at sign-in, on the screen; staff may close it for the day. Not tried."""
    agent = {
        "Label": FILE_NAME,
        "ProgramArguments": list(start.command),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
        **({"WorkingDirectory": str(start.folder)} if start.folder else {}),
    }
    head, body = plistlib.dumps(agent).split(b"<plist", 1)
    return head + f"<!-- {MARK} -->\n<plist".encode() + body
