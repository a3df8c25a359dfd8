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
WITHOUT = frozenset({"shift", "capitals", "numbers"})
"""Levels of a board that hold no further letters."""
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
    """The letters of a BCP 47 tag (its primary language's, else English), then the signs that stand beside them."""
    names = (tag, tag.partition("-")[0], "en")
    path = next(path for name in names if (path := KEYBOARDS / f"{name}.json").exists())
    board: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    order = ALPHABETS.get(board["language"], "")
    texts = sorted(dict.fromkeys(_texts(board)), key=lambda text: _place(text, order))
    return tuple(Letter(text, board["names"].get(text, text)) for text in texts)


def _texts(board: dict[str, Any]) -> Iterator[str]:
    rows = (row for level, rows in board["levels"].items() if level not in WITHOUT for row in rows)
    texts = (key if isinstance(key, str) else key.get("text", "") for row in rows for key in row)
    yield from (text for text in texts if text)


def _place(text: str, order: str) -> tuple[bool, int, str]:
    """Letters first: those of the alphabet in its order, others beside the letter they are made from; then the signs."""
    is_sign = not unicodedata.category(text[0]).startswith(("L", "M"))
    return (is_sign, order.index(text) if text in order else len(order), unicodedata.normalize("NFD", text))
