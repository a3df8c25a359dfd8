"""Where sound goes: Qt's audio output, `aplay` on a machine with bare ALSA, or nowhere. Each behind :class:`Output`."""

from __future__ import annotations

import shutil
from array import array
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QElapsedTimer, QIODevice, QObject, QProcess, Signal

from kiosk.speech.sound import wav_file

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioSink

GRACE_MS = 4_000
"""An output that has not come to the end by so much after it should have is taken for broken."""
KILLED_WITHIN_MS = 200
APLAY_LATENCY_MS = 60


class Output(Protocol):
    """Plays one sound at a time (PCM16 mono). Tests put a fake here, at the rim."""

    name: str
    """What a person calls it; empty when nothing can be heard."""

    def start(self, pcm: bytes, rate_hz: int, gain: float) -> None:
        """Begin at once; `gain` is linear, 1.0 for full. Never raises and never waits."""
        ...

    def stop(self) -> None:
        """Silence at once (under 100 ms). Nothing when nothing plays."""
        ...

    def set_gain(self, gain: float) -> None:
        """Louder or softer from now on, where the output can; else from the next `start`."""
        ...

    def played_ms(self) -> int:
        """How much of the sound has been heard."""
        ...

    def ended(self) -> bool:
        """Whether all of it was heard, or never will be."""
        ...


class SilentOutput:
    """No loudspeaker: keeps time all the same, so that the word highlight still works."""

    name = ""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._duration_ms = 0

    def start(self, pcm: bytes, rate_hz: int, gain: float) -> None:  # noqa: ARG002 - nobody hears how loud
        self._duration_ms = len(pcm) * 500 // rate_hz
        self._clock.start()

    def stop(self) -> None:
        self._clock.invalidate()

    def set_gain(self, gain: float) -> None:
        """Nothing to set."""

    def played_ms(self) -> int:
        return min(self._clock.elapsed(), self._duration_ms) if self._clock.isValid() else 0

    def ended(self) -> bool:
        return not self._clock.isValid() or self._clock.elapsed() >= self._duration_ms


class AplayOutput(SilentOutput):
    """`aplay` for one sound each, fed through a pipe (no file). Where it fails, its clock still runs: silence, not a stop."""

    name = "aplay"

    def __init__(self, program: str = "aplay") -> None:
        super().__init__()
        self._program = program
        self._process: QProcess | None = None

    def start(self, pcm: bytes, rate_hz: int, gain: float) -> None:
        self.stop()
        super().start(pcm, rate_hz, gain)
        self._process = QProcess()
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.start(self._program, ["-q", "-"])
        self._process.write(wav_file(_scaled(pcm, gain), rate_hz))
        self._process.closeWriteChannel()

    def stop(self) -> None:
        super().stop()
        if self._process and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(KILLED_WITHIN_MS)
        self._process = None

    def played_ms(self) -> int:
        return max(0, super().played_ms() - APLAY_LATENCY_MS)

    def ended(self) -> bool:
        running = self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning
        late = self._clock.isValid() and self._clock.elapsed() > self._duration_ms + GRACE_MS
        return super().ended() and (late or not running)


class SinkOutput(SilentOutput):
    """Qt's audio output on one device; what the device has taken is the clock."""

    def __init__(self, device: QAudioDevice) -> None:
        super().__init__()
        self._device = device
        self.name = device.description()
        self._sink: QAudioSink | None = None
        self._buffer = QBuffer()

    def start(self, pcm: bytes, rate_hz: int, gain: float) -> None:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink

        self.stop()
        super().start(pcm, rate_hz, gain)
        form = QAudioFormat()
        form.setSampleRate(rate_hz)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(pcm))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(self._device, form)
        self._sink.setVolume(gain)
        self._sink.start(self._buffer)

    def stop(self) -> None:
        super().stop()
        if self._sink:
            self._sink.reset()  # `stop` may play out what is buffered; `reset` drops it
            self._sink = None

    def set_gain(self, gain: float) -> None:
        if self._sink:
            self._sink.setVolume(gain)

    def played_ms(self) -> int:
        return self._sink.processedUSecs() // 1000 if self._sink else 0

    def ended(self) -> bool:
        if self._sink is None or not self._clock.isValid():
            return True
        from PySide6.QtMultimedia import QtAudio

        over = self._sink.state() == QtAudio.State.StoppedState or self._clock.elapsed() > self._duration_ms + GRACE_MS
        return over or (self._buffer.atEnd() and self.played_ms() >= self._duration_ms)


class Devices(QObject):
    """The audio outputs of this machine, and when they change (headphones plugged in or out)."""

    changed = Signal()

    def __init__(self, preferred: str = "") -> None:
        """`preferred`: part of the name of the output to use when it is there."""
        super().__init__()
        self._preferred = preferred.lower()
        self._media = None
        with suppress(ImportError):  # QtMultimedia needs a system library (libpulse) that may be missing
            from PySide6.QtMultimedia import QMediaDevices  # costs 100 ms, and connects to the sound server

            self._media = QMediaDevices(self)
            self._media.audioOutputsChanged.connect(self.changed)

    def names(self) -> tuple[str, ...]:
        """What can be chosen as `preferred`."""
        return tuple(device.description() for device in self._media.audioOutputs()) if self._media else ()

    def best(self) -> Output:
        """The preferred output, else the system's own choice, else `aplay`, else silence."""
        if self._media and self._media.audioOutputs():
            wished = (device for device in self._media.audioOutputs() if self._preferred in device.description().lower())
            chosen = next(wished, None) if self._preferred else None
            return SinkOutput(chosen or self._media.defaultAudioOutput())
        return AplayOutput() if shutil.which("aplay") else SilentOutput()


def _scaled(pcm: bytes, gain: float) -> bytes:
    return array("h", (round(sample * gain) for sample in array("h", pcm))).tobytes()
