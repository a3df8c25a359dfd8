"""The parent process: starts the kiosk again when it crashes or hangs, and never after a deliberate exit.

The kiosk says :data:`ALIVE` on its standard output from its GUI thread; anything else it says is passed on. Silence for
too long means that the screen is frozen: the kiosk is killed and started again. No Qt here, so that nothing that breaks
the kiosk can break this.
"""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

ALIVE = "alive"
USAGE = 2
"""The exit status of a program that was called wrongly: trying again changes nothing."""
ALIVE_SECONDS = 5
"""How often a healthy kiosk says so."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the parent waits: for a sign of life, and before the next start after a crash."""

    silence_seconds: float = 30.0
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 30.0
    healthy_seconds: float = 60.0
    """Whoever ran this long before crashing starts again without a growing pause."""


class Supervisor:
    """Keeps one program running. `run` returns its exit status once it ends on purpose."""

    def __init__(self, command: Sequence[str], patience: Patience = Patience(), say: Callable[[str], None] = print) -> None:
        self._command, self._patience, self._say = list(command), patience, say
        self._stopping = threading.Event()
        self._child: subprocess.Popen[str] | None = None
        self.starts = 0

    def run(self) -> int:
        """Start the program, again and again, until it exits on purpose, or for a wrong option, or :meth:`stop` is called."""
        crashes = 0
        while True:
            began = time.monotonic()
            status = self._run_once()
            if status in {0, USAGE} or self._stopping.is_set():
                return max(status, 0)
            crashes = 1 if time.monotonic() - began > self._patience.healthy_seconds else crashes + 1
            pause = self._patience.first_pause_seconds * 2 ** min(crashes - 1, 16)
            print(f"The kiosk ended unexpectedly (status {status}); it is started again.", file=sys.stderr)  # noqa: T201
            if self._stopping.wait(min(pause, self._patience.longest_pause_seconds)):
                return 0

    def stop(self) -> None:
        """End the program and do not start it again. Safe to call from a signal handler."""
        self._stopping.set()
        if self._child:
            self._child.terminate()

    def _run_once(self) -> int:
        self.starts += 1
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True) as child:
            self._child = child
            assert child.stdout is not None  # noqa: S101 - asked for above
            threading.Thread(target=_read, args=(child.stdout, lines), daemon=True).start()
            while (line := self._next(lines, child)) is not None:
                if line != ALIVE:
                    self._say(line)
        return child.returncode

    def _next(self, lines: queue.SimpleQueue[str | None], child: subprocess.Popen[str]) -> str | None:
        try:
            return lines.get(timeout=self._patience.silence_seconds)
        except queue.Empty:
            child.kill()
            return lines.get()


def _read(stream: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    for line in stream:
        lines.put(line.rstrip("\n"))
    lines.put(None)


def supervise(arguments: Sequence[str]) -> int:
    """Run ``kiosk run`` with `arguments` in a child process and keep it running; the exit status for our own caller."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "kiosk"]
    supervisor = Supervisor([*own, "run", "--supervised", *arguments], say=lambda line: print(line, flush=True))  # noqa: T201
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), lambda *_: supervisor.stop())
    return supervisor.run()
