"""What may come late: the voice is built once the first question is on the screen, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kiosk.screens import Utterance
from kiosk.speech import Voice

if TYPE_CHECKING:
    from ui.outputs import Output
    from ui.speaker import Speaker


class LateVoice:
    """The shell's reader: silent until :meth:`build`, then a real voice, player and speaker."""

    def __init__(self, loudspeaker: Output | None = None) -> None:
        """`loudspeaker` is where sound goes; None for the machine's own, looked for when it is needed."""
        self._loudspeaker = loudspeaker
        self._tuned: tuple[int, int] | None = None
        self.voice = Voice()
        self.speaker: Speaker | None = None

    def build(self, parent: QObject, connect: Callable[[Speaker], None]) -> None:
        """Start the voice; `connect` joins its signals before it can say anything."""
        from ui.player import Player
        from ui.speaker import Speaker

        own = self._loudspeaker
        player = Player(own, parent=parent) if own else Player.for_this_machine(parent=parent)
        self.speaker = Speaker(self.voice, player, parent)
        if self._tuned:
            self.tune(*self._tuned)
        connect(self.speaker)
        self.voice.start()

    def close(self) -> None:
        """Silence, and the end of the child process."""
        self.hush()
        self.voice.close()

    @property
    def private(self) -> bool:
        """Whether sound goes to headphones, as far as the output's name tells."""
        return bool(self.speaker and self.speaker.private)

    # --- the shell's side -------------------------------------------------------------------------------------------

    def speak(self, utterances: Sequence[Utterance]) -> None:
        if self.speaker:
            self.speaker.speak(utterances)

    def hush(self) -> None:
        if self.speaker:
            self.speaker.hush()

    def pause(self) -> None:
        if self.speaker:
            self.speaker.pause()

    def resume(self) -> None:
        if self.speaker:
            self.speaker.resume()

    def aside(self, utterances: Sequence[Utterance]) -> None:
        if self.speaker:
            self.speaker.aside(utterances)

    def tune(self, words_per_minute: int, volume_step: int) -> None:
        self._tuned = (words_per_minute, volume_step)
        if self.speaker:
            self.speaker.set_rate(words_per_minute)
            self.speaker.set_volume(volume_step)

    @property
    def speaking(self) -> bool:
        return bool(self.speaker and self.speaker.speaking)

    @property
    def paused(self) -> bool:
        return bool(self.speaker and self.speaker.paused)
