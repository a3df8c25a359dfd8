"""``kiosk hub``: the centre that ships here. Django is imported only when a command needs it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import platformdirs

from kiosk.cli.lazily import Lazily

if TYPE_CHECKING:
    from sync.hub.taking_in.handover import Taken

Command = Callable[..., Any]


def where(command: Command) -> Command:
    """The options that say which hub is meant."""
    data = click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        default=lambda: Path(platformdirs.user_data_dir("feedback-kiosk", appauthor=False)) / "hub",
        help="Directory for the hub's data. Made if it is missing.",
    )
    database = click.option(
        "--database", metavar="URL", default="", help="postgresql://user:password@host:5432/name, instead of SQLite."
    )
    return data(database(command))


COMMANDS = {
    "report": "kiosk.cli.hub_report:report",
    "staff": "kiosk.cli.hub_staff:staff",
    "due": "kiosk.cli.hub_due:due",
    "backup": "kiosk.cli.hub_backup:backup",
    "restore": "kiosk.cli.hub_backup:restore",
    "response": "kiosk.cli.hub_response:response",
    "fill": "kiosk.cli.hub_fill:fill",
    "export": "kiosk.cli.hub_export:export",
}
"""Commands of the hub with a module of their own."""


@click.group(cls=Lazily, table=COMMANDS)
def hub() -> None:
    """The centre: devices, surveys, responses and results."""


@hub.command()
@where
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for every network.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
@click.option("--public-url", metavar="URL", default="", help="The address devices use, when a proxy with TLS stands in front.")
@click.option("--log", type=click.Choice(["plain", "json"]), default="plain", show_default=True, help="json: a line a request.")
@click.option(
    "--second-step",
    type=click.Choice(["not-viewers", "everyone"]),
    default="not-viewers",
    show_default=True,
    help="Who must sign in with a second step.",
)
@click.option(
    "--oidc",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file that names another sign-in service (OpenID Connect).",
)
@click.option(
    "--mail",
    metavar="URL",
    envvar="KIOSK_HUB_MAIL",
    default="",
    help="The mail server: smtp+starttls://user:password@host:587. Others cannot see it in the variable KIOSK_HUB_MAIL.",
)
@click.option(
    "--mail-from", metavar="ADDRESS", envvar="KIOSK_HUB_MAIL_FROM", default="", help="The address that mail comes from."
)
def serve(**options: Any) -> None:
    """Serve the hub. The first start makes everything it needs."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError
    from sync.hub.serve import serve as serve_hub

    config = HubConfig(**options)
    try:
        set_up_hub(config)
        serve_hub(config, _say_ready)
    except HubError as problem:
        fail(problem)


@hub.group()
def device() -> None:
    """Devices that send answers to this hub."""


@device.command("add")
@where
@click.option("--site", required=True, help="Where the device stands: the name of the practice, ward or clinic.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the output: code, site, minutes.")
def add_device(data: Path, database: str, site: str, as_json: bool) -> None:
    """Print a pairing code for one new device. Works while the hub runs."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    try:
        set_up_hub(HubConfig(data=data, database=database))
    except HubError as problem:
        fail(problem)
    from django.utils import timezone

    from sync.hub.people import actions
    from sync.hub.places import devices

    place = devices.site_named(site)
    code = devices.offer_place(place, timezone.now())
    actions.note_here(f"made a pairing code for {place}")
    click.echo(json.dumps({"code": code, "site": place.name, "minutes": devices.CODE_MINUTES}) if as_json else code)


@hub.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@where
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the output.")
def import_file(file: Path, data: Path, database: str, as_json: bool) -> None:
    """Take in FILE, which a kiosk wrote with "kiosk export". What came already is recognised. Works while the hub runs."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    try:
        set_up_hub(HubConfig(data=data, database=database))
        from django.utils import timezone

        from sync.hub.people import actions
        from sync.hub.taking_in import handover

        taken = handover.take_in(file, data, timezone.now())
    except HubError as problem:
        fail(problem)
    actions.note_here(f"took in {taken}")
    _say_taken(taken, as_json=as_json)
    sys.exit(0 if taken.settled else 1)


def _say_taken(taken: Taken, *, as_json: bool) -> None:
    if as_json:
        refused = [{"id": identity, "at": place} for identity, place in taken.refused]
        told = {"device": taken.device.name, "site": taken.device.site.name, "new": taken.new, "known": taken.known}
        click.echo(json.dumps(told | {"differing": taken.differing, "refused": refused}))
        return
    click.echo(f"From {taken.device} at {taken.device.site}.")
    click.echo(f"New:          {taken.new}")
    click.echo(f"Here already: {taken.known}")
    click.echo(f"Differing:    {len(taken.differing)}")
    click.echo(f"Refused:      {len(taken.refused)}")
    for identity in taken.differing:
        click.echo(f"  {identity}: this id is kept already, and it says something else.")
    for identity, place in taken.refused:
        click.echo(f"  {identity}: it does not fit its survey, at {place}.")


def set_up_hub(config: Any) -> None:
    """Django and the hub's database, ready for use in this process. Raises HubError."""
    try:
        from sync.hub.start import set_up
    except ImportError as missing:
        fail(f"The hub needs more packages than the kiosk: {missing.name} is missing. Install feedback-kiosk[hub].")
    os.umask(0o077)  # what the hub keeps is for its owner alone
    set_up(config)


def _say_ready(address: str) -> None:
    from sync.hub.people import accounts

    code = accounts.set_up_code()
    if code:
        click.echo(f"There is no account yet. Make the first one here: {address}/set-up/{code}")
    click.echo(f"Hub ready at {address}")
    sys.stdout.flush()


def fail(problem: object) -> NoReturn:
    """Say what is wrong and leave with 1."""
    click.echo(str(problem), err=True)
    raise SystemExit(1)
