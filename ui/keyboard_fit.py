"""How large a keyboard is: every way to show a layout in a width, from the largest keys to the least that may be."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ui.keyboard_layout import COLUMNS, KeyboardLayout, lifted
from ui.theme import BIG_MM, TARGET_MM, Look

FLOOR_MM = 16.0
"""No key is lower or narrower (S78's hard floor)."""
WANTED_MM = {100: 20.0, 150: 22.0, 200: 24.0}
"""How high keys are where there is room, by text size."""
WIDEST_MM = 28.0
"""Wider keys only make the way from one to the next longer."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A way to show a keyboard: which `layout`, and how high in pixels. The narrowest key is at least 16 mm."""

    layout: KeyboardLayout
    height: int
    folded: bool = False
    """Without its control row, whose keys stand beside the others."""
    aside: bool = False
    """Beside the box rather than under it."""

    shared: bool = False
    """Candidates have the control row's place while letters wait."""

    @property
    def rows(self) -> int:
        """Of keys, with the candidates' row."""
        return self.layout.rows_above * (not self.shared) + self.layout.height - self.folded

    @property
    def columns(self) -> float:
        return self.layout.columns + self.layout.side_columns * self.folded


def fits(layout: KeyboardLayout, look: Look, width: int) -> tuple[Fit, ...]:
    """Every way to show `layout` in `width`, best first: high keys, low keys, a lower board, a folded one."""
    # On roomy glass a key is as large as any other target; where that leaves no room, the keys get the page for themselves.
    least_mm = TARGET_MM if look.enlarged > 1 else FLOOR_MM
    wanted_mm = max(WANTED_MM.get(look.text_percent, 20.0), BIG_MM if look.big else 0)
    floor, wanted = least_mm * look.px_per_mm, wanted_mm * look.px_per_mm
    highest = max(floor, min(wanted, width / COLUMNS))
    low = lifted(layout)
    sizes = (highest, (2 * highest + floor) / 3, (highest + 2 * floor) / 3, floor)
    ways = [_of(layout, size) for size in sizes]
    if low is not layout and width >= low.columns * floor:
        ways += [_of(low, size) for size in sizes[2:]]
    wide_enough = [one for one in (low, layout) if width >= (one.columns + one.side_columns) * floor]
    if wide_enough:
        ways.append(_of(wide_enough[0], floor, folded=True))
    return tuple(ways)


def _of(layout: KeyboardLayout, size: float, *, folded: bool = False) -> Fit:
    """With keys `size` pixels high."""
    fit = Fit(layout, 0, folded)
    return replace(fit, height=math.ceil(fit.rows * size))
