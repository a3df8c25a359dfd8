"""``kiosk hub fill``: invented answers, to try a hub out at size."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import click

from kiosk.cli.hub import fail, set_up_hub, where


@click.command()
@where
@click.option("--answers", required=True, type=click.IntRange(1, 1_000_000_000), help="How many answers to questions.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same answers on the same day.")
@click.option("--sites", default=200, show_default=True, type=click.IntRange(1, 2000), help="How many sites.")
@click.option("--years", default=3, show_default=True, type=click.IntRange(1, 20), help="How many years up to today.")
def fill(data: Path, database: str, **wanted: int) -> None:
    """Fill a hub with invented answers, sites and devices. Never do this to a hub in use."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    began = monotonic()
    try:
        set_up_hub(HubConfig(data=data, database=database))
        from sync.hub.fill import fill as fill_hub

        done = fill_hub(answers=wanted["answers"], seed=wanted["seed"], sites=wanted["sites"], years=wanted["years"], say=_say)
    except HubError as problem:
        fail(problem)
    click.echo(f"{done.answers:,} answers in {done.responses:,} responses from {done.sites} sites, {done.comments:,} comments.")
    click.echo(f"From {done.first:%d %B %Y} to {done.last:%d %B %Y}. It took {monotonic() - began:.0f} seconds.")


def _say(line: str) -> None:
    click.echo(line, err=True)
