"""Parts of a text replaced by marks that say what stood there, and nothing else changed (S157). Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sync.hub.errors import RedactionRefused
from sync.hub.words import warnings
from sync.hub.words.warnings import Caution, Kind

MARKS: Final = {
    Kind.NAME: "[name removed]",
    Kind.PHONE: "[phone number removed]",
    Kind.EMAIL: "[email address removed]",
    Kind.POSTCODE: "[address removed]",
    Kind.NHS_NUMBER: "[NHS number removed]",
    Kind.BIRTH: "[date of birth removed]",
}
OTHER_MARK: Final = "[words removed]"
ALL_MARKS: Final = (*MARKS.values(), OTHER_MARK)
MARK_NAMES: Final = {mark[1:-9]: mark for mark in ALL_MARKS}
"""What a mark stands for, as staff choose it: ``name``, ``phone number``, ``words``…"""
_ANY_MARK: Final = re.compile("|".join(re.escape(mark) for mark in ALL_MARKS))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a comment, and what it may be; `kind` is None for the words between."""

    text: str
    kind: Kind | None = None

    @property
    def in_words(self) -> str:
        return warnings.IN_WORDS[self.kind] if self.kind else ""


def parts(text: str) -> list[Part]:
    """`text` cut at what may point at a person. Marks that stand in it already are no such part."""
    cut: list[Part] = []
    here = 0
    for warning in suggested(text):
        cut += [Part(text[here : warning.start]), Part(text[warning.start : warning.end], warning.kind)]
        here = warning.end
    return [part for part in [*cut, Part(text[here:])] if part.text]


def suggested(text: str) -> tuple[Caution, ...]:
    """What may point at a person, outside of marks."""
    marks = [mark.span() for mark in _ANY_MARK.finditer(text)]
    found = warnings.found(text)
    return tuple(one for one in found if all(one.end <= start or one.start >= end for start, end in marks))


def without(text: str, chosen: Iterable[Caution], words: Iterable[tuple[str, str]] = ()) -> str:
    """`text` with the parts of `chosen` and each of `words` (word, mark) taken out. RedactionRefused for a word not in it."""
    for warning in sorted(chosen, reverse=True):
        text = text[: warning.start] + MARKS[warning.kind] + text[warning.end :]
    for word, mark in words:
        pieces = _without_word(text, word, mark)
        if pieces == text:
            raise RedactionRefused(f"“{word}” is not in these words. Type it as it stands there.")
        text = pieces
    return text


def is_only_less(before: str, after: str) -> bool:
    """Whether `after` is `before` with parts replaced by marks, and nothing else."""
    kept = _ANY_MARK.split(after)
    if len(kept) == 1:
        return after == before
    first, last = kept[0], kept[-1]
    if not before.startswith(first) or not before.endswith(last):
        return False
    here, end = len(first), len(before) - len(last)
    for piece in kept[1:-1]:
        at = before.find(piece, here + 1, end)  # what a mark stands for is at least one sign
        if at < 0:
            return False
        here = at + len(piece)
    return here < end


def plain(text: str) -> str:
    """As a browser's form gives it back: line ends of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(text: str) -> str:
    """Tells whether words are still the same, without repeating them."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _without_word(text: str, word: str, mark: str) -> str:
    """Every `word` outside of marks, whatever its case, as a whole where it begins and ends like a word."""
    edges = (
        r"(?<!\w)" if word[:1].isalnum() and word.isascii() else "",
        r"(?!\w)" if word[-1:].isalnum() and word.isascii() else "",
    )
    wanted = re.compile(f"{edges[0]}{re.escape(word)}{edges[1]}", re.IGNORECASE)
    kept = _ANY_MARK.split(text)
    marks = [*_ANY_MARK.findall(text), ""]
    return "".join(wanted.sub(lambda _: mark, piece) + one for piece, one in zip(kept, marks, strict=True))
