"""How words are searched: without case, without accents, in any script, alike on every database.

Text is folded to its words with one space between, once when it is kept and once when somebody searches. Scripts that put no
space between words (Chinese, Japanese, Thai…) are cut into single characters; a searched word is then several that follow
each other. Vowel signs of Indian scripts are part of a word and stay; the points of Arabic and Hebrew are accents and go.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

JOINED_SCRIPTS: Final = ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "YI")
POINTED_SCRIPTS: Final = ("COMBINING", "ARABIC", "HEBREW", "SYRIAC")
"""How the names of marks begin that are no letters of a word."""
ONE_LETTER: Final = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ـ": None})
"""Letters that Arabic, Urdu and Persian keyboards spell in several ways; and the stroke that lengthens a word."""
WITHOUT_ACCENT: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
INSIDE_A_WORD: Final = "'’ʼ\u200c\u200d"
"""Apostrophes and joiners: ``don't`` is searched as ``dont``."""


def fold(text: str) -> str:
    """The words of `text` with one space between."""
    out: list[str] = []
    for sign in unicodedata.normalize("NFKD", text.casefold()):
        kind = _kind(sign)
        if kind == "letter":
            out.append(sign)
        elif kind == "alone":
            out += (" ", sign, " ")
        elif kind == "mark":
            if len(out) > 1 and out[-1] == " " and out[-2] != " ":
                out.pop()  # a vowel of the character that stands alone
                out += (sign, " ")
            else:
                out.append(sign)
        elif kind == "gap":
            out.append(" ")
    return " ".join("".join(out).translate(ONE_LETTER).translate(WITHOUT_ACCENT).split())


@lru_cache(maxsize=4096)
def _kind(sign: str) -> str:
    category, name = unicodedata.category(sign), unicodedata.name(sign, "")
    if sign in INSIDE_A_WORD:
        return "nothing"
    if category[0] == "M":
        return "nothing" if name.startswith(POINTED_SCRIPTS) else "mark"
    if category[0] == "L" and name.startswith(JOINED_SCRIPTS):
        return "alone"
    return "letter" if category[0] in "LN" else "gap"
