"""Answers on a stick: where one is plugged in, and writing what waits to it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk import __version__

if TYPE_CHECKING:
    from kiosk.app.device import Device
    from sync.handover import Bundle

SOFTWARE: Final = f"feedback-kiosk {__version__}"
SYSTEM_PLACES: Final = frozenset({"/", "/boot", "/boot/efi", "/boot/firmware", "/home", "/usr", "/var"})
WINDOWS_REMOVABLE: Final = 2
"""DRIVE_REMOVABLE of GetDriveTypeW."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written to the stick; `file` is None when nothing waits. `unreadable` ones stay behind."""

    file: Path | None
    count: int
    unreadable: int = 0


def write(device: Device, path: Path) -> Bundle:
    """Write what waits on `device` to `path`. Raises HandoverFailed, CredentialsUnreadable, OutboxError."""
    from sync import credentials, handover

    return handover.export(device.outbox, credentials.load(device.data), path, SOFTWARE, datetime.now(UTC))


def save_to(stick: Path, device: Device) -> Saved:
    """Write what waits into a file of its own on the stick. Raises as `write`."""
    path = stick / f"feedback-{_short_name(device)}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.ndjson"
    bundle = write(device, path)
    return Saved(path if bundle.count else None, bundle.count, bundle.unreadable)


def _short_name(device: Device) -> str:
    """The device's own name as every file system takes it."""
    from sync import credentials

    known = credentials.load(device.data)
    return re.sub(r"[^A-Za-z0-9]+", "-", known.name if known else "").strip("-").lower()[:30] or "kiosk"


# --- where a stick is --------------------------------------------------------------------------------------------------


def sticks() -> list[Path]:
    """Removable drives that are mounted and can be written, in this system's own order; none on a system we do not know."""
    find = FINDERS.get(sys.platform)
    return [place for place in find() if os.access(place, os.W_OK)] if find else []


def on_linux(root: Path = Path("/")) -> Iterator[Path]:
    """Mounted block devices whose disk says that it is removable, or that stands on USB (proc(5), sysfs)."""
    try:
        table = (root / "proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    for line in table.splitlines():
        source, place, _, options = (*line.split(" "), "", "", "", "")[:4]
        a_disk = source.startswith("/dev/") and "rw" in options.split(",") and place not in SYSTEM_PLACES
        if a_disk and _is_removable(root / "sys/class/block" / source.rpartition("/")[2]):
            yield root / _unescaped(place).lstrip("/")


def _is_removable(block: Path) -> bool:
    """`block` is a disk's or a partition's folder below /sys/class/block; a partition stands inside its disk's."""
    real = Path(os.path.realpath(block))
    if not real.exists():
        return False
    disk = real.parent if (real / "partition").exists() else real
    try:
        removable = (disk / "removable").read_text(encoding="ascii").strip() == "1"
    except OSError:
        removable = False
    return removable or any(re.fullmatch(r"usb\d+", part) for part in disk.parts)


def _unescaped(place: str) -> str:
    r"""A path as /proc/mounts spells it: a space is ``\040``."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)


def on_macos(root: Path = Path("/"), is_mount: Callable[[Path], bool] = os.path.ismount) -> Iterator[Path]:
    """What is mounted below /Volumes, but for the start volume, which stands there as a link."""
    try:
        volumes = sorted((root / "Volumes").iterdir())
    except OSError:
        return
    yield from (volume for volume in volumes if not volume.is_symlink() and is_mount(volume))


def on_windows(drive_type: Callable[[str], int] | None = None) -> Iterator[Path]:
    """Drive letters of the kind DRIVE_REMOVABLE."""
    kind = drive_type or _windows_drive_type
    roots = (f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZ")
    yield from (Path(root) for root in roots if kind(root) == WINDOWS_REMOVABLE)


def _windows_drive_type(root: str) -> int:
    import ctypes

    windll = getattr(ctypes, "windll", None)
    return int(windll.kernel32.GetDriveTypeW(root)) if windll else 0


FINDERS: Final[dict[str, Callable[[], Iterator[Path]]]] = {"linux": on_linux, "darwin": on_macos, "win32": on_windows}
"""How each system is asked. Linux alone was tried."""
