"""`python -m tests.benchmarks.exporting`: what it takes a hub to give whole responses away, and how much memory (Linux).

Fills a hub with so many answers to questions, serves it as in life, takes every kind of file over HTTP, and looks at the hub's
resident memory meanwhile. Flat means: ten times the answers, the same peak.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

import click

from tests import postgresql
from tests.benchmarks.memory import PROC
from tests.hub_people import PASSWORD, RECOVERY_CODES, Staff

KINDS = ("csv", "json", "ndjson", "xlsx")
LOOK_SECONDS = 0.05
FILL = """
import json, sys
from pathlib import Path
from sync.hub.config import HubConfig
from sync.hub.start import set_up
set_up(HubConfig(data=Path(sys.argv[1]), database=sys.argv[2]))
from sync.hub.people import accounts, second_factor
from sync.hub.fill import fill
from tests.hub_people import PASSWORD, SECRET
fill(answers=int(sys.argv[3]), seed=1, sites=20, years=1)
user = accounts.add("Ada", PASSWORD, None)
second_factor.take_phone(user, SECRET)
print(json.dumps(second_factor.new_codes(user)))
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One file taken. Resident memory of the hub in MB (10^6 bytes): before, and the most meanwhile."""

    engine: str
    answers: int
    kind: str
    seconds: float
    first_byte_seconds: float
    file_mb: float
    before_mb: float
    peak_mb: float


@click.command()
@click.option("--answers", multiple=True, type=int, default=(100_000, 1_000_000), show_default=True)
@click.option("--engine", multiple=True, type=click.Choice(["sqlite", "postgresql"]), default=("sqlite", "postgresql"))
@click.option("--kind", multiple=True, type=click.Choice(KINDS), default=KINDS)
def main(answers: tuple[int, ...], engine: tuple[str, ...], kind: tuple[str, ...]) -> None:
    """Print a table: seconds, size and memory by engine, number of answers and kind of file."""
    heads = ("Engine", "Answers", "File", "Seconds", "First byte, s", "MB of file", "Hub before, MB", "Hub at most, MB")
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    for name in engine:
        with _database(name) as address:
            for count in answers:
                database = address(f"hub{count}")
                for taken in _measure(name, database, count, kind):
                    figures = (taken.seconds, taken.first_byte_seconds, taken.file_mb, taken.before_mb, taken.peak_mb)
                    cells = (name, f"{count:,}", taken.kind, *(f"{figure:.1f}" for figure in figures))
                    print("| " + " | ".join(cells) + " |", flush=True)


@contextmanager
def _database(engine: str) -> Iterator:  # type: ignore[type-arg]
    if engine == "sqlite":
        yield lambda _: ""
        return
    with postgresql.running(*postgresql.QUICK) as cluster:
        yield cluster.database


def _measure(engine: str, database: str, answers: int, kinds: tuple[str, ...]) -> Iterator[Taken]:
    with tempfile.TemporaryDirectory() as folder:
        filled = [sys.executable, "-c", FILL, folder, database, str(answers)]
        codes = json.loads(subprocess.run(filled, check=True, stdout=subprocess.PIPE, text=True).stdout)
        for kind in kinds:  # a fresh hub each, so that one kind's memory is not another's
            with _hub(folder, database) as (url, pid):
                RECOVERY_CODES[url, "Ada"] = codes
                staff = Staff(url)
                staff.sign_in("Ada", PASSWORD)
                yield _take(staff, pid, engine, answers, kind)


@contextmanager
def _hub(folder: str, database: str) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "kiosk", "hub", "serve", "--data", folder, "--port", "0", "--database", database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hub:
        assert hub.stdout is not None
        line = next(line for line in hub.stdout if "Hub ready at" in line)
        try:
            yield line.split()[-1], hub.pid
        finally:
            hub.terminate()


def _take(staff: Staff, pid: int, engine: str, answers: int, kind: str) -> Taken:
    page = "/exports/share-for-better-care"
    staff.see(page)
    before, done, peaks = _resident_mb(pid), threading.Event(), [0.0]

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            peaks.append(_resident_mb(pid))

    looking = threading.Thread(target=look)
    looking.start()
    began, size, first = monotonic(), 0, 0.0
    token = staff.session.cookies.get("csrftoken") or ""
    headers = {"X-CSRFToken": token, "Referer": staff.url}
    path = f"{page}/file?from=2020-01-01&to=2030-01-01"
    with staff.session.post(staff.url + path, {"kind": kind}, headers=headers, stream=True, timeout=3600) as reply:
        reply.raise_for_status()
        for piece in reply.iter_content(1_000_000):
            first = first or monotonic() - began
            size += len(piece)
    seconds = monotonic() - began
    done.set()
    looking.join()
    return Taken(engine, answers, kind, seconds, first, size / 1e6, before, max(peaks))


def _resident_mb(pid: int) -> float:
    lines = (PROC / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / 1e6


if __name__ == "__main__":
    main()
