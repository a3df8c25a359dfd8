"""A file that is only there to be deleted: room for the last answers when the disk is full."""

import os
import secrets
import shutil
from pathlib import Path
from typing import Final

RESERVE_BYTES: Final = 4_000_000
PLENTY: Final = 3
"""The reserve is taken only where this many times its size is free: it must never be what fills the disk."""


class Reserve:
    """Room of `size_bytes` beside the outbox, held by a file."""

    def __init__(self, path: Path, size_bytes: int = RESERVE_BYTES) -> None:
        self.path = path
        self.size_bytes = size_bytes

    @property
    def is_held(self) -> bool:
        """Whether the room is there to be freed."""
        return self.path.exists()

    def take(self) -> bool:
        """Hold the room, if the disk has plenty; whether it is held. Never raises: no reserve is no reason to stop."""
        try:
            if not self.is_held and shutil.disk_usage(self.path.parent).free > PLENTY * self.size_bytes:
                self._fill()
        except OSError:
            self.free()
        return self.is_held

    def free(self) -> bool:
        """Give the room back to the disk; whether there was any."""
        try:
            self.path.unlink()
        except OSError:
            return False
        return True

    def _fill(self) -> None:
        draft = self.path.with_suffix(".new")
        with draft.open("wb") as file:
            # Random bytes: a file system that compresses or punches holes would hold no room for zeros.
            file.write(secrets.token_bytes(self.size_bytes))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
