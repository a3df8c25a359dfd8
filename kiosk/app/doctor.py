"""``kiosk doctor``: what this machine and this device can do, examined for real and told plainly."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.app.device import Device, cannot_be_read
from kiosk.app.doctor_centre import CentreReport, examine_centre
from kiosk.app.forms import survey_to_ask
from kiosk.keys import Key
from kiosk.languages import language
from kiosk.phrases import catalogue_languages, reviewed
from kiosk.speech import Voice

TRIAL_SECONDS = 30
LITTLE_ROOM_BYTES = 200_000_000


@dataclass(frozen=True)
class LanguageReport:
    """One language of the survey; `font` and `voice` are None where there is none."""

    tag: str
    name: str
    font: str | None
    voice: str | None
    sentences: bool
    reviewed: bool


@dataclass(frozen=True)
class KeypadReport:
    """The keys in force: `map` is f-keys | arrows | learnt | none, `keys` what stands on the keys that mean each."""

    map: str
    keys: dict[str, list[str]]
    fault: str


@dataclass(frozen=True, slots=True)
class SettingsReport:
    """What the centre told, by its digest ("" for nothing) with its texts; `pinned` stands in this device's own file."""

    told: str
    texts: int
    pinned: list[str]

    def as_line(self) -> str:
        told = f"the centre's ({self.told[:8]}, texts: {self.texts})" if self.told else "none from the centre"
        own = f"; its own file holds on to: {', '.join(self.pinned)}" if self.pinned else ""
        return f"Settings     {told}{own}"


NOTHING_TOLD = SettingsReport("", 0, [])


@dataclass(frozen=True)
class Report:
    """What was found."""

    data: str
    survey: str
    languages: tuple[LanguageReport, ...]
    paired: bool
    pin_set: bool
    waiting: int
    refused: int
    keypad: KeypadReport
    free_bytes: int
    key_store: str
    """Where the key to the answers lies: `keyring: <store>` or `file, readable by this account only`."""
    unreadable: int
    """Answers that wait, and whose key cannot be had now."""
    centre: CentreReport | None
    settings: SettingsReport = NOTHING_TOLD

    @property
    def healthy(self) -> bool:
        """There is a survey that can be shown in its first language, and room for answers."""
        first = next(iter(self.languages), None)
        return bool(first and first.font and first.sentences and self.free_bytes > LITTLE_ROOM_BYTES)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"healthy": self.healthy}

    def as_text(self) -> str:
        lines = [f"Data folder  {self.data} ({self.free_bytes // 1_000_000} MB free)", f"Survey       {self.survey or 'none'}"]
        lines += [f"Centre       {'paired' if self.paired else 'not paired: on the staff screen, or kiosk pair URL'}"]
        lines += self.centre.as_lines() if self.centre else []
        lines += [self.settings.as_line()]
        lines += [f"Staff PIN    {'set' if self.pin_set else 'not set: it is asked for at the first start'}"]
        lines += [f"Answers      {self.waiting} waiting, {self.refused} refused", *_key_lines(self.key_store, self.unreadable)]
        lines += [*_keypad_lines(self.keypad), "Languages"]
        return "\n".join(lines + [_language_line(found) for found in self.languages])


def _language_line(found: LanguageReport) -> str:
    offered = "offered" if found.font and found.sentences else "not offered"
    font = found.font or "no font has its letters"
    voice = f"voice {found.voice}" if found.voice else "no voice: no Read aloud button"
    review = "" if found.reviewed else "; to be reviewed by a speaker"
    return f"  {found.tag:<6} {found.name:<10} {offered}; {font}; {voice}{review}"


def _key_lines(key_store: str, unreadable: int) -> list[str]:
    lines = [f"Their key    {key_store}"]
    if unreadable:
        lines += [f"             {cannot_be_read(unreadable)}"]
    return lines


def _keypad_lines(found: KeypadReport) -> list[str]:
    names = ", ".join(f"{key} {' or '.join(legends)}" for key, legends in found.keys.items())
    lines = [f"Keypad       {found.map}: {names}" if names else f"Keypad       {found.map}"]
    return [*lines, f"             {found.fault}"] if found.fault else lines


def _keypad(device: Device) -> KeypadReport:
    in_force = device.keys.in_force
    keys = {key.value: list(in_force.legends(key)) for key in Key if in_force.codes(key)}
    return KeypadReport(in_force.name, keys, device.keys.fault)


def _settings(device: Device) -> SettingsReport:
    told = device.teller.in_force
    return SettingsReport(told.digest, len(told.said_and_did), sorted(device.teller.pinned))


def examine(data: Path) -> Report:
    """Look at everything. Starts the speech engine, and Qt without a window for its fonts."""
    device = Device(data)
    survey = survey_to_ask(device)
    tags = survey.languages if survey else ()
    counts = device.outbox.counts()
    found = Report(
        data=str(data),
        survey=survey.canonical if survey else "",
        languages=_languages(tags),
        paired=device.is_paired,
        pin_set=device.pin.is_set,
        waiting=counts.waiting,
        refused=counts.refused,
        keypad=_keypad(device),
        free_bytes=shutil.disk_usage(data).free,
        key_store=device.outbox.keys.whereabouts,
        unreadable=counts.unreadable,
        centre=examine_centre(device, survey.canonical if survey else ""),
        settings=_settings(device),
    )
    device.close()
    return found


def _languages(tags: tuple[str, ...]) -> tuple[LanguageReport, ...]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from ui.fonts import font_for_language_or_none

    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    voice, tried = Voice(), threading.Event()
    voice.watch(tried.set)
    voice.start()
    tried.wait(TRIAL_SECONDS)
    reports = tuple(
        LanguageReport(
            tag,
            language(tag).english_name,
            font_for_language_or_none(tag),
            voice.voice_for(tag),
            sentences=tag.partition("-")[0] in catalogue_languages(),
            reviewed=reviewed(tag),
        )
        for tag in tags
    )
    voice.close()
    del application
    return reports
