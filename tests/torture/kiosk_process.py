"""The kiosk under torture, as a process of its own: a real kiosk in a real window, and patients at it when the driver says so.

Commands, one a line: ``play VISITS SEED``, ``drain``, ``quit``. Lines back: ``ready``; ``page``; ``gives ID DIGEST`` and
``given ID DIGEST`` around each answer; ``forgets ID`` and ``forgot ID`` around a new start; ``offered ID DIGEST`` just
before answers are given away; ``thanked ID DIGEST`` once "Thank you" is on the screen; ``kept ID DIGEST`` once the welcome
screen is back after somebody walked away; ``played``; ``drained WAITING SENT REFUSED``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from kiosk.app.gui import Kiosk, Options, set_up_qt
from kiosk.app.late import LateVoice
from sync.pace import Pace
from tests.torture.held import lines_of_the_driver
from tests.torture.patient import Patient
from ui.speaker import Speaker

HURRY = Pace(first_seconds=0.01, longest_seconds=0.1, errand_seconds=0.5)
DRAIN_SECONDS = 60


class NoVoice(LateVoice):
    """No patient here listens."""

    def build(self, parent: QObject, connect: Callable[[Speaker], None]) -> None:
        """Nothing starts."""


def main(folder: str) -> None:
    said = lines_of_the_driver()
    application = set_up_qt()
    kiosk = Kiosk(Options(Path(folder), windowed=True, size=(800, 600), pace=HURRY))
    kiosk.reader = NoVoice()
    kiosk.start()
    application.processEvents()
    _say("ready")
    while True:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        if said.empty():
            time.sleep(0.002)
            continue
        command, *arguments = said.get().split()
        if command == "play":
            _play(kiosk, int(arguments[0]), Random(arguments[1]))
        elif command == "drain":
            _drain(kiosk)
        else:
            return kiosk.close()


def _play(kiosk: Kiosk, visits: int, chance: Random) -> None:
    for _ in range(visits):
        Patient(kiosk, chance, _say).visit()
    _say("played")


def _drain(kiosk: Kiosk) -> None:
    """Until nothing waits any more, or time is up."""
    end = time.monotonic() + DRAIN_SECONDS
    kiosk.device.wake(now=True)
    while (counts := kiosk.device.outbox.counts()).waiting and time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.02)
    _say(f"drained {counts.waiting} {counts.sent} {counts.refused}")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
