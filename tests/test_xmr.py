"""XmR charts by hand: every figure here was worked out on paper, and the working stands beside it (S141 to S149)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sync.hub.analysis.assurance import Assurance, assurance, of_chart
from sync.hub.analysis.xmr import Cause, Direction, Limits, Meaning, Xmr, limits, moving_ranges, warnings, xmr

UP, DOWN, NEITHER = Direction.UP, Direction.DOWN, Direction.NEITHER
# Mean (10+12+11+13+9)/5 = 55/5 = 11. Moving ranges 2, 1, 2, 4: average 9/4 = 2.25. Limit 2.66 x 2.25 = 5.985.
FIVE = [10.0, 12.0, 11.0, 13.0, 9.0]


def causes(chart: Xmr) -> list[Cause | None]:
    return [point.cause for point in chart.points]


def test_limits_are_the_mean_and_2_66_average_moving_ranges() -> None:
    """S141."""
    assert moving_ranges(FIVE) == [2, 1, 2, 4]
    lines = limits(FIVE)
    assert lines.mean == 11
    assert lines.lower == pytest.approx(5.015)  # 11 - 5.985
    assert lines.upper == pytest.approx(16.985)  # 11 + 5.985
    assert lines.inner_lower == pytest.approx(7.01)  # 11 - 2/3 x 5.985 = 11 - 3.99
    assert lines.inner_upper == pytest.approx(14.99)  # 11 + 3.99


def test_inner_lines_are_1_7733_average_moving_ranges_away() -> None:
    """S141: 1.7733 x 2.25 = 3.98993, which 3.99 is to three decimals."""
    lines = limits(FIVE)
    assert lines.inner_upper - lines.mean == pytest.approx(1.7733 * 2.25, abs=0.001)


# Fifteen moving ranges of 1 (10, 11, 10, 11 ...), then one step from 11 to 31: 20. Average (15 + 20) / 16 = 2.1875.
# 3.267 x 2.1875 = 7.1466; 20 is more, so it is left out: average 15/15 = 1.
# Mean of eight 10s, eight 11s and one 31: (80 + 88 + 31) / 17 = 199/17 = 11.70588.
WILD = [10.0, 11.0] * 8 + [31.0]


def test_screening_leaves_great_moving_ranges_out_once() -> None:
    """S142."""
    assert limits(WILD).upper == pytest.approx(11.70588 + 2.66 * 2.1875, abs=0.0001)  # 17.52463
    assert limits(WILD, screened=True).upper == pytest.approx(11.70588 + 2.66, abs=0.0001)  # 14.36588
    assert limits(WILD, screened=True).mean == limits(WILD).mean


def test_screening_is_done_once_and_not_again() -> None:
    """S142: ranges 1 x 20, 4 and 20: average 44/22 = 2, and 3.267 x 2 = 6.534: 20 goes. Left: 24/21 = 1.142857.

    3.267 x 1.142857 = 3.7337, so 4 would go if it were done again. It stays.
    """
    values = [0.0, 1.0] * 10 + [0.0, 4.0, 24.0]
    assert moving_ranges(values) == [1.0] * 20 + [4.0, 20.0]
    lines = limits(values, screened=True)
    assert lines.upper - lines.mean == pytest.approx(2.66 * 24 / 21)


def test_screening_leaves_even_ranges_alone() -> None:
    """S142: each range is 2, and so is their average: 2.66 x 2 = 5.32."""
    lines = limits([0.0, 2.0, 0.0, 2.0, 0.0], screened=True)
    assert lines.upper - lines.mean == pytest.approx(5.32)


def test_screening_is_off_unless_it_is_asked_for() -> None:
    """S142: comparable with the official tool; the chart says which."""
    assert not xmr(WILD, UP).screened
    assert xmr(WILD, UP).parts[0].limits == limits(WILD)
    assert xmr(WILD, UP, screened=True).parts[0].limits == limits(WILD, screened=True)


def test_a_point_strictly_outside_a_limit_is_special() -> None:
    """S143 a: the upper limit of WILD is 17.52463, and 31 is more; the 11s and 10s lie between 5.887 and 17.525."""
    found = causes(xmr(WILD, UP))
    assert found[-1] is Cause.OUTSIDE
    assert Cause.OUTSIDE not in found[:-1]


def test_a_point_on_the_limit_is_not_outside_it() -> None:
    """S143 a: five alike: mean 4, ranges 0, limits 4 and 4; each point lies on both."""
    assert causes(xmr([4.0] * 5, UP)) == [None] * 5


def test_seven_that_rise_are_a_trend_and_all_seven_are_flagged() -> None:
    """S143 b: 5 > 4 falls, then 4, 5, 6, 7, 8, 9, 10 rises six times; then 7 falls.

    Mean 61/9 = 6.7778; ranges seven times 1, then 3: average 10/8 = 1.25; limits 6.7778 +- 3.325: 3.4528 and 10.1028.
    """
    found = causes(xmr([5.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 7.0], UP))
    assert found == [None, *[Cause.TREND] * 7, None]


def test_an_equal_value_breaks_a_trend() -> None:
    """S143 b: five rises, no change, one rise: eight points, and never six rises in a row."""
    assert Cause.TREND not in causes(xmr([5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 10.0, 11.0], UP))


def test_six_rising_points_are_no_trend() -> None:
    """S143 b: five rises are six points."""
    assert Cause.TREND not in causes(xmr([5.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 7.0], UP))


# 8, 9, 7, 8, 14.5, 11, 14.5, 8, 9, 7, 8, 16: sum 120, mean 10.
# Ranges 1, 2, 1, 6.5, 3.5, 3.5, 6.5, 1, 2, 1, 8 = 36: average 36/11 = 3.2727. Limit 8.7055: 1.2945 and 18.7055.
# Inner lines 10 +- 5.8036: 4.1964 and 15.8036. So 14.5 is not near: only 16 is.
LONE = [8.0, 9.0, 7.0, 8.0, 14.5, 11.0, 14.5, 8.0, 9.0, 7.0, 8.0, 16.0]
# 8, 9, 8, 9, 8, 9, 13, 11, 13, 9, 8, 9, 8, 9, 8, 9: sum 148 / 16 = 9.25.
# Ranges 1 x 5, 4, 2, 2, 4, 1 x 6 = 23: average 23/15 = 1.53333. Limit 4.07867: 5.17133 and 13.32867.
# Inner upper 9.25 + 2.71911 = 11.96911. Both 13s lie between it and the limit; 11 does not, but is above the mean.
PAIR = [8.0, 9.0, 8.0, 9.0, 8.0, 9.0, 13.0, 11.0, 13.0, 9.0, 8.0, 9.0, 8.0, 9.0, 8.0, 9.0]


def test_two_of_three_near_a_limit_are_special_and_the_third_is_not() -> None:
    """S143 c."""
    found = causes(xmr(PAIR, UP))
    assert [at for at, cause in enumerate(found) if cause is Cause.TWO_OF_THREE] == [6, 8]
    assert found[7] is None


def test_one_near_a_limit_is_chance() -> None:
    """S143 c."""
    assert causes(xmr(LONE, UP)) == [None] * 12


def test_two_of_three_need_all_three_on_one_side_of_the_mean() -> None:
    """S143 c: with 9 for 11 in the middle: sum 146 / 16 = 9.125, so 9 is below the mean.

    Ranges 1 x 5, 4, 4, 4, 4, 1 x 6 = 27: average 1.8. Limit 4.788: upper 13.913; inner 12.317: both 13s are near.
    """
    values = [*PAIR[:7], 9.0, *PAIR[8:]]
    assert Cause.TWO_OF_THREE not in causes(xmr(values, UP))


# Seven of 10 and 11, then nine of 6 and 5: 10, 11, 10, 11, 10, 11, 10, 6, 5, 6, 5, 6, 5, 6: sum 73 + 39 = 112 / 14 = 8.
# Ranges 1 x 6, 4, 1 x 6 = 16: average 16/13 = 1.23077; limit 3.27385: 4.726 and 11.274; inner 8 +- 2.18256: 5.817 and 10.183.
# 11s are near (above 10.183): 11, 10, 11 has two of three near: two-of-three goes before shift there. 5s likewise below.
STEP = [10.0, 11.0, 10.0, 11.0, 10.0, 11.0, 10.0, 6.0, 5.0, 6.0, 5.0, 6.0, 5.0, 6.0]


def test_seven_on_one_side_of_the_mean_are_a_shift_unless_an_earlier_rule_holds() -> None:
    """S143 d, and the order of the rules."""
    found = causes(xmr(STEP, UP))
    near, shift = Cause.TWO_OF_THREE, Cause.SHIFT
    assert found == [shift, near, shift, near, shift, near, shift, shift, near, shift, near, shift, near, shift]


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    """S143 d: 10, 11, 10, 8, 11, 10, 11, then 6, 5, 6, 8, 5, 6, 5: sum 71 + 41 = 112, mean 8, and two 8s lie on it."""
    values = [10.0, 11.0, 10.0, 8.0, 11.0, 10.0, 11.0, 6.0, 5.0, 6.0, 8.0, 5.0, 6.0, 5.0]
    assert Cause.SHIFT not in causes(xmr(values, UP))


def test_outside_goes_before_trend_and_trend_before_shift() -> None:
    """S143: 1 to 14 rises throughout. Mean 7.5, ranges 1: limits 7.5 +- 2.66: 4.84 and 10.16.

    1 to 4 and 11 to 14 are outside; 5 to 10 are in the trend (and 1 to 7 on one side of the mean: that comes later).
    """
    found = causes(xmr([float(value) for value in range(1, 15)], UP))
    assert found == [*[Cause.OUTSIDE] * 4, *[Cause.TREND] * 6, *[Cause.OUTSIDE] * 4]


@pytest.mark.parametrize(
    ("direction", "meaning"), [(UP, Meaning.IMPROVEMENT), (DOWN, Meaning.CONCERN), (NEITHER, Meaning.NEUTRAL)]
)
def test_what_a_high_point_means_depends_on_what_is_good(direction: Direction, meaning: Meaning) -> None:
    """S144."""
    last = xmr(WILD, direction).points[-1]
    assert (last.meaning, last.high) == (meaning, True)


def test_a_fall_is_a_concern_where_up_is_good() -> None:
    """S144: the step down of STEP: its first seven are high, its last seven low."""
    meanings = [point.meaning for point in xmr(STEP, UP).points]
    assert meanings == [Meaning.IMPROVEMENT] * 7 + [Meaning.CONCERN] * 7


def test_a_rebase_gives_each_part_its_own_lines_and_rules() -> None:
    """S144: STEP rebased at its step. First part mean 73/7 = 10.42857, ranges 1: +- 2.66. Second 39/7 = 5.571429, +- 2.66."""
    chart = xmr(STEP, UP, [7])
    first, second = (part.limits for part in chart.parts)
    assert first is not None
    assert second is not None
    assert first.mean == pytest.approx(10.42857, abs=0.00001)
    assert first.upper == pytest.approx(13.08857, abs=0.00001)
    assert second.mean == pytest.approx(5.571429, abs=0.000001)
    assert causes(chart) == [None] * 14  # the step itself is no longer more than chance, and no run goes across it


def test_assurance_compares_the_target_with_the_last_limits() -> None:
    """S145: the limits of FIVE are 5.015 and 16.985."""
    lines = limits(FIVE)
    assert assurance(lines, 17, UP) is Assurance.FAIL
    assert assurance(lines, 5, UP) is Assurance.PASS
    assert assurance(lines, 17, DOWN) is Assurance.PASS
    assert assurance(lines, 5, DOWN) is Assurance.FAIL
    assert assurance(lines, 11, UP) is Assurance.HIT_AND_MISS
    assert assurance(lines, lines.upper, UP) is Assurance.HIT_AND_MISS
    assert assurance(lines, 17, NEITHER) is None


def test_assurance_uses_the_lines_of_the_last_point() -> None:
    """S145: STEP rebased: 10 is above the last upper limit 8.231 (5.571 + 2.66), though the first part would have met it."""
    assert of_chart(xmr(STEP, UP, [7]), 10) is Assurance.FAIL
    assert of_chart(xmr(STEP, UP, [7]), None) is None
    assert of_chart(xmr([1.0], UP), 10) is None


@pytest.mark.parametrize(
    ("points", "has_limits", "trial"), [(4, False, False), (5, True, True), (11, True, True), (12, True, False)]
)
def test_few_points_give_no_limits_and_some_give_trial_limits(points: int, has_limits: bool, trial: bool) -> None:
    """S146."""
    part = xmr([float(at % 3) for at in range(points)], UP).parts[0]
    assert (part.limits is not None, part.trial) == (has_limits, trial)


def test_without_limits_no_point_is_special() -> None:
    """S146."""
    assert causes(xmr([1.0, 1.0, 1.0, 900.0], UP)) == [None] * 4


def test_limits_of_percentages_may_lie_beyond_a_hundred() -> None:
    """S149: 90, 100, 90, 100, 90: mean 94, ranges 10: 94 + 26.6 = 120.6. The arithmetic is not cut."""
    lines = limits([90.0, 100.0, 90.0, 100.0, 90.0])
    assert lines.upper == pytest.approx(120.6)


def test_few_people_or_very_different_numbers_of_people_call_for_a_warning() -> None:
    """S149."""
    assert warnings([100, 120, 90]) == []
    assert len(warnings([100, 19])) == 2  # under 20, and 100 is more than 3 x 19 = 57
    assert len(warnings([19, 20])) == 1
    assert "from 30 to 91" in warnings([30, 91])[0]
    assert warnings([30, 90]) == []
    assert warnings([]) == []


def test_parts_lie_side_by_side_and_cover_every_point() -> None:
    chart = xmr([float(at) for at in range(9)], NEITHER, [3, 3, 0, 9, 40, 6])
    assert [(part.first, part.end) for part in chart.parts] == [(0, 3), (3, 6), (6, 9)]
    assert all(one.end == other.first for one, other in pairwise(chart.parts))
    assert xmr([], UP).points == ()


def test_lines_are_plain_values() -> None:
    assert Limits(1, 0, 2, 0.5, 1.5) == Limits(1, 0, 2, 0.5, 1.5)
