"""Fakes at the rim of sound: a loudspeaker that writes down what would be heard, and ears that wait for a sound."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kiosk.speech import Sound, Voice

PATIENCE_SECONDS = 20


@dataclass
class Heard:
    """One sound sent to the loudspeaker: PCM16 mono, and whether it was cut short."""

    pcm: bytes
    rate_hz: int
    gain: float
    cut: bool = False

    @property
    def duration_ms(self) -> int:
        return len(self.pcm) * 500 // self.rate_hz


class FileSpeaker:
    """An output (:class:`ui.outputs.Output`) that nobody hears. Its clock stands still until the test says `listen`.

    With `instantly` every sound is over at once, for stories in which nobody waits for speech to end.
    """

    def __init__(self, *, instantly: bool = False) -> None:
        self.name = "file"
        self.heard: list[Heard] = []
        self._instantly = instantly
        self._sounding = False
        self._now_ms = 0

    @property
    def sounding(self) -> bool:
        return self._sounding

    def listen(self, ms: int | None = None) -> None:
        """Let `ms` of the current sound go by; all of it when not given."""
        self._now_ms = self.heard[-1].duration_ms if ms is None else self._now_ms + ms

    def start(self, pcm: bytes, rate_hz: int, gain: float) -> None:
        self.stop()
        self.heard.append(Heard(pcm, rate_hz, gain))
        self._sounding, self._now_ms = True, 0
        if self._instantly:
            self.listen()

    def stop(self) -> None:
        if self._sounding:
            self.heard[-1].cut = not self.ended()
        self._sounding = False

    def set_gain(self, gain: float) -> None:
        if self._sounding:
            self.heard[-1].gain = gain

    def played_ms(self) -> int:
        return self._now_ms

    def ended(self) -> bool:
        return self._now_ms >= self.heard[-1].duration_ms


class Ears:
    """What a voice hands over, in the order it came."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self._sounds: queue.SimpleQueue[Sound] = queue.SimpleQueue()

    def hear(self, text: str, language: str = "en", words_per_minute: int = 150) -> Sound:
        """Ask for `text` and wait for it."""
        self.ask(text, language, words_per_minute)
        return self.wait()

    def ask(self, text: str, language: str = "en", words_per_minute: int = 150) -> None:
        self.voice.say(text, language, words_per_minute, then=self._sounds.put)

    def wait(self) -> Sound:
        return self._sounds.get(timeout=PATIENCE_SECONDS)

    @property
    def nothing_more(self) -> bool:
        return self._sounds.empty()


def odd(mode: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.odd_worker", mode)


def once_settled(voice: Voice) -> Voice:
    """Start `voice` and wait until every language has been tried."""
    settled = threading.Event()
    voice.watch(settled.set)
    voice.start()
    assert settled.wait(PATIENCE_SECONDS)
    return voice


def wait_until(fact: Callable[[], bool]) -> None:
    """Wait for something another process does."""
    never = threading.Event()
    for _ in range(PATIENCE_SECONDS * 50):
        if fact():
            return
        never.wait(0.02)
    pytest.fail("It did not happen.")
