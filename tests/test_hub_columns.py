"""How many people came when: by day, week or month, so that no chart has more columns than can be seen."""

from __future__ import annotations

from datetime import date

import pytest

from sync.hub.analysis.columns import of
from tests.hub_people import Hub

pytest_plugins = ("tests.hub_server",)


def test_a_month_has_a_column_for_each_day_without_anybody_too() -> None:
    found = of({date(2026, 2, 3): 9, date(2026, 2, 28): 18}, date(2026, 2, 1), date(2026, 2, 28))
    assert (found.step, len(found.columns), found.most) == ("day", 28, 18)
    assert found.path == "M2.1 100v-50.0h.8v50.0zM27.1 100v-100.0h.8v100.0z"


def test_a_year_has_weeks_from_monday_on() -> None:
    found = of({date(2026, 1, 1): 9, date(2026, 1, 4): 9, date(2026, 1, 5): 8}, date(2026, 1, 1), date(2026, 12, 31))
    assert (found.step, found.columns[:2]) == ("week", ((date(2025, 12, 29), 18), (date(2026, 1, 5), 8)))


def test_longer_periods_have_the_months_between_the_first_and_the_last_with_anybody() -> None:
    found = of({date(2024, 11, 30): 9, date(2025, 1, 1): 8}, date(2000, 1, 1), date(2100, 12, 31))
    assert found.columns == ((date(2024, 11, 1), 9), (date(2024, 12, 1), 0), (date(2025, 1, 1), 8))
    assert of({}, date(2000, 1, 1), date(2100, 12, 31)).columns == ()


@pytest.mark.parametrize("path", ["", ".json", ".xlsx", "/trends", "/equality"])
def test_ten_thousand_years_are_no_trouble(hub: Hub, path: str) -> None:
    assert hub.staff().see(f"/results/visit{path}?from=0001-01-01&to=9999-12-31").status_code == 200
