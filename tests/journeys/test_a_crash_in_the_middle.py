"""A kiosk that ends while somebody is answering: what they had answered is kept as stopped, once, and nothing else.

The kiosk is a process of its own, with a real window, and ends by a signal: at once (SIGKILL), or as a computer that restarts
ends its programs (SIGTERM).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.device import Device
from kiosk.app.forms import SAMPLE
from kiosk.fhir import check_response, read_survey
from tests.torture.said import answers_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

ROOT = Path(__file__).parents[2]
WORDS = "my sore knee"
KIOSK = """
import os, resource, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from kiosk.app import gui
from kiosk.events import Changed, Continued
from kiosk.screens import ChoiceAsk, TextAsk
from tests.torture.kiosk_process import NoVoice

class Visited(gui.Kiosk):
    def start(self):
        self.reader = NoVoice()
        super().start()
        QTimer.singleShot(0, self.visit)

    def visit(self):
        shell = self.shell
        while len(given := getattr(self, "given", [])) < int(sys.argv[2]):
            ask = shell.screen.ask
            if isinstance(ask, ChoiceAsk) and not ask.several:
                self.given = [*given, shell.screen.place.link_id]
                shell.receive(ask.tiles[0].event)
            else:
                shell.receive(shell.screen.forward.event)
        while not isinstance(shell.screen.ask, TextAsk):
            shell.receive(shell.screen.forward.event)
        shell.receive(Changed(shell.screen.ask.place, (), (sys.argv[3],)))
        if sys.argv[5] == "start again":
            shell.receive(shell.screen.start_again.event)
            shell.receive(shell.screen.actions[-1].event)
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0), "a crash would write the answers to the disk"
        print(" ".join(self.given), flush=True)
        os.kill(os.getpid(), int(sys.argv[4]))

gui.Kiosk = Visited
sys.exit(gui.run_kiosk(gui.Options(Path(sys.argv[1]), windowed=True, size=(800, 600))))
"""


def visited(data: Path, answers: int, ends_by: signal.Signals, last: str = "") -> tuple[int, list[str]]:
    """The kiosk's exit status, and the questions that were answered."""
    Device(data).pin.keep("2468")
    command = [sys.executable, "-c", KIOSK, str(data), str(answers), WORDS, str(int(ends_by)), last]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ended.stdout, ended.stderr
    return ended.returncode, ended.stdout.split()


def waiting(data: Path, *, after_a_start: bool) -> list[dict[str, Any]]:
    with closing(Device(data)) as device:
        if after_a_start:
            device.take_seat()
        return [json.loads(queued.document) for queued in device.outbox.due(2e9, 10, 10**6)]


@pytest.mark.parametrize("answers", [1, 3])
def test_a_crash_loses_no_answer_that_was_given_and_keeps_no_unfinished_word(tmp_path: Path, answers: int) -> None:
    """S160: words that were being written are nowhere."""
    status, given = visited(tmp_path, answers, signal.SIGKILL)
    assert status == -signal.SIGKILL
    assert waiting(tmp_path, after_a_start=False) == []
    [document] = waiting(tmp_path, after_a_start=True)
    assert document["status"] == "stopped"
    assert sorted(answers_in(document)) == sorted(given)
    assert WORDS not in json.dumps(document)
    assert check_response(read_survey(SAMPLE.read_bytes()), document) == ()


def test_the_next_start_finds_it_once(tmp_path: Path) -> None:
    visited(tmp_path, 2, signal.SIGKILL)
    for _ in range(2):
        assert len(waiting(tmp_path, after_a_start=True)) == 1


def test_a_computer_that_restarts_ends_the_session_in_an_orderly_way(tmp_path: Path) -> None:
    status, given = visited(tmp_path, 2, signal.SIGTERM)
    assert status == 0
    [document] = waiting(tmp_path, after_a_start=False)
    assert (document["status"], sorted(answers_in(document))) == ("stopped", sorted(given))
    assert len(waiting(tmp_path, after_a_start=True)) == 1


@pytest.mark.parametrize("ends_by", [signal.SIGKILL, signal.SIGTERM])
def test_of_somebody_who_started_again_nothing_is_kept(tmp_path: Path, ends_by: signal.Signals) -> None:
    """S160."""
    visited(tmp_path, 2, ends_by, "start again")
    assert waiting(tmp_path, after_a_start=True) == []
