"""Who has a file open: a shared claim on it, so that nobody moves it away under another program's feet."""

import os
import sys
from pathlib import Path


class Claim:
    """Holds a shared lock on `path`, a small file beside the one that is meant. OSError.

    Windows needs none: there a file that is open cannot be moved at all.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        _share(self._handle)

    def is_alone(self) -> bool:
        """Whether nobody else holds a claim; ours stays, and keeps others waiting until :meth:`share`."""
        if _take_whole(self._handle):
            return True
        _share(self._handle)
        return False

    def share(self) -> None:
        """Let others claim it too."""
        _share(self._handle)

    def release(self) -> None:
        """Give the claim up."""
        os.close(self._handle)


if sys.platform == "win32":

    def _share(handle: int) -> None:
        """Nothing to do."""

    def _take_whole(handle: int) -> bool:  # noqa: ARG001 - as elsewhere
        return True

else:
    import fcntl

    def _share(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_SH)

    def _take_whole(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
