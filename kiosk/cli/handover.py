"""``kiosk export``: what waits, as a file for a centre that no network reaches."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kiosk.cli.device import data_option, json_option
from kiosk.cli.sentences import in_sentences
from kiosk.settings import data_dir


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@json_option
@in_sentences
def export(file: Path, data: Path | None, *, as_json: bool) -> None:
    """Write the answers that wait to FILE, signed, for "kiosk hub import". They go on waiting until the centre has them.

    FILE holds what people said, closed so that only the hub opens it. A device that was paired before hubs had a key for that
    writes it in plain: pair it again. Keep FILE safe, and delete it once the hub has taken it in.
    """
    from kiosk.app.device import Device
    from kiosk.app.handover import write

    device = Device(data or data_dir())
    try:
        bundle = write(device, file)
    finally:
        device.close()
    if as_json:
        written = str(file) if bundle.count else None
        click.echo(json.dumps({"file": written, "written": bundle.count, "unreadable": bundle.unreadable}))
        return
    if bundle.count:
        click.echo(f"Wrote {bundle.count} answers to {file}. They wait here until the centre has them.")
    else:
        click.echo("No answers wait, so no file was written.")
    if bundle.unreadable:
        click.echo(f"{bundle.unreadable} answers cannot be read on this device and stay here.", err=True)
