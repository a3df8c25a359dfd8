"""What a program and its children hold in memory (Linux: PSS, so that shared pages are shared out)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """`pid` and every process that descends from it."""
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for member in found:
        found.extend(child for child, parent in parents.items() if parent == member)
    return found


def pss_megabytes(pid: int) -> float:
    """Proportional set size of `pid` and its descendants, in MB (10^6 bytes)."""
    return sum(_pss_bytes(member) for member in family(pid)) / 1e6


def _pss_bytes(pid: int) -> int:
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def forget_files() -> bool:
    """Empty the system's file cache, so that the next start reads from the disk. False where this is not allowed."""
    try:
        (PROC / "sys/vm/drop_caches").write_text("3\n")
    except OSError:
        return False
    return True
