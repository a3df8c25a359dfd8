"""`python -m tests.stampede`: exit status 0 when every response is there exactly once."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from tests.postgresql import NotHere, running
from tests.stampede.hubs import serving, sharing
from tests.stampede.run import Outcome, stampede
from tests.stampede.year import year_offline

ON_DISK = Path(".benchmarks")  # in the project, so on a disk: the system's temporary folder may be memory


@click.command()
@click.option("--devices", default=1000, show_default=True)
@click.option("--each", default=100, show_default=True, help="Responses that wait on each device.")
@click.option("--seed", default=1, show_default=True)
@click.option("--responses", default=100_000, show_default=True, help="What waits on a kiosk after a year offline.")
@click.option("--attempts", default=10_000, show_default=True, help="How often it has tried in vain.")
@click.option("--only", type=click.Choice(["year", "sqlite", "postgresql"]), multiple=True, help="Only this.")
def main(devices: int, each: int, responses: int, attempts: int, *, seed: int, only: tuple[str, ...]) -> None:
    """Let a thousand kiosks come back at once, and one after a year; then count."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the key store of whoever runs this is theirs
    ON_DISK.mkdir(exist_ok=True)
    parts: dict[str, Callable[[Path], bool]] = {
        "year": lambda folder: a_year(folder, responses, attempts, seed),  # first: it tells how much memory this process holds
        "sqlite": lambda folder: on_sqlite(folder, devices, each, seed),
        "postgresql": lambda folder: on_postgresql(folder, devices, each, seed),
    }
    good = True
    for part in only or parts:
        with tempfile.TemporaryDirectory(prefix="stampede-", dir=ON_DISK) as folder:
            good &= parts[part](Path(folder).resolve())
    sys.exit(0 if good else 1)


def on_sqlite(folder: Path, devices: int, each: int, seed: int) -> bool:
    """Whether everything is there exactly once."""
    with serving(folder / "hub") as hubs:
        return told(f"{devices:,} devices x {each} (seed {seed}), one hub on SQLite", stampede(hubs, devices, each, seed))


def on_postgresql(folder: Path, devices: int, each: int, seed: int) -> bool:
    """The same with every commit forced to the disk, as on SQLite."""
    title = f"{devices:,} devices x {each} (seed {seed}), two hubs on one PostgreSQL"
    try:
        with running() as cluster, sharing(cluster, "stampede", folder / "hub") as hubs:
            return told(title, stampede(hubs, devices, each, seed))
    except NotHere as missing:
        print(f"Left out: {title}. {missing}")
        return True


def a_year(folder: Path, responses: int, attempts: int, seed: int) -> bool:
    """One kiosk's backlog; whether it is there exactly once."""
    with serving(folder / "hub") as hubs:
        year = year_offline(hubs, folder / "outbox.sqlite", responses, attempts, seed)
    print(
        f"A year offline: {responses:,} responses wait (seed {seed})",
        *(f"  {line}" for line in year.lines()),
        "",
        sep="\n",
        flush=True,
    )
    return year.whole


def told(title: str, outcome: Outcome) -> bool:
    print(title, *(f"  {line}" for line in outcome.lines()), "", sep="\n", flush=True)
    return outcome.counted.exactly_once and outcome.all_sent


if __name__ == "__main__":
    main()
