"""A real PostgreSQL of the test's own: made in a temporary folder, reached by a Unix socket in it, gone at the end.

Nothing listens on the network, and no server that runs on this machine already is touched. PostgreSQL refuses to run as
root, so root starts it as the system's `postgres`, or as `nobody`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROLE = "kiosk"
START_SECONDS = 120.0
DEBIAN = Path("/usr/lib/postgresql")
"""Debian keeps each version's programs here, and puts none of them on the PATH."""
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For tests that are not about a power cut."""


class NotHere(Exception):
    """There is no PostgreSQL on this machine that could be started, and why."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL: its folder, in which its socket lies, the folder of its programs, and who runs it."""

    folder: Path
    programs: Path
    runs_as: dict[str, Any]

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        self.sql(f'CREATE DATABASE "{name}"')
        return f"postgresql://{ROLE}@/{name}?host={quote(str(self.folder), safe='')}"

    def sql(self, statement: str, database: str = "postgres") -> list[str]:
        """What a statement answers, a line each."""
        command = [str(self.programs / "psql"), "-XAtqw", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", ROLE]
        told = subprocess.run([*command, "-d", database, "-c", statement], capture_output=True, text=True, check=True)
        return told.stdout.splitlines()


@contextmanager
def running(*settings: str) -> Iterator[Cluster]:
    """A cluster with these settings (``name=value``), stopped and deleted when the block ends. Raises NotHere."""
    programs = _programs()
    runs_as = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if runs_as:
            os.chown(folder, runs_as["user"], runs_as["group"])
        _make(programs, folder, runs_as)
        command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-h", ""]
        options = [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("wb") as log, subprocess.Popen([*command, *options], stderr=log, **runs_as) as server:
            try:
                yield _ready(Cluster(folder, programs, runs_as), server)
            finally:
                server.send_signal(signal.SIGINT)  # "fast": sessions are ended, everything is written
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder with initdb, postgres and psql: the newest of Debian's, else where the PATH finds them."""
    if sys.platform == "win32":
        raise NotHere("On Windows the tests start no PostgreSQL.")
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in (*versions, *([Path(on_path).resolve().parent] if on_path else [])):
        if all((folder / name).is_file() for name in ("initdb", "postgres", "psql")):
            return folder
    raise NotHere("PostgreSQL is not installed here (Debian: apt-get install postgresql).")


def _unprivileged() -> dict[str, Any]:
    """Who runs it, as arguments of Popen: nothing to say unless we are root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = known.get("postgres") or known.get("nobody")
    if somebody is None:
        raise NotHere("PostgreSQL refuses to run as root, and there is no other account to run it.")
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": [], "cwd": "/"}


def _make(programs: Path, folder: Path, runs_as: dict[str, Any]) -> None:
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", ROLE, "--auth=trust", "--encoding=UTF8"]
    locale = ["--locale=C", "--no-sync"]  # trust: whoever may enter this folder is us
    made = subprocess.run([*command, *locale], capture_output=True, text=True, check=False, **runs_as)
    if made.returncode:
        raise RuntimeError(f"PostgreSQL could not be set up: {made.stderr.strip()}")


def _ready(cluster: Cluster, server: subprocess.Popen[bytes]) -> Cluster:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            cluster.sql("SELECT 1")
        except subprocess.CalledProcessError:
            time.sleep(0.05)
        else:
            return cluster
    raise RuntimeError(f"PostgreSQL did not start: {(cluster.folder / 'log').read_text(errors='replace')[-500:]}")
