"""The monthly Friends and Family return: whole, exact, due on a working day, and unchanged once sent."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from sync import wire
from tests.hub_people import Hub
from tests.hub_survey import answer, fft_answers, put_entry

pytest_plugins = ("tests.hub_server",)

THIS_MONTH_COUNTS = (5, 4, 3, 2, 1, 6)


def by_kiosk(document: dict[str, Any]) -> dict[str, Any]:
    return document | {"extension": [{"url": wire.METHOD_EXTENSION, "valueCode": "tablet-kiosk"}]}


@pytest.fixture
def ward(hub: Hub) -> Any:
    """A site whose kiosk brought 21 answers this month, and one response that skipped the question."""
    from sync.hub.models import Site

    device = hub.device("Ward 7")
    entries = [put_entry(by_kiosk(one)) for one in fft_answers(*THIS_MONTH_COUNTS)]
    entries.append(put_entry(by_kiosk(answer(None, calm={"valueInteger": 7}))))
    assert set(device.batch(entries)) == {"201"}
    return Site.objects.get(name="Ward 7")


@pytest.fixture
def month(ward: Any) -> date:
    from sync.hub.models import Response

    return Response.objects.values_list("day", flat=True)[0].replace(day=1)


def someone() -> Any:
    from django.contrib.auth.models import User

    return User.objects.first() or User.objects.create_user("Ben")


def test_the_return_is_due_on_the_twelfth_working_day_of_the_next_month(hub: Hub) -> None:
    """S106. Counted on a calendar: in January 2027 the 1st is a holiday; the 4th to 8th and 11th to 15th are ten working days,
    then the 18th and the 19th. In April 2026 the 3rd is Good Friday and the 6th Easter Monday: 1, 2, 7 to 10, 13 to 17, 20.
    """
    from sync.hub.reporting import returns

    assert returns.due(date(2026, 12, 1)) == date(2027, 1, 19)
    assert returns.due(date(2026, 3, 1)) == date(2026, 4, 20)


@settings(deadline=None)  # the first call imports Django
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_month_after_the_month_before_is_the_month(day: date) -> None:
    from sync.hub.reporting import returns

    month = returns.first_of(day)
    assert returns.next_month(returns.month_before(month)) == month
    assert returns.month_before(returns.next_month(month)) == month


def test_what_the_kiosks_brought_is_in_the_return_and_a_skipped_question_is_not(ward: Any, month: date) -> None:
    """S106, S108: 9 of 21 are positive, 42.9 %; 3 of 21 negative, 14.3 %."""
    from sync.hub.reporting import returns

    found = returns.of(month, ward)
    assert tuple(found.answers.values()) == THIS_MONTH_COUNTS
    assert found.methods == {"tablet-kiosk": 21}
    assert (found.percentages.positive_percent, found.percentages.negative_percent) == (42.9, 14.3)
    assert returns.of(month, None) == returns.Figures(month, None, found.answers, found.methods)


def test_what_came_on_paper_makes_the_return_whole(ward: Any, month: date) -> None:
    """S107: by method, and typed again it takes the place of what was there."""
    from sync.hub.reporting import returns

    now = datetime(2026, 11, 30, tzinfo=UTC)
    returns.enter(returns.Other(month, ward, "handwritten", {"good": 99}), someone(), now)
    returns.enter(returns.Other(month, ward, "handwritten", {"good": 10, "poor": 1}), someone(), now)
    found = returns.of(month, ward)
    assert found.answers == {"very-good": 5, "good": 14, "neither": 3, "poor": 3, "very-poor": 1, "dont-know": 6}
    assert found.methods == {"tablet-kiosk": 21, "handwritten": 11}
    returns.enter(returns.Other(month, ward, "handwritten", {}), someone(), now)
    assert returns.of(month, ward).methods == {"tablet-kiosk": 21}


def test_a_return_that_was_sent_never_changes(ward: Any, month: date) -> None:
    """S106: neither by what staff enter nor by what is entered for another site of the same total."""
    from sync.hub.errors import ReturnRefused
    from sync.hub.reporting import returns

    after = returns.next_month(month)
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    returns.mark_as_sent(month, None, someone(), now, after)
    with pytest.raises(ReturnRefused, match="was sent"):
        returns.enter(returns.Other(month, ward, "handwritten", {"good": 10}), someone(), now)
    with pytest.raises(ReturnRefused, match="already"):
        returns.mark_as_sent(month, None, someone(), now, after)
    sent = returns.of(month, None)
    assert sent.sent is not None
    assert tuple(sent.answers.values()) == THIS_MONTH_COUNTS


def test_a_month_that_is_not_over_cannot_be_sent(ward: Any, month: date) -> None:
    from sync.hub.errors import ReturnRefused
    from sync.hub.reporting import returns

    with pytest.raises(ReturnRefused, match="not over"):
        returns.mark_as_sent(month, ward, someone(), datetime(2026, 11, 30, tzinfo=UTC), month.replace(day=28))


def test_staff_type_in_paper_answers_and_read_the_return(hub: Hub, ward: Any, month: date) -> None:
    """The whole way in the pages; the audit row says how many and by which method (S161)."""
    from sync.hub.models import StaffAction

    ada = hub.staff()
    page = f"/returns/{month:%Y-%m}"
    assert "Ward 7" in ada.reads(f"{page}?site={ward.pk}")
    numbers = {"method": "telephone", "very-good": "3", "poor": "1"}
    reply = ada.send(f"{page}/enter?site={ward.pk}", numbers)
    assert "Telephone call: 4 answers are in the return." in reply.text, reply.text
    said = ada.reads(f"{page}?site={ward.pk}")
    assert "All 25" in said
    assert "Telephone call 4" in said
    assert "These figures are exact" in said
    assert "Late" not in said
    assert StaffAction.objects.filter(what__startswith="Entered 4 answers by telephone").exists()
    assert ada.send(f"{page}/enter?site={ward.pk}", numbers | {"good": "-1"}).status_code == 400


def test_a_return_downloaded_opens_as_a_table(hub: Hub, ward: Any, month: date) -> None:
    """S106: six totals and each method; the caveat of S109 stands below."""
    table = hub.staff().see(f"/returns/{month:%Y-%m}.csv?site={ward.pk}").content.decode()
    assert table.startswith("\ufeff")
    assert "Very good,very-good,5" in table
    assert "Tablet or kiosk,tablet-kiosk,21" in table
    assert "not Official Statistics" in table


def test_a_site_that_is_not_ones_own_has_no_return(hub: Hub, ward: Any, month: date) -> None:
    ada = hub.staff()
    assert ada.see(f"/returns/{month:%Y-%m}?site=999999").status_code == 404
    assert ada.see("/returns/2026-13").status_code == 404
    assert ada.see("/returns?site=x").status_code == 404


def test_the_command_prints_the_return_as_one_json_document(ward: Any, month: date) -> None:
    """S106. The figures as the command's own code gives them to a program."""
    from sync.hub.reporting import returns

    told = json.loads(json.dumps(returns.document(returns.of(month, ward))))
    assert told["month"] == f"{month:%Y-%m}"
    assert told["answers"] == dict(
        zip(("very-good", "good", "neither", "poor", "very-poor", "dont-know"), THIS_MONTH_COUNTS, strict=True)
    )
    assert told["methods"] == {"tablet-kiosk": 21}
    assert (told["positive_percent"], told["negative_percent"]) == (42.9, 14.3)
