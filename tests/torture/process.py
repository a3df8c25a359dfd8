"""A child process that the driver listens to, and kills without a goodbye."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Stuck(Exception):
    """A process did not do in time what it was waited for."""


class Process:
    """``python -m MODULE ARGUMENTS``, started again as often as it was killed. `heard` is told each of its lines."""

    def __init__(self, command: tuple[str, ...], log: Path, heard: Callable[[str], None]) -> None:
        self._command = [sys.executable, "-X", "faulthandler", "-m", *command]
        self._log, self._heard = log, heard
        self._changed = threading.Condition()
        self._life = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._ear: threading.Thread | None = None
        self._lines: list[str] = []
        self.kills = 0
        self.was_killed = False
        """Whether the one that was started last ended by us."""

    def __repr__(self) -> str:
        return " ".join(self._command[4:7])

    @property
    def is_alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def status(self) -> int | None:
        """How it ended: an exit status, or the number of a signal below zero."""
        return self._child.poll() if self._child else None

    def ensure(self) -> None:
        """Start it unless it runs."""
        with self._life:
            if not self.is_alive:
                self._bury()
                self._start()

    def _start(self) -> None:
        self._lines, self.was_killed = [], False
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "default"}
        with self._log.open("a") as log:
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT, env=environment
            )
        self._ear = threading.Thread(target=self._listen, args=(self._child,), name="ear", daemon=True)
        self._ear.start()

    def say(self, line: str) -> None:
        """One line to the process; one that is gone hears nothing."""
        child = self._child
        if child is not None and child.stdin is not None:
            with suppress(OSError):
                child.stdin.write(f"{line}\n")
                child.stdin.flush()

    def kill(self) -> None:
        """SIGKILL, from any thread; when this returns it is dead."""
        with self._life:
            if self._child is not None and self.is_alive:
                self.kills += 1
                self.was_killed = True
                self._child.send_signal(signal.SIGKILL)
                self._child.wait(30)

    def end(self) -> None:
        """Gone for good."""
        self.kill()
        with self._life:
            self._bury()

    def wait_for(self, beginning: str, seconds: float) -> str | None:
        """The line that begins so, once it was heard; None when the process ended first. Raises Stuck."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                found = next((line for line in self._lines if line.startswith(beginning)), None)
                if found is not None or not self._is_listening():
                    return found
                if not self._changed.wait(max(0.0, end - time.monotonic())):
                    raise Stuck(f"{self!r}: nothing that begins with {beginning!r} within {seconds:.0f} seconds.")

    def forget(self, line: str) -> None:
        """Wait for the next of these lines, not for one that was heard."""
        with self._changed:
            self._lines = [other for other in self._lines if other != line]

    def _is_listening(self) -> bool:
        return self._ear is not None and self._ear.is_alive()

    def _listen(self, child: subprocess.Popen[str]) -> None:
        assert child.stdout is not None
        for line in child.stdout:
            if line.endswith("\n"):  # half a line is what a killed process leaves
                self._heard(line.strip())
                with self._changed:
                    self._lines.append(line.strip())
                    self._changed.notify_all()
        with self._changed:
            self._ear = None
            self._changed.notify_all()

    def _bury(self) -> None:
        child, ear = self._child, self._ear
        if child is None:
            return
        child.wait(30)
        if ear is not None:
            ear.join(30)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._child = None
