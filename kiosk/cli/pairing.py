"""``kiosk pair``: a device joins its hub, with a code that the hub shows or with one that the device shows itself."""

from __future__ import annotations

import platform
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.device import data_option
from kiosk.cli.sentences import in_sentences
from kiosk.settings import data_dir

if TYPE_CHECKING:
    from sync.credentials import Credentials
    from sync.pairing import Request


@click.command()
@click.argument("url")
@click.argument("code", default="")
@click.option("--name", default="", help="What the hub calls this device; the computer's name if not given.")
@data_option
@in_sentences
def pair(url: str, code: str, name: str, data: Path | None) -> None:
    """Join this device to the hub at URL.

    With the one-time CODE that the hub shows; or without, and this device shows a code that staff approve at the hub.
    """
    from kiosk.app.device import Device
    from sync import credentials

    called = name or platform.node() or "kiosk"
    device = Device(data or data_dir())
    paired = credentials.pair(url, code, called) if code else _approved(url, called)
    credentials.save(device.data, paired)
    device.close()
    click.echo(f"Paired with {url}{f' for {paired.site}' if paired.site else ''}. Answers are sent from now on.")


def _approved(url: str, name: str) -> Credentials:
    """Show a code and wait until somebody approves it. Raises PairingFailed, AddressRefused."""
    from sync import pairing
    from sync.errors import PairingFailed

    request = pairing.request_place(url, name)
    _show(request)
    until = time.monotonic() + request.expires_seconds
    pause = threading.Event()
    while time.monotonic() < until:
        paired = pairing.collect(request)
        if paired:
            return paired
        pause.wait(request.interval_seconds)
    raise PairingFailed(pairing.not_in_time())


def _show(request: Request) -> None:
    click.echo(f"Code: {request.code}")
    if sys.stdout.isatty():
        import segno

        segno.make(request.approve_url).terminal(compact=True)
    click.echo(f"Approve it at the hub within {round(request.expires_seconds / 60)} minutes: {request.approve_url}")
    click.echo("Waiting. Stop with Ctrl+C; nothing is changed then.")
