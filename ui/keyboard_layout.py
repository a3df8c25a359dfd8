"""Keyboards as data: which keys a language has, what each shows and what is said of it (``assets/keyboards``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from kiosk import ASSETS

KEYBOARDS = ASSETS / "keyboards"
COLUMNS = 10.0
"""The width of every board."""
LIFTED = "lifted-"
"""How the levels that :func:`lifted` makes are named."""
SIDE_COLUMNS = 3.0
"""What a folded board is wider by: its control row stands beside the other rows."""


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

    def spots(self, level: str, *, folded: bool = False) -> tuple[Spot, ...]:
        """Where the keys of `level` stand. A folded board is one row lower and :data:`SIDE_COLUMNS` wider."""
        rows = self.levels[level]
        if folded and len(rows) == self.height:
            return _folded(rows, self.right_to_left)
        return _stacked(rows, SIDE_COLUMNS / 2 if folded else 0.0)


def keyboard_for(language: str) -> KeyboardLayout:
    """The keyboard of a BCP 47 tag, else of its primary language (``en-GB`` -> ``en``), else the English one."""
    tags = (language, language.partition("-")[0], "en")
    return read_keyboard(next(path for tag in tags if (path := KEYBOARDS / f"{tag}.json").exists()))


@cache
def read_keyboard(path: Path) -> KeyboardLayout:
    """The keyboard in a file of ``assets/keyboards``; that folder's README says what stands in it."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    levels = {name: tuple(tuple(_key(key) for key in row) for row in rows) for name, rows in document["levels"].items()}
    return KeyboardLayout(
        language=document["language"],
        right_to_left=document["right_to_left"],
        labels=document["labels"],
        names=document["names"],
        levels=levels,
    )


def _key(key: str | dict[str, Any]) -> Key:
    if isinstance(key, str):
        return Key(key)
    return Key(key.get("text", ""), key.get("action", ""), key.get("icon", ""), float(key.get("columns", 1)))


def lifted(layout: KeyboardLayout) -> KeyboardLayout:
    """The same keyboard a row lower, for a low screen: a Latin board's row of accented letters becomes a level of its own.

    A touch on its key shows that row, and one letter later the ordinary letters are back. Other scripts stay as they are:
    each of their rows holds everyday letters.
    """
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


def _stacked(rows: Rows, left: float) -> tuple[Spot, ...]:
    return tuple(spot for number, row in enumerate(rows) for spot in _centred(row, number, left))


def _centred(row: Row, number: int, left: float) -> list[Spot]:
    column = left + (COLUMNS - sum(key.columns for key in row)) / 2
    spots = []
    for key in row:
        spots.append(Spot(key, number, column, key.columns))
        column += key.columns
    return spots


def _folded(rows: Rows, right_to_left: bool) -> tuple[Spot, ...]:
    """The control row's keys beside the other rows, at the end where lines end: space lowest, new line above it."""
    *body, controls = rows
    main, side = (SIDE_COLUMNS, 0.0) if right_to_left else (0.0, COLUMNS)
    spots = list(_stacked(tuple(body), main))
    for number, row in enumerate(_beside(controls, len(body))):
        width = SIDE_COLUMNS / max(1, len(row))
        spots += [Spot(key, number, side + width * n, width) for n, key in enumerate(row)]
    return tuple(spots)


def _beside(controls: Row, count: int) -> list[Row]:
    """The control keys in `count` rows from the top, at most three in each but the last two."""
    space = tuple(key for key in controls if key.action == "space")
    rest = [key for key in controls if key.action != "space"]
    most = int(SIDE_COLUMNS)
    rows: list[Row] = [space]
    for above in range(count - 2, -1, -1):
        take = max(1, len(rest) - most * above) if above == count - 2 else most
        rows.append(tuple(rest[len(rest) - min(take, len(rest)) :]))
        del rest[len(rest) - min(take, len(rest)) :]
    return rows[::-1]
