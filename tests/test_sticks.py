"""Where a USB stick is plugged in, as each operating system tells it, and the file that is written there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app import handover
from kiosk.app.device import OUTBOX_FILE, Device
from sync import credentials
from sync.errors import HandoverFailed
from sync.outbox import Outbox
from tests.hub_survey import URL, answer
from tests.test_handover import PAIRED

MOUNTS = """\
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
proc /proc proc rw,nosuid 0 0
tmpfs /run/user/1000 tmpfs rw 0 0
/dev/sda1 /media/clinic/MY\\040STICK vfat rw,nosuid,nodev,uid=1000 0 0
/dev/sdb1 /media/clinic/locked vfat ro,nosuid 0 0
/dev/sdc /media/clinic/whole exfat rw 0 0
/dev/sdd1 /srv/data ext4 rw 0 0
/dev/sde1 /media/clinic/drive ext4 rw 0 0
/dev/gone1 /media/clinic/pulled vfat rw 0 0
/dev/mmcblk0p1 /boot vfat rw 0 0
"""


def with_disk(root: Path, where: str, *parts: str, removable: bool) -> None:
    """A disk as sysfs shows it: its folder, its partitions inside it, and links to all of them under /sys/class/block."""
    disk = root / "sys/devices" / where
    disk.mkdir(parents=True)
    (disk / "removable").write_text("1\n" if removable else "0\n")
    links = root / "sys/class/block"
    links.mkdir(parents=True, exist_ok=True)
    (links / disk.name).symlink_to(disk)
    for part in parts:
        (disk / part).mkdir()
        (disk / part / "partition").write_text("1\n")
        (links / part).symlink_to(disk / part)


@pytest.fixture
def linux(tmp_path: Path) -> Path:
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/mounts").write_text(MOUNTS)
    with_disk(tmp_path, "pci0/nvme/nvme0n1", "nvme0n1p2", removable=False)
    with_disk(tmp_path, "pci0/usb1/1-2/host6/block/sda", "sda1", removable=True)
    with_disk(tmp_path, "pci0/usb1/1-3/host7/block/sdb", "sdb1", removable=True)
    with_disk(tmp_path, "pci0/reader/block/sdc", removable=True)
    with_disk(tmp_path, "pci0/ata1/host0/block/sdd", "sdd1", removable=False)
    with_disk(tmp_path, "pci0/usb2/2-1/host8/block/sde", "sde1", removable=False)
    with_disk(tmp_path, "pci0/mmc/mmcblk0", "mmcblk0p1", removable=True)
    return tmp_path


def test_linux_finds_what_is_removable_or_on_usb_and_may_be_written(linux: Path) -> None:
    """Not the disks inside, not a stick that is locked or pulled out, not the computer's own start partition."""
    found = [str(place.relative_to(linux)) for place in handover.on_linux(linux)]
    assert found == ["media/clinic/MY STICK", "media/clinic/whole", "media/clinic/drive"]


def test_a_computer_that_tells_nothing_has_no_stick(tmp_path: Path) -> None:
    assert list(handover.on_linux(tmp_path)) == list(handover.on_macos(tmp_path)) == []


def test_macos_finds_what_is_mounted_beside_the_start_volume(tmp_path: Path) -> None:
    for name in ("STICK", "not mounted"):
        (tmp_path / "Volumes" / name).mkdir(parents=True)
    (tmp_path / "Volumes/Macintosh HD").symlink_to(tmp_path)
    found = handover.on_macos(tmp_path, lambda place: place.name != "not mounted")
    assert [place.name for place in found] == ["STICK"]


def test_windows_finds_the_letters_of_removable_drives() -> None:
    kinds = {"D:\\": 3, "E:\\": 2, "F:\\": 5, "G:\\": 2}
    assert [str(place) for place in handover.on_windows(lambda root: kinds.get(root, 1))] == ["E:\\", "G:\\"]


def test_every_system_that_is_asked_can_be_asked_here_too() -> None:
    """No fault on the wrong system, and never a place that is not there."""
    assert set(handover.FINDERS) == {"linux", "darwin", "win32"}
    assert all(place.is_dir() for place in handover.sticks())
    if sys.platform != "win32":
        assert list(handover.on_windows()) == []


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    device = Device(tmp_path / "kiosk")
    yield device
    device.close()


def finishes(folder: Path) -> str:
    document = answer()
    outbox = Outbox(folder / OUTBOX_FILE)
    outbox.put(document["id"], f"{URL}|1", json.dumps(document).encode())
    outbox.close()
    return str(document["id"])


def test_what_waits_is_saved_under_a_name_that_tells_the_device_and_the_time(device: Device, tmp_path: Path) -> None:
    credentials.save(device.data, credentials.Credentials(PAIRED.fhir_base, PAIRED.sign_in, name="Ward 7: Door/left"))
    identity = finishes(device.data)
    saved = handover.save_to(tmp_path, device)
    assert saved.count == 1
    assert saved.file
    assert saved.file.name.startswith("feedback-ward-7-door-left-20")
    assert json.loads(saved.file.read_bytes().splitlines()[1])["id"] == identity


def test_nothing_waiting_leaves_the_stick_as_it_is(device: Device, tmp_path: Path) -> None:
    credentials.save(device.data, PAIRED)
    before = sorted(tmp_path.iterdir())
    assert handover.save_to(tmp_path, device) == handover.Saved(None, 0)
    assert sorted(tmp_path.iterdir()) == before


def test_a_stick_that_was_pulled_out_is_told_in_a_sentence(device: Device, tmp_path: Path) -> None:
    credentials.save(device.data, PAIRED)
    finishes(device.data)
    with pytest.raises(HandoverFailed, match="cannot be written"):
        handover.save_to(tmp_path / "pulled", device)
    assert device.outbox.counts().waiting == 1
