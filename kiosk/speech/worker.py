"""The child process: reads what to render on stdin, answers on stdout, JSON lines both ways (:mod:`kiosk.speech.lines`).

It ends as soon as stdin closes, even while an engine hangs, so a parent that dies leaves no orphan. Nothing that is
spoken reaches a log, a file that stays, an argument or a core dump. Run it as ``python -m kiosk.speech.worker``; a
frozen build runs itself with ``--speech-worker``.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from queue import SimpleQueue
from typing import BinaryIO

from kiosk.speech.engines import Engine, engines
from kiosk.speech.lines import Failed, FromChild, Ready, Render, Rendered, from_parent, line
from kiosk.speech.words import whole_words


def main(build: Callable[[], Mapping[str, Engine]] = engines) -> None:
    """Serve the engines that `build` finds until stdin closes. Never returns."""
    _forbid_core_dumps()
    # Engines print to stdout: keep our own way out, and give them nowhere to print.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
    jobs: SimpleQueue[Render] = SimpleQueue()
    threading.Thread(target=_read, args=(os.fdopen(os.dup(0), "rb"), jobs), daemon=True).start()
    serve(build(), jobs, answers)


def serve(found: Mapping[str, Engine], jobs: SimpleQueue[Render], answers: BinaryIO) -> None:
    """Announce the voices, then answer one job after the other, for ever."""
    _send(answers, Ready(tuple(voice for engine in found.values() for voice in engine.voices())))
    while True:
        _send(answers, _answer(found, jobs.get()))


def _answer(found: Mapping[str, Engine], job: Render) -> Rendered | Failed:
    try:
        rate_hz, pcm, pieces = found[job.engine].render(job.text, job.voice, job.words_per_minute)
    except Exception as error:  # noqa: BLE001 - engines raise anything; one lost sentence must not cost the child
        return Failed(job.job, type(error).__name__)
    return Rendered(job.job, rate_hz, pcm, whole_words(job.text, pieces))


def _read(requests: BinaryIO, jobs: SimpleQueue[Render]) -> None:
    try:
        for raw in requests:
            jobs.put(from_parent(raw))
    finally:
        # The parent is gone, or wants us gone. The main thread may be inside an engine that never returns.
        os._exit(0)


def _send(answers: BinaryIO, message: FromChild) -> None:
    """Write the whole line; a pipe takes a long one in pieces. A reader that has gone ends the child."""
    rest = memoryview(line(message))
    try:
        while rest:
            rest = rest[answers.write(rest) :]
    except OSError:
        os._exit(0)


def _forbid_core_dumps() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
