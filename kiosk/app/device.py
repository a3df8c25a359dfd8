"""What belongs to one device, in one folder: settings, answers, credentials, surveys, the PIN; and the courier.

The database and the network are imported when they are first used: they take longer to load than the first question does
to paint.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk import __version__, settings as site_settings
from kiosk.app.keymap import KeptKeys
from kiosk.app.pin import StaffPin
from kiosk.app.telling import Teller
from kiosk.settings import Settings
from sync.claim import Claim
from sync.surveys import Shelf

if TYPE_CHECKING:
    from sync.client import Client
    from sync.courier import Courier, Health
    from sync.outbox import Outbox
    from sync.pace import Pace

OUTBOX_FILE = "answers.db"
PIN_FILE = "staff-pin.json"
KEYPAD_FILE = "keypad.json"
SEAT_FILE = "answers.seat"
SURVEYS_FOLDER = "surveys"
GOOD_SURVEY_FOLDER = "surveys-in-use"

START_SPREAD_SECONDS = 20.0
"""Within so long after the start the first contact comes. Staff who touch "Send now" do not wait."""


class Device:
    """The device whose things lie in `data`. The outbox opens when it is first needed. Raises SettingsFault.

    `pace` sets the courier's times; how long answers stay after they were sent is a setting in any case.
    """

    def __init__(self, data: Path, pace: Pace | None = None) -> None:
        self.data = data
        self._pace = pace
        data.mkdir(parents=True, exist_ok=True)
        path = data / site_settings.FILE_NAME
        own = site_settings.load(path) if path.exists() else Settings()
        self.teller = Teller(data, own, site_settings.names_in(path))
        self.pin = StaffPin(data / PIN_FILE)
        self.keys = KeptKeys(data / KEYPAD_FILE, self.settings.keypad)
        self.pulled = Shelf(data / SURVEYS_FOLDER)
        self.good = Shelf(data / GOOD_SURVEY_FOLDER)
        self.health: Health | None = None
        self._courier: Courier | None = None
        self._seat: Claim | None = None
        self._listeners: tuple[Callable[..., Any], ...] = ()

    @property
    def settings(self) -> Settings:
        """What holds here: what the centre told, and before all of it what stands in this device's own file."""
        return self.teller.in_force.settings

    @cached_property
    def outbox(self) -> Outbox:
        """Where answers are safe. Raises sync.errors.OutboxError."""
        return self._open_outbox()

    def _open_outbox(self, *, damaged: bool = False) -> Outbox:
        from sync.outbox import Outbox

        self.outbox = Outbox(self.data / OUTBOX_FILE, damaged=damaged)
        return self.outbox

    @property
    def set_aside(self) -> tuple[str, ...]:
        """Names of the damaged files that were set aside, until somebody takes them away."""
        found = (path.name for path in self.data.glob(f"{Path(OUTBOX_FILE).stem}.broken-*"))
        return tuple(sorted(name for name in found if not name.endswith(("-wal", "-shm"))))

    def take_seat(self) -> None:
        """Patients sit before this program from now on: what a crash left of the last session is queued, once, as stopped.

        Not while another kiosk has the same device's outbox: the session is its own. Raises OutboxError.
        """
        if self._seat is not None:
            return
        outbox = self.outbox
        with suppress(OSError):
            self._seat = Claim(self.data / SEAT_FILE)
            if self._seat.is_alone():
                outbox.queue_left_sessions()
                self._seat.share()

    def leave_seat(self) -> None:
        """The program ends in an orderly way: the session that is open now is queued as it stands. Raises OutboxError."""
        if self._seat is not None:
            seat, self._seat = self._seat, None
            if seat.is_alone():
                self.outbox.queue_left_sessions()
            seat.release()

    @property
    def is_paired(self) -> bool:
        """Whether this device knows its centre. Raises CredentialsUnreadable."""
        from sync import credentials

        return credentials.load(self.data) is not None

    def send_once(self) -> tuple[int, str]:
        """Send all that is due, in this thread; how many were sent, and what stood in the way of the rest."""
        from sync.errors import OutboxDamaged

        try:
            return self._send_once()
        except OutboxDamaged:
            self.reopen(damaged=True)
            return self._send_once()

    def _send_once(self) -> tuple[int, str]:
        before = self.outbox.counts()
        health = self._new_courier().once()
        return self.outbox.counts().sent - before.sent, health.reason

    def start_courier(
        self,
        on_health: Callable[[Health], None],
        on_survey: Callable[[bytes], None],
        about: Callable[[], Mapping[str, Any]],
        on_damage: Callable[[Outbox], None],
        on_settings: Callable[[bytes], None],
    ) -> None:
        """Carry from now on, in the courier's own thread, where all five are called. `on_damage` asks for :meth:`mend`."""
        self.take_seat()
        self._listeners = (lambda health: self._hear(health, on_health), on_survey, about, on_damage, on_settings)
        self._courier = self._new_courier(*self._listeners)
        self._courier.start()

    def _new_courier(self, *listeners: Callable[..., Any]) -> Courier:
        from sync.courier import Courier, Listeners
        from sync.pace import Pace

        pace = self._pace or Pace(start_spread_seconds=START_SPREAD_SECONDS)
        pace = replace(pace, keep_sent_seconds=self.settings.sent_days * 86400.0)
        return Courier(self.outbox, self._open_client, Listeners(*listeners), pace=pace)

    def wake(self, *, now: bool = False) -> None:
        """There is something to send; `now` when a person asks for it and no back-off counts."""
        if self._courier:
            (self._courier.hurry if now else self._courier.wake)()

    def report_soon(self) -> None:
        """This device has something new to say of itself to the centre."""
        if self._courier:
            self._courier.report_soon()

    def reopen(self, *, damaged: bool = False) -> None:
        """The answers file broke while it was in use: open it anew, which sets the broken one aside and saves what can be read.

        `damaged`: that is known; otherwise it is checked. Raises OutboxError when there is no way to keep answers here.
        """
        self.close()
        self._open_outbox(damaged=damaged)
        if self._listeners:
            self._courier = self._new_courier(*self._listeners)
            self._courier.start()

    def mend(self, outbox: Outbox) -> None:
        """The courier met damage in `outbox`: as above, unless a save has met it first. Raises OutboxError."""
        if self.__dict__.get("outbox") is outbox:
            self.reopen(damaged=True)

    def close(self) -> None:
        """Stop carrying and close the files."""
        if self._courier:
            self._courier.stop()
            self._courier = None
        if "outbox" in self.__dict__:
            self.outbox.close()
            del self.outbox

    def figures(self) -> dict[str, Any]:
        """What the staff screen and ``kiosk status`` tell of the outbox and the centre."""
        counts = self.outbox.counts()
        return {
            "waiting": counts.waiting,
            "sent": counts.sent,
            "refused": counts.refused,
            "oldest_seconds": counts.oldest_waiting_seconds,
            "today": self.outbox.answered_today(),
            "connection": self.health.state.value if self.health else "offline",
            "last_contact": _clock_words(self.health.last_contact if self.health else None),
            "detail": cannot_be_read(counts.unreadable) or (self.health.reason if self.health else ""),
            "version": __version__,
        }

    def _hear(self, health: Health, on_health: Callable[[Health], None]) -> None:
        self.health = health
        on_health(health)

    def _open_client(self) -> Client | None:
        from sync import credentials
        from sync.client import Client

        known = credentials.load(self.data)
        return Client(known.fhir_base, known.sign_in, report_url=known.report_url) if known else None


def cannot_be_read(number: int) -> str:
    """For staff; "" for none."""
    if not number:
        return ""
    if number == 1:
        return "1 answer cannot be read: its key is out of reach now. It is kept until the key is back."
    return f"{number} answers cannot be read: their key is out of reach now. They are kept until the key is back."


def _clock_words(moment: float | None) -> str:
    """A moment as staff read it: the clock today, else the date too; "" for never."""
    if moment is None:
        return ""
    local = datetime.fromtimestamp(moment).astimezone()
    today = time.strftime("%Y-%m-%d") == local.strftime("%Y-%m-%d")
    return local.strftime("%H:%M" if today else "%Y-%m-%d %H:%M")
