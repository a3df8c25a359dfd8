"""Text from outside, made fit for every database."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

UNREADABLE_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are no JSON, no UTF-8, or nested without end."""


def storable(text: object, length: int | None = None) -> str:
    """`text` without NUL, which PostgreSQL takes nowhere, and no longer than `length`."""
    return str(text).replace("\0", "")[:length]


def one_line(text: str, length: int) -> str:
    """A name as a person typed it, with single spaces between its words."""
    return " ".join(storable(text).split())[:length]


def uuid_in(text: str) -> UUID | None:
    """The UUID that `text` is, in its one usual spelling; None for anything else."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None
