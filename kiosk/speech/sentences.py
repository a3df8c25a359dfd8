"""A long text in parts, so that its first sound comes early and its rendering stays within the deadline."""

from __future__ import annotations

import re

LONG = 160
"""Characters, about ten seconds of speech: shorter texts stay whole, because a voice reads a whole text best."""
LONGEST = 400

_END = re.compile(r"(?:[.!?…।؟۔]+[\"'”’)\]]*\s+|[。！？]+\s*|\n+)")


def in_parts(text: str) -> tuple[tuple[int, str], ...]:
    """`text` as (start_char, part): sentences joined up to about `LONG` characters, none longer than `LONGEST`."""
    ends = [match.end() for match in _END.finditer(text)]
    parts: list[tuple[int, str]] = []
    begin = 0
    while len(text) - begin > LONG:
        cut = _cut(text, begin, ends)
        parts.append((begin, text[begin:cut]))
        begin = cut
    parts.append((begin, text[begin:]))
    return tuple((start, part) for start, part in parts if part.strip())


def _cut(text: str, begin: int, ends: list[int]) -> int:
    """Where the part that begins at `begin` ends: after a sentence, else between words, else anywhere."""
    near = [end for end in ends if begin < end <= begin + LONG]
    if near:
        return near[-1]
    after = next((end for end in ends if end > begin), len(text))
    if after <= begin + LONGEST:
        return after
    space = text.rfind(" ", begin, begin + LONGEST)
    return space + 1 if space > begin else begin + LONGEST
