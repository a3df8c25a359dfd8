"""What the shell asks for, done with this device's outbox, courier and PIN."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from kiosk import fhir
from kiosk.app.device import Device
from kiosk.app.staff_work import StaffWork, Tell
from kiosk.events import KeysChanged, KeysNotSaved, PinAccepted, PinRefused
from kiosk.identity import new_response_id
from kiosk.keys import KeyMap
from kiosk.phrases import reviewed
from kiosk.states import Figures
from kiosk.steps import Finished
from kiosk.survey import Survey
from sync.errors import CredentialsUnreadable, OutboxDamaged, OutboxUnusable, SyncError
from sync.wire import METHOD_EXTENSION, WAY_EXTENSION
from ui.beside import NotSaved

log = logging.getLogger(__name__)

KIOSK_METHOD = "tablet-kiosk"
"""How answers were collected, in the words of the Friends and Family return (S107)."""


@dataclass(frozen=True)
class Surroundings:
    """What the staff screen tells besides the outbox: asked for when it is looked at."""

    survey: Callable[[], Survey]
    voice_for: Callable[[str], str | None]
    font_for: Callable[[str], str | None]


@dataclass(frozen=True)
class _Response:
    """A session's outcome as it goes into the outbox."""

    response_id: str
    survey: str
    document: bytes = field(repr=False)


def _nobody(_: object) -> None:
    """Nobody listens."""


@dataclass
class Desk:
    """One kiosk's desk. `leave_program` is called for a deliberate exit, `tell` in another thread with what staff wait for."""

    device: Device
    surroundings: Surroundings
    leave_program: Callable[[], None]
    tell: Tell = _nobody
    _response_id: str = field(default_factory=new_response_id)
    _written: list[tuple[Finished, _Response]] = field(default_factory=list, repr=False)
    """What is not saved yet."""
    _kept: bool = False
    """Something of this session is on the disk."""
    _warned: bool = False
    _fault: str = ""
    """Why what is written and not saved yet is not."""

    def __post_init__(self) -> None:
        self.work = StaffWork(self.device, self.tell)

    def close(self) -> None:
        """End what staff waited for."""
        self.work.close()

    def open_session(self) -> None:
        """A person has begun; their response has its id from now on, so that nothing can double it."""
        self._response_id = new_response_id()
        self._kept = self._warned = False

    def answered(self, so_far: Finished | None) -> None:
        """Keep what this person has answered up to now, on disk before this returns; None: they have taken it all back.

        What a crash leaves there is a response that was stopped. Trouble costs a line in the log: the end of the session saves.
        """
        try:
            if so_far is not None:
                response = self._write(so_far)
                self.device.take_seat()
                self.device.outbox.keep_session(response.response_id, response.survey, response.document)
                self._kept = True
            elif self._kept:
                self.device.outbox.forget_session(self._response_id)
                self._kept = False
        except SyncError as error:
            if not self._warned:
                log.warning("What was answered so far is not kept: %s", error)
            self._warned = True

    def save(self, finished: Finished) -> None:
        """Put the response into the outbox, on disk before this returns. Raises NotSaved.

        Tried again, it is the very same response, whoever has begun since and whatever is asked now.
        """
        response = next((known for session, known in self._written if session is finished), None)
        if response is None:
            response = self._write(finished)
            self._written.append((finished, response))
        try:
            self._put(response)
        except SyncError as error:
            self._fault = str(error)
            raise NotSaved(self._fault) from error
        finally:
            self._kept = False  # gone with the saved response; or to stay, because that is not safe yet
        self._written = [pair for pair in self._written if pair[0] is not finished]
        self._fault = self._fault if self._written else ""
        self.device.wake()

    def _write(self, finished: Finished) -> _Response:
        survey = self.surroundings.survey()
        document = fhir.to_response(
            survey,
            finished.answers,
            response_id=self._response_id,
            status=finished.status,
            language=finished.language,
            authored=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
            extensions=_extensions(finished.ways),
        )
        return _Response(self._response_id, survey.canonical, json.dumps(document, ensure_ascii=False).encode())

    def _put(self, response: _Response) -> None:
        row = (response.response_id, response.survey, response.document)
        try:
            self.device.outbox.put(*row)
        except OutboxUnusable as error:
            self.device.reopen(damaged=isinstance(error, OutboxDamaged))
            self.device.outbox.put(*row)

    def check_pin(self, pin: str) -> PinAccepted | PinRefused:
        wait_seconds = self.device.pin.try_pin(pin)
        return PinAccepted() if wait_seconds is None else PinRefused(wait_seconds)

    def keep_pin(self, pin: str) -> None:
        self.device.pin.keep(pin)

    def keep_keys(self, key_map: KeyMap | None) -> KeysChanged | KeysNotSaved:
        """Use these keys from now on; None: the ready-made ones."""
        keys = self.device.keys
        try:
            keys.keep(key_map) if key_map else keys.forget()
        except OSError as error:
            log.error("The keys of the keypad cannot be saved (%s). Make room in %s.", error.strerror, self.device.data)  # noqa: TRY400
            return KeysNotSaved()
        return KeysChanged(keys.in_force)

    def send_now(self) -> None:
        self.device.wake(now=True)

    def save_to_stick(self) -> None:
        self.work.save_to_stick()

    def join(self) -> None:
        self.work.join()

    def stop_joining(self) -> None:
        self.work.stop_joining()

    def leave(self) -> None:
        self.leave_program()

    def figures(self) -> Figures:
        """How things stand on this device."""
        survey = self.surroundings.survey()
        try:
            figures = self.device.figures()
        except SyncError as error:
            figures = {"detail": str(error)}
        languages = survey.languages
        return Figures(
            **figures,
            voices={tag: self.surroundings.voice_for(tag) for tag in languages},
            fonts={tag: self.surroundings.font_for(tag) for tag in languages},
            unreviewed=tuple(tag for tag in languages if tag in survey.unreviewed or not reviewed(tag)),
            survey=f"{survey.title.text} {survey.version}",
            keypad=self.device.keys.in_force,
            keypad_fault=self.device.keys.fault,
            fault=self._fault,
            set_aside=self.device.set_aside,
            can_join=self._can_join(figures.get("connection", "")),
        )

    def _can_join(self, connection: str) -> bool:
        """Without a centre, or with one that does not take this device any more, staff may pair it (again)."""
        try:
            return connection in {"held", "not-paired"} or not self.device.is_paired
        except CredentialsUnreadable:
            return True


def _extensions(ways: frozenset[str]) -> tuple[dict[str, str], ...]:
    """How it was answered, as codes: never who."""
    said = tuple({"url": WAY_EXTENSION, "valueCode": way} for way in sorted(ways))
    return (*said, {"url": METHOD_EXTENSION, "valueCode": KIOSK_METHOD})
