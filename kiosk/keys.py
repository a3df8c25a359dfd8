"""The keys of a keypad, whatever code each sends: what a key means, the ready-made maps, and the map that staff taught.

Audio-navigation keypads present themselves as keyboards (S128), and what their keys send differs from maker to maker (S129).
So a meaning is looked up by what arrives: the system's own scan code first, Qt's key number second. On Linux F13 to F24 come
with other names (F13 as "Tools", F20 as "mute the microphone"), but always with the same scan codes (S133).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec


class Key(StrEnum):
    """What a key of an audio-navigation keypad means (S132)."""

    UP = "up"
    DOWN = "down"
    BACK = "back"
    FORWARD = "forward"
    SELECT = "select"
    HELP = "help"
    HOME = "home"
    LOUDER = "louder"
    QUIETER = "quieter"
    PAUSE = "pause"
    HEADSET_IN = "headset-in"
    HEADSET_OUT = "headset-out"


JACK = frozenset({Key.HEADSET_IN, Key.HEADSET_OUT})
"""Not pressed by a finger, but by the plug of the headphones."""
QT_UNKNOWN = 0x01FFFFFF
"""Qt's number for every key it has no name for: it tells none of them from another."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a key sends: Qt's key number and the system's scan code. 0 stands for not known, or not asked for."""

    qt_key: int = 0
    scan_code: int = 0

    @property
    def tells(self) -> bool:
        """Whether this key can be told from others."""
        return bool(self.scan_code) or self.qt_key not in {0, QT_UNKNOWN}

    @property
    def legend(self) -> str:
        """What stands on a key with this code, where that is known: "F13", "Enter"; else its scan code as a number."""
        by_scan_code = {numbers.linux: name for name, numbers in FUNCTION_KEYS.items()}
        known = LEGENDS.get(self.qt_key) or by_scan_code.get(self.scan_code)
        return known or str(self.scan_code or self.qt_key)


@dataclass(frozen=True, slots=True)
class KeyMap:
    """Which code means which key. `name`: f-keys | arrows | learnt | none."""

    name: str
    pairs: tuple[tuple[Code, Key], ...] = ()
    gives_way: frozenset[int] = frozenset()
    """Qt's numbers of keys that write where there is a box to write in."""

    def meaning(self, qt_key: int, scan_code: int) -> Key | None:
        """The key that sends these numbers; a scan code wins over Qt's number. None: no key of this keypad."""
        if scan_code:
            found = next((key for code, key in self.pairs if code.scan_code == scan_code), None)
            if found:
                return found
        named = (key for code, key in self.pairs if code.qt_key == qt_key and not (scan_code and code.scan_code))
        return next(named, None) if Code(qt_key).tells else None

    def codes(self, key: Key) -> tuple[Code, ...]:
        """Every code that means `key`."""
        return tuple(code for code, meant in self.pairs if meant is key)

    def legends(self, key: Key) -> tuple[str, ...]:
        """What stands on the keys that mean `key`, each once."""
        return tuple(dict.fromkeys(code.legend for code in self.codes(key)))

    def as_document(self, system: str = sys.platform) -> dict[str, Any]:
        """For a JSON file. Scan codes are the system's own, so it says which system."""
        lines = [{"key": key.value, "qt_key": code.qt_key, "scan_code": code.scan_code} for code, key in self.pairs]
        return {"keypad": 1, "system": system, "keys": lines}


NO_KEYPAD = KeyMap("none")

# --- what keys send ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Numbers:
    """One function key: Qt's number, its USB usage, and the scan codes that Qt reports on Linux and on Windows."""

    qt_key: int
    usage: int
    linux: int
    windows: int


FUNCTION_KEYS: Mapping[str, Numbers] = {
    f"F{number}": Numbers(
        qt_key=0x01000030 + number - 1,
        usage=0x68 + number - 13,
        linux=183 + number - 13 + 8,
        windows=0x64 + number - 13 if number < 24 else 0x76,
    )
    for number in range(13, 25)
}
"""F13 to F24. Usages: HID usage tables, page 7. Linux: the kernel's 183 to 194, and 8 more as X11 and Wayland count (seen
with Qt under X11). Windows: scan code set 1 as Microsoft translates the usages; not tried. macOS tells no scan codes."""

LEGENDS: Mapping[int, str] = {
    **{0x01000030 + number - 1: f"F{number}" for number in range(1, 25)},
    0x20: "Space",
    0x01000000: "Esc",
    0x01000001: "Tab",
    0x01000003: "Backspace",
    0x01000004: "Enter",
    0x01000005: "Enter (number pad)",
    0x01000008: "Pause",
    0x01000010: "Home",
    0x01000012: "Left",
    0x01000013: "Up",
    0x01000014: "Right",
    0x01000015: "Down",
    0x01000058: "Help",
    0x01000070: "Volume -",
    0x01000072: "Volume +",
}
"""What stands on the keys with these Qt numbers."""

