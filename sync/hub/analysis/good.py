"""What counts as a good answer to each measure (S99, S108), in the codes that all surveys share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sync.hub.analysis.xmr import Direction
from sync.hub.counts import measures


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a measure: the people who gave one of `codes`, of all who gave one of `of`."""

    name: str
    measure: str
    words: str
    """Follows "of 100 people": ``said good or very good``."""
    title: str
    codes: frozenset[str]
    of: frozenset[str]
    direction: Direction = Direction.UP


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many people."""

    count: int
    n: int

    @property
    def percent(self) -> float | None:
        """Not rounded; None of nobody."""
        return 100 * self.count / self.n if self.n else None


_HOW_FAR: Final = frozenset({"yes", "partly", "no"})
_YES: Final = frozenset({"yes"})
_SIX: Final = frozenset(measures.FFT_CODES)
VIEWS: Final = {
    view.name: view
    for view in (
        View("positive", "fft", "said good or very good", "Good or very good", measures.POSITIVE, _SIX),
        View("negative", "fft", "said poor or very poor", "Poor or very poor", measures.NEGATIVE, _SIX, Direction.DOWN),
        View("listened", "listened", "said staff listened to them", "Staff listened", _YES, _HOW_FAR),
        View("questions-answered", "questions-answered", "got answers to their questions", "Got answers", _YES, _HOW_FAR),
        View("needs-met", "needs-met", "got the help they needed to understand", "Got the help they needed", _YES, _HOW_FAR),
    )
}
"""By name. The Friends and Family views are of all six answers (S108); the others of those whom the question concerned."""
BY_MEASURE: Final = {view.measure: view for view in reversed(VIEWS.values())}
"""The good view of each measure."""


def part(view: View, answers: Mapping[str, Mapping[str, int]]) -> Part:
    """`answers` are counts by code, by measure."""
    codes = answers.get(view.measure, {})
    return Part(_sum(codes, view.codes), _sum(codes, view.of))


def _sum(codes: Mapping[str, int], wanted: frozenset[str]) -> int:
    return sum(n for code, n in codes.items() if code in wanted)
