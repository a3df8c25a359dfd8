"""Work that comes due by itself: a short list, one thread in a serving hub, and a claim so that of several hubs one does it.

``kiosk hub serve`` runs it; ``kiosk hub due`` does once what is due, for those who prefer cron.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone

from sync.hub.gate import where_it_failed
from sync.hub.models import DueWork
from sync.hub.places import quiet
from sync.hub.reporting import mailing
from sync.hub.running import retention

log = logging.getLogger("hub")

LOOK_SECONDS: Final = 30
"""How often a serving hub looks what is due."""


@dataclass(frozen=True, slots=True)
class Due:
    """One piece of work: done every so often, at most once at a time. `longest`: a claim older than this is anybody's."""

    name: str
    every: timedelta
    work: Callable[[datetime], object]
    longest: timedelta = timedelta(minutes=30)


WORK: Final[tuple[Due, ...]] = (
    Due("tell of quiet devices", timedelta(minutes=5), quiet.tell),
    Due("send monthly reports", timedelta(hours=1), mailing.send_due, timedelta(hours=2)),
    Due("delete what is too old", timedelta(days=1), retention.run, timedelta(hours=6)),
)


def run(now: datetime, work: tuple[Due, ...] = WORK) -> list[str]:
    """Do what is due and nobody else has in hand; its names. One that fails is logged, and the others are done."""
    done = []
    for due in work:
        if not _claimed(due, now):
            continue
        try:
            due.work(now)
            done.append(due.name)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next work must be done
            log.error("To %s failed: %s", due.name, where_it_failed(error))  # noqa: TRY400 - a message may hold words
        finally:
            DueWork.objects.filter(name=due.name, started_at=now).update(claimed_until=None)
    return done


def _claimed(due: Due, now: datetime) -> bool:
    """One statement, so that two hubs cannot both win."""
    DueWork.objects.get_or_create(name=due.name)
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    ready = Q(started_at=None) | Q(started_at__lte=now - due.every)
    rows = DueWork.objects.filter(free, ready, name=due.name)
    return rows.update(started_at=now, claimed_until=now + due.longest) == 1


class Clockwork:
    """The thread that looks what is due, until :meth:`stop`."""

    def __init__(self, look_seconds: float = LOOK_SECONDS, work: tuple[Due, ...] = WORK) -> None:
        self._look_seconds, self._work = look_seconds, work
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="due", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_seconds: float = 10.0) -> None:
        """After the work in hand. What was not begun is done at the next start."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)

    def _run(self) -> None:
        while not self._stopped.wait(self._look_seconds):
            try:
                run(timezone.now(), self._work)
            except DatabaseError as error:
                log.warning("What is due waits: %s", where_it_failed(error))
            finally:
                connection.close()
