"""The ``kiosk`` command. Each group of commands is a module here, imported only when it is called: a kiosk starts fast."""

from __future__ import annotations

import importlib

import click

from kiosk import __version__

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
    "hub": "kiosk.cli.hub:hub",
}
"""Every command, and where it stands."""


class _Commands(click.Group):
    """Finds a command's module when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - a wrong table is our own mistake
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, prog_name="kiosk")
def commands() -> None:
    """Asks patients about their care, keeps the answers safe, and sends each exactly once."""
