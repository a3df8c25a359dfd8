"""Somebody in front of a real kiosk in a real window: a patient, or a member of staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.screens import PageKind
from sync.credentials import Credentials
from sync.pace import Pace
from sync.signin import DeviceKey
from tests.test_handover import PEM
from tests.torture.kiosk_process import NoVoice
from ui.finger import Finger

PIN = "2468"
QUICK = Pace(first_seconds=0.01, longest_seconds=0.1, errand_seconds=0.2)
CENTRE_AWAY = Credentials("https://hub.invalid/fhir", DeviceKey("https://hub.invalid/auth/token", "this-device", PEM))
"""Paired, and no network."""


class Visitor:
    """A patient, or a member of staff: one finger, and eyes."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk, self.finger = kiosk, Finger(kiosk.window)
        kiosk.window.guard.lockout_seconds = kiosk.window.guard.repeat_seconds = 0.05

    def comes_in(self) -> None:
        """Hold the corner, enter the PIN."""
        self.kiosk.window.guard.held.emit()
        self.touches(*PIN, "OK")

    def touches(self, *labels: str) -> None:
        for label in labels:
            self.finger.touch(label)

    def answers(self, first: str) -> None:
        """The whole survey with one answer, and Thank you."""
        self.touches(first)
        self.goes_on()

    def goes_on(self) -> None:
        """Skip all the rest, and send."""
        while self.kiosk.shell.screen.kind is not PageKind.REVIEW:
            self.touches("Skip")
        self.touches("Send")

    def reads(self) -> list[str]:
        """Heading, problem and sentences of what stands on the screen."""
        screen = self.kiosk.window.screen_shown
        assert screen is not None
        return list(filter(None, (screen.heading, screen.problem, *(line.text for line in screen.lines))))

    def finds(self, label: str) -> bool:
        """Whether something to touch says so, on this page."""
        return label in self.finger.readable()

    def waits_for(self, words: str) -> None:
        self.finger.wait_until(lambda: words in self.reads(), words)

    def waits_until(self, fact: Callable[[], bool], what: str) -> None:
        self.finger.wait_until(fact, what)


@contextmanager
def at_a_kiosk(data: Path) -> Iterator[Visitor]:
    """Before a kiosk whose things lie in `data`; closed even when a test fails."""
    StaffPin(data / "staff-pin.json").keep(PIN)
    kiosk = Kiosk(Options(data, windowed=True, size=(1280, 800), pace=QUICK))
    kiosk.reader = NoVoice()
    kiosk.start()
    try:
        yield Visitor(kiosk)
    finally:
        kiosk.close()
