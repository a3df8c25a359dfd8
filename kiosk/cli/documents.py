"""Files named on the command line: never more read than the kiosk can use."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kiosk.fhir import READ_LIMIT_BYTES


class CannotRead(Exception):
    """A file that cannot be read; the text is why."""


def read_document(path: Path) -> bytes:
    """A file's bytes, one more than the limit at most: enough for the reader to refuse it. Raises CannotRead."""
    try:
        with path.open("rb") as file:
            return file.read(READ_LIMIT_BYTES + 1)
    except OSError as error:
        raise CannotRead(f"It cannot be read: {error.strerror or error}.") from None


def print_json(document: object) -> None:
    """One JSON document on stdout, in plain letters where the output can take them."""
    encoding = (sys.stdout.encoding or "").lower()
    click.echo(json.dumps(document, ensure_ascii=not encoding.startswith("utf"), indent=2))
