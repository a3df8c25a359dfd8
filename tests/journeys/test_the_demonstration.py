"""``kiosk demo`` on a machine without a screen: everything real, started by the command itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from PySide6.QtGui import QImage

from kiosk.app.demo import GLASS, compare, counted

QUESTIONS = ("fft", "why", "support", "age")
AROUND = ("review", "thanks", "languages", "start-again", "still-there", "out-of-order", "staff-pin", "staff")


def test_without_a_screen_a_scripted_patient_answers_and_the_hubs_figures_are_what_was_answered(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "-m", "kiosk", "demo", "--data", str(tmp_path / "data"), "--pictures", str(pictures)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "The hub's figures are what was answered."
    names = sorted(path.name for path in pictures.glob("*.png"))
    assert [kind for kind in (*QUESTIONS, *AROUND) if not any(f"-{kind}-" in name for name in names)] == []
    assert {name.rsplit("-", 1)[1] for name in names} >= {"ur.png", "GB.png"}
    assert {QImage(str(pictures / name)).size().toTuple() for name in names} == {GLASS}


def test_the_demonstration_fails_when_the_hub_says_anything_else() -> None:
    answered = counted([{"fft": ("good",)}, {"fft": ("good",), "support": ("interpreter", "more-time")}])
    right = {"fft": Counter({"good": 2}), "support": Counter({"interpreter": 1, "more-time": 1})}
    assert compare(answered, right) == 0
    assert compare(answered, right | {"fft": Counter({"good": 1})}) == 1
    assert compare(answered, right | {"fft": Counter({"good": 2, "poor": 1})}) == 1
    assert compare(answered, {"fft": right["fft"]}) == 1
