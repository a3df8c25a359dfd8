"""`python -m tests.benchmarks`: prints the table. `--only drawing|saving|sending` and `--rounds N` make it shorter."""

from __future__ import annotations

from collections.abc import Callable

import click

from tests.benchmarks import drawing, saving
from tests.benchmarks.table import Row, as_text

PARTS: dict[str, Callable[[int], list[Row]]] = {"drawing": drawing.measure, "saving": saving.measure}


@click.command()
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Measure only this.")
@click.option("--rounds", default=5, show_default=True, help="Starts of each program.")
def main(only: tuple[str, ...], rounds: int) -> None:
    """Measure the kiosk beside what it could be compared with."""
    print(as_text(row for part in only or PARTS for row in PARTS[part](rounds)))
    print("\nRatio: how many times more the other takes.")


main()
