"""The disk fills up while a patient is answering. The kiosk is a process of its own on a small disk of its own.

Patients see the thank-you as long as the reserve lasts, and then a calm screen; staff see why; no answer is lost.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KIOSK = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from kiosk.app.gui import Kiosk, Options, set_up_qt
from kiosk.app.pin import StaffPin
from tests.torture.kiosk_process import NoVoice
from tests.torture.said import answers_in
from tests.visitor import Visitor

def fill():
    with (data / "hog").open("ab", buffering=0) as hog:
        for size in (65536, 512, 1):
            try:
                while hog.write(b"x" * size):
                    pass
            except OSError:
                pass

def seen(when):
    visitor.finger.settle()
    print(when + ":", visitor.kiosk.window.screen_shown.kind.value, flush=True)

data = Path(sys.argv[1])
set_up_qt()
StaffPin(data / "staff-pin.json").keep("2468")
kiosk = Kiosk(Options(data, windowed=True, size=(1280, 800)))
kiosk.reader = NoVoice()
kiosk.start()
visitor = Visitor(kiosk)
assert kiosk.device.outbox._reserve.is_held
visitor.touches("Poor")
fill()
visitor.goes_on()
seen("While the reserve lasts")
visitor.touches("Finish")
fill()
visitor.answers("Very poor")
seen("After that")
assert not any("disk" in words.lower() for words in visitor.reads())
visitor.comes_in()
print("Staff:", kiosk.shell.screen.problem)
visitor.touches("Back")
(data / "hog").unlink()
kiosk.shell.save_again()
visitor.comes_in()
print("Staff after they made room:", kiosk.shell.screen.problem or "nothing wrong")
visitor.touches("Back")
seen("At the end")
rows = [json.loads(queued.document) for queued in kiosk.device.outbox.due(2e9, 10, 10**6)]
print([(row["status"], answers_in(row)["fft"][0]) for row in rows])
kiosk.close()
"""
SEEN = """\
While the reserve lasts: thanks
After that: out-of-order
Staff: There is no room left on the disk for answers.db. Delete other files in or near {data}.
Staff after they made room: nothing wrong
At the end: welcome
[('completed', 'poor'), ('completed', 'very-poor')]
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a small disk of its own")
def test_a_disk_that_fills_up_under_a_patient_loses_no_answer_and_never_shows_an_error(tmp_path: Path) -> None:
    """S160: nor does the log hold an answer."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    kiosk = (sys.executable, "-", str(tmp_path))
    mounted = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size=24m tmpfs {tmp_path} && exec "$@"', "sh", *kiosk]
    ended = subprocess.run(mounted, input=KIOSK, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert ended.stdout == SEEN.format(data=tmp_path), ended.stderr
    assert "Traceback" not in ended.stderr
    assert "poor" not in ended.stderr
