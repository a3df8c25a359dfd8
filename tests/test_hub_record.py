"""What staff did: looked through, and taken out as a table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from tests.hub_people import Hub, Staff

pytest_plugins = ("tests.hub_server",)


@pytest.fixture
def ada(hub: Hub) -> Staff:
    """An administrator; and three acts of others, on known days."""
    from django.contrib.auth.models import AnonymousUser, User

    from sync.hub.models import StaffAction
    from sync.hub.people import actions

    staff = hub.staff("Ada")
    hub.staff("Ben")
    ben = User.objects.get(username="Ben")
    acts: list[tuple[User | AnonymousUser, str, int]] = [
        (ben, "Made a pairing code for Ward 7", 1),
        (ben, "Revoked the device Door", 2),
        (AnonymousUser(), "=1+1", 3),
    ]
    for who, what, day in acts:
        actions.note(who, what)
        StaffAction.objects.filter(what=what).update(at=datetime(2026, 3, day, 23, 30, tzinfo=UTC))
    return staff


def rows(staff: Staff, query: str) -> list[str]:
    """What was done, from the table that is taken out."""
    text = staff.see(f"/staff-actions.csv{query}").content.decode("utf-8-sig")
    return [row[2] for row in list(csv.reader(io.StringIO(text)))[1:]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?words=pairing+code", ["Made a pairing code for Ward 7"]),
        ("?words=DOOR", ["Revoked the device Door"]),
        ("?from=2026-03-02&to=2026-03-02", ["Revoked the device Door"]),
        ("?to=2026-03-01", ["Made a pairing code for Ward 7"]),
        ("?who=command&to=2026-03-31", ["'=1+1"]),
        ("?words=nothing+like+it", []),
    ],
)
def test_it_is_searched_by_words_person_and_whole_days(ada: Staff, query: str, found: list[str]) -> None:
    """S161. The table and the page find the same."""
    assert rows(ada, query) == found
    page = ada.reads(f"/staff-actions{query}")
    assert f"{len(found)} found." in page
    assert all(what.lstrip("'") in page for what in found)


def test_it_is_searched_by_who_did_it(ada: Staff) -> None:
    """S161."""
    from django.contrib.auth.models import User

    pk = User.objects.get(username="Ben").pk
    assert rows(ada, f"?who={pk}&to=2026-03-31") == ["Revoked the device Door", "Made a pairing code for Ward 7"]


@pytest.mark.parametrize(
    "query", ["?from=yesterday", "?who=0x1", "?who=99999999999999999999", "?to=9999-12-31", "?words=%00", "?page=x"]
)
def test_what_cannot_be_read_is_passed_over(ada: Staff, query: str) -> None:
    """S159."""
    assert ada.see(f"/staff-actions{query}").status_code == 200


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(ada: Staff) -> None:
    """S161."""
    reply = ada.see("/staff-actions.csv?who=command")
    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in reply.text
    assert "attachment" in reply.headers["Content-Disposition"]


def test_taking_it_out_is_on_record_itself(ada: Staff) -> None:
    """S161."""
    ada.see("/staff-actions.csv")
    assert rows(ada, "?words=Downloaded") == ["Downloaded what staff did"]
