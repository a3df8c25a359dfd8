"""What staff asked for and takes its time, off the GUI thread: saving to a USB stick, joining the centre.

A stick may take seconds for a write, a network half a minute for an answer; the screen must go on all the while. What
became of it is told as an event, from the thread that did it.
"""

from __future__ import annotations

import errno
import logging
import platform
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin

from kiosk.app import handover
from kiosk.staff_events import CodeArrived, JoinEnded, StaffEvent, StickAnswered
from kiosk.states import Stick
from sync.errors import CredentialsUnreadable, HandoverFailed, PairingFailed, SyncError

if TYPE_CHECKING:
    from kiosk.app.device import Device
    from sync.credentials import Credentials
    from sync.pairing import Request

log = logging.getLogger(__name__)

Tell: TypeAlias = Callable[[StaffEvent], None]
STOP_SECONDS = 2.0
"""How long the end of the program waits for a stick."""


class StaffWork:
    """Works for staff at `device`; `tell` is called in another thread. `find_sticks` gives the sticks that are plugged in."""

    def __init__(self, device: Device, tell: Tell, find_sticks: Callable[[], list[Path]] = handover.sticks) -> None:
        self._device, self._tell, self._find_sticks = device, tell, find_sticks
        # One thread for all saves: each thread that reads the answers has a connection of its own for good.
        self._saves: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._saver: threading.Thread | None = None
        self._joining = threading.Event()
        """Set when nobody waits any more for the join that runs."""

    def save_to_stick(self) -> None:
        """Save what waits; StickAnswered tells."""
        if self._saver is None:
            self._saver = threading.Thread(target=self._save_each, name="stick", daemon=True)
            self._saver.start()
        self._saves.put(True)

    def join(self) -> None:
        """Ask the centre for a place; CodeArrived and JoinEnded tell."""
        self.stop_joining()
        self._joining = threading.Event()
        threading.Thread(target=self._join, args=(self._joining,), name="joining", daemon=True).start()

    def stop_joining(self) -> None:
        """Nobody waits any more: whatever the centre says now changes nothing here."""
        self._joining.set()

    def close(self) -> None:
        """End both; a save that is going on gets a moment."""
        self.stop_joining()
        self._saves.put(False)
        if self._saver is not None:
            self._saver.join(STOP_SECONDS)

    # --- the thread that saves --------------------------------------------------------------------------------------

    def _save_each(self) -> None:
        while self._saves.get():
            self._tell(StickAnswered(self._saved()))

    def _saved(self) -> Stick:
        try:
            sticks = self._find_sticks()
            if not sticks:
                return Stick("no-stick")
            saved = handover.save_to(sticks[0], self._device)
        except (SyncError, OSError) as error:
            log.warning("Nothing was saved to a stick: %s", error)
            return _not_saved(error)
        return Stick("saved" if saved.count else "nothing", saved.count, saved.unreadable)

    # --- the thread that joins --------------------------------------------------------------------------------------

    def _join(self, given_up: threading.Event) -> None:
        ended = self._joined(given_up)
        if not given_up.is_set():
            self._tell(ended)

    def _joined(self, given_up: threading.Event) -> JoinEnded:
        from sync import pairing

        centre = centre_of(self._device)
        if not centre:
            return JoinEnded("no-address")
        try:
            request = pairing.request_place(centre, platform.node() or "kiosk")
            if not given_up.is_set():
                self._tell(CodeArrived(request.code, request.approve_url, round(request.expires_seconds)))
            paired = _approved(request, given_up)
            if paired is None or given_up.is_set():
                return JoinEnded("too-late")
            self._keep(paired)
        except (SyncError, OSError) as error:
            log.warning("This device was not paired: %s", error)
            is_late = isinstance(error, PairingFailed) and str(error) == pairing.not_in_time()
            return JoinEnded("too-late") if is_late else JoinEnded("failed", str(error))
        return JoinEnded("joined", paired.site)

    def _keep(self, paired: Credentials) -> None:
        from sync import credentials

        credentials.save(self._device.data, paired)
        self._device.wake(now=True)


def _approved(request: Request, given_up: threading.Event) -> Credentials | None:
    """What the centre gives once somebody approved the code; None when the time is up or nobody waits. Raises PairingFailed."""
    from sync import pairing

    until = time.monotonic() + request.expires_seconds
    while time.monotonic() < until and not given_up.wait(request.interval_seconds):
        paired = pairing.collect(request)
        if paired:
            return paired
    return None


def centre_of(device: Device) -> str:
    """The address of the hub that this device belongs to, or should: the setting, else where it was paired; "" for neither."""
    from sync import credentials

    if device.settings.hub_url:
        return device.settings.hub_url
    try:
        known = credentials.load(device.data)
    except CredentialsUnreadable:
        return ""
    return urljoin(known.report_url, "/") if known and known.report_url else ""


def _not_saved(error: SyncError | OSError) -> Stick:
    """The code for a fault, by which the screen has words for it."""
    from sync.handover import BEING_SENT, NOT_PAIRED

    cause = error.__cause__ if isinstance(error, HandoverFailed) else error
    if isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Stick("full")
    known = {NOT_PAIRED: Stick("not-paired"), BEING_SENT: Stick("busy")}
    return known.get(str(error), Stick("not-written"))
