"""Our own pyttsx3 driver for espeak-ng: it renders and never plays. Imported in the child process only.

The stock driver plays inside the engine's callback, so its `stop` never interrupts and its queue loses text. This one
sets the engine to synchronous retrieval, keeps the samples and the word times, and hands them over as the event
``rendered``. Importing it raises RuntimeError (from pyttsx3) where there is no espeak-ng library.
"""

# ruff: noqa: N802 - these are the names pyttsx3 calls

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from typing import Any

from pyttsx3.drivers import _espeak
from pyttsx3.drivers.espeak import EspeakDriver
from pyttsx3.voice import Voice

NAME = "kiosk_espeak"
BUFFER_MS = 200


def register() -> None:
    """Make ``pyttsx3.init("kiosk_espeak")`` find this module."""
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]


def buildDriver(proxy: Any) -> RenderingDriver:
    """What pyttsx3 looks for in a driver's module."""
    return RenderingDriver(proxy)


class RenderingDriver(EspeakDriver):  # type: ignore[misc]  # pyttsx3 has no types
    """Renders one text at a time, in the calling thread."""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self._speakable = True
        self._pcm = bytearray()
        self._words: list[tuple[int, int, int]] = []
        self._rate_hz = _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS)
        if self._rate_hz <= 0:
            raise RuntimeError("espeak-ng could not be started: is its data installed?")
        _espeak.SetSynthCallback(self._onSynth)

    def say(self, text: str) -> None:
        """Render `text` and notify ``rendered(pcm, rate_hz, words)``; nothing when the voice could not be set."""
        self._pcm.clear()
        self._words.clear()
        if not self._speakable:
            return
        _espeak.Synth(text, flags=_espeak.CHARS_UTF8)
        self._proxy.notify("rendered", pcm=bytes(self._pcm), rate_hz=self._rate_hz, words=tuple(self._words))

    def save_to_file(self, text: str, filename: str) -> None:
        raise NotImplementedError("this driver keeps speech in memory")

    def stop(self) -> None:
        """Nothing to stop: rendering is over before anyone can ask (pyttsx3 calls this at the end of every run)."""

    def startLoop(self) -> None:
        self._proxy.setBusy(False)

    def endLoop(self) -> None:
        """The loop has ended by itself: `startLoop` returns when the queue is empty."""

    def iterate(self) -> Iterator[None]:
        self._proxy.setBusy(False)
        yield

    def getProperty(self, name: str) -> Any:
        return _voices() if name == "voices" else EspeakDriver.getProperty(name)

    def setProperty(self, name: str, value: Any) -> None:
        """As in pyttsx3, except that after an unknown voice nothing is said: never with the voice set before."""
        if name == "voice":
            self._speakable = False
        EspeakDriver.setProperty(name, value)
        if name == "voice":
            self._speakable = True

    def _onSynth(self, wav: Any, numsamples: int, events: Any) -> int:
        for event in _until_end(events):
            if event.type == _espeak.EVENT_WORD:
                self._words.append((event.text_position - 1, event.length, event.audio_position))
        if numsamples > 0:
            self._pcm += ctypes.string_at(wav, numsamples * 2)
        return 0


def _until_end(events: Any) -> Iterator[Any]:
    at = 0
    while events[at].type != _espeak.EVENT_LIST_TERMINATED:
        yield events[at]
        at += 1


def _voices() -> list[Voice]:
    """Every voice with all its language tags. MBROLA entries are listed even without their data, so they are left out."""
    found = (Voice(v.identifier.decode(), v.name.decode(), _languages(v)) for v in _espeak.ListVoices(None))
    return [voice for voice in found if not voice.id.startswith("mb/")]


def _languages(voice: Any) -> list[str]:
    """The tags of an ``espeak_VOICE``: each is a priority byte and a NUL-ended name; a zero byte ends the list.

    ctypes alone would stop at the first NUL, hence the walk from the raw address.
    """
    address = ctypes.c_void_p.from_buffer(voice, type(voice).languages.offset).value
    tags: list[str] = []
    while address and ctypes.string_at(address, 1) != b"\0":
        tag = ctypes.string_at(address + 1)
        tags.append(tag.decode("ascii", "replace").lower())
        address += len(tag) + 2
    return tags
