"""A screen that a program cannot tell from a real one, read from outside: what is on it, and when it changes.

Xvfb keeps its picture in a file. Both programs are judged by that file and touched through X's own test extension, so
neither has to report about itself.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT = 1280, 720
PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.0005


class NothingSeen(Exception):
    """The screen did not show in time what was waited for."""


@dataclass(frozen=True, slots=True)
class Band:
    """Part of the screen, in pixels: where the question stands."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Screen:
    """A running Xvfb. `display` is its name, `_picture` its pixels (4 bytes each) after a header of `_header` bytes."""

    display: str
    _picture: mmap.mmap
    _header: int

    def band(self, band: Band) -> bytes:
        """Every second row of a band, as shown now."""
        stride = WIDTH * 4
        starts = (self._header + row * stride for row in range(band.top, band.bottom, 2))
        return b"".join(self._picture[start + band.left * 4 : start + band.right * 4] for start in starts)

    def wait_for_words(self, band: Band) -> float:
        """The moment (`time.perf_counter`) at which the band shows more than one flat colour or a line: letters."""
        return self._wait(lambda: len(set(memoryview(self.band(band)).cast("I"))) > 12)

    def wait_for_change(self, band: Band, before: bytes) -> float:
        """The moment at which the band differs from `before`."""
        return self._wait(lambda: self.band(band) != before)

    def settle(self, band: Band, seconds: float = 1.0) -> bytes:
        """Wait until the band has stood still for `seconds`; what it shows then."""
        since, seen = time.perf_counter(), self.band(band)
        deadline = since + PATIENCE_SECONDS
        while (now := time.perf_counter()) - since < seconds:
            if (shown := self.band(band)) != seen:
                since, seen = now, shown
            if now > deadline:
                raise NothingSeen("The screen never stood still.")
            time.sleep(0.02)
        return seen

    def _wait(self, seen: Callable[[], bool]) -> float:
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while not seen():
            if time.perf_counter() > deadline:
                raise NothingSeen(f"Nothing new on the screen for {PATIENCE_SECONDS:.0f} seconds.")
            time.sleep(LOOK_SECONDS)
        return time.perf_counter()


class Finger:
    """Touches the screen `display` through libXtst: a pointer that moves, presses and lets go."""

    def __init__(self, display: str) -> None:
        self._x11, self._xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))

    def touch(self, x: int, y: int) -> float:
        """Press and let go at a point; the moment of letting go, on which both programs act (S67)."""
        self._xtst.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._xtst.XTestFakeButtonEvent(self._display, 1, 1, 0)
        self._x11.XSync(self._display, 0)
        time.sleep(0.08)  # a finger stays this long
        moment = time.perf_counter()
        self._xtst.XTestFakeButtonEvent(self._display, 1, 0, 0)
        self._x11.XSync(self._display, 0)
        return moment


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """An Xvfb of our own, ended when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", folder, "-nolisten", "tcp", "-noreset"]
        server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            with os.fdopen(reading) as number:
                display = f":{number.readline().strip()}"
            with (Path(folder) / "Xvfb_screen0").open("rb") as file:
                picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            header, colours = struct.unpack(">I", picture[:4])[0], struct.unpack(">I", picture[76:80])[0]
            yield Screen(display, picture, header + colours * 12)
        finally:
            server.terminate()
            server.wait()
