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
    more_is_better: bool = False

    @property
    def times_better(self) -> float:
        """Above 1: this kiosk does better."""
        ratio = median(self.theirs) / median(self.ours)
        return 1 / ratio if self.more_is_better else ratio

    @property
    def cells(self) -> tuple[str, ...]:
        ours, theirs = (spread(figures, self.unit) for figures in (self.ours, self.theirs))
        return self.what, ours, self.against, theirs, f"{self.times_better:.2f}"


HEADS = ("measured", "this kiosk: median (min to max)", "compared with", "median (min to max)", "times better")


def as_text(rows: Iterable[Row]) -> str:
    """A table in plain text."""
    return plain_table(HEADS, [row.cells for row in rows])


def plain_table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Columns as wide as what stands in them."""
    every = [heads, *lines]
    widths = [max(len(line[column]) for line in every) for column in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in every)


def spread(figures: Sequence[float], unit: str) -> str:
    return f"{number(median(figures))}{f' {unit}' if unit else ''} ({number(min(figures))} to {number(max(figures))})"


def number(value: float) -> str:
    """Three digits that mean something, no more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def percentile(figures: Sequence[float], part: float) -> float:
    """The figure that this part of all (0 to 1) does not exceed; 0 of none."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
