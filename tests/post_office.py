"""A real SMTP server on this computer. It keeps what it is given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class PostOffice:
    """`takes` False: every message is refused."""

    port: int = 0
    takes: bool = True
    post: list[EmailMessage] = field(default_factory=list)

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.post]

    @property
    def words(self) -> str:
        """The last letter."""
        return str(self.post[-1].get_content())


class Counter(socketserver.StreamRequestHandler):
    """One connection (RFC 5321), as far as a sender needs it."""

    office: PostOffice

    def handle(self) -> None:
        self._says("220 post office")
        while line := self.rfile.readline():
            verb = line.strip().upper().split(b" ")[0]
            if verb == b"DATA":
                self._take()
            elif verb == b"QUIT":
                return self._says("221 bye")
            elif verb == b"MAIL" and not self.office.takes:
                self._says("451 not today")
            else:
                self._says("250 ok")
        return None

    def _take(self) -> None:
        self._says("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.office.post.append(letter)
        self._says("250 taken")

    def _says(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """Until the end of the block."""
    office = PostOffice()
    counter = type("Counter", (Counter,), {"office": office})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), counter) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield office
        server.shutdown()
        thread.join()
