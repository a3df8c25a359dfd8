"""No network: staff save what waits to a USB stick, by touch, and read what became of it. The stick is a folder.

Real: window, flow, outbox, key, the file. A full stick is a small disk of its own, in a kiosk that is a process of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.app.staff_work import StaffWork
from kiosk.events import FiguresArrived, TimedOut
from kiosk.screens import PageKind
from kiosk.states import Asking, StaffArea
from sync import credentials
from tests.torture.said import answers_in
from tests.visitor import CENTRE_AWAY, Visitor

pytest_plugins = ("tests.staff_at_a_kiosk",)

ROOT = Path(__file__).parents[2]
SAVE = "Save to a USB stick"


def plugged_in(visitor: Visitor, find_sticks: Callable[[], list[Path]]) -> Visitor:
    """From now on the kiosk finds these sticks."""
    desk = visitor.kiosk.desk
    desk.work.close()
    desk.work = StaffWork(desk.device, desk.tell, find_sticks)
    return visitor


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


@pytest.fixture
def staff(visitor: Visitor, stick: Path) -> Visitor:
    """At a paired kiosk with a stick in it."""
    credentials.save(visitor.kiosk.device.data, CENTRE_AWAY)
    return plugged_in(visitor, lambda: [stick])


def test_what_a_patient_answered_is_on_the_stick_and_still_waits(staff: Visitor, stick: Path) -> None:
    """Only the centre's acknowledgement ends an answer's waiting."""
    staff.answers("Poor")
    staff.comes_in()
    staff.touches(SAVE)
    staff.waits_for("1 answer is saved on the stick.")
    assert "You can pull it out now. Whoever has it can read the answers, so keep it safe." in staff.reads()
    [file] = stick.iterdir()
    header, line, _ = map(json.loads, file.read_bytes().splitlines())
    assert header["count"] == 1
    assert answers_in(line["document"]) == {"fft": ("poor",)}
    assert staff.kiosk.device.outbox.counts().waiting == 1


def test_without_a_stick_staff_read_what_to_do_and_try_again(staff: Visitor, stick: Path) -> None:
    found: list[Path] = []
    plugged_in(staff, lambda: found)
    staff.answers("Good")
    staff.comes_in()
    staff.touches(SAVE)
    staff.waits_for("No USB stick was found. Plug one in, wait a moment and try again.")
    found.append(stick)
    staff.touches(SAVE)
    staff.waits_for("1 answer is saved on the stick.")


def test_when_nothing_waits_the_stick_stays_as_it_is(staff: Visitor, stick: Path) -> None:
    staff.comes_in()
    staff.touches(SAVE)
    staff.waits_for("No answers are waiting, so nothing was saved.")
    assert list(stick.iterdir()) == []


def test_a_device_without_a_centre_is_told_to_pair_first(
    visitor: Visitor, stick: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plugged_in(visitor, lambda: [stick]).answers("Good")
    visitor.comes_in()
    visitor.touches(SAVE)
    visitor.waits_for("Pair this device first. No centre would know the file.")
    assert visitor.finds("Pair with the centre")
    assert "Nothing was saved to a stick" in caplog.text


def test_a_stick_that_is_pulled_out_too_early_is_told(staff: Visitor, stick: Path, caplog: pytest.LogCaptureFixture) -> None:
    staff.answers("Good")
    staff.comes_in()
    stick.rmdir()
    staff.touches(SAVE)
    staff.waits_for("The stick could not be written. Try another one.")
    assert "cannot be written" in caplog.text


def test_patients_go_on_while_a_slow_stick_is_written(staff: Visitor, stick: Path) -> None:
    """The screen never waits for a stick; what comes late changes nothing for a patient."""
    is_slow, told = threading.Event(), threading.Event()

    def slowly() -> list[Path]:
        assert is_slow.wait(60)
        return [stick]

    plugged_in(staff, slowly)
    staff.kiosk._post.staff_told.connect(lambda _: told.set())
    staff.answers("Very good")
    staff.comes_in()
    staff.touches(SAVE)
    assert "Saving to the stick. Leave it in." in staff.reads()
    staff.touches(SAVE, "Back", "Good")
    before = staff.kiosk.shell.state
    assert isinstance(before, Asking)
    is_slow.set()
    staff.waits_until(told.is_set, "The end of the save")
    assert staff.kiosk.shell.state is before
    assert len(list(stick.iterdir())) == 1  # the second touch asked for nothing more


def test_a_stick_that_never_answers_does_not_keep_the_kiosk_from_closing(staff: Visitor) -> None:
    hangs = threading.Event()

    def for_ever() -> list[Path]:
        hangs.wait(600)
        return []

    plugged_in(staff, for_ever)
    staff.comes_in()
    staff.touches(SAVE)
    staff.kiosk.desk.close()
    assert not hangs.is_set()
    hangs.set()


def test_figures_that_arrive_meanwhile_do_not_end_the_saving(staff: Visitor, stick: Path) -> None:
    is_slow = threading.Event()
    plugged_in(staff, lambda: [stick] if is_slow.wait(60) else [])
    staff.comes_in()
    staff.touches(SAVE)
    staff.kiosk.shell.receive(FiguresArrived(staff.kiosk.desk.figures()))
    assert "Saving to the stick. Leave it in." in staff.reads()
    is_slow.set()
    staff.waits_for("No answers are waiting, so nothing was saved.")


def test_staff_alone_come_to_it(staff: Visitor) -> None:
    """Behind the PIN, and gone when nobody touches."""
    assert not staff.finds(SAVE)
    staff.comes_in()
    assert staff.finds(SAVE)
    staff.kiosk.shell.receive(TimedOut())
    assert staff.kiosk.shell.screen.kind is PageKind.WELCOME
    assert not isinstance(staff.kiosk.shell.state, StaffArea)


FULL = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.app.staff_work import StaffWork
from sync import credentials
from tests.torture.said import answers_in
from tests.visitor import CENTRE_AWAY, Visitor
from tests.torture.kiosk_process import NoVoice
data, stick = map(Path, sys.argv[1:])
application = QApplication([])
StaffPin(data / "staff-pin.json").keep("2468")
credentials.save(data, CENTRE_AWAY)
kiosk = Kiosk(Options(data, windowed=True, size=(1280, 800)))
kiosk.reader = NoVoice()
kiosk.start()
staff = Visitor(kiosk)
staff.answers("Good")
with (stick / "holiday.jpg").open("wb", buffering=0) as hog:
    try:
        while hog.write(b"x" * 4096):
            pass
    except OSError:
        pass
kiosk.desk.work = StaffWork(kiosk.device, kiosk.desk.tell, lambda: [stick])
staff.comes_in()
staff.touches("Save to a USB stick")
staff.finger.wait_until(lambda: kiosk.shell.screen.problem, "An answer")
print(kiosk.shell.screen.problem)
print(sorted(file.name for file in stick.iterdir()), kiosk.device.outbox.counts().waiting)
kiosk.close()
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a small disk of its own")
def test_a_full_stick_is_told_and_no_answer_is_lost(stick: Path, tmp_path: Path) -> None:
    """Half a file is never left there."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    kiosk = (sys.executable, "-", str(tmp_path / "kiosk"), str(stick))
    mounted = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size=1m tmpfs {stick} && exec "$@"', "sh", *kiosk]
    ended = subprocess.run(mounted, input=FULL, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    said = "The stick is full. Take another one, or make room on it.\n['holiday.jpg'] 1\n"
    assert ended.stdout == said, ended.stderr