_QT = {name: number for number, name in LEGENDS.items()}

# --- ready-made maps -----------------------------------------------------------------------------------------------

F_KEYS: Mapping[str, Key] = {
    "F13": Key.UP,
    "F14": Key.DOWN,
    "F15": Key.HEADSET_IN,
    "F16": Key.HEADSET_OUT,
    "F17": Key.SELECT,
    "F18": Key.HELP,
    "F19": Key.HOME,
    "F20": Key.FORWARD,
    "F21": Key.LOUDER,
    "F22": Key.QUIETER,
    "F23": Key.BACK,
    "F24": Key.PAUSE,
}
"""Our own order, for a keypad that is set up with its maker's program. Only F23 for "<<" is known from a maker's own pages
(S130); F15 and F16 for headphones are hearsay. Makers do not publish their whole tables: a keypad as it comes out of the box
is best taught."""

ARROWS: Mapping[str, Key] = {
    "Up": Key.UP,
    "Down": Key.DOWN,
    "Left": Key.BACK,
    "Right": Key.FORWARD,
    "Enter": Key.SELECT,
    "Enter (number pad)": Key.SELECT,
    "Space": Key.SELECT,
    "Esc": Key.BACK,
    "Home": Key.HOME,
    "F1": Key.HELP,
    "Help": Key.HELP,
    "Volume +": Key.LOUDER,
    "Volume -": Key.QUIETER,
    "Pause": Key.PAUSE,
}
"""An ordinary keyboard, or a keypad that sends what one sends. A system that takes the volume keys for itself does not pass
them on. No keyboard tells of headphones."""

PRESETS = ("f-keys", "arrows", "none")


def preset(name: str, system: str = sys.platform) -> KeyMap:
    """The ready-made map called `name`, on this `system` (as ``sys.platform`` says it). Raises KeyError."""
    if name == "f-keys":
        return KeyMap(name, (*_on_linux(F_KEYS, system), *_named(F_KEYS)))
    if name == "arrows":
        return KeyMap(name, _named(ARROWS), gives_way=frozenset({_QT["Space"]}))
    return {"none": NO_KEYPAD}[name]


def _named(keys: Mapping[str, Key]) -> tuple[tuple[Code, Key], ...]:
    return tuple((Code(_QT[name]), key) for name, key in keys.items())


def _on_linux(keys: Mapping[str, Key], system: str) -> tuple[tuple[Code, Key], ...]:
    """Elsewhere F13 to F24 come by their own names, and a scan code would be another key's (S133)."""
    known = keys.items() if system == "linux" else ()
    return tuple((Code(scan_code=FUNCTION_KEYS[name].linux), key) for name, key in known)


# --- the map that staff taught, as a file ---------------------------------------------------------------------------

REMEDY = "Teach the keys again on the staff screen."
_Number = Annotated[int, msgspec.Meta(ge=0, le=0xFFFFFFFF)]


class KeyMapFault(Exception):
    """The keys that staff taught cannot be used; the message is a sentence with the file, the place and the remedy."""


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    key: Key
    qt_key: _Number = 0
    scan_code: _Number = 0


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    keypad: Annotated[int, msgspec.Meta(ge=1, le=1)]
    system: str
    keys: list[_Line]


def read_document(raw: bytes, path: Path, system: str = sys.platform) -> KeyMap:
    """The learnt map in `raw`; `path` is for the messages. Raises KeyMapFault."""
    try:
        document = msgspec.json.decode(raw, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KeyMapFault(f"{path}{_where(str(error))}: this is not a list of keys. {REMEDY}") from None
    if document.system != system:
        raise KeyMapFault(f"{path}: these keys were taught on another system ({document.system}). {REMEDY}")
    pairs = tuple((Code(line.qt_key, line.scan_code), line.key) for line in document.keys)
    codes = [code for code, _ in pairs]
    for number, code in enumerate(codes, 1):
        if not code.tells:
            raise KeyMapFault(f"{path}, key {number}: it has no code. {REMEDY}")
        if code in codes[: number - 1]:
            raise KeyMapFault(f"{path}, key {number}: its code stands there twice. {REMEDY}")
    if not pairs:
        raise KeyMapFault(f"{path}: there is no key in it. {REMEDY}")
    return KeyMap("learnt", pairs)


def _where(words: str) -> str:
    """``, key 3, scan_code`` from msgspec's path to the mistake; "" where there is none."""
    found = re.search(r"`\$\.(\w+)(?:\[(\d+)\](?:\.(\w+))?)?", words)
    if not found:
        return ""
    number = f", key {int(found[2]) + 1}" if found[2] else f", {found[1]}"
    return number + (f", {found[3]}" if found[3] else "")
