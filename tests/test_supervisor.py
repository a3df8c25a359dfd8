"""The parent process. The kiosk is a small script here; processes, pipes and signals are real."""

import sys
import threading
from pathlib import Path

import pytest

from kiosk.supervisor import Patience, Supervisor

QUICK = Patience(silence_seconds=1.0, first_pause_seconds=0.01)


def program(tmp_path: Path, text: str) -> list[str]:
    """A program that counts its own starts in the file ``starts``."""
    path = tmp_path / "program.py"
    counting = f"from pathlib import Path\nseen = Path({str(tmp_path / 'starts')!r})\n"
    counting += "start = len(seen.read_text()) + 1 if seen.exists() else 1\nseen.write_text('x' * start)\n"
    path.write_text(f"import os, signal, sys, time\n{counting}{text}\n")
    return [sys.executable, str(path)]


def test_a_crash_is_followed_by_a_new_start(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor(program(tmp_path, "os.kill(os.getpid(), signal.SIGSEGV) if start < 3 else sys.exit(0)"), QUICK)
    assert supervisor.run() == 0
    assert supervisor.starts == 3
    assert "started again" in capfd.readouterr().err


def test_a_deliberate_exit_stays_an_exit(tmp_path: Path) -> None:
    supervisor = Supervisor(program(tmp_path, "sys.exit(0)"), QUICK)
    assert supervisor.run() == 0
    assert supervisor.starts == 1


def test_a_program_that_was_called_wrongly_is_not_called_again(tmp_path: Path) -> None:
    supervisor = Supervisor(program(tmp_path, "sys.exit(2)"), QUICK)
    assert supervisor.run() == 2
    assert supervisor.starts == 1


def test_a_frozen_screen_is_killed_and_started_again(tmp_path: Path) -> None:
    freeze = "print('alive', flush=True)\nif start == 1:\n    signal.pause()"
    supervisor = Supervisor(program(tmp_path, freeze), QUICK)
    assert supervisor.run() == 0
    assert supervisor.starts == 2


def test_what_the_kiosk_says_is_passed_on_without_its_signs_of_life(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(program(tmp_path, "print('alive'); print('painted'); print('alive')"), QUICK, said.append)
    supervisor.run()
    assert said == ["painted"]


def test_stopping_ends_the_kiosk_for_good(tmp_path: Path) -> None:
    started = threading.Event()
    waiting = program(tmp_path, "print('up', flush=True)\nsignal.pause()")
    supervisor = Supervisor(waiting, Patience(), lambda _: started.set())
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    assert started.wait(20)
    supervisor.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert supervisor.starts == 1
