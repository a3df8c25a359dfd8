"""A hub of our own for the demonstration: a child process, with an account and a paired device."""

from __future__ import annotations

import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

READY = "Hub ready at "
ENDING_SECONDS = 10


class DemoFailed(Exception):
    """The demonstration cannot go on; the message says why."""


@dataclass(frozen=True)
class Account:
    """A member of staff who can read the results."""

    name: str
    password: str


class HubProcess:
    """``kiosk hub serve`` as a child process. Use it in a ``with`` block; `url` is where it listens."""

    def __init__(self, data: Path, port: int) -> None:
        self._data = data
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        command = [*kiosk_command(), "hub", "serve", "--data", str(self._data), "--port", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        for line in self._process.stdout:
            if line.startswith(READY):
                self.url = line.removeprefix(READY).strip()
                return self
        raise DemoFailed("The hub did not start; its reason stands above.")

    def __exit__(self, *_: object) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    @property
    def pid(self) -> int | None:
        """The hub's process, None before it started."""
        return self._process.pid if self._process else None

    @property
    def where(self) -> list[str]:
        """The options that say which hub is meant."""
        return ["--data", str(self._data)]

    def new_account(self, name: str, role: str = "viewer") -> Account:
        """An account with a password nobody else knows. A viewer reads results without a second step."""
        account = Account(f"{name}-{secrets.token_hex(2)}", secrets.token_urlsafe(12))
        self._ask("staff", "add", account.name, "--password-stdin", "--role", role, said=account.password + "\n")
        return account

    def pairing_code(self, site: str) -> str:
        """A one-time code for a new device at `site`."""
        return self._ask("device", "add", "--site", site).strip()

    def _ask(self, *arguments: str, said: str = "") -> str:
        command = [*kiosk_command(), "hub", *arguments, *self.where]
        done = subprocess.run(command, input=said, capture_output=True, text=True, check=False)
        if done.returncode:
            raise DemoFailed(done.stderr.strip())
        return done.stdout


def kiosk_command() -> list[str]:
    """How this very program is called again."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "kiosk"]
