"""What one person hears, from one screen to the next: the voice in its speed and loudness, and where the ear stands.

What is said is decided by :mod:`kiosk.news` and :mod:`kiosk.listening`; here it is handed to the voice, held and gone on with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from kiosk.boxes import boxes, joined
from kiosk.ear import Ear, Heard, sentence
from kiosk.keys import Key
from kiosk.listening import guide, pressed, reads_aloud, stops
from kiosk.news import news, subject
from kiosk.phrases import phrases
from kiosk.screens import Screen, Utterance
from kiosk.speech.sound import chime

SHORT = 3
"""Letters that are found in many words."""


class Reader(Protocol):
    """The voice, as the shell sees it."""

    def speak(self, utterances: Sequence[Utterance]) -> None:
        """Each in turn, in place of whatever is being spoken."""

    def hush(self) -> None: ...

    def pause(self) -> None:
        """Silence at once; `resume` goes on from there."""

    def resume(self) -> None: ...

    def aside(self, utterances: Sequence[Utterance]) -> None:
        """Say this, and leave paused what was paused."""

    def tune(self, words_per_minute: int, volume_step: int) -> None:
        """How fast from the next part on, and how loud at once."""

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or was and is paused."""

    @property
    def paused(self) -> bool: ...


class Listener:
    """The ear of the person before the kiosk. The shell tells it every screen, touch and key."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._screen: Screen | None = None
        self._just_silenced = self._is_aside = False
        self.ear = Ear()
        self.caption = ""
        """What was said last and does not stand on the screen: the window shows it (S20)."""

    @property
    def hearing(self) -> str:
        """What :func:`kiosk.present.present` wants to know: speaking | paused | ""."""
        if not self._reader.speaking:
            return ""
        return "paused" if self._reader.paused or self._is_aside else "speaking"

    @property
    def holds_time(self) -> bool:
        """Whether something is really being heard: only then time does not run (S93)."""
        return self._reader.speaking and not self._reader.paused

    @property
    def place(self) -> str:
        """The part of the screen where the ear stands, for the window's ring: on a row of the review, what Select presses."""
        key = self.ear.spelling or self.ear.at or "heading"
        return "ask" if key.startswith("ask:") else key.replace("row:", "change:")

    def comes_to(self, screen: Screen) -> None:
        """`screen` is about to be shown: what is new about it is said, a new page whole."""
        before, self._screen = self._screen, screen
        self._reader.tune(screen.shown.words_per_minute, screen.shown.volume_step)
        if before is None or subject(before) != subject(screen):
            self.ear, self.caption = Ear(), ""
        elif screen.problem and screen.problem != before.problem:
            self.ear = Ear(at="problem")
        if not reads_aloud(screen):
            self._explain(before, screen)
            return self._is_warned(before, screen)
        return self.hears(news(before, screen, self.ear), screen)

    def _explain(self, before: Screen | None, screen: Screen) -> None:
        """How the keys work, in words, where no voice speaks this language."""
        if screen.shown.by_keypad and not (before and before.shown.by_keypad):
            self.caption = joined(*(part.text for part in guide(screen)))

    def _is_warned(self, before: Screen | None, screen: Screen) -> None:
        """Nothing is read to this person, but a question that will not wait has a sound of its own (S45)."""
        if not screen.chimes:
            self._reader.hush()
        elif before is None or not before.chimes:
            self._reader.speak((Utterance("", "", screen.language, chime()),))

    def is_touched(self) -> None:
        """Somebody did something: silence at once, to be gone on with if that is what they want (S6)."""
        self._just_silenced, self.caption = self.holds_time and not self._is_aside, ""
        self._reader.pause()

    def presses(self, screen: Screen, key: Key) -> Heard:
        """A key of the keypad: where the ear is then, what it hears, what happens."""
        heard = pressed(screen, self.ear, key)
        self.ear = heard.ear
        return heard

    def hears(self, said: Sequence[Utterance], screen: Screen) -> None:
        """Say this, if the screen is read at all; what is not on the screen anyway is shown in words in either case.

        Who touches sees what they touch change: they are shown only what belongs to no part of the screen.
        """
        if said:
            unseen = (part for part in said if part not in screen.spoken)
            self.caption = joined(*(part.text for part in unseen if screen.shown.by_keypad or not part.key))
        if said and reads_aloud(screen):
            self._just_silenced = self._is_aside = False
            self._reader.speak(said)

    def explores(self, screen: Screen, key: str, name: str) -> None:
        """A finger or the Tab key came to the part `key`: it is said as the keypad says it, else by its `name` (S25)."""
        stop = next((stop for stop in stops(screen) if stop.key == key), None)
        if stop:
            self.ear = replace(self.ear, at=key, settled=True, helps=0, spelling="")
        if stop and key == "tool:listen" and self._reader.paused:
            self._is_aside = True  # a finger looks for "Go on": what it would go on with must still be there
            self._reader.aside(stop.say)
        elif stop:
            self.hears(stop.say, screen)
        elif name:
            self.hears((sentence(screen, _discreet(screen, name), key),), screen)
            self.caption = ""

    def pauses_or_goes_on(self, screen: Screen) -> None:
        """The one control for listening (S5): pause, go on where it was paused, else this screen again."""
        silenced, self._just_silenced = self._just_silenced, False
        if self.holds_time:
            self._reader.pause()
        elif self._reader.paused and not silenced:
            self._is_aside = False
            self._reader.resume()
        elif not self._reader.paused:
            self.hears(screen.spoken, screen)


def _discreet(screen: Screen, name: str) -> str:
    """A name without a person's own words, where others hear (S10)."""
    say = phrases(screen.language)
    written = [box.text for box in boxes(screen.ask, say) if box.is_words or screen.private]
    given = [row.answer for row in screen.rows if row.private]
    taken = [button.label for button in screen.added]
    is_safe = screen.shown.private or not any(_tells(name, words) for words in (*written, *given, *taken))
    return name if is_safe else say("Your own words are not read aloud.")


def _tells(name: str, secret: str) -> bool:
    """Whether `name` gives `secret` away. One letter alone is a key of the keyboard; a few may be part of any word."""
    return len(secret) > 1 and (secret in re.split(r"\. |: ", name) or (len(secret) > SHORT and secret in name))
