"""Commands for one device: ``status``, ``sync``, ``pin`` and ``doctor``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from kiosk.cli.sentences import in_sentences
from kiosk.settings import data_dir

data_option = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of this device's answers and settings."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.command()
@data_option
@json_option
@in_sentences
def status(data: Path | None, *, as_json: bool) -> None:
    """How many answers wait, were sent and were refused."""
    from kiosk.app.device import Device, cannot_be_read

    device = Device(data or data_dir())
    unreadable = device.outbox.counts().unreadable
    figures = device.figures() | {"paired": device.is_paired, "unreadable": unreadable}
    refused = [{"id": entry.response_id, "reason": entry.reason} for entry in device.outbox.refused()]
    device.close()
    if as_json:
        click.echo(json.dumps(_without_courier(figures) | {"refused_responses": refused}))
        return
    click.echo(f"Waiting to be sent: {figures['waiting']}{_oldest(figures['oldest_seconds'])}")
    click.echo(f"Sent:               {figures['sent']}")
    click.echo(f"Refused:            {figures['refused']}")
    click.echo(f"Answered today:     {figures['today']}")
    click.echo(f"Paired:             {'yes' if figures['paired'] else 'no (on the staff screen, or: kiosk pair URL)'}")
    if unreadable:
        click.echo(cannot_be_read(unreadable))
    for name in device.set_aside:
        click.echo(f"Damaged:            {name} was set aside. What could be read of it is saved.")
    for entry in refused:
        click.echo(f"  refused {entry['id']}: {entry['reason']}")


def _without_courier(figures: dict[str, Any]) -> dict[str, Any]:
    """What only a running kiosk knows is left out."""
    return {name: value for name, value in figures.items() if name not in {"connection", "last_contact", "detail"}}


def _oldest(seconds: int | None) -> str:
    if seconds is None:
        return ""
    hours = seconds // 3600
    return f" (the oldest for {hours} hours)" if hours else f" (the oldest for {seconds // 60} minutes)"


@click.command()
@data_option
@in_sentences
def sync(data: Path | None) -> None:
    """Send what waits, now. Exit 1 when something still waits afterwards."""
    from kiosk.app.device import Device, cannot_be_read

    device = Device(data or data_dir())
    sent, reason = device.send_once()
    after = device.outbox.counts()
    device.close()
    click.echo(f"Sent {sent}, still waiting {after.waiting}, refused {after.refused}.")
    if after.unreadable:
        click.echo(cannot_be_read(after.unreadable), err=True)
    if after.waiting:
        click.echo(reason or "The centre could not take them now; they are tried again.", err=True)
    if after.waiting or after.unreadable:
        sys.exit(1)


@click.group()
def pin() -> None:
    """The PIN of the staff screen."""


@pin.command()
@data_option
@in_sentences
def forget(data: Path | None) -> None:
    """Forget the PIN. Staff set a new one when the kiosk starts next."""
    from kiosk.app.device import Device

    Device(data or data_dir()).pin.forget()
    click.echo("The PIN is forgotten. Start the kiosk again to set a new one.")


@click.command()
@data_option
@json_option
@in_sentences
def doctor(data: Path | None, *, as_json: bool) -> None:
    """What this machine can do: languages with their font and voice, the survey, the outbox, the centre."""
    from kiosk.app.doctor import Report, examine

    report: Report = examine(data or data_dir())
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report.as_text())
    sys.exit(0 if report.healthy else 1)
