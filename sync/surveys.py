"""Surveys pulled from the centre, kept on disk as the bytes they came in. Whoever hands them over has checked them."""

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from sync.files import write_durably

SUFFIX: Final = ".questionnaire.json"


class _Named(msgspec.Struct):
    url: str
    version: str = ""


class Shelf:
    """A folder with one file a survey (by its `url`): the newest version that was kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, survey: bytes) -> bool:
        """Put a Questionnaire in place of its older version, at once; False when it is the one already there. OSError."""
        path = self._folder / f"{_name(survey)}{SUFFIX}"
        if path.exists() and path.read_bytes() == survey:
            return False
        write_durably(path, survey)
        return True

    def surveys(self) -> list[bytes]:
        """Every survey kept, the one kept last first."""
        kept = [(path.stat().st_mtime_ns, path) for path in self._folder.glob(f"*{SUFFIX}")]
        return [path.read_bytes() for _, path in sorted(kept, reverse=True)]


def canonical(survey: bytes) -> str:
    """A Questionnaire's `url|version`; "" when the bytes are no such thing."""
    try:
        named = msgspec.json.decode(survey, type=_Named)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return f"{named.url}|{named.version}" if named.version else named.url


def _name(survey: bytes) -> str:
    url = canonical(survey).partition("|")[0]
    return hashlib.sha256(url.encode()).hexdigest()[:32]
