"""Hubs as processes of their own: one on SQLite, or several that share one PostgreSQL, with devices that may join."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tests.postgresql import Cluster

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Hubs:
    """The addresses of hubs that share their data in `data`, and in `database` (a postgresql:// address) or SQLite."""

    data: Path
    database: str
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    @property
    def where(self) -> list[str]:
        """The options that say which hub is meant."""
        return ["--data", str(self.data), *(("--database", self.database) if self.database else ())]

    def places(self, devices: int) -> list[str]:
        """A pairing code for each of so many devices; the survey is added."""
        return self._run("tests.stampede.first_day", str(self.data), self.database, str(devices)).split()

    def _run(self, *words: str, said: str = "") -> str:
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, input=said, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout

    def stored(self) -> list[tuple[str, bytes]]:
        """Every response the hubs keep: its id and its document, as the database has them."""
        query = "SELECT uuid, document FROM hub_response"
        if not self.database:
            with closing(sqlite3.connect(f"file:{self.data / 'hub.sqlite3'}?mode=ro", uri=True)) as database:
                return [(str(UUID(uuid)), bytes(document)) for uuid, document in database.execute(query)]
        import psycopg

        with psycopg.connect(self.database) as database:
            return [(str(uuid), bytes(document)) for uuid, document in database.execute(query)]

    def peak_megabytes(self) -> list[float]:
        """The most memory each process has held (resident, 10^6 bytes); nothing where the system does not tell."""
        return [peak for process in self.processes if (peak := peak_megabytes(process.pid))]


@contextmanager
def serving(data: Path, *, database: str = "", processes: int = 1) -> Iterator[Hubs]:
    """So many ``kiosk hub serve`` processes that start at the same moment, ended when the block ends."""
    hubs = Hubs(data, database)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    command = [sys.executable, "-m", "kiosk", "hub", "serve", "--port", "0", *hubs.where]
    with ExitStack() as ending:
        for _ in range(processes):
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
            ending.enter_context(process)
            ending.callback(process.terminate)
            hubs.processes.append(process)
        hubs.urls.extend(_address(process) for process in hubs.processes)
        yield hubs


@contextmanager
def sharing(cluster: Cluster, name: str, data: Path, processes: int = 2) -> Iterator[Hubs]:
    """Several hubs on one new database of `cluster`."""
    with serving(data, database=cluster.database(name), processes=processes) as hubs:
        yield hubs


def peak_megabytes(pid: int) -> float:
    """The most memory a process has held so far (Linux: VmHWM), 0 where the system does not tell."""
    return _kilobytes(pid, "VmHWM:") * 1024 / 1e6


def megabytes(pid: int) -> float:
    """The memory a process holds now (Linux: VmRSS), 0 where the system does not tell."""
    return _kilobytes(pid, "VmRSS:") * 1024 / 1e6


def _kilobytes(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Hub ready at "):
            return line.removeprefix("Hub ready at ").strip()
    raise RuntimeError(f"A hub ended before it was ready (status {process.wait()}).")
