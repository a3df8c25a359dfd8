"""Serving: waitress on one address until SIGTERM or Ctrl-C."""

from __future__ import annotations

import errno
import select
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

from waitress.server import MultiSocketServer, create_server

from sync.hub.config import HubConfig
from sync.hub.errors import PortTaken
from sync.hub.gate import Gate
from sync.hub.headers import SternChannel
from sync.hub.start import application

THREADS = 6
WIRE_LIMIT_BYTES = 8_000_000
"""What waitress lets through at all; the doors have a lower limit of their own, survey files need more."""

MOST_CONNECTIONS = 400
IDLE_SECONDS = 15
"""A connection on which nobody says anything is closed: others wait for it."""
MOST_IN_MEMORY_BYTES = 65_536
"""A larger body waits for its turn on the disk: 400 connections must not fill the memory."""

NEAR_PROXY = {
    "trusted_proxy": "127.0.0.1",
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    "clear_untrusted_proxy_headers": True,
}
"""A proxy on this machine tells who really asks, so that wrong tries are counted for each, and whether they asked over TLS."""


def serve(config: HubConfig, ready: Callable[[str], None]) -> None:
    """Listen, call `ready` with the hub's address, and serve until told to stop. Django is set up already. Raises PortTaken."""
    from sync.hub.running.due import Clockwork  # models need Django, which is set up by now

    server = listen(config)
    signal.signal(signal.SIGTERM, _stop)
    clockwork = Clockwork()
    clockwork.start()
    try:
        ready(config.public_url.rstrip("/") or address(config.host, server.effective_port))
        server.run()  # returns on SystemExit and on Ctrl-C, after the requests under way
    finally:
        clockwork.stop()
        server.close()


def listen(config: HubConfig):  # type: ignore[no-untyped-def]  # noqa: ANN201 - waitress has no types
    """A waitress server that listens already. Port 0 takes a free one: see its `effective_port`. Raises PortTaken."""
    gate = Gate(application())
    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            gate,
            map=sockets,
            host=config.host,
            port=config.port,
            threads=THREADS,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS // 3,
            asyncore_use_poll=hasattr(select, "poll"),  # select(2) ends at 1024 files
            inbuf_overflow=MOST_IN_MEMORY_BYTES,
            max_request_body_size=WIRE_LIMIT_BYTES,
            ident=None,
            **(NEAR_PROXY if config.public_url else {"clear_untrusted_proxy_headers": True}),
            expose_tracebacks=False,
        )
    except (OSError, ValueError) as problem:
        raise PortTaken(_why(config, problem)) from problem
    for one in sockets.values():
        one.channel_class = SternChannel
    if isinstance(server, MultiSocketServer):  # a name that stands for more than one address of this machine
        server.effective_port = server.effective_listen[0][1]
    gate.waiting = server.task_dispatcher.queue.__len__
    return server


def address(host: str, port: int) -> str:
    """The address a browser on this machine can open."""
    near = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://{near if ':' not in near or near.startswith('[') else f'[{near}]'}:{port}"


def _why(config: HubConfig, problem: Exception) -> str:
    number = problem.errno if isinstance(problem, OSError) else None
    if number in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)}:
        return f"Port {config.port} is taken by another program. Stop it, or choose another port with --port."
    if number in {errno.EACCES, getattr(errno, "WSAEACCES", None)}:
        return f"Port {config.port} is not open to you. Choose one above 1023 with --port."
    return f"The hub cannot listen at {config.host}, port {config.port}. Check --host and --port."


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
