"""``kiosk hub backup`` and ``restore``: a whole hub in one file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from kiosk.cli.hub import fail, where

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@FILE
@where
def backup(file: Path, data: Path, database: str) -> None:
    """Save the whole hub in FILE. Works while the hub runs."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError
    from sync.hub.running import backup as rules

    try:
        saved = rules.save(HubConfig(data=data, database=database), file, datetime.now(UTC))
    except HubError as problem:
        fail(problem)
    click.echo(f"Saved in {saved.file}: {', '.join(saved.parts)} ({saved.size_bytes / 1e6:.1f} MB).")
    click.echo("It holds everything that people said. Keep it as safe as the hub.")


@click.command()
@FILE
@where
def restore(file: Path, data: Path, database: str) -> None:
    """Make a hub of FILE, in an empty folder or an empty database. Then start it with "kiosk hub serve"."""
    from sync.hub.config import HubConfig
    from sync.hub.errors import HubError
    from sync.hub.running import backup as rules

    try:
        restored = rules.restore(HubConfig(data=data, database=database), file)
    except HubError as problem:
        fail(problem)
    click.echo(f"Restored from {restored.file}: {', '.join(restored.parts)}.")
