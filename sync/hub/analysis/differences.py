"""Whether two parts differ by more than chance: exact tests, and Holm's correction for looking many times. Pure.

"More than chance" means: if there were no difference at all, one so great or greater would come up less than once in twenty
times. Who looks at twenty groups would find one by chance alone, so all that stand on one page are corrected together (Holm):
the chance that *any* of them is found wrongly stays below one in twenty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from sync.hub.analysis.good import Part

RARE: Final = 0.05
EXACT_UNTIL: Final = 1_000
"""With more possible outcomes than that the normal curve is used: nobody could see a difference, and it takes no time."""
_TIE: Final = 1 + 1e-7
"""What is as likely as what was found counts as at least as rare, whatever the last digits."""


def two_parts(one: Part, other: Part) -> float:
    """How likely so great a difference is by chance: Fisher's exact test of two groups of people, two-sided."""
    if not one.n or not other.n:
        return 1.0
    n, good = one.n + other.n, one.count + other.count
    lowest, highest = max(0, good - other.n), min(good, one.n)
    if highest - lowest >= EXACT_UNTIL:
        return _two_parts_roughly(one, other)
    whole = _ways(n, good)
    chances = [math.exp(_ways(one.n, k) + _ways(other.n, good - k) - whole) for k in range(lowest, highest + 1)]
    return _at_least_as_rare(chances, one.count - lowest)


def against_share(part: Part, share: float) -> float:
    """How likely so many or few are by chance, where the share of everybody is known (0 to 1): binomial test, two-sided."""
    if not part.n:
        return 1.0
    if not 0 < share < 1:
        return 1.0 if part.count == part.n * share else 0.0
    if part.n > EXACT_UNTIL:
        return _both_tails((part.count - part.n * share) / math.sqrt(part.n * share * (1 - share)))
    sure, not_sure = math.log(share), math.log(1 - share)
    chances = [math.exp(_ways(part.n, k) + k * sure + (part.n - k) * not_sure) for k in range(part.n + 1)]
    return _at_least_as_rare(chances, part.count)


def holm(chances: Sequence[float]) -> list[float]:
    """Each chance corrected for being one of several, in the order given."""
    found, highest = [0.0] * len(chances), 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=lambda at: chances[at])):
        highest = max(highest, min(1.0, chances[at] * (len(chances) - rank)))
        found[at] = highest
    return found


def more_than_chance(corrected: float) -> bool:
    """Less than once in twenty times."""
    return corrected < RARE


def _ways(n: int, k: int) -> float:
    """The logarithm of how many ways there are to choose k of n."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _at_least_as_rare(chances: Sequence[float], found: int) -> float:
    return min(1.0, math.fsum(chance for chance in chances if chance <= chances[found] * _TIE))


def _two_parts_roughly(one: Part, other: Part) -> float:
    pooled = (one.count + other.count) / (one.n + other.n)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / one.n + 1 / other.n))
    return _both_tails((one.count / one.n - other.count / other.n) / spread) if spread else 1.0


def _both_tails(distance: float) -> float:
    return math.erfc(abs(distance) / math.sqrt(2))
