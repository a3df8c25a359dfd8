"""The result: one line a comparison, ours beside theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `ours` and `theirs` hold every figure measured, in `unit`."""

    what: str
    unit: str
    ours: Sequence[float]
    theirs: Sequence[float]
    against: str

    @property
    def ratio(self) -> float:
        return median(self.theirs) / median(self.ours)


def as_text(rows: Iterable[Row]) -> str:
    """A table in plain text."""
    heads = ("measured", "this kiosk: median (min to max)", "compared with", "median (min to max)", "ratio")
    lines = [
        heads,
        *(
            (row.what, spread(row.ours, row.unit), row.against, spread(row.theirs, row.unit), f"{row.ratio:.2f}")
            for row in rows
        ),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def spread(figures: Sequence[float], unit: str) -> str:
    return f"{number(median(figures))} {unit} ({number(min(figures))} to {number(max(figures))})"


def number(value: float) -> str:
    """Three digits that mean something, no more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
