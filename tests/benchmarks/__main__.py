"""`python -m tests.benchmarks`: prints the table. `--only drawing|saving|sending|waiting` and `--rounds N` make it shorter."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from tests.benchmarks import drawing, saving, sending, waiting
from tests.benchmarks.table import as_text

BETTER = "Times better: the other's median by ours, or the other way round where more is better: above 1, ours wins."
PARTS: dict[str, Callable[[int], str]] = {
    "drawing": lambda rounds: f"{as_text(drawing.measure(rounds))}\n{BETTER}",
    "saving": lambda rounds: f"{as_text(saving.measure(rounds))}\n{BETTER}",
    "sending": sending.measure,
    "waiting": waiting.measure,
}


@click.command()
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Measure only this.")
@click.option("--rounds", default=5, show_default=True, help="Starts of each program.")
def main(only: tuple[str, ...], rounds: int) -> None:
    """Measure the kiosk beside what it could be compared with."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the key store of whoever runs this is theirs
    for part in only or PARTS:
        print(part.capitalize(), PARTS[part](rounds), "", sep="\n", flush=True)


main()
