"""Which survey is asked: the first that is whole, of the site's own file, the one pulled, the last that was good, ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from kiosk import ASSETS, fhir
from kiosk.app.device import Device
from kiosk.survey import Survey
from sync.surveys import Shelf, canonical

SAMPLE = ASSETS / "surveys" / "share-for-better-care.json"

log = logging.getLogger(__name__)


def survey_to_ask(device: Device, chosen: Path | None = None) -> Survey | None:
    """The survey for this device, `chosen` (a file) before all others; None when not even our own can be read.

    One that is not whole costs a sentence in the log and never a kiosk: the one asked before goes on.
    """
    for name, raw in _candidates(device, chosen):
        survey = accepted(device, raw, name)
        if survey:
            return survey
    return None


def accepted(device: Device, raw: bytes, name: str) -> Survey | None:
    """The survey in `raw`, kept as the last good one; None, and a sentence in the log, when it will not do."""
    try:
        survey = fhir.read_survey(raw)
    except fhir.SurveyFault as fault:
        log.error("%s: %s The kiosk goes on with the survey it had.", name, fault)  # noqa: TRY400 - a sentence, not a crash
        return None
    try:
        device.good.keep(raw)
    except OSError as error:
        log.warning("The survey could not be kept for the next start: %s.", error.strerror)
    return survey


def _candidates(device: Device, chosen: Path | None) -> Iterator[tuple[str, bytes]]:
    for path in (chosen, device.settings.survey):
        if path:
            yield from _read(path)
    yield from (("The survey from the centre", raw) for raw in _wanted_first(device, device.pulled))
    yield from (("The survey kept on this device", raw) for raw in _wanted_first(device, device.good))
    yield from _read(SAMPLE)


def is_wanted(device: Device, url: str) -> bool:
    """Whether this device is to ask the survey of that `url`: where none is named, every new one."""
    return device.settings.survey_url in {"", url}


def _wanted_first(device: Device, shelf: Shelf) -> list[bytes]:
    return sorted(shelf.surveys(), key=lambda raw: not is_wanted(device, canonical(raw).partition("|")[0]))


def _read(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with path.open("rb") as file:
            yield str(path), file.read(fhir.READ_LIMIT_BYTES + 1)
    except OSError as error:
        log.error("%s: this file cannot be read (%s). Check its name.", path, error.strerror)  # noqa: TRY400 - a sentence
