"""What has been rendered: one utterance as sound, and when each of its words is heard."""

from __future__ import annotations

import io
import math
import struct
import wave
from array import array
from dataclasses import dataclass, field
from functools import cache

HEADER_BYTES = 44
AUDIBLE = 1000
"""A sample of 3 % of full scale."""
SOFT, USUAL = 8_000, 14_000
"""Peaks: below the one a sound is too soft beside others, whose peak is about the other."""
CHIME_HZ = (523, 659)
CHIME_RATE_HZ = 22_050
NOTE_SECONDS, FADE_SECONDS = 0.3, 0.05
RATES_HZ = range(8_000, 48_001)
LONGEST_SECONDS = 120
"""No recorded sentence is longer; a file that says so is not one."""


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start_char : start_char + length]` is heard `at_ms` after the sound began."""

    start_char: int
    length: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Sound:
    """One utterance. `wav` is a whole WAV file (PCM16, mono), empty when the sentence was lost."""

    text: str = field(repr=False)
    language: str
    wav: bytes = field(repr=False, default=b"")
    rate_hz: int = 22_050
    words: tuple[Word, ...] = field(repr=False, default=())

    @property
    def lost(self) -> bool:
        """No engine could render it: there is nothing to hear, and the next one may follow at once."""
        return len(self.wav) <= HEADER_BYTES

    @property
    def pcm(self) -> bytes:
        """The samples alone: signed 16 bit, little endian, mono."""
        return self.wav[HEADER_BYTES:]

    @property
    def duration_ms(self) -> int:
        return len(self.pcm) * 1000 // (2 * self.rate_hz)


def wav_file(pcm: bytes, rate_hz: int) -> bytes:
    """`pcm` (PCM16 mono) behind a 44-byte WAV header."""
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(pcm), b"WAVE", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16, b"data", len(pcm)
    )
    return header + pcm


def is_silent(pcm: bytes) -> bool:
    """Whether nobody could hear `pcm` (PCM16 mono): no sample reaches `AUDIBLE`."""
    samples = array("h", pcm)
    return not samples or (max(samples) < AUDIBLE and min(samples) > -AUDIBLE)


def made_even(pcm: bytes) -> bytes:
    """`pcm` (PCM16 mono), a soft one as loud as others. espeak-ng mumbles some words when they stand alone: Arabic numbers."""
    samples = array("h", pcm)
    peak = max(max(samples, default=0), -min(samples, default=0))
    if not AUDIBLE <= peak < SOFT:
        return pcm
    return array("h", (sample * USUAL // peak for sample in samples)).tobytes()


def recorded(data: bytes, text: str, language: str) -> Sound | None:
    """The WAV file in `data` as a sound: 8 or 16 bit, one or two channels. None for anything else, and for silence."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            rate_hz, width, channels = file.getframerate(), file.getsampwidth(), file.getnchannels()
            if rate_hz not in RATES_HZ or width > 2 or channels > 2 or file.getnframes() > LONGEST_SECONDS * rate_hz:
                return None
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError, ValueError):
        return None
    samples = array("h", ((byte - 128) << 8 for byte in frames)) if width == 1 else array("h", frames[: len(frames) // 2 * 2])
    pcm = samples[::channels].tobytes()
    return None if is_silent(pcm) else Sound(text, language, wav_file(pcm, rate_hz), rate_hz)


@cache
def chime() -> bytes:
    """Two soft notes as a WAV file, well under the 3 s that a sound of its own may last (S11): look here, please."""
    count, fade = int(NOTE_SECONDS * CHIME_RATE_HZ), int(FADE_SECONDS * CHIME_RATE_HZ)
    samples = array("h")
    for hz in CHIME_HZ:
        for at in range(count):
            loud = USUAL * min(1.0, at / fade, (count - at) / fade)
            samples.append(round(loud * math.sin(2 * math.pi * hz * at / CHIME_RATE_HZ)))
    return wav_file(samples.tobytes(), CHIME_RATE_HZ)
