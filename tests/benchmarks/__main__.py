"""`python -m tests.benchmarks`: prints the table. `--only drawing|saving|sending` and `--rounds N` make it shorter."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from tests.benchmarks import drawing, saving, sending
from tests.benchmarks.table import Row, as_text

PARTS: dict[str, Callable[[int], list[Row]]] = {
    "drawing": drawing.measure,
    "saving": saving.measure,
    "sending": sending.measure,
}


@click.command()
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Measure only this.")
@click.option("--rounds", default=5, show_default=True, help="Starts of each program.")
def main(only: tuple[str, ...], rounds: int) -> None:
    """Measure the kiosk beside what it could be compared with."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the key store of whoever runs this is theirs
    print(as_text(row for part in only or PARTS for row in PARTS[part](rounds)))
    print("\nTimes better: the other's median by ours, or the other way round where more is better: above 1, ours wins.")


main()
