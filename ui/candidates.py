"""Chinese by its sounds: what the letters of pinyin may stand for (``assets/keyboards/candidates``). Nothing of Qt is here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

SHOWN_FIRST = 4
"""So many characters come before the first words."""
WORDS_FIRST = 3
"""So many words come before the rarer characters."""
COMMON = 600
"""A character of this rank or better is offered before its syllable is written out."""
MOST_LETTERS = 24
"""Letters after these are not taken: the person chooses first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` to write in the place of the first `letters` of the letters typed."""

    text: str
    letters: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of some characters, its syllables joined (``yisheng``) and the first letter of each (``ys``)."""

    text: str
    sound: str
    initials: str


@dataclass(frozen=True, slots=True)
class Sounds:
    """A file of candidates: characters by syllable without tones, words by sound, both the most common first."""

    syllables: Mapping[str, str] = field(repr=False)
    words: tuple[Word, ...] = field(repr=False)
    ranks: Mapping[str, int] = field(repr=False)
    """How common the common characters are, from 0."""

    def characters(self, letters: str) -> str:
        """Every character of that very syllable."""
        return self.syllables.get(letters, "")

    def begun(self, letters: str) -> list[str]:
        """Characters whose syllable begins with `letters`, the most common first."""
        found = {one for sound, every in self.syllables.items() if sound.startswith(letters) for one in every}
        last = len(self.ranks)
        return sorted(found, key=lambda one: (self.ranks.get(one, last), one))

    def of_sound(self, letters: str) -> list[str]:
        return [word.text for word in self.words if word.sound == letters]


def candidates_for(sounds: Sounds, letters: str) -> tuple[Candidate, ...]:
    """What `letters` may stand for, the likeliest first: whole, then their longest beginnings, last the letters as they are."""
    if not letters:
        return ()
    whole = (Candidate(text, len(letters)) for text in _whole(sounds, letters))
    every: dict[str, Candidate] = {}
    for one in chain(whole, _beginnings(sounds, letters), (Candidate(letters, len(letters)),)):
        every.setdefault(one.text, one)
    return tuple(every.values())


def _whole(sounds: Sounds, letters: str) -> Iterator[str]:
    exact, begun = sounds.characters(letters), sounds.begun(letters)
    common = [one for one in begun if sounds.ranks.get(one, COMMON) < COMMON]
    characters = [*exact, *common]
    words = [*sounds.of_sound(letters), *(word.text for word in sounds.words if word.sound.startswith(letters))]
    short = [word.text for word in sounds.words if word.initials == letters]
    return chain(characters[:SHOWN_FIRST], words[:WORDS_FIRST], short, characters, words, begun)


def _beginnings(sounds: Sounds, letters: str) -> Iterator[Candidate]:
    """For a sentence typed in one go: its first word or syllable, the longest first. The other letters stay."""
    for end in range(len(letters) - 1, 0, -1):
        for text in (*sounds.of_sound(letters[:end]), *sounds.characters(letters[:end])):
            yield Candidate(text, end)


def in_pages(candidates: Iterable[Candidate], columns: float) -> tuple[tuple[Candidate, ...], ...]:
    """As many in each page as fit into `columns` key widths, at least one."""
    pages: list[list[Candidate]] = []
    room = 0.0
    for one in candidates:
        if not pages or columns_of(one.text) > room:
            pages.append([])
            room = columns
        pages[-1].append(one)
        room -= columns_of(one.text)
    return tuple(map(tuple, pages))


def columns_of(text: str) -> float:
    """How many key widths a candidate takes: one for a character, room for all its characters at the same size for a word."""
    wide = sum(1.0 if letter > "\u2e80" else 0.6 for letter in text)
    return max(1.0, 0.4 + 0.6 * wide)


@cache
def read_candidates(path: Path) -> Sounds:
    """The candidates in a file of ``assets/keyboards/candidates``; ``assets/keyboards/README.md`` says what stands in it."""
    document = json.loads(path.read_text(encoding="utf-8"))
    words = (
        Word(text, sound.replace(" ", ""), "".join(one[0] for one in sound.split()))
        for sound, texts in document["words"].items()
        for text in texts
    )
    return Sounds(document["syllables"], tuple(words), {one: rank for rank, one in enumerate(document["commonest"])})
