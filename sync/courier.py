"""The one thread that carries: sends what the outbox holds, brings surveys, reports health. Decides nothing itself.

Each round asks the outbox what is due, sends it, and does what :mod:`sync.decisions` says of the reply; then it waits on
an event, whatever happened. Callbacks are called in this thread; the kiosk gives it a Qt signal's `emit`.
"""

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from sync.batch import Batch, Way
from sync.client import Client
from sync.decisions import Course, State, Verdict, decide, trouble
from sync.errands import Errands
from sync.errors import OutboxDamaged, SyncError
from sync.outbox import Counts, Outbox, Queued
from sync.outcomes import Capable, Refused, Trouble
from sync.pace import Pace, Wait, back_off

log = logging.getLogger("sync.courier")

KEEP_OPEN_SECONDS = 2.0
"""A courier that rests for longer lets its connection go: a centre has only so many, and a thousand kiosks may wait."""

About: TypeAlias = Callable[[], Mapping[str, Any]]
"""What the kiosk knows for the health report: `version`, `survey`, `languages`."""


@dataclass(frozen=True, slots=True)
class Health:
    """How sending stands. `last_contact` is when the centre last answered as itself (seconds since 1970), None for never."""

    state: State = State.OFFLINE
    reason: str = field(default="", repr=False)
    last_contact: float | None = None
    counts: Counts = field(default_factory=Counts)


def _nothing(_: object) -> None:
    """Nobody listens."""


