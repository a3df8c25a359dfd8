"""The site's settings: one TOML file, every mistake in it reported at once and in words.

Nothing has to be set: a kiosk without a file asks the sample survey with the values below. Secrets are not settings: the
device's key and the staff PIN are kept elsewhere.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kiosk.opening import DAYS, Hours
from kiosk.settings_keys import (
    DAY_WORDS,
    KEYS,
    ROUTE_KEYS,
    URGENT_KEYS,
    Key,
    checked,
    checked_from_centre,
    checked_hours,
    checked_urgent,
    checked_ways,
)

FILE_NAME = "kiosk.toml"
"""The settings' place: this file in the data folder."""


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to be heard (S121, S163). `kind`: web | phone | text-relay | email | desk."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class UrgentHelp:
    """The numbers for help now (S150): data, because other countries have others."""

    emergency: str = "999"
    advice: str = "111"


WAYS = (
    Way("web", "Care Quality Commission", "https://www.cqc.org.uk/give-feedback-on-care"),
    Way("web", "Healthwatch", "https://www.healthwatch.co.uk/have-your-say"),
    Way("phone", "Care Quality Commission", "03000 616161"),
    Way("text-relay", "Care Quality Commission", "18001 03000 616161"),
    Way("email", "Care Quality Commission", "enquiries@cqc.org.uk"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site can choose; :data:`EXAMPLE` explains each. Empty means: as the survey has it, or as the screen says."""

    site_name: str = ""
    survey: Path | None = None
    survey_url: str = ""
    hub_url: str = ""
    languages: tuple[str, ...] = ()
    default_language: str = ""
    screen_width_mm: float | None = None
    viewing_distance_mm: int = 600
    text_percent: int = 100
    theme: str = "calm"
    reading_aloud: bool = True
    private_sound: bool = False
    warning_sound: bool = True
    keypad: str = "f-keys"
    identical_key_seconds: float = 0.5
    words_per_minute: int = 150
    idle_seconds: int = 60
    warning_seconds: int = 30
    thanks_seconds: int = 30
    sent_days: int = 30
    repeat_seconds: float = 0.3
    lockout_seconds: float = 0.4
    touch_accepts: str = "release"
    urgent_help: UrgentHelp = UrgentHelp()
    routes: tuple[Way, ...] = WAYS
    opening_hours: Hours = field(default_factory=dict)


class SettingsFault(Exception):
    """The settings file cannot be used. `mistakes` has a sentence for each, naming the file, the key and the remedy."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def data_dir() -> Path:
    """Where this device keeps its answers and settings, as the operating system wants it."""
    import platformdirs  # only where no folder was named

    return platformdirs.user_data_path("feedback-kiosk", appauthor=False)


def load(path: Path) -> Settings:
    """The settings in the file at `path`; what it leaves out keeps its default. Raises SettingsFault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsFault(f"{path}: the settings cannot be read ({error.strerror}). Check the path.") from None
    except UnicodeDecodeError:
        raise SettingsFault(f"{path}: this is not UTF-8 text. Save the file again as UTF-8.") from None
    return read(text, path)


def read(text: str, path: Path) -> Settings:
    """The settings in `text`. `path` is for the messages; the survey's path starts from its folder. Raises SettingsFault."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsFault(_not_toml(path, text, str(error))) from None
    values, mistakes = _values(table)
    if values.get("survey"):
        values["survey"] = path.parent / values["survey"]
    else:
        values.pop("survey", None)
    settings = Settings(**values)
    mistakes += _disagreements(settings)
    if mistakes:
        raise SettingsFault(*(f"{_place(path, text, key)}: {words}" for key, words in mistakes))
    return settings


def save(settings: Settings, path: Path) -> None:
    """Writes what differs from the defaults, whole or not at all (a pulled plug leaves the old file)."""
    untouched = asdict(Settings())
    table = {name: value for name, value in asdict(settings).items() if value != untouched[name]}
    if settings.survey:
        table["survey"] = str(settings.survey)
    import tomli_w  # a kiosk only reads

    _write(path, tomli_w.dumps(table))


def write_example(path: Path) -> None:
    """Writes :data:`EXAMPLE`, unless there is a file at `path` already."""
    if not path.exists():
        _write(path, EXAMPLE)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name != "nt":  # the new name too is on the disk only when the folder is
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


# --- from TOML to values -------------------------------------------------------------------------------------------


def _values(table: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    plain = {name: value for name, value in table.items() if name not in NOT_PLAIN}
    values, mistakes = checked({**KEYS, **TABLES}, plain)
    for name, check in NOT_PLAIN.items():
        if name in table:
            values[name], wrong = check(table[name])
            mistakes += wrong
    return _as_settings(values), mistakes


def _as_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked values in the shapes that Settings has."""
    shaped = dict(values)
    if "urgent_help" in values:
        shaped["urgent_help"] = UrgentHelp(**values["urgent_help"])
    if "routes" in values:
        shaped["routes"] = tuple(Way(**way) for way in values["routes"])
    return shaped


def names_in(path: Path) -> frozenset[str]:
    """What the settings file at `path` says anything of; none where there is no file that can be read."""
    try:
        return frozenset(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return frozenset()


def with_centre(own: Settings, pinned: frozenset[str], table: Mapping[str, Any]) -> tuple[Settings, tuple[str, ...]]:
    """`own` and what the centre says in `table`, which leaves alone what is `pinned`; and the names in it nobody knows here.

    Pinned is what stands in this device's own file: the nearest wins. Raises SettingsFault, and nothing of `table` holds.
    """
    values, mistakes, strange = checked_from_centre(table)
    if mistakes:
        raise SettingsFault(*(f"{key}: {words}" for key, words in mistakes))
    told = {name: value for name, value in _as_settings(values).items() if name not in pinned}
    return replace(own, **told), strange


def _disagreements(settings: Settings) -> list[tuple[str, str]]:
    """Values that are right alone and wrong together, or name something that is not there."""
    found = []
    if settings.languages and settings.default_language and settings.default_language not in settings.languages:
        found.append(("default_language", f'"{settings.default_language}" is not in languages. Add it there.'))
    if settings.survey and not settings.survey.is_file():
        found.append(("survey", f"there is no file {settings.survey}. Check the name; it starts from the settings' folder."))
    return found


# --- sentences -----------------------------------------------------------------------------------------------------


def _place(path: Path, text: str, key: str) -> str:
    """``kiosk.toml, line 3, idle_seconds``; the line only where the key can be found by its name."""
    pattern = re.compile(rf"\s*\[*\s*{re.escape(key)}\s*[=\]]")
    line = next((n for n, written in enumerate(text.splitlines(), 1) if pattern.match(written)), None)
    return f"{path}, line {line}, {key}" if line else f"{path}, {key}"


def _not_toml(path: Path, text: str, words: str) -> str:
    names = re.findall(r"^\s*(\w+)\s*=", text.partition("\n[")[0], re.MULTILINE)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        return f"{_place(path, text, twice)}: this setting stands in the file twice. Take one away."
    line = re.search(r"at line (\d+)", words)
    place = f"{path}, line {line[1]}" if line else f"{path}, at the end"
    return f"{place}: this cannot be read. Write one setting a line, such as idle_seconds = 60, and put words in quotes."


# --- the example ---------------------------------------------------------------------------------------------------

TABLES = {
    "urgent_help": Key(lambda value: value, "", "The numbers on the first and the last screen."),
    "routes": Key(lambda value: value, "", "Other ways to be heard, in the order shown."),
    "opening_hours": Key(lambda value: value, "", "When the place is open. " + DAY_WORDS),
}
NOT_PLAIN = {"urgent_help": checked_urgent, "routes": checked_ways, "opening_hours": checked_hours}
"""Tables of their own, and who checks them."""


def _example() -> str:
    lines = ["# Settings of the feedback kiosk. Take away the # before a line to use it. Every line can be left out.", ""]
    for name, key in KEYS.items():
        lines += [f"# {key.words}", f"# {name} = {key.example}", ""]
    lines += [f"# {TABLES['urgent_help'].words}", "# [urgent_help]"]
    lines += [f"# {name} = {key.example}  # {key.words}" for name, key in URGENT_KEYS.items()]
    lines += ["", f"# {TABLES['opening_hours'].words}", "# [opening_hours]"]
    lines += [f'# {day} = "08:00-18:30"' for day in DAYS[:5]]
    lines += ["", f"# {TABLES['routes'].words} The first of these lines takes away the built-in ones.", "# [[routes]]"]
    lines += [f"# {name} = {key.example}  # {key.words}" for name, key in ROUTE_KEYS.items()]
    return "\n".join(lines) + "\n"


EXAMPLE = _example()
"""A settings file with every key explained and every line still switched off."""
