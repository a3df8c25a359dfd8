"""What parent and child say to each other: JSON lines, one message a line. A spoken text is never logged."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Description(msgspec.Struct, frozen=True):
    """One voice of one engine. `languages` are BCP 47 tags in lower case, the one it is made for first."""

    engine: str
    id: str
    languages: tuple[str, ...]


class Render(msgspec.Struct, frozen=True, tag="render"):
    """Parent to child: render `text`. The parent waits for the answer before it sends the next."""

    job: int
    text: str
    engine: str
    voice: str
    words_per_minute: int


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Child to parent, once: every voice there is, the preferred engine's first; none where there is no engine."""

    voices: tuple[Description, ...]


class Rendered(msgspec.Struct, frozen=True, tag="rendered"):
    """Child to parent: PCM16 mono (base64 on the wire) and (start_char, length, at_ms) for each word."""

    job: int
    rate_hz: int
    pcm: bytes
    words: tuple[tuple[int, int, int], ...]


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Child to parent: this one cannot be rendered. `reason` names the kind of error, never the text."""

    job: int
    reason: str


FromChild: TypeAlias = Ready | Rendered | Failed

_child_lines: msgspec.json.Decoder[FromChild] = msgspec.json.Decoder(FromChild)
_parent_lines: msgspec.json.Decoder[Render] = msgspec.json.Decoder(Render)


def line(message: FromChild | Render) -> bytes:
    """`message` as one line of JSON, with its newline."""
    return msgspec.json.encode(message) + b"\n"


def from_child(raw: bytes) -> FromChild:
    """Read one line of the child. Raises msgspec.DecodeError for anything else."""
    return _child_lines.decode(raw)


def from_parent(raw: bytes) -> Render:
    """Read one line of the parent. Raises msgspec.DecodeError for anything else."""
    return _parent_lines.decode(raw)
