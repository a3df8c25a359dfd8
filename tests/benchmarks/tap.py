"""A wire tap: what stands between a device and its centre counts every byte, and may lose replies after they were made."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

CHUNK_BYTES = 65_536


@dataclass
class Tap:
    """Listens at `url` and passes everything on. `losing`: the share of replies that are lost."""

    upstream: tuple[str, int]
    listener: socket.socket
    bytes_passed: int = 0
    losing: float = 0.0
    lost: int = 0
    _chance: Random = field(default_factory=lambda: Random(1))
    _counting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        """Until the listener is closed."""
        with suppress(OSError):
            while True:
                device, _ = self.listener.accept()
                threading.Thread(target=self._pass_on, args=(device,), daemon=True).start()

    def _pass_on(self, device: socket.socket) -> None:
        with suppress(OSError), device, socket.create_connection(self.upstream) as centre:
            for end in (device, centre):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            asked = threading.Event()
            up = threading.Thread(target=self._upwards, args=(device, centre, asked), daemon=True)
            up.start()
            while data := centre.recv(CHUNK_BYTES):
                if asked.is_set():  # the first bytes of a reply
                    asked.clear()
                    if self._is_lost():
                        device.shutdown(socket.SHUT_RDWR)
                        return
                self._count(len(data))
                device.sendall(data)

    def _upwards(self, device: socket.socket, centre: socket.socket, asked: threading.Event) -> None:
        with suppress(OSError):
            while data := device.recv(CHUNK_BYTES):
                self._count(len(data))
                asked.set()
                centre.sendall(data)
        with suppress(OSError):
            centre.shutdown(socket.SHUT_WR)

    def _is_lost(self) -> bool:
        with self._counting:
            lost = self._chance.random() < self.losing
            self.lost += lost
            return lost

    def _count(self, number: int) -> None:
        with self._counting:
            self.bytes_passed += number


@contextmanager
def tapped(url: str) -> Iterator[Tap]:
    """A tap on the way to the server at `url`."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    with socket.create_server(("127.0.0.1", 0)) as listener:
        tap = Tap((parts.hostname, parts.port), listener)
        threading.Thread(target=tap.serve, daemon=True).start()
        yield tap
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
