"""``kiosk autostart``: one click starts the kiosk, or nobody has to click at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.device import data_option
from kiosk.cli.sentences import in_sentences

if TYPE_CHECKING:
    from kiosk.app.autostart import Done, Machine, Purpose

AT_SIGN_IN = {
    "written": "Wrote {path}. The kiosk starts when somebody signs in here.",
    "unchanged": "{path} is there already. The kiosk starts when somebody signs in here.",
    "removed": "Removed {path}. The kiosk no longer starts at sign-in.",
    "absent": "The kiosk does not start at sign-in: there is no {path}.",
}
AS_ICON = {
    "written": "Wrote {path}. It is the icon that opens the kiosk.",
    "unchanged": "{path} is there already. It is the icon that opens the kiosk.",
    "removed": "Removed {path}.",
    "absent": "There is no icon to remove: {path}.",
}
NOT_OURS = "{path} was not written by this command, so it stays as it is. Move it away if you do not need it."


@click.command()
@click.argument("wanted", type=click.Choice(["on", "off"]), metavar="on|off")
@click.option("--icon-only", is_flag=True, help="With on: the icon to click, but no start at sign-in.")
@data_option
@in_sentences
def autostart(wanted: str, *, icon_only: bool, data: Path | None) -> None:
    """Put an icon there that opens the kiosk with one click, and start it whenever this account signs in.

    Needs no administrator and never shows a terminal. "off" removes what "on" wrote, and nothing else.

    Linux: an entry in the menu of programs, and one in the autostart folder. Windows: a script on the desktop, and one in the
    Startup folder. macOS: a launch agent for the start at sign-in, and no icon.

    Not tried on Windows and macOS: there was no such machine. A kiosk that is locked down starts another way: see INSTALL.md.
    """
    from kiosk.app.autostart import settle, starters, this_program

    if icon_only and wanted == "off":
        raise click.UsageError("--icon-only belongs to on.")
    purposes: frozenset[Purpose] = (
        frozenset() if wanted == "off" else frozenset(("icon",) if icon_only else ("icon", "sign-in"))
    )
    done = settle(starters(this_program(data), _this_machine()), purposes)
    for one in done:
        click.echo(_told(one), err=one.outcome == "not-ours")
    if wanted == "on" and any(one.outcome == "not-ours" for one in done):
        sys.exit(1)


def _this_machine() -> Machine:
    from platformdirs import user_desktop_path

    from kiosk.app.autostart import Machine

    return Machine(sys.platform, Path.home(), user_desktop_path(), os.environ)


def _told(done: Done) -> str:
    sentences = AS_ICON if done.starter.purpose == "icon" else AT_SIGN_IN
    return sentences.get(done.outcome, NOT_OURS).format(path=done.starter.path)
