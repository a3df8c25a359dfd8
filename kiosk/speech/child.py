"""The child process as the parent holds it: started, written to, heard from, ended. Nothing here knows about speech."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from kiosk.speech.lines import FromChild, Render, from_child, line

ENDING_SECONDS = 1.0


def worker_command() -> tuple[str, ...]:
    """How this build starts its own speech worker: from source, or frozen (the program runs itself)."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "--speech-worker")
    return (sys.executable, "-m", "kiosk.speech.worker")


class Child:
    """One run of the worker. `heard` gets each message, and None once when the child has ended; from a thread of ours."""

    def __init__(self, command: Sequence[str], heard: Callable[[Child, FromChild | None], None]) -> None:
        """Raises OSError when the command cannot be started."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # an engine may print what it speaks
            env=_environment(),
            start_new_session=True,  # Ctrl+C in a terminal is for the parent to handle
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._process.pid
        self._heard = heard
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), name="speech-reader", daemon=True)
        self._reader.start()

    def send(self, message: Render) -> None:
        """Write one line. A child that has gone is not an error here: its end is heard anyway."""
        if self._process.stdin:
            with suppress(OSError, ValueError):
                self._process.stdin.write(line(message))
                self._process.stdin.flush()

    def end(self) -> None:
        """Kill it and collect it; at most about two seconds."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING_SECONDS)
        self._reader.join(ENDING_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and not self._reader.is_alive():
                with suppress(OSError):
                    pipe.close()

    def _read(self, answers: IO[bytes] | None) -> None:
        # A pipe cannot be waited for with a time limit on every system, so this thread waits without one.
        with suppress(OSError, ValueError, msgspec.DecodeError):  # a child that talks nonsense is as good as dead
            for raw in answers or ():
                self._heard(self, from_child(raw))
        self._heard(self, None)


def _environment() -> dict[str, str]:
    """Ours, and from source the folder that holds `kiosk`, so that the child finds it wherever we were started."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        here = str(Path(__file__).resolve().parents[2])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (here, environment.get("PYTHONPATH"))))
    return environment
