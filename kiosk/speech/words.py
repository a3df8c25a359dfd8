"""Where each word stands in the text. Engines report pieces (``2024`` as four, ``e-mail`` as its e); people see words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def whole_words(text: str, pieces: Iterable[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """(start_char, length, at_ms) of each piece widened to the word it stands in, each word once, in the order heard."""
    heard: list[tuple[int, int, int]] = []
    for start, length, at_ms in pieces:
        begin, end = _word_at(text, start, length)
        if begin < end and (not heard or begin >= heard[-1][0] + heard[-1][1]):
            heard.append((begin, end - begin, at_ms))
    return tuple(heard)


def _word_at(text: str, start: int, length: int) -> tuple[int, int]:
    """The word around `start`: between spaces, without the punctuation at its ends. (0, 0) where there is none."""
    if not 0 <= start < len(text):
        return 0, 0
    if unicodedata.name(text[start], "").startswith(_WITHOUT_SPACES):
        return start, min(start + length, len(text))
    begin, end = start, start
    while begin > 0 and not text[begin - 1].isspace():
        begin -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while begin < end and _is_punctuation(text[begin]):
        begin += 1
    while begin < end and _is_punctuation(text[end - 1]):
        end -= 1
    return begin, end


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")
