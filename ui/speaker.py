"""Speaks a list of utterances in order: asks the voice to render, the player to play, and tells what is being heard.

The next part is rendered while the current one plays. Only the last request is ever heard: `speak` and `hush` forget
everything that came before, also what is still on its way from the voice's thread (S6). Nothing here waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.screens import Utterance
from kiosk.speech import Sound
from kiosk.speech.sentences import in_parts
from kiosk.speech.sound import recorded
from kiosk.spoken import shown_span
from ui.player import DEFAULT_STEP, Player

RATES_WPM = (120, 150, 180)
DEFAULT_WPM = 150


class Renders(Protocol):
    """What the speaker needs of :class:`kiosk.speech.Voice`."""

    def say(self, text: str, language: str, words_per_minute: int = ..., *, then: Callable[[Sound], None]) -> None:
        """Render, then call `then` from any thread, unless something newer came."""
        ...

    def hush(self) -> None:
        """After this no `then` is called."""
        ...

    def voice_for(self, language: str) -> str | None:
        """The voice for a language that can be heard, or None."""
        ...

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed`, from any thread, when what can be heard has changed."""
        ...


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the utterance `key`; `start_char` is where it stands in `whole`, all that is said of that key."""

    key: str
    text: str = field(repr=False)
    language: str
    whole: str = field(repr=False)
    start_char: int
    first: bool
    sound: Sound | None = field(default=None, repr=False)
    """A recording that came with the survey: nothing has to be rendered."""


class Speaker(QObject):
    """`speak` a page, `hush` on any touch."""

    started = Signal(str)
    """key: this utterance begins to be heard."""
    word_reached = Signal(str, int, int)
    """key, start_char, length: this word of the utterance is being heard."""
    finished = Signal()
    """Everything asked for was heard, or could not be. Not after `hush`."""
    headphones_changed = Signal(bool)
    """Sound goes to headphones now (True), or does not any more: then all is silent already (S134)."""
    languages_changed = Signal()
    """Ask `available` again: the voices have been tried, or an engine failed or recovered."""
    _rendered = Signal(int, object)
    _voices_tried = Signal()

    def __init__(self, voice: Renders, player: Player, parent: QObject | None = None) -> None:
        """`voice` is started and closed by whoever made it; close it before this object is deleted."""
        super().__init__(parent)
        self._voice = voice
        self._player = player
        self._request = 0
        self._waiting: deque[_Part] = deque()
        self._asked: _Part | None = None
        self._ready: tuple[_Part, Sound] | None = None
        self._heard: _Part | None = None
        self._held = False
        self._kept: tuple[_Part, ...] = ()
        self._words_per_minute = DEFAULT_WPM
        self._rendered.connect(self._take)
        player.finished.connect(self._end_part)
        player.word_reached.connect(self._tell_word)
        player.outputs_changed.connect(self._follow_output)
        self._private = player.private
        # Through a signal of our own: whoever listens to `languages_changed` is called on the GUI thread.
        self._voices_tried.connect(self._tell_languages)
        voice.watch(self._voices_tried.emit)

    @property
    def speaking(self) -> bool:
        """Whether something is being heard, or about to be (paused counts)."""
        return bool(self._waiting or self._asked or self._ready or self._heard)

    @property
    def paused(self) -> bool:
        return self._held

    @property
    def private(self) -> bool:
        """Whether only one person hears, as far as the output's name tells."""
        return self._player.private

    @property
    def rate(self) -> int:
        """Words per minute."""
        return self._words_per_minute

    @property
    def volume(self) -> int:
        """The player's step, 0 to 3."""
        return self._player.volume

    def available(self, language: str) -> bool:
        """Whether `language` (BCP 47) can be heard on this machine; if not, offer no listen button (S16)."""
        return self._voice.voice_for(language) is not None

    def speak(self, utterances: Sequence[Utterance]) -> None:
        """Speak each in order, in place of whatever is being spoken."""
        self.hush()
        said = ""
        for number, utterance in enumerate(utterances):
            goes_on = number > 0 and utterances[number - 1].key == utterance.key
            said = f"{said} " if goes_on else ""
            self._waiting.extend(_parts(utterance, said))
            said += utterance.text
        self._render_next()
        if not self.speaking:
            request = self._request
            QTimer.singleShot(0, self, lambda: self._nothing_to_say(request))

    def hush(self) -> None:
        """Silence at once, and forget everything."""
        self._request += 1
        self._waiting.clear()
        self._asked = self._ready = self._heard = None
        self._held, self._kept = False, ()
        self._voice.hush()
        self._player.stop()

    def pause(self) -> None:
        """Silence at once; `resume` goes on from the word that was cut (S5)."""
        if self._kept:
            return self._take_up()
        self._held = self.speaking
        self._player.pause()
        return None

    def aside(self, utterances: Sequence[Utterance]) -> None:
        """Speak this and no more: what was paused stays so, and `resume` goes on with the sentence that was cut."""
        parts = (self._heard, self._ready[0] if self._ready else None, self._asked, *self._waiting)
        self.speak(utterances)
        self._kept = tuple(part for part in parts if part)

    def resume(self) -> None:
        """Go on; nothing when not paused."""
        if self._held:
            self._held = False
            self._player.resume()
            self._render_next()
            self._go_on()

    def set_rate(self, words_per_minute: int) -> None:
        """120, 150 or 180; the next part is spoken at it. The nearest of the three is taken."""
        self._words_per_minute = min(RATES_WPM, key=lambda rate: abs(rate - words_per_minute))

    def set_volume(self, step: int) -> None:
        """0 to 3, at once."""
        self._player.volume = step

    def reset(self) -> None:
        """Silence, and the rate and volume a session begins with (S15, S139)."""
        self.hush()
        self.set_rate(DEFAULT_WPM)
        self.set_volume(DEFAULT_STEP)

    def _render_next(self) -> None:
        if self._waiting and not self._asked and not self._ready:
            part, request = self._waiting.popleft(), self._request
            self._asked = part
            recording = part.sound
            if recording:  # as late as the voice, so that the page it belongs to is there
                QTimer.singleShot(0, self, lambda: self._take(request, recording))
            else:
                self._voice.say(
                    part.text, part.language, self._words_per_minute, then=lambda sound: self._rendered.emit(request, sound)
                )

    def _take(self, request: int, sound: Sound) -> None:
        """From the voice's thread, by a queued signal: it may come after a `hush`, and is then too old."""
        if request == self._request and self._asked:
            self._ready, self._asked = (self._asked, sound), None
            self._go_on()

    def _end_part(self) -> None:
        if self._heard:
            self._heard = None
            if self._ready or self._asked:
                self._go_on()
            else:
                self._finish()

    def _go_on(self) -> None:
        """Play what is ready, if the player is free and nobody holds us; meanwhile the next part is rendered."""
        if self._ready is None or self._heard or self._held:
            return
        (part, sound), self._ready = self._ready, None
        self._heard = part
        self._player.play(sound)
        self._render_next()
        if part.first and not sound.lost:
            self.started.emit(part.key)

    def _nothing_to_say(self, request: int) -> None:
        if request == self._request:
            self._finish()

    def _finish(self) -> None:
        if self._kept:
            self._take_up()
        self.finished.emit()

    def _take_up(self) -> None:
        """The aside is over: what it interrupted is paused again, from the beginning of its sentence."""
        kept = self._kept
        self.hush()
        self._waiting.extend(kept)
        self._held = True

    def _tell_word(self, start_char: int, length: int) -> None:
        if self._heard:
            place = shown_span(self._heard.whole, self._heard.start_char + start_char, length)
            self.word_reached.emit(self._heard.key, *place)

    def _follow_output(self) -> None:
        """Before anything goes on somewhere else: what was for one pair of ears is heard by no others (S10, S134)."""
        was_private, self._private = self._private, self._player.private
        if was_private and not self._private:
            self.hush()
        if was_private != self._private:
            self.headphones_changed.emit(self._private)

    def _tell_languages(self) -> None:
        self.languages_changed.emit()


def _parts(utterance: Utterance, said: str) -> Iterator[_Part]:
    """An utterance in pieces; `said` is what was said of the same key just before. A whole recording is one piece."""
    key, text, language = utterance.key, utterance.text, utterance.language
    sound = recorded(utterance.sound, text, language) if utterance.sound else None
    for at, (start, part) in enumerate(((0, text),) if sound else in_parts(text)):
        yield _Part(key, part, language, said + text, len(said) + start, first=at == 0 and not said, sound=sound)
