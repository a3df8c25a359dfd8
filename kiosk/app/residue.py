"""What a crash must not leave on the disk."""

from __future__ import annotations

import sys


def leave_no_dump() -> None:
    """From now on a crash writes no picture of the memory: it would hold answers, and the key to all others (S160)."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
