"""The staff PIN: kept as a salted scrypt hash, with waits that grow after wrong tries. There is no default PIN."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from sync.files import write_durably

FREE_TRIES = 5
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 900
COST = 2**14
"""scrypt's n: about 40 ms on a small computer."""


class StaffPin:
    """The PIN in the file at `path`. To set a forgotten PIN anew, an administrator runs ``kiosk pin forget``."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._wrong_tries = 0
        self._closed_until = 0.0

    @property
    def is_set(self) -> bool:
        """Whether staff have chosen a PIN. A file that cannot be read counts as one: a broken file opens no door."""
        return self._path.exists()

    def keep(self, pin: str) -> None:
        """Make `pin` the one that opens, on disk before this returns."""
        salt = secrets.token_bytes(16)
        text = json.dumps({"salt": salt.hex(), "hash": _hash(pin, salt).hex()})
        write_durably(self._path, text.encode())
        self._wrong_tries, self._closed_until = 0, 0.0

    def forget(self) -> None:
        """No PIN any more: staff choose one at the next start."""
        self._path.unlink(missing_ok=True)

    def try_pin(self, pin: str) -> int | None:
        """None when `pin` opens; else how many seconds nobody may try again (0: at once)."""
        left = self._closed_until - self._clock()
        if left > 0:
            return int(left) + 1
        if self._matches(pin):
            self._wrong_tries = 0
            return None
        self._wrong_tries += 1
        if self._wrong_tries < FREE_TRIES:
            return 0
        wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(self._wrong_tries - FREE_TRIES, 10))
        self._closed_until = self._clock() + wait
        return int(wait)

    def _matches(self, pin: str) -> bool:
        try:
            kept = json.loads(self._path.read_text())
            return hmac.compare_digest(_hash(pin, bytes.fromhex(kept["salt"])), bytes.fromhex(kept["hash"]))
        except (OSError, ValueError, KeyError, TypeError):
            return False


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=COST, r=8, p=1)
