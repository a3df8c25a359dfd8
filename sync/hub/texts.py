"""Text from outside, made fit for every database."""

from __future__ import annotations


def storable(text: object, length: int | None = None) -> str:
    """`text` without NUL, which PostgreSQL takes nowhere, and no longer than `length`."""
    return str(text).replace("\0", "")[:length]


def one_line(text: str, length: int) -> str:
    """A name as a person typed it, with single spaces between its words."""
    return " ".join(storable(text).split())[:length]
