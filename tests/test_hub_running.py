"""Running a hub: is it well, what it did, what it writes down, and what it deletes."""

from __future__ import annotations

import json
import logging
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import requests

from tests.hub_people import Hub
from tests.hub_survey import answer

pytest_plugins = ("tests.hub_server",)

SECRET = "My secret words about nurse Example"


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def kept(hub: Hub) -> Any:
    """One response, with words of its own, as the hub keeps it."""
    from sync.hub.models import Response

    document = answer(why={"valueString": SECRET})
    assert hub.device().put(document).status_code == 201
    return Response.objects.get(uuid=document["id"])


def test_a_hub_that_answers_is_well_and_one_that_can_work_is_ready(hub: Hub) -> None:
    """S154."""
    assert requests.get(f"{hub.url}/healthz", timeout=10).json() == {"status": "ok"}
    assert requests.get(f"{hub.url}/readyz", timeout=10).json() == {"status": "ready"}


def test_a_hub_without_room_is_not_ready_and_says_why(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.hub.running import health

    monkeypatch.setattr(health, "LEAST_ROOM_MB", 10**12)
    reply = requests.get(f"{hub.url}/readyz", timeout=10)
    assert reply.status_code == 503
    assert "MB are free" in reply.json()["wrong"][0]


def test_metrics_tell_how_the_hub_stands_in_numbers_only(hub: Hub, kept: Any) -> None:
    """S161: counts, never words, ids or addresses."""
    said = requests.get(f"{hub.url}/metrics", timeout=10).text
    lines = dict(line.rsplit(" ", 1) for line in said.splitlines() if not line.startswith("#"))
    assert float(lines["hub_devices"]) == 1
    assert float(lines['hub_responses_total{status="completed"}']) == 1
    assert any(name.startswith('hub_requests_total{method="PUT"') for name in lines)
    assert SECRET not in said
    assert str(kept.uuid) not in said


def test_metrics_are_for_those_with_the_token_once_there_is_one(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_METRICS_TOKEN", "a-long-token")
    address = f"{hub.url}/metrics"
    assert requests.get(address, timeout=10).status_code == 403
    assert requests.get(address, headers={"Authorization": "Bearer wrong"}, timeout=10).status_code == 403
    assert requests.get(address, headers={"Authorization": "Bearer a-long-token"}, timeout=10).status_code == 200


def test_a_log_line_has_the_route_and_never_what_was_asked(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    """S161: a search may be a patient's words, an id is somebody's."""
    from sync.hub.running.logs import AsJson

    with caplog.at_level(logging.INFO, logger="hub.requests"):
        requests.get(f"{hub.url}/devices/12345?search={SECRET}", timeout=10)
    record = next(one for one in caplog.records if one.name == "hub.requests" and "devices" in one.said["route"])  # type: ignore[attr-defined]
    line = json.loads(AsJson().format(record))
    assert line["route"] == "devices/<int:pk>"
    assert line["method"] == "GET"
    assert line["milliseconds"] >= 0
    assert SECRET not in json.dumps(line)
    assert "12345" not in json.dumps(line)


def test_old_responses_go_and_their_counts_stay(hub: Hub, kept: Any) -> None:
    """S158."""
    from sync.hub.analysis import results
    from sync.hub.models import Answer, Comment, Response, Survey
    from sync.hub.running import retention

    survey = Survey.objects.get()
    survey.keep_days = 30
    survey.save()
    scope = results.Scope(survey, kept.day, kept.day)
    before = results.of(scope)
    assert before.total == 1
    assert retention.run(noon(kept.day + timedelta(days=30))) == {}
    assert retention.run(noon(kept.day + timedelta(days=31))) == {survey.title: 1}
    assert (Response.objects.count(), Answer.objects.count(), Comment.objects.count()) == (0, 0, 0)
    after = results.of(scope)
    assert (after.total, after.questions, after.days) == (before.total, before.questions, before.days)


def test_words_that_were_published_outlive_their_response(hub: Hub, kept: Any) -> None:
    """S120: the person agreed; nothing else of their response is left."""
    from django.utils import timezone

    from sync.hub.models import Comment, Survey
    from sync.hub.running import retention

    Survey.objects.update(keep_days=1)
    Comment.objects.update(published_at=timezone.now(), may_share=True)
    retention.run(noon(kept.day + timedelta(days=2)))
    quote = Comment.objects.get()
    assert (quote.text, quote.response) == (SECRET, None)


def test_a_survey_without_a_limit_keeps_its_responses(hub: Hub, kept: Any) -> None:

    from sync.hub.models import Response, Survey
    from sync.hub.running import retention

    Survey.objects.update(keep_days=None)
    assert retention.run(noon(date(2090, 1, 1))) == {}
    assert Response.objects.count() == 1


def test_a_deleted_response_that_comes_again_is_neither_kept_nor_counted(hub: Hub) -> None:
    from django.utils import timezone

    from sync.hub.analysis import results
    from sync.hub.models import Response, Survey
    from sync.hub.running import forgetting

    device, document = hub.device(), answer(why={"valueString": SECRET})
    assert device.put(document).status_code == 201
    kept = Response.objects.get()
    forgetting.delete(kept, timezone.now())
    assert device.put(document).status_code == 200
    assert Response.objects.count() == 0
    assert results.of(results.Scope(Survey.objects.get(), kept.day, kept.day)).total == 1


def test_the_words_of_a_deleted_response_are_gone_from_the_file(hub: Hub, kept: Any) -> None:
    """S158: SQLite would leave them in free pages."""
    from pathlib import Path

    from django.db import connection
    from django.utils import timezone

    from sync.hub.running import forgetting, retention

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL frees deleted rows when it vacuums")
    forgetting.delete(kept, timezone.now())
    retention._give_back_room()
    file = Path(str(connection.settings_dict["NAME"]))
    for one in (file, file.with_name(f"{file.name}-wal")):
        assert not one.exists() or SECRET.encode() not in one.read_bytes()


def test_staff_take_away_or_delete_one_response_by_its_id(hub: Hub, kept: Any) -> None:
    """S157, S158; audited without its id (S161)."""
    from sync.hub.models import Response, StaffAction

    ada = hub.staff()
    ada.see("/response")
    identity = {"id": str(kept.uuid)}
    assert "Found" in ada.send("/response", identity).text
    assert "no response here has this id" in ada.send("/response", {"id": str(uuid.uuid4())}).text.lower()
    assert ada.send("/response/take", identity).json()["id"] == str(kept.uuid)
    assert "is deleted" in ada.send("/response/delete", identity).text
    assert not Response.objects.exists()
    assert ada.send("/response/take", identity).status_code == 404
    written = " ".join(StaffAction.objects.values_list("what", flat=True))
    assert "Deleted one response of Ward 7" in written
    assert str(kept.uuid) not in written
