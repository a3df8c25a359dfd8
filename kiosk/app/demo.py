"""``kiosk demo``: the whole way, from a touch on the screen to a figure in the hub, on this one computer."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.app.device import Device
from kiosk.app.gui import Kiosk, Options, run_kiosk, set_up_qt
from kiosk.app.hub_figures import counts_by_question, fetch_results
from kiosk.app.hub_process import DemoFailed, HubProcess
from kiosk.app.patient import PATIENTS, Walk
from kiosk.events import (
    BrokeDown,
    Mended,
    PinEntered,
    StaffCalled,
    StaffLeft,
    StartAgainAsked,
    Stayed,
    TimedOut,
)
from kiosk.screens import ChoiceAsk, Screen
from kiosk.settings import FILE_NAME
from sync import credentials
from sync.pace import Pace
from ui.finger import NotFound

SITE = "Demonstration clinic"
SURVEY_SLUG = "share-for-better-care"
SENDING_SECONDS = 60
WINDOW = (1280, 800)
"""Of the kiosk on somebody's desktop, in pixels."""
GLASS, GLASS_MM = (1920, 1080), 476
"""Of the kiosk that is only in pictures: a 21.5 inch screen."""


@dataclass(frozen=True)
class Stage:
    """Where the demonstration plays: `data` None is a folder of its own that goes afterwards, `port` 0 a free one."""

    data: Path | None
    port: int
    pictures: Path
    has_screen: bool


def run_demo(stage: Stage) -> int:
    """Play it; the exit status: 0 when the hub's figures are what was answered."""
    with ExitStack() as stack:
        data = stage.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-demo-")))
        try:
            hub = stack.enter_context(HubProcess(data / "hub", stage.port))
            person = hub.new_account("demo", "administrator")
            _say(f"The hub is at {hub.url}. Sign in as {person.name}, password {person.password}")
            kiosk_data, pin = _paired_device(hub, data / "kiosk", None if stage.has_screen else GLASS_MM)
            _say(f"A kiosk is paired with it. Its staff PIN is {pin} (hold the top corner for three seconds).")
            if stage.has_screen:
                return run_kiosk(Options(kiosk_data, windowed=True, size=WINDOW, pace=Pace()))
            return _play(stage, hub, kiosk_data, pin)
        except (DemoFailed, NotFound, TimeoutError) as failed:
            print(f"The demonstration failed: {failed}", file=sys.stderr)  # noqa: T201 - for the person at the terminal
            return 1


def _paired_device(hub: HubProcess, data: Path, screen_width_mm: int | None) -> tuple[Path, str]:
    """A device's folder, paired and with a PIN. Settings that are there already are left alone."""
    data.mkdir(parents=True, exist_ok=True)
    settings = data / FILE_NAME
    if screen_width_mm and not settings.exists():
        settings.write_text(f"screen_width_mm = {screen_width_mm}\n")
    device = Device(data)
    if not device.is_paired or not device.pin.is_set:
        credentials.save(data, credentials.pair(hub.url, hub.pairing_code(SITE), "Demonstration kiosk"))
    pin = "".join(secrets.choice("0123456789") for _ in range(6))
    device.pin.keep(pin)
    device.close()
    return data, pin


# --- without a screen ----------------------------------------------------------------------------------------------


def _play(stage: Stage, hub: HubProcess, data: Path, pin: str) -> int:
    """A scripted patient answers in two languages; the hub's figures must say what they answered."""
    before = counts_by_question(fetch_results(hub.where, SURVEY_SLUG))
    application = set_up_qt()
    kiosk = Kiosk(Options(data, windowed=True, size=GLASS, pace=Pace()))
    album = _Album(stage.pictures, kiosk)
    kiosk.start()
    _run_until(application, lambda: any(tool.key == "tool:aloud" for tool in kiosk.shell.screen.tools), seconds=20)
    given = [Walk(kiosk, patient, album.keep).whole_session() for patient in PATIENTS]
    _show_the_rest(kiosk, album, pin)
    kiosk.device.wake(now=True)
    sent = _run_until(application, lambda: kiosk.device.outbox.counts().waiting == 0, seconds=SENDING_SECONDS)
    counts = kiosk.device.outbox.counts()
    kiosk.close()
    _say(f"{len(album.names)} pictures are in {stage.pictures}{os.sep}")
    if not sent:
        raise DemoFailed(f"{counts.waiting} responses could not be sent within {SENDING_SECONDS} seconds.")
    return compare(counted(given), _grown(before, counts_by_question(fetch_results(hub.where, SURVEY_SLUG))))


def _show_the_rest(kiosk: Kiosk, album: _Album, pin: str) -> None:
    """The screens that no patient who goes straight on ever sees; what is touched here is thrown away again."""
    first = kiosk.shell.screen.ask
    if isinstance(first, ChoiceAsk):
        kiosk.shell.receive(first.tiles[0].event)
    over_a_page = (StartAgainAsked(), Stayed(), TimedOut(), Stayed(), BrokeDown("demo"))
    behind_the_corner = (Mended(), StaffCalled(), PinEntered(pin))
    for event in (*over_a_page, *behind_the_corner):
        kiosk.shell.receive(event)
        if isinstance(event, StartAgainAsked | TimedOut | BrokeDown | StaffCalled | PinEntered):
            album.keep(kiosk.shell.screen)
    kiosk.shell.receive(StaffLeft())


class _Album:
    """Saves a picture of every screen, numbered in the order they were seen."""

    def __init__(self, folder: Path, kiosk: Kiosk) -> None:
        self._folder, self._kiosk = folder, kiosk
        self.names: list[str] = []
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def keep(self, screen: Screen) -> None:
        subject = screen.place.link_id if screen.place else screen.kind.value
        name = f"{len(self.names) + 1:02}-{subject}-{screen.language}.png"
        QApplication.processEvents()
        self._kiosk.window.grab().save(str(self._folder / name))
        self.names.append(name)


def counted(sessions: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, Counter[str]]:
    """What was answered, as the hub counts it: for each question how often each answer."""
    counts: dict[str, Counter[str]] = {}
    for session in sessions:
        for link_id, values in session.items():
            counts.setdefault(link_id, Counter()).update(values)
    return counts


def _grown(before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]) -> dict[str, Counter[str]]:
    """What came in meanwhile: a hub kept from an earlier demonstration has figures already."""
    return {link_id: Counter(answers) - Counter(before.get(link_id, {})) for link_id, answers in after.items()}


def compare(answered: Mapping[str, Counter[str]], figures: Mapping[str, Counter[str]]) -> int:
    """Print the hub's figures beside the answers; 0 when they are the same. Words are compared by their number only."""
    wrong = 0
    _say(f"{'question':<16} {'answer':<16} {'given':>5} {'hub':>5}")
    for link_id, told in figures.items():
        for code in sorted(set(told) | (set(answered.get(link_id, {})) if told else set())):
            given = answered.get(link_id, Counter())[code]
            wrong += given != told[code]
            _say(f"{link_id:<16} {code:<16} {given:>5} {told[code]:>5}{'' if given == told[code] else '   differs'}")
    missing = [link_id for link_id in answered if link_id not in figures]
    _say("The hub's figures are what was answered." if not wrong and not missing else "The hub's figures differ.")
    return 1 if wrong or missing else 0


def _run_until(application: QApplication, fact: Callable[[], bool], *, seconds: float) -> bool:
    """Let the kiosk run until `fact()`; whether it came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if fact():
            return True
        application.processEvents()
        time.sleep(0.01)
    return fact()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - for the person at the terminal
