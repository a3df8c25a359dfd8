"""While the real engine speaks, a touch is silence; and a thousand fast moves leave one voice that still works (S6).

The loudspeaker here plays in real time: every few milliseconds it takes the next samples, and writes down when.
"""

from __future__ import annotations

import gc
import os
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.events import ListeningStarted, ListeningStopped
from kiosk.keys import Key
from tests.by_ear import Listener, NotingVoice, Tape
from ui.outputs import Output

# A computer without a sound card, or without one of the libraries Qt looks for, says so; the kiosk runs all the same.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

SILENT_WITHIN_SECONDS = 0.1
TRIES = 3
CHUNK_MS = 5
MOVES, FEWER_MOVES = 1_000, 400


class RealTimeSpeaker(QObject):
    """Takes samples as they are heard, in chunks of a few milliseconds; `taken` has each chunk and when it was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "real time"
        self.taken: list[tuple[float, bytes]] = []
        self._rest, self._rate_hz, self._began, self._heard_bytes = b"", 22_050, 0.0, 0
        self._timer = QTimer(self, interval=CHUNK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._take)

    def start(self, pcm: bytes, rate_hz: int, gain: float) -> None:
        self._rest, self._rate_hz, self._began, self._heard_bytes = pcm, rate_hz, time.monotonic(), 0
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._rest = b""

    def set_gain(self, gain: float) -> None:
        """It is as loud as it is."""

    def played_ms(self) -> int:
        return self._heard_bytes * 500 // self._rate_hz

    def ended(self) -> bool:
        return not self._rest

    def _take(self) -> None:
        now = time.monotonic()
        due = 2 * int((now - self._began) * self._rate_hz)
        chunk, self._rest = self._rest[: due - self._heard_bytes], self._rest[due - self._heard_bytes :]
        self._heard_bytes += len(chunk)
        self.taken.append((now, chunk))


@contextmanager
def running(folder: Path, loudspeaker: Output, voice: NotingVoice, qtbot: QtBot) -> Iterator[Kiosk]:
    StaffPin(folder / "staff-pin.json").keep("2468")
    kiosk = Kiosk(Options(folder, windowed=True, size=(1280, 800)), loudspeaker)
    kiosk.reader.voice = voice
    kiosk.start()
    qtbot.waitUntil(lambda: kiosk.shell.screen.by_ear is not None, timeout=20_000)  # the voices have been tried
    yield kiosk
    kiosk.close()


def test_a_touch_is_silence_within_a_tenth_of_a_second(tmp_path: Path, qtbot: QtBot) -> None:
    """S6: shown by the samples themselves. It is a promise about time, so the best of three tries must keep it."""
    loudspeaker = RealTimeSpeaker()
    with running(tmp_path, loudspeaker, NotingVoice(), qtbot) as kiosk:
        assert min(seconds_to_silence(kiosk, loudspeaker, qtbot) for _ in range(TRIES)) < SILENT_WITHIN_SECONDS


def seconds_to_silence(kiosk: Kiosk, loudspeaker: RealTimeSpeaker, qtbot: QtBot) -> float:
    """From a touch on nothing, in the middle of a sentence, to the last sample that was heard; 0 when none came after it."""
    loudspeaker.taken.clear()
    kiosk.shell.receive(ListeningStarted())
    qtbot.waitUntil(lambda: any(loud(chunk) for _, chunk in loudspeaker.taken), timeout=20_000)
    touched_at = time.monotonic()
    QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, pos=QPoint(1, kiosk.window.height() // 2))
    qtbot.waitUntil(lambda: time.monotonic() > touched_at + 5 * SILENT_WITHIN_SECONDS)
    kiosk.shell.receive(ListeningStopped())
    return max((when - touched_at for when, chunk in loudspeaker.taken if when > touched_at and loud(chunk)), default=0.0)


def loud(pcm: bytes) -> bool:
    return any(abs(sample) > 1_000 for sample in array("h", pcm))


def test_a_thousand_fast_moves_leave_one_voice_that_still_works(tmp_path: Path, qtbot: QtBot) -> None:
    """S6: one sentence is heard at the end, no engine is stuck, and none more runs than before."""
    voice = NotingVoice()
    tape = Tape(tmp_path / "heard.wav", voice)
    with running(tmp_path, tape, voice, qtbot) as kiosk:
        listener = Listener(kiosk, tape, qtbot)
        listener.presses(Key.HELP)
        before, engine, processes = len(tape.sentences), voice.child_pid, children()
        for number in range(MOVES):
            kiosk.window.key_pressed.emit((Key.DOWN, Key.UP)[number // 10 % 2])
        qtbot.waitUntil(lambda: not kiosk.reader.speaking, timeout=20_000)
        assert len(tape.sentences) == before + 1
        assert listener.presses(Key.DOWN)
        assert (voice.child_pid, children()) == (engine, processes)
    tape.close()


def test_moves_leave_nothing_behind_in_memory(tmp_path: Path, qtbot: QtBot) -> None:
    """S6: what was to be said and never was is forgotten."""
    voice = NotingVoice()
    tape = Tape(tmp_path / "heard.wav", voice)
    with running(tmp_path, tape, voice, qtbot) as kiosk:
        kiosk.window.key_pressed.emit(Key.HELP)
        sizes = [objects_after(kiosk, FEWER_MOVES) for _ in range(5)]
        growth = [after - before for before, after in pairwise(sizes)]
        assert min(growth) < FEWER_MOVES / 2  # what each move left behind would be twice as much, every time
    tape.close()


def objects_after(kiosk: Kiosk, moves: int) -> int:
    """Python's own objects after so many moves up and down."""
    for number in range(moves):
        kiosk.window.key_pressed.emit((Key.DOWN, Key.UP)[number // 10 % 2])
    kiosk.reader.hush()
    gc.collect()
    return len(gc.get_objects())


def children() -> set[str]:
    """The processes that this one has started, by number (Linux; elsewhere none is seen)."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {pid for path in found for pid in path.read_text().split()}
