"""Keyboards as data: which keys a language has, what each shows and what is said of it (``assets/keyboards``)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from kiosk import ASSETS
from ui.candidates import Sounds, read_candidates

KEYBOARDS = ASSETS / "keyboards"
COLUMNS = 10.0
"""The least width of a board; only the low boards of some scripts are wider."""
LIFTED = "lifted-"
"""How the levels that :func:`lifted` makes are named."""
SIDE_COLUMNS = 3.0
"""What a folded board is wider by, at least: its control row stands beside the other rows."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that writes `text`, or does `action`; `columns` is its width."""

    text: str = ""
    action: str = ""
    icon: str = ""
    columns: float = 1.0

    @property
    def name(self) -> str:
        """By what the labels and names of a layout know it."""
        return self.action or self.text


Row: TypeAlias = tuple[Key, ...]
Rows: TypeAlias = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key stands: `row` from the top, `column` and `columns` in key widths from the left."""

    key: Key
    row: int
    column: float
    columns: float


@dataclass(frozen=True, slots=True)
class KeyboardLayout:
    """One language's keyboard, as its file says it. `levels` always has ``letters``."""

    language: str
    right_to_left: bool = False
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    levels: Mapping[str, Rows] = field(default_factory=dict, repr=False)
    low: Mapping[str, Rows] = field(default_factory=dict, repr=False)
    """Levels with fewer and longer rows, for a low, wide screen."""
    once: frozenset[str] = frozenset()
    """Levels that give way to ``letters`` after one letter: in a word, hardly two of theirs stand together."""
    candidates: Sounds | None = field(default=None, repr=False, compare=False)
    """What the letters stand for, where they are not written themselves."""

    def label(self, key: Key) -> str:
        """What the key shows."""
        return self.labels.get(key.name, key.text)

    def spoken(self, key: Key) -> str:
        """What is said of the key; a capital letter has its small letter's name unless it has its own."""
        return self.names.get(key.name) or self.names.get(key.name.lower()) or self.label(key) or key.name

    @property
    def has_capitals(self) -> bool:
        return "shift" in self.levels

    @property
    def height(self) -> int:
        """Rows of the tallest level."""
        return max(len(rows) for rows in self.levels.values())

    @property
    def rows_above(self) -> int:
        """Rows above the keys: one where there are candidates."""
        return 1 if self.candidates else 0

    @property
    def columns(self) -> float:
        """Key widths across the widest level."""
        widths = (sum(key.columns for key in row) for rows in self.levels.values() for row in rows)
        return max(COLUMNS, *widths)

    @property
    def side_columns(self) -> float:
        """What folding adds, so that no key at the side is narrower than the others (the space key has a row there)."""
        tall = [rows for rows in self.levels.values() if len(rows) == self.height]
        return max(SIDE_COLUMNS, *(float(math.ceil((len(rows[-1]) - 1) / max(1, self.height - 2))) for rows in tall))

    def spots(self, level: str, *, folded: bool = False) -> tuple[Spot, ...]:
        """Where the keys of `level` stand. A folded board is one row lower and `side_columns` wider."""
        rows, width, side = self.levels[level], self.columns, self.side_columns
        if folded and len(rows) == self.height:
            return _folded(rows, width, side, right_to_left=self.right_to_left)
        return _stacked(rows, width + side * folded)


def keyboard_for(language: str) -> KeyboardLayout:
    """The keyboard of a BCP 47 tag, else of its primary language (``en-GB`` -> ``en``), else the English one."""
    tags = (language, language.partition("-")[0], "en")
    return read_keyboard(next(path for tag in tags if (path := KEYBOARDS / f"{tag}.json").exists()))


@cache
def read_keyboard(path: Path) -> KeyboardLayout:
    """The keyboard in a file of ``assets/keyboards``; that folder's README says what stands in it."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    candidates = document.get("candidates")
    return KeyboardLayout(
        language=document["language"],
        right_to_left=document["right_to_left"],
        labels=document["labels"],
        names=document["names"],
        levels=_levels(document["levels"]),
        low=_levels(document.get("low", {})),
        once=frozenset(document.get("once", ())),
        candidates=read_candidates(path.parent / "candidates" / candidates) if candidates else None,
    )


def _levels(boards: Mapping[str, list[list[str | dict[str, Any]]]]) -> dict[str, Rows]:
    return {name: tuple(tuple(_key(key) for key in row) for row in rows) for name, rows in boards.items()}


def _key(key: str | dict[str, Any]) -> Key:
    if isinstance(key, str):
        return Key(key)
    return Key(key.get("text", ""), key.get("action", ""), key.get("icon", ""), float(key.get("columns", 1)))


def lifted(layout: KeyboardLayout) -> KeyboardLayout:
    """The same keyboard a row lower, for a low screen: a Latin board's row of accented letters becomes a level of its own.

    A touch on its key shows that row, and one letter later the ordinary letters are back. Other scripts, each of whose rows
    holds everyday letters, have longer rows instead.
    """
    if layout.low:
        return replace(layout, levels={**layout.levels, **layout.low}, low={})
    tall = [level for level in ("letters", "shift") if len(layout.levels.get(level, ())) == layout.height]
    if not layout.has_capitals or len(tall) != 2 or len(layout.levels["letters"]) < 5:
        return layout
    levels, labels = dict(layout.levels), dict(layout.labels)
    for level in tall:
        accents, *others, controls = layout.levels[level]
        key = Key(action=f"level:{LIFTED}{level}")
        levels[level] = (*others, (replace(controls[0], columns=controls[0].columns - 1), key, *controls[1:]))
        levels[LIFTED + level] = (accents, (Key(action="level:letters", columns=2), *controls[1:]))
        labels[key.name] = "".join(letter.text for letter in accents[:3])
    return replace(layout, labels=labels, levels=levels)


# --- where keys stand ----------------------------------------------------------------------------------------------


def _stacked(rows: Rows, width: float, left: float = 0.0) -> tuple[Spot, ...]:
    return tuple(spot for number, row in enumerate(rows) for spot in _centred(row, number, width, left))


def _centred(row: Row, number: int, width: float, left: float) -> list[Spot]:
    column = left + (width - sum(key.columns for key in row)) / 2
    spots = []
    for key in row:
        spots.append(Spot(key, number, column, key.columns))
        column += key.columns
    return spots


def _folded(rows: Rows, width: float, side_width: float, *, right_to_left: bool) -> tuple[Spot, ...]:
    """The control row's keys beside the other rows, at the end where lines end: space lowest, new line above it."""
    *body, controls = rows
    main, side = (side_width, 0.0) if right_to_left else (0.0, width)
    spots = list(_stacked(tuple(body), width, main))
    for number, row in enumerate(_beside(controls, len(body), int(side_width))):
        share = side_width / max(1, len(row))
        spots += [Spot(key, number, side + share * n, share) for n, key in enumerate(row)]
    return tuple(spots)


def _beside(controls: Row, count: int, most: int) -> list[Row]:
    """The control keys in `count` rows from the top, at most `most` in each, the lowest with one or two."""
    space = tuple(key for key in controls if key.action == "space")
    rest = [key for key in controls if key.action != "space"]
    rows: list[Row] = [space]
    for above in range(count - 2, -1, -1):
        take = max(1, len(rest) - most * above) if above == count - 2 else most
        rows.append(tuple(rest[len(rest) - min(take, len(rest)) :]))
        del rest[len(rest) - min(take, len(rest)) :]
    return rows[::-1]
