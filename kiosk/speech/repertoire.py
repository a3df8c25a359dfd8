"""What can be spoken on this machine: the voices found, and the languages in which a trial was heard (S16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.speech.lines import Description
from kiosk.speech.voices import choose, primary, spoken

TRIAL_TEXT = "1, 2, 3"
"""Every voice reads digits in its own language, so one text tries them all."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """`untried` languages have a voice that nobody has heard yet; `languages` have one that was heard.

    A `suspect` voice was being tried when a worker died.
    """

    voices: tuple[Description, ...] = ()
    mute: frozenset[Description] = frozenset()
    suspect: frozenset[Description] = frozenset()
    untried: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()

    def voice_for(self, language: str) -> Description | None:
        """The voice to try or to use for a BCP 47 tag."""
        return choose(self.voices, language)

    def usable_voice_for(self, language: str) -> Description | None:
        """The voice for a BCP 47 tag, if its language was heard in a trial."""
        voice = self.voice_for(language)
        return voice if voice and any(primary(tag) in self.languages for tag in voice.languages) else None


def with_voices(known: Repertoire, voices: Iterable[Description]) -> Repertoire:
    """What a child announced when it started. What earlier children showed is still known."""
    here = tuple(voice for voice in voices if voice not in known.mute)
    there = spoken(here)
    languages = known.languages.intersection(there)
    untried = sorted((tag for tag in there if tag not in languages), key=lambda tag: choose(here, tag) in known.suspect)
    return replace(known, voices=here, untried=tuple(untried), languages=languages)


def after_trial(known: Repertoire, language: str, voice: Description, *, heard: bool) -> Repertoire:
    """A voice nobody could hear is never used again: its languages are tried with the next voice, if there is one."""
    if heard:
        untried = tuple(tag for tag in known.untried if tag != language)
        return replace(known, untried=untried, languages=known.languages | {language})
    hers = {tag for tag in known.languages if known.voice_for(tag) == voice}
    left = replace(known, voices=tuple(v for v in known.voices if v != voice), mute=known.mute | {voice})
    untried = tuple(tag for tag in (*known.untried, *sorted(hers)) if left.voice_for(tag))
    return replace(left, untried=untried, languages=known.languages - hers)


def after_death(known: Repertoire, language: str, voice: Description, *, in_a_row: int) -> Repertoire:
    """A worker died or hung in a trial, the `in_a_row`th without a success between: the language is tried again, last.

    A voice is blamed only for deaths that follow a success; two of those, and it is never used again.
    """
    if in_a_row > 1:
        suspect = known.suspect
    elif voice in known.suspect:
        return after_trial(known, language, voice, heard=False)
    else:
        suspect = known.suspect | {voice}
    others = tuple(tag for tag in known.untried if tag != language)
    return replace(known, suspect=suspect, untried=(*others, language))
