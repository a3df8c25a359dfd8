"""The hub under fire: a process of its own, devices paired with it, and what it weighs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hub_people import PASSWORD, Device, Staff
from tests.hub_survey import SURVEY

ROOT = Path(__file__).resolve().parents[2]
KIOSK = [sys.executable, "-m", "kiosk", "hub"]


@dataclass(frozen=True)
class Target:
    """A hub that serves the survey of the tests, with devices that have signed in; the last one is revoked."""

    process: subprocess.Popen[str]
    data: Path
    url: str
    devices: tuple[Device, ...]
    revoked: Device

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    @property
    def most_memory_mb(self) -> int:
        """The highest its memory ever was (proc(5), VmHWM); 0 where no system tells."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) // 1024 if found else 0


@contextmanager
def serving(data: Path, devices: int) -> Iterator[Target]:
    """Start it, prepare it, and end it."""
    command = [*KIOSK, "serve", "--data", str(data), "--port", "0"]
    with (
        (data.parent / "hub.log").open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        assert process.stdout
        url = next(line for line in process.stdout if line.startswith("Hub ready at ")).removeprefix("Hub ready at ").strip()
        try:
            staff = _staff(data, url)
            people = tuple(_device(data, url) for _ in range(devices + 1))
            staff.send(f"/devices/{devices + 1}/revoke")
            yield Target(process, data, url, people[:-1], people[-1])
        finally:
            process.terminate()
            process.wait(20)


def _staff(data: Path, url: str) -> Staff:
    """An administrator, who adds the survey."""
    _ask(data, "staff", "add", "Ada", "--password-stdin", said=PASSWORD + "\n")
    staff = Staff(url)
    staff.sign_in("Ada", PASSWORD)
    staff.see("/surveys/add")
    assert "is now asked" in staff.send("/surveys/add", files={"file": ("survey.json", json.dumps(SURVEY))}).text
    return staff


def _device(data: Path, url: str) -> Device:
    device = Device(url)
    device.pair(_ask(data, "device", "add", "--site", "Ward 7").strip())
    device.sign_in()
    return device


def _ask(data: Path, *words: str, said: str = "") -> str:
    command = [*KIOSK, *words, "--data", str(data)]
    return subprocess.run(command, input=said, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60).stdout
