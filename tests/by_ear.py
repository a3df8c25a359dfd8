"""A person who sees nothing: a keypad to press, ears to hear with. Real voice; the loudspeaker is a file.

What is heard is the sound that was given to the loudspeaker, and of each sound the text that the engine made it from.
Every sound is loud enough to be heard, or the test fails.
"""

from __future__ import annotations

import wave
from array import array
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.app.gui import Kiosk
from kiosk.keys import Key
from kiosk.phrases import phrases
from kiosk.speech import Sound, Voice
from tests.listening import PATIENCE_SECONDS, FileSpeaker
from ui.player import TAIL_MS

LOUD = 500
"""Root mean square of 16-bit speech that somebody can hear; silence has 0. It is measured at full volume."""
MOST_STOPS = 90


class NotingVoice(Voice):
    """The engine's own voice; notes of which text each sound was made."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[bytes, str] = {}

    def say(self, text: str, language: str, words_per_minute: int = 150, *, then: Callable[[Sound], None]) -> None:
        def note(sound: Sound) -> None:
            self.texts[sound.pcm] = text
            then(sound)

        super().say(text, language, words_per_minute, then=note)


class Tape(FileSpeaker):
    """A loudspeaker that writes all it is given into one WAV file, and is done with each sound at once."""

    def __init__(self, path: Path, voice: NotingVoice) -> None:
        super().__init__(instantly=True)
        self.sentences: list[str] = []
        self._file, self._voice = wave.open(str(path), "wb"), voice  # noqa: SIM115 - closed with the tape
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(22_050)

    def start(self, pcm: bytes, rate_hz: int, gain: float) -> None:
        super().start(pcm, rate_hz, gain)
        spoken = pcm[: len(pcm) - 2 * (TAIL_MS * rate_hz // 1000)]
        assert loudness(spoken) > LOUD
        self._file.writeframes(pcm)
        self.sentences.append(self._voice.texts.get(spoken, "?"))

    def close(self) -> None:
        self._file.close()


def loudness(pcm: bytes) -> float:
    samples = array("h", pcm)
    return float((sum(sample * sample for sample in samples) / max(1, len(samples))) ** 0.5)


class Listener:
    """Presses keys and decides by what they hear. Looks at no widget and no screen."""

    def __init__(self, kiosk: Kiosk, tape: Tape, qtbot: QtBot, language: str = "en-GB") -> None:
        self._window, self._tape, self._qtbot = kiosk.window, tape, qtbot
        self.knows(language)

    def knows(self, language: str) -> None:
        """The language this person understands."""
        self.language, self.say = language, phrases(language)

    def presses(self, key: Key) -> str:
        """Press a key; the first thing heard after it."""
        return self.after(lambda: self._window.key_pressed.emit(key))

    def strikes(self, key: Qt.Key) -> str:
        """Press a key as a keypad sends it; the first thing heard after it."""
        return self.after(lambda: QTest.keyClick(self._window, key))

    def after(self, act: Callable[[], None]) -> str:
        """Do something; the first thing heard after it."""
        self._mark = len(self._tape.sentences)
        act()
        self._qtbot.waitUntil(lambda: len(self._tape.sentences) > self._mark, timeout=PATIENCE_SECONDS * 1000)
        return self._tape.sentences[self._mark]

    def hears(self, words: str) -> None:
        """Wait until `words` are said, after what was done last."""

        def heard() -> None:
            assert any(words in said for said in self._tape.sentences[self._mark :]), self._tape.sentences[self._mark :]

        self._qtbot.waitUntil(heard, timeout=PATIENCE_SECONDS * 1000)

    def finds(self, words: str, key: Key = Key.DOWN) -> str:
        """Go on until what is heard begins with `words`."""
        for _ in range(MOST_STOPS):
            heard = self.presses(key)
            if heard == words or heard.startswith((f"{words}.", f"{words} ")):
                return heard
            assert heard != self.say("This is the end."), f"{words!r} was never heard"
        raise AssertionError(f"{words!r} was never heard")

    def chooses(self, words: str) -> str:
        self.finds(words)
        return self.presses(Key.SELECT)

    def answers(self, question: str, words: str) -> None:
        """Wait for the question, and choose that answer."""
        self.hears(question)
        self.chooses(words)

    def skips(self, question: str) -> None:
        self.hears(question)
        self.chooses(self.say("Skip"))

    def writes(self, question: str, letters: tuple[str, ...]) -> None:
        """Words letter by letter, each by the name it is called by; then on."""
        self.hears(question)
        assert self.chooses(self.say("Your words")) == self.say("Use Up and Down to find a letter.")
        for letter in letters:
            self.finds_letter(letter)
            assert self.presses(Key.SELECT).startswith(self.say("Written"))
        assert self.presses(Key.BACK).startswith(self.say("Done"))
        self.chooses(self.say("Next"))

    def finds_letter(self, name: str) -> None:
        """The letters go round, so one way is enough."""
        self.presses(Key.UP)
        for _ in range(MOST_STOPS):
            if self.presses(Key.DOWN) == name:
                return
        raise AssertionError(f"{name!r} was never heard")

    def never_heard(self, *words: str) -> bool:
        return not any(word in said for said in self._tape.sentences for word in words)
