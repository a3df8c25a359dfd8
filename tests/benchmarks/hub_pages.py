"""`python -m tests.benchmarks.hub_pages`: how long each page of the hub takes, from 10^5 to 10^7 answers.

On SQLite and on PostgreSQL. Each hub is filled by ``kiosk hub fill`` over 200 sites and three years (``--folder`` keeps those
on SQLite for the next time), and asked in a process of its own, as an administrator and as the manager of twenty sites. A time
is the whole request without the network: middleware, queries, figures, template. Queries are counted in a request that is not
timed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tests.benchmarks.hub_pages_one import LIMIT_MS, Timed
from tests.postgresql import Cluster, NotHere, running

SIZES = (100_000, 1_000_000, 10_000_000)
ROOT = Path(__file__).resolve().parents[2]
TUNED = ("shared_buffers=512MB", "work_mem=32MB", "max_wal_size=4GB", "synchronous_commit=off", "maintenance_work_mem=256MB")
"""As a small server would be set; it keeps what it fills in a temporary folder."""


@click.command()
@click.option(
    "--answers", type=int, multiple=True, default=SIZES, show_default=True, help="How many; may be given more than once."
)
@click.option("--on", type=click.Choice(["sqlite", "postgresql"]), multiple=True, default=("sqlite", "postgresql"))
@click.option("--folder", type=click.Path(path_type=Path), help="Where filled hubs on SQLite are kept for the next time.")
@click.option("--rounds", default=7, show_default=True, help="Requests of each page; the first one more is not counted.")
def main(answers: tuple[int, ...], on: tuple[str, ...], folder: Path | None, rounds: int) -> None:
    """Fill hubs, ask for every page, print tables."""
    with tempfile.TemporaryDirectory() as temporary:
        found = [
            (f"{kind} {count:.0e}".replace("e+0", "e"), _timed(hub, rounds))
            for kind in on
            for count, hub in _hubs(kind, answers, folder or Path(temporary))
        ]
    print(_as_text(found))
    slow = [(name, one) for name, all_timed in found for one in all_timed if one.median_ms > LIMIT_MS]
    for name, one in slow:
        print(f"Slower than {LIMIT_MS} ms: {name}, {one.page}, {one.who}, {one.period}: {one.median_ms:.0f} ms")
    sys.exit(1 if slow else 0)


def _hubs(kind: str, answers: tuple[int, ...], folder: Path) -> Iterator[tuple[int, list[str]]]:
    """How many answers, and the options that say which hub holds them."""
    if kind == "sqlite":
        for count in answers:
            yield count, _filled(count, ["--data", str(folder / f"fill-{count:.0e}".replace("+0", ""))])
        return
    with _postgresql() as cluster:
        for count in answers:
            name = f"fill{count}"
            yield count, _filled(count, ["--data", str(folder / name), "--database", cluster.database(name)])
            cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _postgresql() -> Iterator[Cluster]:
    try:
        with running(*TUNED) as cluster:
            yield cluster
    except NotHere as missing:
        raise click.ClickException(f"{missing} Measure with --on sqlite.") from missing


def _filled(count: int, where: list[str]) -> list[str]:
    command = [sys.executable, "-m", "kiosk", "hub", "fill", "--answers", str(count), "--seed", "1", *where]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode and "are here already" not in ran.stderr:
        raise click.ClickException(ran.stderr)
    print(ran.stdout, end="", flush=True)
    return where


def _timed(where: list[str], rounds: int) -> list[Timed]:
    command = [sys.executable, "-m", "tests.benchmarks.hub_pages_one", *where, "--rounds", str(rounds)]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return [Timed(**row) for row in json.loads(ran.stdout)]


def _as_text(found: list[tuple[str, list[Timed]]]) -> str:
    """A line a page, a column a hub: median (worst) in milliseconds, and queries."""
    rows: dict[tuple[str, str, str], dict[str, Timed]] = {}
    for name, all_timed in found:
        for one in all_timed:
            rows.setdefault((one.page, one.who, one.period), {})[name] = one
    names = [name for name, _ in found]
    lines = [("page", "who", "period", *names, "queries")]
    for key, by_hub in rows.items():
        queries = sorted({one.queries for one in by_hub.values()})
        cells = [f"{by_hub[name].median_ms:.0f} ({by_hub[name].worst_ms:.0f})" if name in by_hub else "" for name in names]
        lines.append((*key, *cells, "-".join(map(str, sorted({queries[0], queries[-1]})))))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


if __name__ == "__main__":
    main()