def _no_figures() -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who hears what the courier brings, called in its thread. `on_survey` gets a Questionnaire's bytes, unchecked.

    `on_settings` gets what the hub tells this device (sync.wire.SETTINGS_PATH), unchecked too.
    `on_damage`: the outbox file is damaged, and whoever opened it should open it anew.
    """

    on_health: Callable[[Health], None] = _nothing
    on_survey: Callable[[bytes], None] = _nothing
    about: About = _no_figures
    on_damage: Callable[[Outbox], None] = _nothing
    on_settings: Callable[[bytes], None] = _nothing


class Courier:
    """Carries from `outbox` to the centre `open_client()` gives; None from there means: not paired yet."""

    def __init__(
        self,
        outbox: Outbox,
        open_client: Callable[[], Client | None],
        listeners: Listeners = Listeners(),
        *,
        pace: Pace | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._outbox = outbox
        self._open_client = open_client
        self._listeners = listeners
        self._pace = pace or Pace()
        self._chance = chance
        self._client: Client | None = None
        self._course = Course(self._pace)
        self._not_before = 0.0
        self._health = Health()
        self._told: Health | None = None
        self._errands = Errands(listeners.on_survey, listeners.about, listeners.on_settings)
        self._next_errands = self._next_purge = 0.0
        self._woken = threading.Event()
        self._hurried = threading.Event()
        self._has_news = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    # --- from any thread --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to carry, once: after a while of chance that is this device's own."""
        self._hold(Wait(0.0, self._pace.start_spread_seconds))
        self._thread.start()

    def wake(self) -> None:
        """There is something new in the outbox. A back-off goes on: a new answer makes no network."""
        self._woken.set()

    def hurry(self) -> None:
        """A person asks: try now, back-off or not, and with the credentials as they stand now."""
        self._hurried.set()
        self._woken.set()

    def report_soon(self) -> None:
        """The device has something new to say of itself: errands come first. A back-off goes on."""
        self._has_news.set()
        self._woken.set()

    def stop(self, timeout_seconds: float = 5.0) -> bool:
        """Stop after the request in flight; whether the thread has ended. What was not acknowledged is sent next time."""
        self._stopped.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def once(self) -> Health:
        """One round in the caller's own thread, for a courier that was not started: send all that is due."""
        self._round()
        if self._client is not None:
            self._client.close()
        return self._health

    # --- the thread -------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        unexpected = 0
        while not self._stopped.is_set():
            try:
                seconds = self._round()
                unexpected = 0
            except Exception as error:  # noqa: BLE001 - whatever it is, the answers must still leave some day
                unexpected += 1
                seconds = self._waited(back_off(unexpected, self._pace))
                if not self._stopped.is_set():
                    self._tell_of_fault(error)
            if seconds > KEEP_OPEN_SECONDS and self._client is not None:
                self._client.close()
            self._woken.wait(seconds)
            self._woken.clear()
        self._drop_client()

    def _round(self) -> float:
        """Do what there is to do; the seconds until there is more."""
        if self._hurried.is_set():
            self._hurried.clear()
            self._not_before = self._next_errands = 0.0
            self._drop_client()
        if self._has_news.is_set():
            self._has_news.clear()
            self._next_errands = 0.0
        if time.monotonic() >= self._not_before:
            self._carry()
        self._purge()
        self._tell()
        return self._idle_seconds()

    def _carry(self) -> None:
        client = self._client = self._client or self._open()
        if client is None:
            self._hold(Wait(self._pace.errand_seconds))
        elif self._knows_the_way(client) and self._send_all(client):
            self._run_errands(client)

    def _open(self) -> Client | None:
        try:
            client = self._open_client()
        except SyncError as error:
            self._note(State.NOT_PAIRED, str(error))
            return None
        if client is None:
            self._note(State.NOT_PAIRED, "This device has not been paired with a centre.")
        # Perhaps it is another centre: what was learnt of the last one is forgotten, but not how often it failed.
        self._course = Course(self._pace, failures=self._course.failures, token_renewed=self._course.token_renewed)
        return client

    def _knows_the_way(self, client: Client) -> bool:
        if self._course.way is not None:
            return True
        told = client.capabilities()
        if isinstance(told, Refused) and told.status < 500 and told.status != 429:
            # It does not say; a conditional create is what every server understands.
            self._course = replace(self._course, way=Way.CREATE)
        elif isinstance(told, Capable):
            self._course = replace(self._course, way=Way.PUT if told.update_create else Way.CREATE, met=True)
            self._note(State.CONNECTED)
        else:
            self._obey(trouble(self._course, told))
        return self._course.way is not None

    def _send_all(self, client: Client) -> bool:
        """Send everything that is due; False when the queue must wait."""
        ahead: list[Batch] = []
        while not self._stopped.is_set():
            batch = self._as_learnt(ahead.pop(0).entries if ahead else self._due())
            if not batch.entries:
                return True
            verdict = decide(self._course, batch, client.send(batch))
            self._obey(verdict)
            if verdict.wait is not None:
                return False
            ahead = [*verdict.again, *ahead]
            self._tell()
        return False

    def _due(self) -> tuple[Queued, ...]:
        return tuple(self._outbox.due(time.time(), self._course.limit_entries, self._course.limit_bytes))

    def _as_learnt(self, entries: tuple[Queued, ...]) -> Batch:
        """What stands ahead may have been split before the courier learnt a better way."""
        return Batch(entries, self._course.way or Way.CREATE, self._course.gzip)

    def _obey(self, verdict: Verdict) -> None:
        if verdict.sent:
            self._outbox.mark_sent(verdict.sent)
        for response_id, reason in verdict.refused:
            self._outbox.mark_refused(response_id, reason)
        for late in verdict.postponed:
            until = time.time() + self._waited(late.wait)
            self._outbox.postpone([late.response_id], until, late.reason, objected=late.objected)
        self._course = verdict.course
        if verdict.new_token and self._client is not None:
            self._client.new_token()
        if verdict.state is not None:
            self._note(verdict.state, verdict.reason)
        if verdict.wait is not None:
            self._hold(verdict.wait)
            if verdict.state is State.NOT_PAIRED:
                self._drop_client()

    # --- on the way -------------------------------------------------------------------------------------------------

    def _run_errands(self, client: Client) -> None:
        if time.monotonic() < self._next_errands:
            return
        between = Wait(0.9 * self._pace.errand_seconds, 0.2 * self._pace.errand_seconds)
        self._next_errands = time.monotonic() + self._waited(between)
        went_wrong = self._errands.look_for_surveys(client)
        if isinstance(went_wrong, Refused) and went_wrong.status == 401:
            self._obey(trouble(self._course, went_wrong))
            went_wrong = self._errands.look_for_surveys(client)
        if went_wrong is not None and not self._has_no_surveys(went_wrong):
            self._obey(trouble(self._course, went_wrong))
            return
        self._course = replace(self._course, failures=0, token_renewed=False)
        self._note_contact()
        self._errands.look_for_settings(client)
        self._errands.report(client, self._outbox.counts())

    def _has_no_surveys(self, refused: Trouble) -> bool:
        """A FHIR server without Questionnaires is still a centre; a web server that knows nothing is none."""
        return self._course.met and isinstance(refused, Refused) and refused.status in {400, 404, 405}

    def _purge(self) -> None:
        """Let go of what was acknowledged long ago, network or not."""
        if time.monotonic() >= self._next_purge:
            self._next_purge = time.monotonic() + self._pace.errand_seconds
            self._outbox.purge_sent(time.time() - self._pace.keep_sent_seconds)

    # --- small things -----------------------------------------------------------------------------------------------

    def _note(self, state: State, reason: str = "") -> None:
        contact = time.time() if state is State.CONNECTED else self._health.last_contact
        self._health = replace(self._health, state=state, reason=reason, last_contact=contact)

    def _note_contact(self) -> None:
        """The centre is there. Whether it takes our answers is another matter: what was held stays held."""
        held = self._health.state is State.HELD and self._outbox.counts().waiting > 0
        if held:
            self._health = replace(self._health, last_contact=time.time())
        else:
            self._note(State.CONNECTED)

    def _tell(self) -> None:
        self._health = replace(self._health, counts=self._outbox.counts())
        if self._health != self._told:
            self._told = self._health
            self._listeners.on_health(self._health)

    def _tell_of_fault(self, error: Exception) -> None:
        """To the log, and to staff, whose screen must not stay green. The listener may itself be what failed."""
        _log_without_answers(error)
        reason = str(error) if isinstance(error, SyncError) else "Sending met an unexpected fault. It will be tried again."
        self._told = replace(self._health, state=State.HELD, reason=reason)
        with suppress(Exception):
            self._listeners.on_health(self._told)
        if isinstance(error, OutboxDamaged):
            self._listeners.on_damage(self._outbox)

    def _waited(self, wait: Wait) -> float:
        return wait.drawn(self._chance())

    def _hold(self, wait: Wait) -> None:
        self._not_before = time.monotonic() + self._waited(wait)

    def _idle_seconds(self) -> float:
        """Until the back-off ends, or the next response or errand is due."""
        now = time.monotonic()
        if now < self._not_before:
            return self._not_before - now
        due_at = self._outbox.next_due_at()
        until_due = self._pace.errand_seconds if due_at is None else max(0.0, due_at - time.time())
        return max(0.0, min(until_due, self._next_errands - now, self._pace.errand_seconds))

    def _drop_client(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


def _log_without_answers(error: Exception) -> None:
    """Where it happened and what kind it was. Its text, and the values around it, may hold a patient's words."""
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("The courier met %s at %s and will try again.", type(error).__name__, " < ".join(reversed(places)))
