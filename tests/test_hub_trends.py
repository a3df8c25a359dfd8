"""Results over time and who is heard, as staff read them: charts, targets, tables, downloads, and nobody else's site."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sync.hub.analysis.good import Part
from sync.hub.analysis.sentences import before, compared, in_short, length
from sync.hub.analysis.workbook import workbook
from tests.hub_people import Hub
from tests.hub_survey import answer

pytest_plugins = ("tests.hub_server",)


def came(site: str, day: date, *documents: dict[str, Any]) -> None:
    """These responses came from a device at `site` at noon of `day`."""
    from sync.hub.models import Device
    from sync.hub.taking_in import intake
    from sync.hub.taking_in.judged import Arrival

    arrivals = [Arrival(uuid.UUID(one["id"]), json.dumps(one).encode()) for one in documents]
    at = datetime.combine(day, time(12), timezone.get_current_timezone())
    assert {verdict.status for verdict in intake.take_in(Device.objects.get(site__name=site), arrivals, at)} == {201}


def months_back(count: int) -> date:
    """The tenth of the month so many months before this one."""
    today = timezone.localdate()
    number = today.year * 12 + today.month - 1 - count
    return date(number // 12, number % 12 + 1, 10)


def two_years(hub: Hub, site: str = "North") -> None:
    """Twenty people each month: 18 or 17 good for a year, then one month of 10."""
    hub.device(site)
    for back in range(13, 0, -1):
        good = 10 if back == 1 else 18 - back % 2
        came(site, months_back(back), *(answer("good") for _ in range(good)), *(answer("poor") for _ in range(20 - good)))


def test_a_chart_tells_in_words_and_in_a_table_what_it_shows(hub: Hub) -> None:
    """S143, S147: the last month falls out of the limits; the table has each point with its people."""
    staff = hub.staff()
    two_years(hub)
    words = staff.reads("/results/visit/trends")
    assert "50% of 20 people said good or very good. Worse: outside the limits." in words
    assert "The same figures as a table" in words
    rows = staff.see("/results/visit/trends.json").json()["Trend"]
    assert len(rows) == 13
    assert (rows[-1]["Good or very good percent"], rows[-1]["People"]) == (50.0, 20)
    assert rows[-1]["What it means"] == "Worse: outside the limits"
    assert rows[0]["What it means"] == "Better: seven in a row above the average"


def test_the_page_says_whether_outliers_are_screened(hub: Hub) -> None:
    """S142: off at first."""
    staff = hub.staff()
    two_years(hub)
    assert "Great leaps are not left out of the limits" in staff.reads("/results/visit/trends")
    assert "Great leaps are left out of the limits: those of 3.267" in staff.reads("/results/visit/trends?screened=yes")
    drawn = {wish: staff.see(f"/results/visit/trends.json{wish}").json()["Trend"][0] for wish in ("", "?screened=yes")}
    assert drawn[""]["Upper limit"] > drawn["?screened=yes"]["Upper limit"]


def test_a_target_is_drawn_and_judged(hub: Hub) -> None:
    """S145: with moving ranges of 5, and 35 at the end, the limits reach far: 90 is hit and missed."""
    staff = hub.staff()
    two_years(hub)
    staff.see("/results/visit/how")
    assert "The targets are kept" in staff.send("/results/visit/how/target", {"fft": "90"}).text
    assert "Target 90%. As things are, the target will be met at times and missed at times" in staff.reads(
        "/results/visit/trends"
    )
    assert "A target is a number" in staff.send("/results/visit/how/target", {"fft": "101"}).text
    staff.send("/results/visit/how/target", {"fft": ""})
    assert "Target 90%" not in staff.reads("/results/visit/trends")


def test_the_lines_begin_anew_where_staff_say_so_and_why(hub: Hub) -> None:
    """S144, S146: four points after it have no limits yet, and that is said."""
    staff = hub.staff()
    two_years(hub)
    staff.see("/results/visit/how")
    day = months_back(4).replace(day=1).isoformat()
    assert "Say what was changed" in staff.send("/results/visit/how/rebase", {"day": day, "why": " "}).text
    assert "begin anew" in staff.send("/results/visit/how/rebase", {"day": day, "why": "A new desk"}).text
    assert "already" in staff.send("/results/visit/how/rebase", {"day": day, "why": "Again"}).text
    words = staff.reads("/results/visit/trends")
    assert "From here the lines begin anew: A new desk" in words
    assert "Fewer than 5 points have no limits" in words
    assert "trial limits" in words  # nine points before it


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_each_chart_and_its_table_can_be_taken_away(hub: Hub, kind: str, start: bytes) -> None:
    staff = hub.staff()
    two_years(hub)
    reply = staff.see(f"/results/visit/trends.{kind}")
    assert reply.content.startswith(start)
    assert f'filename="visit-positive-by-month.{kind}"' in reply.headers["Content-Disposition"]


def test_a_kind_that_is_none_and_a_chart_without_points_are_not_there(hub: Hub) -> None:
    staff = hub.staff()
    assert [staff.see(f"/results/visit/trends.{kind}").status_code for kind in ("exe", "svg", "png", "csv")] == [
        404,
        404,
        404,
        200,
    ]


def test_nothing_in_a_workbook_runs() -> None:
    """S161."""
    with zipfile.ZipFile(io.BytesIO(workbook({"A/B": [["Name", "n"], ["=1+1", 3], ["http://x.invalid", None]]}))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_another_site_is_not_there_for_a_site_manager(hub: Hub) -> None:
    from sync.hub.models import Site

    hub.staff()
    manager = hub.staff("Mia", "site-manager", ["North"])
    two_years(hub, "South")
    south, north = (Site.objects.get(name=name).pk for name in ("South", "North"))
    for path in ("", "/trends", "/trends.json", "/equality", "/equality.csv", "/population", ".json", ".xlsx"):
        assert manager.see(f"/results/visit{path}?site={south}").status_code == 404, path
        assert manager.see(f"/results/visit{path}?site={north}").status_code == 200, path
    assert "nothing to show" in manager.reads("/results/visit")
    assert "South" not in manager.reads("/results/visit") + manager.reads("/results/visit/trends")


def test_only_those_who_look_after_surveys_set_how_it_is_shown(hub: Hub) -> None:
    hub.staff()
    viewer = hub.staff("Viewer")
    assert viewer.see("/results/visit/how").status_code == 403
    assert viewer.see("/results/visit/population?site=1").status_code == 403
    assert viewer.send("/results/visit/how/target", {"fft": "90"}).status_code == 403


def test_the_results_say_first_what_matters_and_whether_it_changed(hub: Hub) -> None:
    """S108: with the number of people."""
    assert in_short(120, None) == "120 people answered."
    assert compared(Part(90, 100), Part(50, 100), "in the month before").endswith(
        "It is more now, and that is more than chance."
    )
    assert compared(Part(9, 10), Part(8, 10), "the day before") == (
        "It was 80% of 10 people the day before. It is more now, but not more than chance."
    )
    assert compared(Part(4, 8), Part(5, 10), "the day before").endswith("That is the same.")
    assert "no figures" in compared(Part(1, 9), Part(0, 0), "the day before")
    staff = hub.staff()
    two_years(hub)
    last = months_back(1).replace(day=1)
    until = timezone.localdate().replace(day=1) - timedelta(days=1)
    words = staff.reads(f"/results/visit?from={last}&to={until}")
    assert "20 people answered. 50% said good or very good. 50% said poor or very poor." in words
    assert "It was 90% of 20 people in the month before. It is less now, and that is more than chance." in words


def test_the_period_before_is_as_long_and_before_whole_months_are_whole_months() -> None:
    assert before(date(2026, 3, 5), date(2026, 3, 11)) == (date(2026, 2, 26), date(2026, 3, 4))
    assert before(date(2026, 3, 1), date(2026, 3, 31)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert before(date(2026, 1, 1), date(2026, 3, 31)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert length(date(2026, 3, 1), date(2026, 3, 31)) == "in the month before"
    assert length(date(2026, 1, 1), date(2026, 3, 31)) == "in the 3 months before"
    assert length(date(2026, 3, 5), date(2026, 3, 11)) == "in the 7 days before"
    assert length(date(2026, 3, 5), date(2026, 3, 5)) == "the day before"


def test_only_months_and_weeks_that_have_ended_are_drawn(hub: Hub) -> None:
    from sync.hub.analysis.trends import period

    assert period("month", date(2026, 11, 23)) == (date(2024, 11, 1), date(2026, 10, 31))
    assert period("week", date(2026, 11, 23)) == (date(2025, 11, 24), date(2026, 11, 22))  # the 23rd is a Monday
