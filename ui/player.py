"""Plays rendered speech: at once, silent at once, and saying which word is being heard. Makes no sound of its own."""

from __future__ import annotations

import re
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.speech import Sound, Word
from ui.outputs import Devices, Output

STEPS_DB = (-18, -12, -6, 0)
"""Volume steps under full scale: 18 dB from the lowest to the highest, one 12 dB above the lowest (S14)."""
DEFAULT_STEP = 1
PRIVATE = re.compile(r"head(phone|set)|ear(phone|piece|bud)|handset", re.IGNORECASE)
TICK_MS = 25
TAIL_MS = 150
"""Silence after each sound: what an output still holds back when it says that it is done is then not missed."""


class Player(QObject):
    """One sound at a time on one output. A new `play` replaces the old sound without `finished`."""

    word_reached = Signal(int, int)
    """start_char, length: this word is being heard now."""
    finished = Signal()
    """The sound was heard to its end; not after `stop`."""
    outputs_changed = Signal()
    """Headphones or a loudspeaker came or went. Emitted before a sound that was playing goes on."""

    def __init__(self, output: Output, devices: Devices | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._output = output
        self._devices = devices
        self._sound: Sound | None = None
        self._words_left: tuple[Word, ...] = ()
        self._from_ms = 0
        self._word_ms = 0
        self._paused = False
        self._volume = DEFAULT_STEP
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        if devices:
            devices.setParent(self)
            devices.changed.connect(self._change_output)

    @classmethod
    def for_this_machine(cls, preferred: str = "", parent: QObject | None = None) -> Self:
        """On the output whose name contains `preferred`, else on the system's; see :meth:`ui.outputs.Devices.best`."""
        devices = Devices(preferred)
        return cls(devices.best(), devices, parent)

    @property
    def output_name(self) -> str:
        """The output in use, for staff; empty when nothing can be heard."""
        return self._output.name

    @property
    def output_names(self) -> tuple[str, ...]:
        """Every output there is, for the settings."""
        return self._devices.names() if self._devices else (self._output.name,)

    @property
    def private(self) -> bool:
        """Whether only one person hears: the output calls itself headphones or the like (S10).

        A hint, not a proof: a plug in a 3.5 mm jack is no event at all, and Qt does not tell when PulseAudio lost an output.
        """
        return bool(PRIVATE.search(self._output.name))

    @property
    def playing(self) -> bool:
        """Whether there is a sound that has neither been stopped nor come to its end (paused counts)."""
        return self._sound is not None

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def volume(self) -> int:
        """The step, 0 to 3; each is 6 dB louder than the one below."""
        return self._volume

    @volume.setter
    def volume(self, step: int) -> None:
        self._volume = max(0, min(step, len(STEPS_DB) - 1))
        self._output.set_gain(self._gain())

    def play(self, sound: Sound) -> None:
        """Begin at once, in place of whatever is playing. A lost sound is finished at the next tick."""
        self.stop()
        self._sound = sound
        self._words_left = sound.words
        self._start(sound, 0)

    def stop(self) -> None:
        """Silence at once; nothing more is heard of this sound."""
        self._timer.stop()
        self._output.stop()
        self._sound, self._words_left, self._paused = None, (), False

    def pause(self) -> None:
        """Silence at once; `resume` goes on from the beginning of the word that was cut (S5)."""
        if self._sound and not self._paused:
            self._timer.stop()
            self._from_ms = self._word_ms if self._sound.words else self._from_ms + self._output.played_ms()
            self._output.stop()
            self._paused = True

    def resume(self) -> None:
        if self._sound and self._paused:
            self._start(self._sound, self._from_ms)

    def _start(self, sound: Sound, from_ms: int) -> None:
        self._paused, self._from_ms, self._word_ms = False, from_ms, from_ms
        rate_hz = sound.rate_hz
        rest = sound.pcm[2 * (from_ms * rate_hz // 1000) :]
        if not sound.lost:
            self._output.start(rest + bytes(2 * (TAIL_MS * rate_hz // 1000)), rate_hz, self._gain())
        self._timer.start()

    def _tick(self) -> None:
        if self._sound is None:
            return
        sound, now_ms = self._sound, self._from_ms + self._output.played_ms()
        self._reach_words(now_ms)
        if self._sound is sound and (sound.lost or self._output.ended()):
            self.stop()
            self.finished.emit()

    def _reach_words(self, now_ms: int) -> None:
        """Tell the last word that has begun; those skipped by a slow tick are past already."""
        reached = [word for word in self._words_left if word.at_ms <= now_ms]
        if reached:
            self._words_left = self._words_left[len(reached) :]
            self._word_ms = reached[-1].at_ms
            self.word_reached.emit(reached[-1].start_char, reached[-1].length)

    def _change_output(self) -> None:
        """Go on where the system now plays, unless somebody hushes us first: what is private stays private (S10)."""
        interrupted = self._sound if not self._paused else None
        self.pause()
        if self._devices:
            self._output = self._devices.best()
        self.outputs_changed.emit()
        if interrupted and self._sound is interrupted:
            self.resume()

    def _gain(self) -> float:
        return float(10 ** (STEPS_DB[self._volume] / 20))
