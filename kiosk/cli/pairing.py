"""``kiosk pair``: a device joins its hub, with a code that the hub shows or with one that the device shows itself."""

from __future__ import annotations

import platform
from pathlib import Path

import click

from kiosk.cli.device import data_option
from kiosk.cli.sentences import in_sentences
from kiosk.settings import data_dir


@click.command()
@click.argument("url")
@click.argument("code")
@click.option("--name", default="", help="What the hub calls this device; the computer's name if not given.")
@data_option
@in_sentences
def pair(url: str, code: str, name: str, data: Path | None) -> None:
    """Join this device to the hub at URL, with the one-time CODE that the hub shows."""
    from kiosk.app.device import Device
    from sync import credentials

    device = Device(data or data_dir())
    paired = credentials.pair(url, code, name or platform.node() or "kiosk")
    credentials.save(device.data, paired)
    device.close()
    click.echo(f"Paired with {url}{f' for {paired.site}' if paired.site else ''}. Answers are sent from now on.")
