"""The ``kiosk`` command. Each group of commands is a module here, imported only when it is called: a kiosk starts fast."""

from __future__ import annotations

import click

from kiosk import __version__
from kiosk.cli.lazily import Lazily

COMMANDS = {
    "run": "kiosk.cli.run:run",
    "demo": "kiosk.cli.run:demo",
    "survey": "kiosk.cli.survey:survey",
    "response": "kiosk.cli.response:response",
    "status": "kiosk.cli.device:status",
    "sync": "kiosk.cli.device:sync",
    "export": "kiosk.cli.handover:export",
    "pair": "kiosk.cli.pairing:pair",
    "pin": "kiosk.cli.device:pin",
    "doctor": "kiosk.cli.device:doctor",
    "autostart": "kiosk.cli.autostart:autostart",
    "hub": "kiosk.cli.hub:hub",
}
"""Every command, and where it stands."""


@click.group(cls=Lazily, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, prog_name="kiosk")
def commands() -> None:
    """Asks patients about their care, keeps the answers safe, and sends each exactly once."""
