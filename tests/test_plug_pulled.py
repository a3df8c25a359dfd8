"""A plug is pulled while something is saved: the old file is whole or the new one is, and what was saved is on the disk."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import settings
from kiosk.app.keymap import KeptKeys
from kiosk.app.pin import StaffPin
from kiosk.keys import preset
from kiosk.settings import Settings
from sync import credentials
from sync.credentials import Credentials
from sync.surveys import Shelf

Save = Callable[[Path, int], object]
SAVES: dict[str, Save] = {
    "settings": lambda folder, number: settings.save(Settings(idle_seconds=60 + number), folder / "kiosk.toml"),
    "staff PIN": lambda folder, number: StaffPin(folder / "staff-pin.json").keep(f"246{number}"),
    "taught keys": lambda folder, number: KeptKeys(folder / "keypad.json").keep(preset(["f-keys", "arrows"][number], "linux")),
    "credentials": lambda folder, number: credentials.save(folder, Credentials(f"https://{number}.example/fhir")),
    "a survey": lambda folder, number: Shelf(folder).keep(
        json.dumps({"resourceType": "Questionnaire", "url": "urn:x", "version": str(number)}).encode()
    ),
}


class PulledPlug(BaseException):
    """Nothing of the program runs after it."""


def contents(folder: Path) -> list[bytes]:
    """What stands under the files' own names; a draft that nobody reads does not count."""
    return [path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.endswith(".new")]


@pytest.mark.parametrize("what", SAVES)
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_before_it_is_whole_the_old_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, moment: str) -> None:
    """At the moment when the new bytes go to the disk, and when the new file takes the old one's place."""
    SAVES[what](tmp_path, 0)
    old = contents(tmp_path)

    def pulled(*_: object) -> None:
        raise PulledPlug

    monkeypatch.setattr({"fsync": os, "replace": Path}[moment], moment, pulled)
    with pytest.raises(PulledPlug):
        SAVES[what](tmp_path, 1)
    assert contents(tmp_path) == old


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps names by itself")
@pytest.mark.parametrize("what", SAVES)
def test_what_was_saved_is_on_the_disk_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The bytes are forced out before the new file takes its place, and the folder afterwards."""
    steps: list[str] = []
    forced, moved = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        steps.append("folder" if os.path.isdir(f"/dev/fd/{handle}") else "file")  # noqa: PTH112 - a file handle has no Path
        forced(handle)

    def replace(self: Path, target: Path) -> Path:
        steps.append("in its place")
        return moved(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    SAVES[what](tmp_path, 0)
    assert steps == ["file", "in its place", "folder"]
