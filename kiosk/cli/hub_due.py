"""``kiosk hub due``: what a serving hub does by itself, once, for those who start it from cron."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.hub import fail, set_up_hub, where


@click.command()
@where
@click.option("--mail", envvar="KIOSK_HUB_MAIL", default="", help="The mail server, as for serve.")
@click.option("--mail-from", envvar="KIOSK_HUB_MAIL_FROM", default="", help="The address that mail comes from.")
def due(data: Path, database: str, mail: str, mail_from: str) -> None:
    """Do once what is due: tell of quiet devices, and the like. A serving hub does this itself."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    try:
        set_up_hub(HubConfig(data=data, database=database, mail=mail, mail_from=mail_from))
    except HubError as problem:
        fail(problem)
    from django.utils import timezone

    from sync.hub.running.due import run

    done = run(timezone.now())
    click.echo("\n".join(done) if done else "Nothing is due.")
