"""A speech worker with an engine that misbehaves on request: ``python -m tests.odd_worker MODE [FOLDER]``.

MODE ``on-words``: the real engine, but a text with *hang* in it never returns, with *crash* in it the process dies of a
segmentation fault, with *slow* in it FOLDER/begun appears and rendering goes on when FOLDER/go does. ``always``: it dies
at every rendering, trials too. ``trial``: it dies at every rendering of a Welsh voice. ``start``: it never gets ready.
``mute``: it renders silence. ``none``: there is no engine. ``files``: a stock driver that writes files. ``nonsense``: it
does not speak the language of its parent.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from kiosk.speech.engines import Engine, EspeakEngine, FileEngine, Pieces
from kiosk.speech.worker import main

MODE = sys.argv[1]
FOLDER = Path(sys.argv[-1])


class OddEngine(EspeakEngine):
    def render(self, text: str, voice: str, words_per_minute: int) -> tuple[int, bytes, Pieces]:
        if "hang" in text:
            threading.Event().wait()
        if "slow" in text:
            (FOLDER / "begun").touch()
            while not (FOLDER / "go").exists():
                time.sleep(0.005)
        if "crash" in text or MODE == "always" or (MODE == "trial" and voice == "cel/cy"):
            os.kill(os.getpid(), signal.SIGSEGV)
        rate_hz, pcm, words = super().render(text, voice, words_per_minute)
        return rate_hz, bytes(len(pcm)) if MODE == "mute" else pcm, words


def build() -> Mapping[str, Engine]:
    if MODE == "start":
        threading.Event().wait()
    if MODE == "files":
        return {"espeak": FileEngine("espeak")}
    return {} if MODE == "none" else {"kiosk_espeak": OddEngine()}


if MODE == "nonsense":
    print("Hello!", flush=True)  # noqa: T201
    sys.stdin.read()
else:
    main(build)
