"""``kiosk hub response``: one person's response, taken away as a file or deleted, by its id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from kiosk.cli.hub import fail, set_up_hub, where

if TYPE_CHECKING:
    from sync.hub.models import Response

ID = click.argument("identity", metavar="ID", type=click.UUID)


@click.group()
def response() -> None:
    """One response: show or delete it, when the person it came from asks."""


@response.command()
@ID
@where
def show(identity: UUID, data: Path, database: str) -> None:
    """Print the response as it came: a FHIR QuestionnaireResponse in JSON."""
    found = _found(identity, data, database)
    from sync.hub.people import actions

    actions.note_here("took away one response")
    click.echo(bytes(found.document).decode())


@response.command()
@ID
@where
@click.confirmation_option(prompt="Delete this response for good?", help="Do not ask.")
def delete(identity: UUID, data: Path, database: str) -> None:
    """Delete the response and its words for good. Counts stay: they tell of nobody."""
    found = _found(identity, data, database)
    from django.utils import timezone

    from sync.hub.people import actions
    from sync.hub.running import forgetting

    forgetting.delete(found, timezone.now())
    actions.note_here("deleted one response, as was asked")
    click.echo(f"{identity} is deleted. It is not taken in again.")


def _found(identity: UUID, data: Path, database: str) -> Response:
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError

    try:
        set_up_hub(HubConfig(data=data, database=database))
    except HubError as problem:
        fail(problem)
    from sync.hub.running import forgetting

    found = forgetting.find(identity)
    if found is None:
        fail(f"No response here has the id {identity}.")
    return found
