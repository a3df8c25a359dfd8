"""``kiosk hub staff``: accounts made and mended on the hub's own computer, where nobody signs in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.hub import fail, set_up_hub, where

ROLES = ("administrator", "analyst", "site-manager", "viewer")


@click.group()
def staff() -> None:
    """Accounts of people who look at results."""


@staff.command()
@click.argument("name")
@where
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of the input.")
@click.option(
    "--role", type=click.Choice(ROLES), help="Without it the first account is an administrator, a later one a viewer."
)
@click.option(
    "--site",
    "site_names",
    multiple=True,
    metavar="NAME",
    help="A site they see; may be said again. A viewer sees all without it.",
)
@click.option("--administrator", is_flag=True, help="The same as --role administrator.")
def add(name: str, data: Path, database: str, password_stdin: bool, administrator: bool, **place: object) -> None:
    """Make an account. Works while the hub runs."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    role = "administrator" if administrator else str(place["role"] or "")
    names = place["site_names"] if isinstance(place["site_names"], tuple) else ()
    try:
        set_up_hub(HubConfig(data=data, database=database))
        from sync.hub.people import accounts, actions

        duty = _duty(role, names)
        user = accounts.add(name, _password(from_stdin=password_stdin), duty)
        actions.note_here(f"made the account {user.username}")
    except HubError as problem:
        fail(problem)
    click.echo(f"{user.username} can sign in now, as {user.member.get_role_display().lower()}.")


@staff.command()
@click.argument("name")
@where
@click.option("--password-stdin", is_flag=True, help="Read the new password from the first line of the input.")
def reset(name: str, data: Path, database: str, password_stdin: bool) -> None:
    """Give NAME a new password and no second step: for an administrator who is locked out. Works while the hub runs."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    try:
        set_up_hub(HubConfig(data=data, database=database))
        from sync.hub.people import accounts, actions

        user = accounts.reset(name, _password(from_stdin=password_stdin))
        actions.note_here(f"gave {user.username} a new password and no second step")
    except HubError as problem:
        fail(problem)
    click.echo(f"{user.username} can sign in with the new password, and sets up a second step then.")


def _duty(role: str, names: tuple[str, ...]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - its type comes with Django
    """What the options say; None where they say nothing. Raises AccountRefused."""
    from sync.hub.errors import AccountRefused
    from sync.hub.models import Site
    from sync.hub.people import accounts

    if not role and not names:
        return None
    sites = list(Site.objects.filter(name__in=names))
    missing = sorted(set(names) - {site.name for site in sites})
    if missing:
        raise AccountRefused(f"There is no site named {missing[0]}.")
    return accounts.duty(role or "viewer", sites, everywhere=not names)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
