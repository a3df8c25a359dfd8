"""Recorded speech: a WAV file of a survey becomes a sound, or is refused (S44)."""

from __future__ import annotations

import io
import wave
from array import array

import pytest

from kiosk.speech.sound import chime, is_silent, made_even, recorded, wav_file

RATE_HZ = 16_000


def wav(*, channels: int = 1, width: int = 2, rate_hz: int = RATE_HZ, frames: bytes = b"\x00\x40" * 1_600) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate_hz)
        out.writeframes(frames)
    return file.getvalue()


def test_a_mono_file_is_taken_as_it_is() -> None:
    sound = recorded(wav(), "Hello", "en")
    assert sound
    assert (sound.text, sound.language, sound.rate_hz, sound.duration_ms) == ("Hello", "en", RATE_HZ, 100)
    assert not sound.lost


def test_of_two_channels_one_is_heard() -> None:
    left, right = 9_000, -2_000
    sound = recorded(wav(channels=2, frames=array("h", [left, right] * 800).tobytes()), "Hello", "en")
    assert sound
    assert set(array("h", sound.pcm)) == {left}
    assert sound.duration_ms == 50


def test_eight_bits_become_sixteen() -> None:
    sound = recorded(wav(width=1, frames=bytes([128, 192] * 800)), "Hello", "en")
    assert sound
    assert set(array("h", sound.pcm)) == {0, 64 << 8}
    assert sound.duration_ms == 100


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"ID3 an MP3 file",
        wav()[:20],
        wav(width=3, frames=b"\x00\x00\x40" * 800),
        wav(rate_hz=96_000),
        wav(frames=bytes(3_200)),
        wav(frames=b""),
        wav(channels=3, frames=b"\x00\x40" * 1_500),
    ],
    ids=["nothing", "a head", "MP3", "cut short", "24 bit", "96 kHz", "silence", "no samples", "three channels"],
)
def test_anything_else_is_left_to_the_voice(data: bytes) -> None:
    assert recorded(data, "Hello", "en") is None


def test_a_soft_sound_is_made_as_loud_as_others_and_the_rest_is_left_alone() -> None:
    """S13: an engine says some words so softly that a person in a waiting room would miss them."""
    soft, usual = array("h", [2_000, -1_000] * 50), array("h", [12_000, -16_000] * 50)
    assert set(array("h", made_even(soft.tobytes()))) == {14_000, -7_000}
    assert made_even(usual.tobytes()) == usual.tobytes()
    assert made_even(bytes(100)) == bytes(100)
    assert made_even(b"") == b""


def test_half_a_sample_at_the_end_is_dropped() -> None:
    sound = recorded(wav()[:-1], "Hello", "en")
    assert sound
    assert len(sound.pcm) % 2 == 0


def test_a_file_of_ours_is_read_back() -> None:
    pcm = array("h", [4_000, -4_000] * 500).tobytes()
    sound = recorded(wav_file(pcm, 22_050), "Hello", "en")
    assert sound
    assert sound.pcm == pcm
    assert not is_silent(sound.pcm)


def test_the_warning_sound_is_short_and_can_be_heard() -> None:
    """S11, S45."""
    sound = recorded(chime(), "", "en")
    assert sound
    assert 300 < sound.duration_ms < 1_000
    assert max(array("h", sound.pcm)) > 10_000
