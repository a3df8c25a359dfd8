"""The plainest server there can be: reads a request with its body, remembers the body, answers 201. Nothing is stored."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class PlainServer:
    """`bodies`: every body that came, in any order."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.bodies: list[bytes] = []

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._answer, args=(caller,), daemon=True).start()

    def _answer(self, caller: socket.socket) -> None:
        with suppress(OSError), caller, caller.makefile("rb") as stream:
            while stream.readline():
                length = 0
                while (line := stream.readline()).strip():
                    name, _, value = line.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                self.bodies.append(stream.read(length))
                caller.sendall(CREATED)


@contextmanager
def plain_server() -> Iterator[PlainServer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = PlainServer(listener)
        threading.Thread(target=server.serve, daemon=True).start()
        yield server
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
