"""The bad network: a proxy on loopback between the kiosk and the hub, in a thread of the driver."""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Protocol, Self

from tests.torture.weather import Fault, Weather, clear

BATCH = b"POST /fhir HTTP"
PATIENCE_SECONDS = 30
SILENCE_SECONDS = 1.5
RESET = struct.pack("ii", 1, 0)
PORTAL_PAGE = b"<!doctype html><title>Welcome to our Wi-Fi</title><p>Sign in to go on."


class Readable(Protocol):
    """What a message is read from."""

    def readline(self, size: int, /) -> bytes: ...

    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class Proxy(ThreadingTCPServer):
    """Stands before the hub at `hub_port`. `happened` is told: request, committed, replied; only of batches of answers."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, hub_port: int, happened: Callable[[str], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.hub_port, self.happened = hub_port, happened
        self._weather = clear()
        self.met: dict[Fault, int] = dict.fromkeys(Fault, 0)
        self.broken: list[BaseException] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._weather.over.set()
        self.shutdown()
        self._thread.join(PATIENCE_SECONDS)
        self.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def weather(self) -> Weather:
        return self._weather

    @weather.setter
    def weather(self, weather: Weather) -> None:
        before, self._weather = self._weather, weather
        before.over.set()

    def handle_error(self, request: object, client_address: object) -> None:
        """A process that was killed in mid-sentence is what we are here for; anything else is our own fault."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.broken.append(error)


class _Conversation(StreamRequestHandler):
    """One connection of the kiosk, and ours to the hub for it."""

    server: Proxy
    timeout = PATIENCE_SECONDS

    def handle(self) -> None:
        self._hub: tuple[socket.socket, Readable] | None = None
        try:
            while (message := read_message(self.rfile)) is not None and self._meets(message):
                pass
        finally:
            self._leave_hub()

    def _meets(self, message: bytes) -> bool:
        """Let the request meet its fault; whether the connection goes on."""
        is_batch = message.startswith(BATCH)
        if is_batch:
            self.server.happened("request")
        fault = self.server.weather.next_fault()
        self.server.met[fault] += 1
        goes_on = self._before_hub(fault, message)
        if goes_on is not None:
            return goes_on
        reply = self._from_hub(message) if fault is not Fault.AT_ONCE else self._raced(message)
        if reply is not None and fault is Fault.TWICE:
            reply = self._from_hub(message)
        if reply is None:
            return self._reset()
        if is_batch:
            self.server.happened("committed")
        goes_on = self._after_hub(fault, reply)
        if is_batch:
            self.server.happened("replied")
        return goes_on

    def _before_hub(self, fault: Fault, message: bytes) -> bool | None:
        """What keeps a request from the hub; None when nothing does."""
        weather = self.server.weather
        match fault:
            case Fault.REFUSED:
                return self._reset()
            case Fault.REQUEST_CUT:
                with suppress(OSError):
                    self._to_hub()[0].sendall(message[: int(len(message) * weather.part())])
                return self._reset()
            case Fault.PORTAL:
                return self._says("200 OK", "text/html", PORTAL_PAGE)
            case Fault.BUSY:
                after = "1" if weather.part() < 0.1 else "0"
                return self._says("503 Service Unavailable", f"text/plain\r\nRetry-After: {after}", b"Later.")
            case Fault.SILENT:
                weather.over.wait(SILENCE_SECONDS)
                return self._reset()
            case Fault.SLOW:
                weather.over.wait(weather.part() * 0.3)
        return None

    def _after_hub(self, fault: Fault, reply: bytes) -> bool:
        """What the kiosk hears of the hub's reply."""
        match fault:
            case Fault.REPLY_LOST:
                return self._reset()
            case Fault.REPLY_CUT:
                self.connection.sendall(reply[: int(len(reply) * self.server.weather.part())])
                return False
            case Fault.PORTAL_AFTER:
                return self._says("200 OK", "text/html", PORTAL_PAGE)
            case Fault.BAD_GATEWAY:
                return self._says("502 Bad Gateway", "text/plain", b"Bad gateway.")
        self.connection.sendall(reply)
        return True

    # --- the hub's side ---------------------------------------------------------------------------------------------

    def _to_hub(self) -> tuple[socket.socket, Readable]:
        if self._hub is None:
            line = socket.create_connection(("127.0.0.1", self.server.hub_port), PATIENCE_SECONDS)
            self._hub = (line, line.makefile("rb"))
        return self._hub

    def _from_hub(self, message: bytes) -> bytes | None:
        """The hub's whole reply; None when it was down, or went down over it."""
        try:
            line, replies = self._to_hub()
            line.sendall(message)
            reply = read_message(replies)
        except OSError:
            reply = None
        if reply is None:
            self._leave_hub()
        return reply

    def _raced(self, message: bytes) -> bytes | None:
        """The reply to one of two equal requests on the way at the same time."""
        other = threading.Thread(target=_ask, args=(self.server.hub_port, message), daemon=True)
        other.start()
        reply = self._from_hub(message)
        other.join(PATIENCE_SECONDS)
        return reply

    def _leave_hub(self) -> None:
        for part in reversed(self._hub or ()):
            part.close()
        self._hub = None

    # --- the kiosk's side -------------------------------------------------------------------------------------------

    def _says(self, status: str, kind: str, body: bytes) -> bool:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        self.connection.sendall(head.encode() + body)
        return True

    def _reset(self) -> bool:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        return False


def _ask(port: int, message: bytes) -> None:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as line:
        line.sendall(message)
        with line.makefile("rb") as replies:
            read_message(replies)


def read_message(file: Readable) -> bytes | None:
    """One HTTP/1.1 message with its body, as it came; None when it ends before its end."""
    head, length = b"", 0
    while not head.endswith(b"\r\n\r\n"):
        line = file.readline(65_536)
        if not line.endswith(b"\r\n"):
            return None
        head += line
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    body = file.read(length)
    return head + body if len(body) == length else None
