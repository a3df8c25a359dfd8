"""HTTP spoken by hand, so that it can be spoken badly."""

from __future__ import annotations

import errno
import socket
import sys
from dataclasses import dataclass, field

PATIENCE_SECONDS = 30
HEARD_ENOUGH = {errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN}
"""The hub has answered and closed the connection while we still talked."""
MANY_ADDRESSES = sys.platform == "linux"
"""The whole of 127.0.0.0/8 is this computer: each caller can have an address of its own, as if from all over a town."""


@dataclass(frozen=True)
class Shot:
    """One request as bytes. `half`: the caller hangs up its own side after it, in the middle of what it promised."""

    what: str
    raw: bytes = field(repr=False)
    half: bool = False


@dataclass(frozen=True)
class Answer:
    """Status 0: the hub closed the connection without a word."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it should be, if its parts are."""
    told = {"Host": "localhost", "Content-Length": str(len(body)), "Connection": "close"} | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("utf-8", "surrogatepass") + body


def fire(port: int, shot: Shot, source: str = "127.0.0.1") -> Answer:
    """Send it and read whatever comes back. TimeoutError when the hub says nothing for too long."""
    near = (source if MANY_ADDRESSES else "127.0.0.1", 0)
    with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS, near) as line:
        try:
            line.sendall(shot.raw)
            if shot.half:
                line.shutdown(socket.SHUT_WR)
        except OSError as problem:
            if problem.errno not in HEARD_ENOUGH:
                raise
        return _read(line)


def _read(line: socket.socket) -> Answer:
    heard = bytearray()
    try:
        while chunk := line.recv(65_536):
            heard += chunk
    except ConnectionResetError:
        pass
    head, _, body = bytes(heard).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (told.partition(":") for told in lines)}
    status = first.split(" ")[1] if first.startswith("HTTP/1.") else "0"
    return Answer(int(status), headers, body)
