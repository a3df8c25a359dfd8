"""What may come late: the voice is built once the first question is on the screen, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kiosk.speech import Voice

if TYPE_CHECKING:
    from ui.outputs import Output
    from ui.speaker import Speaker


class LateVoice:
    """The shell's reader: silent until :meth:`build`, then a real voice, player and speaker."""

    def __init__(self, words_per_minute: int, loudspeaker: Output | None = None) -> None:
        """`loudspeaker` is where sound goes; None for the machine's own, looked for when it is needed."""
        self._words_per_minute, self._loudspeaker = words_per_minute, loudspeaker
        self.voice = Voice()
        self.speaker: Speaker | None = None

    def build(self, parent: QObject, connect: Callable[[Speaker], None]) -> None:
        """Start the voice; `connect` joins its signals before it can say anything."""
        from ui.player import Player
        from ui.speaker import Speaker

        own = self._loudspeaker
        player = Player(own, parent=parent) if own else Player.for_this_machine(parent=parent)
        self.speaker = Speaker(self.voice, player, parent)
        self.speaker.set_rate(self._words_per_minute)
        connect(self.speaker)
        self.voice.start()

    def close(self) -> None:
        """Silence, and the end of the child process."""
        self.hush()
        self.voice.close()

    # --- the shell's side -------------------------------------------------------------------------------------------

    def speak(self, utterances: Sequence[tuple[str, str, str]]) -> None:
        if self.speaker:
            self.speaker.speak(utterances)

    def hush(self) -> None:
        if self.speaker:
            self.speaker.hush()

    @property
    def speaking(self) -> bool:
        return bool(self.speaker and self.speaker.speaking)
