"""A screen, a session bus and an accessibility bus of a test's own: what a program must have to be read from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = ".ci/system-packages lists what to install (purpose `test`): at-spi2-core, dbus and xvfb."
LAUNCHERS = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"))
PATIENCE_SECONDS = 20.0


class Missing(Exception):
    """A program that this cannot do without is not on this machine; the message says which and what to do."""


def program(name: str) -> str:
    """Where the program `name` is. Raises Missing."""
    found = shutil.which(name) or next((str(path) for path in LAUNCHERS if path.name == name and path.is_file()), None)
    if found is None:
        raise Missing(f"{name} is not on this machine, so nothing can be read through AT-SPI. {PACKAGES}")
    return found


class Desktop:
    """A screen of `size` pixels without a window manager, and both buses. `close` ends all three. Raises Missing.

    The screen is X11's: Qt tells a reader nothing from its offscreen platform.
    """

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        screen, daemon, launcher = (program(name) for name in ("Xvfb", "dbus-daemon", "at-spi-bus-launcher"))
        folder.mkdir(mode=0o700, exist_ok=True)
        self._started: list[subprocess.Popen[bytes]] = []
        self.environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder), "QT_QPA_PLATFORM": "xcb"}
        self.environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "GSETTINGS_BACKEND": "memory"}
        shape = f"{size[0]}x{size[1]}x24"
        number = self._said(screen, "-displayfd", "{fd}", "-screen", "0", shape, "-nolisten", "tcp")
        self.environment["DISPLAY"] = f":{number}"
        self.session_bus = self._said(daemon, "--session", "--nofork", "--nopidfile", "--print-address={fd}")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.session_bus
        self._start(launcher, "--launch-immediately")

    def close(self) -> None:
        for process in reversed(self._started):
            process.terminate()
        for process in reversed(self._started):
            process.wait(PATIENCE_SECONDS)

    def _start(self, *command: str, keep: int = -1) -> None:
        """A process of this desktop; its chatter is nobody's news."""
        quiet, kept = subprocess.DEVNULL, (keep,) if keep >= 0 else ()
        self._started.append(subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=quiet, pass_fds=kept))

    def _said(self, *command: str) -> str:
        """Start `command` and wait for the line that it writes to ``{fd}``: a screen's number, or a bus's address."""
        ours, theirs = os.pipe()
        self._start(*(word.replace("{fd}", str(theirs)) for word in command), keep=theirs)
        os.close(theirs)
        with os.fdopen(ours) as lines:
            said = lines.readline().strip()
        if not said:
            raise Missing(f"{command[0]} did not start, so nothing can be read through AT-SPI. {PACKAGES}")
        return said
