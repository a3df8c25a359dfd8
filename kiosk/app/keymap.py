"""Which keys are in force on this device: those that staff taught, in a file of the data folder, else the ready-made ones."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

from kiosk.keys import REMEDY, KeyMap, KeyMapFault, preset, read_document
from sync.files import fsync_folder

log = logging.getLogger(__name__)


class KeptKeys:
    """The keys of this device's keypad. `setting` is the site's choice: f-keys | arrows | learnt | none."""

    def __init__(self, path: Path, setting: str = "f-keys", system: str = sys.platform) -> None:
        self._path, self._setting, self._system = path, setting, system
        self.fault = ""
        """Why the keys that staff taught cannot be used; a sentence with the file, the place and the remedy."""
        self.in_force = self._read()

    def keep(self, key_map: KeyMap) -> None:
        """Use these keys from now on, on disk before this returns. Raises OSError; then the former keys stay in force."""
        text = json.dumps(key_map.as_document(self._system), indent=1)
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        fsync_folder(self._path.parent)
        self.fault, self.in_force = "", key_map

    def forget(self) -> None:
        """Back to the ready-made keys. Raises OSError."""
        self._path.unlink(missing_ok=True)
        self.fault, self.in_force = "", self._ready_made()

    def _read(self) -> KeyMap:
        """What staff taught comes before the setting, unless the site has no keypad."""
        if self._setting == "none" or not self._path.exists():
            return self._ready_made()
        try:
            return read_document(self._path.read_bytes(), self._path, self._system)
        except KeyMapFault as fault:
            self.fault = str(fault)
        except OSError as error:
            self.fault = f"{self._path}: the taught keys cannot be read ({error.strerror}). {REMEDY}"
        log.warning("%s", self.fault)
        return preset("f-keys", self._system) if self._setting == "learnt" else self._ready_made()

    def _ready_made(self) -> KeyMap:
        return KeyMap("learnt") if self._setting == "learnt" else preset(self._setting, self._system)
