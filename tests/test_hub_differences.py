"""More than chance or not: exact tests against known values, and Holm's correction."""

from __future__ import annotations

import pytest

from sync.hub.analysis.differences import EXACT_UNTIL, against_share, holm, more_than_chance, two_parts
from sync.hub.analysis.good import Part


@pytest.mark.parametrize(
    ("one", "other", "chance"),
    [
        # The lady tasting tea, 3 of 4 and 1 of 4: (1 + 16 + 16 + 1) / 70 for tables as rare as 16/70: 34/70.
        (Part(3, 4), Part(1, 4), 34 / 70),
        # All right: the two outer tables, 2/70.
        (Part(4, 4), Part(0, 4), 2 / 70),
        # 1 of 10 and 8 of 10, 9 of 20 in all. C(20,9) = 167960. Two-sided: k = 0, 1, 8, 9 of the first ten:
        # C(10,0)C(10,9) = 10, C(10,1)C(10,8) = 450, and the same again: 920 / 167960.
        (Part(1, 10), Part(8, 10), 920 / 167960),
        (Part(5, 10), Part(5, 10), 1.0),
        (Part(0, 0), Part(5, 10), 1.0),
    ],
)
def test_fishers_exact_test_gives_the_known_values(one: Part, other: Part, chance: float) -> None:
    assert two_parts(one, other) == pytest.approx(chance)
    assert two_parts(other, one) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("part", "share", "chance"),
    [
        (Part(8, 10), 0.5, 112 / 1024),  # (45 + 10 + 1) x 2 = 112 of 1024 ways
        (Part(0, 10), 0.5, 2 / 1024),
        (Part(2, 3), 0.25, 10 / 64),  # two: 9/64, three: 1/64; one and none are 27/64 each
        (Part(5, 10), 0.5, 1.0),
        (Part(0, 10), 0.0, 1.0),
        (Part(1, 10), 0.0, 0.0),
        (Part(0, 0), 0.3, 1.0),
    ],
)
def test_the_binomial_test_gives_the_known_values(part: Part, share: float, chance: float) -> None:
    assert against_share(part, share) == pytest.approx(chance)


def test_for_a_great_many_people_the_curve_says_the_same_as_counting() -> None:
    """By counting up to a thousand outcomes, and by the curve beyond.

    500 of 9,990 and 450 of 10,000: 0.05005 - 0.045 = 0.00505; spread 0.0030096; 1.678 spreads: 0.0933 by the curve.
    530 and 480: 0.053053 - 0.048 = 0.005053; spread 0.0030982; 1.6310 spreads: 0.1029.
    """
    exact = two_parts(Part(500, 9_990), Part(450, 10_000))
    rough = two_parts(Part(530, 9_990), Part(480, 10_000))
    assert 500 + 450 < EXACT_UNTIL < 530 + 480
    assert exact == pytest.approx(0.0933, abs=0.004)
    assert rough == pytest.approx(0.1029, abs=0.0001)
    assert two_parts(Part(5000, 5000), Part(5000, 5000)) == 1.0
    assert against_share(Part(1_300, 2_500), 0.5) == pytest.approx(0.0455, abs=0.0005)  # 50 / 25 = 2 spreads


def test_holm_corrects_the_rarest_most() -> None:
    """Of four: 0.01 x 4, 0.02 x 3, 0.03 x 2 = 0.06, and 0.5 x 1; none below the one before it."""
    assert holm([0.02, 0.5, 0.01, 0.03]) == pytest.approx([0.06, 0.5, 0.04, 0.06])
    assert holm([0.9, 0.8]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


def test_more_than_chance_is_less_than_once_in_twenty() -> None:
    assert more_than_chance(0.049)
    assert not more_than_chance(0.05)
