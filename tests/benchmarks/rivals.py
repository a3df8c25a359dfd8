"""The two programs that are compared on a screen: this kiosk, and Debian's browser in kiosk mode with the same questions."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kiosk.app.device import Device
from tests.benchmarks.screen import HEIGHT, WIDTH, Band

QUESTIONS = [f"Visit {number}: overall, how was your experience of our service?" for number in range(1, 21)]
ANSWERS = ["Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know"]
PAGE = Path(__file__).with_name("page.html")


@dataclass(frozen=True, slots=True)
class Rival:
    """A program to compare: how it starts in a fresh folder, where its question stands, and where to touch an answer."""

    name: str
    command: tuple[str, ...]
    question: Band
    answer: tuple[int, int]


def this_kiosk(folder: Path) -> Rival:
    survey = folder / "survey.json"
    survey.write_text(json.dumps(questionnaire()))
    device = Device(folder / "data")
    device.pin.keep("407163")  # without a PIN the kiosk first asks staff for one
    device.close()
    program, size = str(Path(sys.executable).with_name("kiosk")), f"{WIDTH}x{HEIGHT}"
    command = (program, "run", "--size", size, "--data", str(folder / "data"), "--survey", str(survey))
    return Rival("this kiosk", command, Band(0, 90, WIDTH - 320, 250), (320, 420))


def browser(folder: Path) -> Rival:
    survey = quote(json.dumps({"questions": QUESTIONS, "answers": ANSWERS}))
    command = (
        shutil.which("chromium") or "chromium",
        "--kiosk",
        *(("--no-sandbox",) if os.geteuid() == 0 else ()),  # its sandbox refuses to start for root
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={WIDTH},{HEIGHT}",
        "--window-position=0,0",
        "--no-first-run",
        "--disable-background-networking",
        "--password-store=basic",
        f"{PAGE.as_uri()}?survey={survey}",
    )
    return Rival("Chromium in kiosk mode", command, Band(0, 20, WIDTH, 180), (320, 300))


def questionnaire() -> dict[str, object]:
    """The questions as FHIR R4."""
    options = [
        {"valueCoding": {"system": "urn:example:experience", "code": str(at), "display": text}}
        for at, text in enumerate(ANSWERS)
    ]
    items = [
        {"linkId": str(at), "type": "choice", "text": text, "required": True, "answerOption": options}
        for at, text in enumerate(QUESTIONS)
    ]
    return {
        "resourceType": "Questionnaire",
        "url": "urn:example:benchmark",
        "version": "1",
        "status": "active",
        "language": "en-GB",
        "title": "Benchmark",
        "item": items,
    }


@contextmanager
def running(rival: Rival, display: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program on a screen, ended with all its children when the block ends."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    for name in ("WAYLAND_DISPLAY", "PYTHONDONTWRITEBYTECODE"):  # an X11 window, and compiled once as everywhere
        environment.pop(name, None)
    process = subprocess.Popen(
        rival.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
