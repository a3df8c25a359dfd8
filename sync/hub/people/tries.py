"""How often something secret may be guessed wrong before we stop listening for a while."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from django.core.cache import cache

WRONG_TRIES = 10
PAUSE_SECONDS = 600


def spent(subject: str, who: str, most: int = WRONG_TRIES) -> bool:
    """Whether `who` has guessed wrong (or asked) too often at `subject`."""
    return int(cache.get(_key(subject, who), 0)) >= most


def failed(subject: str, who: str) -> None:
    """Count one wrong guess. In memory only: an address is never stored (S156)."""
    key = _key(subject, who)
    cache.add(key, 0, PAUSE_SECONDS)
    with suppress(ValueError):  # it ended between the two lines
        cache.incr(key)


def forgive(subject: str, who: str) -> None:
    """Forget the wrong guesses of someone who then knew."""
    cache.delete(_key(subject, who))


def _key(subject: str, who: str) -> str:
    return f"tries:{subject}:{hashlib.sha256(who.encode()).hexdigest()}"
