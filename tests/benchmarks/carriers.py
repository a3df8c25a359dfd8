"""Ways to bring the same responses to a centre, each with a store of its own on the device. All of them are timed alike."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sync.client import Client
from sync.courier import Courier, Health, Listeners
from sync.credentials import Credentials
from sync.outbox import Outbox
from sync.signin import Tokens
from sync.transport import HttpTransport, Reply, Request
from sync.wire import FHIR_JSON, RESPONSE_SYSTEM
from tests.benchmarks.saving import bare_insert, bare_table, connect

MOST_ROUNDS = 1000
BETWEEN_SAVES_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Response:
    response_id: str
    document: bytes


@dataclass(frozen=True, slots=True)
class Delivered:
    """How long it took until everything was acknowledged, and how long each save took that came meanwhile."""

    seconds: float
    saves_ms: tuple[float, ...] = ()


class Carrier(Protocol):
    """Brings responses to the centre from a store in `folder`; `meanwhile`: what patients finish while it does."""

    def deliver(self, folder: Path, responses: Sequence[Response], meanwhile: Sequence[Response] = ()) -> Delivered: ...


class Batches:
    """This kiosk: an encrypted outbox, and its courier with batches of up to 100 entries and gzip."""

    def __init__(self, known: Credentials, survey: str) -> None:
        self._known, self._survey = known, survey

    def deliver(self, folder: Path, responses: Sequence[Response], meanwhile: Sequence[Response] = ()) -> Delivered:
        with closing(Outbox(folder / "outbox.sqlite")) as outbox:

            def save(one: Response) -> None:
                outbox.put(one.response_id, self._survey, one.document)

            for response in responses:
                save(response)
            empty_at: list[float] = []

            def heard(health: Health) -> None:
                if not health.counts.waiting:
                    empty_at.append(time.perf_counter())

            courier = Courier(outbox, lambda: Client(self._known.fhir_base, self._known.sign_in), Listeners(on_health=heard))

            def send() -> bool:
                courier.hurry()
                return not courier.once().counts.waiting

            # Until the last was acknowledged: the courier then looks for new surveys, which is no sending.
            return timed(send, save, meanwhile, lambda: empty_at[0])


class OnePostEach:
    """The usual way: a table of what is to be sent, one POST for each row on one connection that stays open.

    Each POST is a FHIR conditional create, so a FHIR centre knows a repeated one again.
    """

    def __init__(self, base: str, known: Credentials | None = None) -> None:
        self._url, self._known = f"{base}/QuestionnaireResponse", known

    def deliver(self, folder: Path, responses: Sequence[Response], meanwhile: Sequence[Response] = ()) -> Delivered:
        path = folder / "queue.db"
        with closing(bare_table(path)) as table, closing(HttpTransport()) as transport:
            for response in responses:
                bare_insert(table, response.response_id, response.document)
            headers = {"Content-Type": FHIR_JSON} | _signed(self._known, transport)
            with closing(connect(path)) as other:
                return timed(
                    lambda: self._send_all(table, transport, headers),
                    lambda one: bare_insert(other, one.response_id, one.document),
                    meanwhile,
                )

    def _send_all(self, table: sqlite3.Connection, transport: HttpTransport, headers: dict[str, str]) -> bool:
        """Whether nothing is left."""
        for identity, document in table.execute("SELECT id, document FROM responses ORDER BY sequence").fetchall():
            named = headers | {"If-None-Exist": f"identifier={RESPONSE_SYSTEM}|{identity}"}
            reply = transport.exchange(Request("POST", self._url, named, document))
            if not isinstance(reply, Reply) or reply.status not in {200, 201}:
                return False
            table.execute("DELETE FROM responses WHERE id = ?", (identity,))
        return not table.execute("SELECT count(*) FROM responses").fetchone()[0]


class BarePosts:
    """A ceiling: the same bytes as bare POSTs over one connection, without a store and without an id to know them again by."""

    def __init__(self, centre: str) -> None:
        self._address = centre.partition("://")[2]

    def deliver(self, folder: Path, responses: Sequence[Response], meanwhile: Sequence[Response] = ()) -> Delivered:
        left = list(responses)
        start = time.perf_counter()
        until_done(lambda: self._send_all(left))
        return Delivered(time.perf_counter() - start)

    def _send_all(self, left: list[Response]) -> bool:
        connection = HTTPConnection(self._address)
        with closing(connection), suppress(OSError, HTTPException):
            while left:
                connection.request("POST", "/", left[-1].document, {"Content-Type": FHIR_JSON})
                connection.getresponse().read()
                left.pop()
        return not left


class BareCommits:
    """A ceiling: the same rows into SQLite, one commit each, each on the disk before the next."""

    def deliver(self, folder: Path, responses: Sequence[Response], meanwhile: Sequence[Response] = ()) -> Delivered:
        with closing(bare_table(folder / "bare.db")) as table:
            start = time.perf_counter()
            for response in responses:
                bare_insert(table, response.response_id, response.document)
            return Delivered(time.perf_counter() - start)


def timed(
    send: Callable[[], bool],
    save: Callable[[Response], object],
    meanwhile: Sequence[Response],
    ended_at: Callable[[], float] = time.perf_counter,
) -> Delivered:
    """Send again and again until nothing is left, while another thread saves. What is saved late is sent in the end."""
    with Patients(save, meanwhile) as patients:
        start = time.perf_counter()
        until_done(send)
        seconds = ended_at() - start
    if meanwhile:
        until_done(send)
    return Delivered(seconds, tuple(patients.took_ms))


def until_done(send: Callable[[], bool]) -> None:
    if not any(send() for _ in range(MOST_ROUNDS)):
        raise RuntimeError("Not everything was taken in.")


class Patients:
    """A thread that saves one response after the other, for as long as the block lasts, and notes how long each took."""

    def __init__(self, save: Callable[[Response], object], meanwhile: Sequence[Response]) -> None:
        self._save, self._meanwhile = save, meanwhile
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._finish_one_after_the_other)
        self.took_ms: list[float] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._gone.set()
        self._thread.join()

    def _finish_one_after_the_other(self) -> None:
        for number, response in enumerate(self._meanwhile):
            if self._gone.is_set() and number:
                break
            start = time.perf_counter()
            self._save(response)
            self.took_ms.append((time.perf_counter() - start) * 1000)
            self._gone.wait(BETWEEN_SAVES_SECONDS)


def _signed(known: Credentials | None, transport: HttpTransport) -> dict[str, str]:
    return {} if known is None else {"Authorization": str(Tokens(known.sign_in, transport).authorization())}
