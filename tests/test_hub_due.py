"""Work that comes due by itself: once, by one hub, and one that fails keeps no other from being done."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from kiosk.cli import commands
from tests.hub_people import Hub

pytest_plugins = ("tests.hub_server",)


class Work:
    """Notes when it was done."""

    def __init__(self) -> None:
        self.done: list[datetime] = []

    def __call__(self, now: datetime) -> None:
        self.done.append(now)


def test_work_is_done_once_in_its_time(hub: Hub) -> None:
    from sync.hub.running.due import Due, run

    work, now = Work(), timezone.now()
    due = (Due("sweep", timedelta(minutes=5), work),)
    times = [now + timedelta(minutes=minutes) for minutes in (0, 1, 4, 5, 6)]
    assert [run(time, due) for time in times] == [["sweep"], [], [], ["sweep"], []]
    assert work.done == [times[0], times[3]]


def test_what_another_hub_has_in_hand_is_left_to_it_until_its_claim_runs_out(hub: Hub) -> None:
    from sync.hub.models import DueWork
    from sync.hub.running.due import Due, run

    work, now = Work(), timezone.now()
    due = (Due("sweep", timedelta(minutes=5), work, longest=timedelta(minutes=30)),)
    DueWork.objects.create(name="sweep", started_at=now, claimed_until=now + timedelta(minutes=30))
    assert run(now + timedelta(minutes=10), due) == []
    assert run(now + timedelta(minutes=31), due) == ["sweep"]


def test_of_hubs_that_come_at_the_same_time_one_does_it(hub: Hub) -> None:
    from django.db import connection

    from sync.hub.running.due import Due, run

    work, now, together = Work(), timezone.now(), threading.Barrier(4)
    due = (Due("sweep", timedelta(minutes=5), work),)
    run(now - timedelta(hours=1), due)

    def comes() -> None:
        together.wait(10)
        run(now, due)
        connection.close()

    hubs = [threading.Thread(target=comes) for _ in range(4)]
    for one in hubs:
        one.start()
    for one in hubs:
        one.join()
    assert len(work.done) == 2


def test_one_that_fails_is_logged_without_its_words_and_the_rest_is_done(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    """S161: never an answer in a log."""
    from sync.hub.running.due import Due, run

    def breaks(_now: datetime) -> None:
        raise ValueError("the words of a patient")

    work = Work()
    due = (Due("break", timedelta(minutes=5), breaks), Due("sweep", timedelta(minutes=5), work))
    assert run(timezone.now(), due) == ["sweep"]
    assert "To break failed: ValueError" in caplog.text
    assert "patient" not in caplog.text


def test_a_serving_hub_looks_by_itself_and_stops_at_once(hub: Hub) -> None:
    from sync.hub.running.due import Clockwork, Due

    looked = threading.Event()
    clockwork = Clockwork(0.01, (Due("look", timedelta(minutes=5), lambda _now: looked.set()),))
    clockwork.start()
    assert looked.wait(20)
    clockwork.stop()
    assert not clockwork._thread.is_alive()


def test_the_command_does_once_what_is_due(tmp_path: Path) -> None:
    """In a process of its own: Django is set up once in each."""
    command = [sys.executable, "-m", "kiosk", "hub", "due", "--data", str(tmp_path)]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2))
    assert "tell of quiet devices" in first
    assert second == "Nothing is due.\n"


def test_a_mail_server_that_cannot_be_one_is_told_before_anything_starts(tmp_path: Path) -> None:
    answer = CliRunner().invoke(commands, ["hub", "due", "--data", str(tmp_path), "--mail", "mail.example.org"])
    assert answer.exit_code == 1
    assert "smtp+starttls://" in answer.output
