"""What the author of a form must put right, and what they should know."""

from __future__ import annotations

from dataclasses import dataclass, field

LISTED = 12
"""The most names that one sentence lists."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about a place in the workbook. `row` is Excel's own number, 0 for a whole sheet."""

    sheet: str
    row: int
    column: str
    words: str
    is_mistake: bool = True

    def __str__(self) -> str:
        places = [f"sheet {self.sheet}" if self.sheet else "", f"row {self.row}" if self.row else ""]
        places.append(f"column {self.column}" if self.column else "")
        where = ", ".join(place for place in places if place)
        return f"{where}: {self.words}" if where else self.words


@dataclass(frozen=True, slots=True)
class At:
    """A place in the workbook, and the list that everything said about it goes to."""

    found: list[Remark] = field(repr=False)
    sheet: str = ""
    row: int = 0

    def refuse(self, words: str, column: str = "") -> None:
        """Note a mistake: nothing is written until it is put right."""
        self.found.append(Remark(self.sheet, self.row, column, words))

    def tell(self, words: str, column: str = "") -> None:
        """Note what was left out or assumed."""
        self.found.append(Remark(self.sheet, self.row, column, words, is_mistake=False))


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Names for a sentence, never too many."""
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
