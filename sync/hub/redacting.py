"""Taking out what points at a person: parts of a comment are replaced by marks, and nothing else can be changed (S157).

The words as they came stay in `Comment.original`, for the few who may read them, so that a mistake can be undone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from sync.hub import folding, warnings
from sync.hub.errors import RedactionRefused
from sync.hub.models import Comment
from sync.hub.warnings import Caution, Kind

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
CHANGED_MEANWHILE: Final = "Somebody else changed these words meanwhile. Look at them again."
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


@transaction.atomic
def redact(pk: int, seen: str, after: str, who: User) -> Comment:
    """Keep `after` in place of the words, whose digest was `seen` when it was decided. Raises RedactionRefused."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    before = plain(comment.text)
    if seen != digest(comment.text):
        raise RedactionRefused(CHANGED_MEANWHILE)
    if after == before:
        raise RedactionRefused("Nothing was chosen. Tick a part, or type the words to take out.")
    if not is_only_less(before, after):
        raise RedactionRefused("Words can only be taken out here. Put a mark in place of each part, and change nothing else.")
    _keep(comment, after, comment.original or comment.text)
    still = set(warnings.codes(suggested(after)).split())
    comment.warnings = " ".join(code for code in comment.warnings.split() if code in still)
    comment.redacted_at, comment.redacted_by = timezone.now(), who
    comment.save()
    return comment


@transaction.atomic
def undo(pk: int) -> Comment:
    """The words as they came; no longer published, and every warning open again."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    if not comment.original:
        raise RedactionRefused("Nothing was taken out of these words.")
    _keep(comment, comment.original, "")
    comment.warnings = warnings.codes(warnings.found(comment.text))
    comment.redacted_at = comment.redacted_by = comment.published_at = None
    comment.save()
    return comment


@transaction.atomic
def looked_at(pk: int) -> Comment:
    """Somebody read them: what was warned of points at nobody."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    comment.warnings = ""
    comment.save(update_fields=["warnings"])
    return comment


@transaction.atomic
def publish(pk: int) -> Comment:
    """Let others read them, where the person agreed and no warning is open. Raises RedactionRefused."""
    comment = Comment.objects.select_for_update().get(pk=pk)
    if not comment.may_share:
        raise RedactionRefused("This person did not agree to share these words, so they stay here.")
    if comment.warnings:
        raise RedactionRefused("Look at the warnings first: take parts out, or say that they point at nobody.")
    comment.published_at = comment.published_at or timezone.now()
    comment.save(update_fields=["published_at"])
    return comment


def unpublish(pk: int) -> None:
    """Let others read them no longer."""
    Comment.objects.filter(pk=pk).update(published_at=None)


def _keep(comment: Comment, text: str, original: str) -> None:
    comment.text, comment.original, comment.folded = text, original, folding.fold(text)


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
