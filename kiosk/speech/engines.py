"""The speech engines of this machine behind one small interface. Imported in the child process only.

Linux: espeak-ng through our own driver. Windows and macOS: the system's voices through pyttsx3's `save_to_file`, then
espeak-ng, where it is installed, for the languages the system lacks. The Windows and macOS paths have not been tried on
such machines; the adapter they share is tested with pyttsx3's stock espeak driver.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import wave
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pyttsx3

from kiosk.speech.lines import Description

TEMPORARY = "kiosk-speech-"
STALE_SECONDS = 60

Pieces = tuple[tuple[int, int, int], ...]


class EngineFailed(Exception):
    """The engine could not render this text with this voice."""


class Engine(Protocol):
    """Something that renders: its voices, and `render` to (rate_hz, PCM16 mono, word pieces)."""

    def voices(self) -> tuple[Description, ...]:
        """Every voice, with its language tags in lower case."""
        ...

    def render(self, text: str, voice: str, words_per_minute: int) -> tuple[int, bytes, Pieces]:
        """Raises EngineFailed, or whatever the engine raises."""
        ...


class EspeakEngine:
    """espeak-ng through :mod:`kiosk.speech.driver`: in memory, with true word times."""

    def __init__(self) -> None:
        from kiosk.speech import driver  # here, because it raises where there is no library

        driver.register()
        self._name = driver.NAME
        self._engine = pyttsx3.init(driver.NAME)
        self._rendered: tuple[int, bytes, Pieces] | None = None
        self._engine.connect("rendered", self._keep)

    def voices(self) -> tuple[Description, ...]:
        return _descriptions(self._name, self._engine)

    def render(self, text: str, voice: str, words_per_minute: int) -> tuple[int, bytes, Pieces]:
        self._rendered = None
        self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", words_per_minute)
        self._engine.say(text)
        self._engine.runAndWait()
        if self._rendered is None:
            raise EngineFailed
        return self._rendered

    def _keep(self, pcm: bytes, rate_hz: int, words: Pieces, **_: object) -> None:
        self._rendered = (rate_hz, pcm, words)


class FileEngine:
    """A stock pyttsx3 driver that can only write files: `sapi5`, `nsss`. No word times.

    The file stands in a private folder that is gone before `render` returns (S160).
    """

    def __init__(self, driver_name: str) -> None:
        sweep()
        self._name = driver_name
        self._engine = pyttsx3.init(driver_name)
        self._faults: list[object] = []
        self._engine.connect("error", self._note)

    def voices(self) -> tuple[Description, ...]:
        return _descriptions(self._name, self._engine)

    def render(self, text: str, voice: str, words_per_minute: int) -> tuple[int, bytes, Pieces]:
        self._faults.clear()
        with tempfile.TemporaryDirectory(prefix=TEMPORARY) as folder:
            path = Path(folder) / "speech.wav"
            self._engine.setProperty("voice", voice)
            self._engine.setProperty("rate", words_per_minute)
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            if self._faults or not path.is_file():
                raise EngineFailed
            return (*_mono16(_as_wav(path)), ())

    def _note(self, exception: object = None, **_: object) -> None:
        self._faults.append(exception)


def engines() -> dict[str, Engine]:
    """The engines that work here, by name, the preferred one first. Empty where there is none: never an exception."""
    found: dict[str, Engine] = {}
    for name, build in _candidates().items():
        with suppress(Exception):  # an engine that is not installed may fail in any way it likes
            found[name] = build()
    return found


def sweep() -> None:
    """Remove what a child killed while it wrote a file may have left: folders of ours that nobody has used for a minute."""
    for folder in Path(tempfile.gettempdir()).glob(f"{TEMPORARY}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _candidates() -> Mapping[str, Callable[[], Engine]]:
    espeak: dict[str, Callable[[], Engine]] = {"kiosk_espeak": EspeakEngine}
    if sys.platform == "win32":
        return {"sapi5": lambda: FileEngine("sapi5"), **espeak}
    if sys.platform == "darwin":
        return {"nsss": lambda: FileEngine("nsss"), **espeak}
    return espeak


def _descriptions(engine_name: str, engine: Any) -> tuple[Description, ...]:
    listed = engine.getProperty("voices")
    return tuple(Description(engine_name, str(voice.id), tuple(_tags(voice.languages))) for voice in listed)


def _tags(languages: Any) -> Iterator[str]:
    """Engines spell tags as ``en-GB``, ``en_GB`` or bytes, and leave None where they do not know."""
    for language in languages or ():
        text = language.decode("ascii", "replace") if isinstance(language, bytes) else str(language or "")
        if text and "unknown" not in text.lower():
            yield text.strip("\0\x05").replace("_", "-").lower()


def _as_wav(path: Path) -> Path:
    """MacOS writes AIFF whatever the name says; its own `afconvert` makes it a WAV."""
    if path.read_bytes()[:4] == b"RIFF":
        return path
    converted = path.with_name("converted.wav")
    subprocess.run(["afconvert", "-f", "WAVE", "-d", "LEI16", "-c", "1", path, converted], check=True, timeout=10)
    return converted


def _mono16(path: Path) -> tuple[int, bytes]:
    with wave.open(str(path), "rb") as file:
        frames = file.readframes(file.getnframes())
        if file.getsampwidth() != 2:
            raise EngineFailed
        if file.getnchannels() > 1:
            frames = array("h", frames)[:: file.getnchannels()].tobytes()
        return file.getframerate(), frames
