"""What the centre told this device to do and to show: checked as a whole, kept on disk, in force from the next person on."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from kiosk.said_and_did import ENGLISH, SaidAndDid
from kiosk.settings import Settings, SettingsFault, with_centre
from sync.files import write_durably

FILE_NAME = "told-by-the-centre.json"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What holds by the centre's word. `digest` names it to the centre; `strange` are settings this version does not know."""

    settings: Settings
    said_and_did: tuple[SaidAndDid, ...] = ()
    digest: str = ""
    strange: tuple[str, ...] = ()


class _Text(msgspec.Struct, rename={"first": "from", "last": "until"}):
    words: dict[str, tuple[str, str]]
    first: date = date.min
    last: date | None = None


class _Document(msgspec.Struct):
    """The body of sync.wire.SETTINGS_PATH."""

    digest: str
    settings: dict[str, Any] = {}
    said_and_did: list[_Text] = []


@dataclass
class Teller:
    """Holds what is in force here, and what waits for the next person. `own` is this device's file, `pinned` what it names."""

    folder: Path
    own: Settings
    pinned: frozenset[str] = frozenset()
    in_force: Told = field(init=False)
    waiting: Told | None = None
    fault: str = ""
    """Why the centre's last word does not hold here."""

    def __post_init__(self) -> None:
        self.in_force = Told(self.own)
        path = self.folder / FILE_NAME
        try:
            self.in_force = self._checked(path.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, SettingsFault) as error:
            log.warning("%s cannot be used: %s The device's own settings hold until the centre tells anew.", path, error)

    def hears(self, raw: bytes) -> bool:
        """The centre says this now: kept on disk, and waiting until :meth:`take_effect`. False: it is nothing new, or bad."""
        try:
            told = self._checked(raw)
        except SettingsFault as error:
            self.fault = str(error)
            log.error("The centre's settings cannot be used: %s The old ones stay.", error)  # noqa: TRY400 - a sentence
            return False
        self.fault = ""
        if told.digest == (self.waiting or self.in_force).digest:
            return False
        try:
            write_durably(self.folder / FILE_NAME, raw)
        except OSError as error:
            log.warning("The centre's settings cannot be kept for the next start: %s.", error.strerror)
        self.waiting = told
        return True

    def take_effect(self) -> bool:
        """What waits holds from now on; whether there was anything."""
        if self.waiting is None:
            return False
        self.in_force, self.waiting = self.waiting, None
        return True

    def report(self) -> Mapping[str, Any]:
        """This part of sync.wire.REPORT_FIELDS."""
        unknown = f"This version does not know: {', '.join(self.in_force.strange)}." if self.in_force.strange else ""
        return {
            "settings_applied": self.in_force.digest,
            "settings_pinned": sorted(self.pinned),
            "settings_fault": (self.fault or unknown)[:400],
        }

    def _checked(self, raw: bytes) -> Told:
        try:
            said = msgspec.json.decode(raw, type=_Document)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise SettingsFault(f"this is not what a centre says ({error}).") from None
        settings, strange = with_centre(self.own, self.pinned, said.settings)
        texts = tuple(SaidAndDid(text.words, text.first, text.last or date.max) for text in said.said_and_did)
        if any(ENGLISH not in text.words for text in texts):
            raise SettingsFault("said_and_did: a text has no English words. Write them in English too.")
        return Told(settings, texts, said.digest, strange)
