"""The letters of a language in the order a person knows them by heart, each with its spoken name (``assets/keyboards``).

Somebody who writes by ear goes along the alphabet, not along the rows of a board.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kiosk import ASSETS

KEYBOARDS = ASSETS / "keyboards"
CAPITALS = frozenset({"shift", "capitals"})
"""Levels of a board that hold the same letters once more."""
NUMBERS = "numbers"
ALPHABETS = {
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ur": "آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے",
}
"""Where the order of the letters' numbers is not the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`text` is written, `name` is said."""

    text: str
    name: str


@cache
def letters(tag: str) -> tuple[Letter, ...]:
    """What can be written in a BCP 47 tag (its primary language's board, else the English one).

    The letters in their order, then the signs that stand beside them on the board, then digits and all other signs.
    """
    board = _board(tag)
    near = tuple(_texts(board, *(level for level in board["levels"] if level not in {*CAPITALS, NUMBERS})))
    # A second set of digits sounds like the first one, so nobody could tell them apart.
    texts = dict.fromkeys(text for text in (*near, *_texts(board, NUMBERS)) if text.isascii() or not text.isdigit())
    order = ALPHABETS.get(board["language"], "")
    alphabet = sorted((text for text in texts if _is_letter(text)), key=lambda text: _place(text, order))
    beside = [text for text in texts if text in near and not _is_letter(text)]
    digits = sorted(text for text in texts if text.isdigit())
    known = dict.fromkeys((*alphabet, *beside, *digits, *texts))
    return tuple(Letter(text, board["names"].get(text, text)) for text in known)


def has_capitals(tag: str) -> bool:
    """Whether the script has capital letters."""
    return not CAPITALS.isdisjoint(_board(tag)["levels"])


@cache
def _board(tag: str) -> dict[str, Any]:
    names = (tag, tag.partition("-")[0], "en")
    path = next(path for name in names if (path := KEYBOARDS / f"{name}.json").exists())
    board: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return board


def _texts(board: dict[str, Any], *levels: str) -> Iterator[str]:
    keys = (key for level in levels for row in board["levels"].get(level, ()) for key in row)
    texts = (key if isinstance(key, str) else key.get("text", "") for key in keys)
    yield from (text for text in texts if text)


def _is_letter(text: str) -> bool:
    return unicodedata.category(text[0]).startswith(("L", "M"))


def _place(text: str, order: str) -> tuple[int, str]:
    """Letters of the alphabet in its order, others beside the letter they are made from."""
    return (order.index(text) if text in order else len(order), unicodedata.normalize("NFD", text))
