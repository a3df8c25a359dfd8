"""The shell: holds the state and the only clock of a session, and performs what a step asks.

touch -> event -> ``kiosk.flow.step`` -> new state -> ``kiosk.present`` -> window and voice. A finished session is saved
before the next screen shows; when that fails, the answers are kept in memory and tried again while a calm screen stands.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.events import (
    BrokeDown,
    Event,
    FiguresArrived,
    KeysChanged,
    KeysNotSaved,
    Mended,
    PinAccepted,
    PinRefused,
    Stayed,
    TimedOut,
)
from kiosk.flow import step, timeout_seconds
from kiosk.keys import KeyMap
from kiosk.present import present
from kiosk.screens import Screen
from kiosk.site import Site
from kiosk.states import Figures, Rules, StaffArea, State, StillThere, Welcome
from kiosk.steps import CheckPin, Errand, Exit, Finished, KeepKeys, KeepPin, Listen, SayAgain, SendNow, TellFigures
from kiosk.survey import Survey

log = logging.getLogger(__name__)

CANNOT_SAVE = "cannot-save"
RETRY_SECONDS = 15


class NotSaved(Exception):
    """The finished session could not be saved; the message says why and what staff can do."""


class Desk(Protocol):
    """What the shell hands on, and to whom is not its business. Every method returns at once."""

    def open_session(self) -> None:
        """A person has begun: from now on the response has its id and its time."""

    def save(self, finished: Finished) -> None:
        """Keep the session's outcome for good. Raises NotSaved."""

    def check_pin(self, pin: str) -> PinAccepted | PinRefused: ...

    def keep_pin(self, pin: str) -> None: ...

    def keep_keys(self, key_map: KeyMap | None) -> KeysChanged | KeysNotSaved:
        """Use these keys of a keypad from now on; None: the ready-made ones."""

    def send_now(self) -> None: ...

    def figures(self) -> Figures: ...

    def leave(self) -> None: ...


class View(Protocol):
    """The window, as the shell sees it."""

    def render(self, screen: Screen) -> None: ...

    def highlight(self, key: str, start: int, length: int) -> None: ...


class Reader(Protocol):
    """The voice, as the shell sees it."""

    def speak(self, utterances: Sequence[tuple[str, str, str]]) -> None:
        """Each (key, text, language) in turn, in place of whatever is being spoken."""

    def hush(self) -> None: ...

    @property
    def speaking(self) -> bool: ...


class Shell(QObject):
    """One kiosk at work. Give it events by :meth:`receive`, touches by :meth:`touched`; read :attr:`screen`."""

    shown = Signal(object)
    """The :class:`~kiosk.screens.Screen` that was just drawn."""

    def __init__(self, rules: Rules, site: Site, view: View, reader: Reader, desk: Desk) -> None:
        super().__init__()
        self._rules, self._next_rules, self._site = rules, rules, site
        self._view, self._reader, self._desk = view, reader, desk
        self._unsaved: list[Finished] = []
        self._said: object = None
        self.state: State = Welcome()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.receive(TimedOut()))

    def start(self, state: State | None = None) -> None:
        """Show the first screen; `state` other than Welcome when staff must do something first."""
        self.state = state or Welcome()
        self._show()

    @property
    def screen(self) -> Screen:
        """What stands on the screen now."""
        return present(self._rules, self._site, self.state)

    @property
    def is_waiting(self) -> bool:
        """Whether time runs against the person."""
        return self._timer.isActive()

    @property
    def survey(self) -> Survey:
        """What is being asked now."""
        return self._rules.survey

    def use(self, rules: Rules, site: Site | None = None) -> None:
        """New rules (another survey) from the next person on; a new site description at once."""
        self._next_rules, self._site = rules, site or self._site
        if isinstance(self.state, Welcome):
            self._show()

    # --- events ------------------------------------------------------------------------------------------------

    def receive(self, event: Event) -> None:
        """Whatever happened, from wherever: the next state, what must be saved, what must be done."""
        before = self.state
        after = step(self._rules, before, event)
        if after.finished and not self._saved(after.finished):
            after = step(self._rules, after.state, BrokeDown(CANNOT_SAVE))
        self.state = after.state
        if isinstance(before, Welcome) and not isinstance(self.state, Welcome):
            self._desk.open_session()
        if self.state is not before:
            self._show()
        if after.errand:
            self._run(after.errand)

    def touched(self) -> None:
        """Any touch or key: the voice is silent at once, and the wait starts anew."""
        self._reader.hush()
        self._view.highlight("", 0, 0)
        if isinstance(self.state, StillThere):
            self.receive(Stayed())
        else:
            self._wait()

    def voice_finished(self) -> None:
        """Time does not run while the kiosk speaks (S93); now it does."""
        self._view.highlight("", 0, 0)
        self._wait()

    def figures_changed(self) -> None:
        """The device's figures are others now; they are read only when somebody looks."""
        if isinstance(self.state, StaffArea):
            self._run(TellFigures())

    # --- what a step asks ---------------------------------------------------------------------------------------

    def _run(self, errand: Errand) -> None:
        match errand:
            case CheckPin(pin=pin):
                self.receive(self._desk.check_pin(pin))
            case KeepPin(pin=pin):
                self._desk.keep_pin(pin)
                self.receive(FiguresArrived(self._desk.figures()))
            case KeepKeys(key_map=key_map):
                self.receive(self._desk.keep_keys(key_map))
            case SendNow():
                self._desk.send_now()
            case TellFigures():
                self.receive(FiguresArrived(self._desk.figures()))
            case SayAgain() | Listen():
                self._reader.speak(_said(self.screen))
            case Exit():
                self._desk.leave()

    def _saved(self, finished: Finished) -> bool:
        try:
            self._desk.save(finished)
        except NotSaved as error:
            log.error("A finished session could not be saved: %s", error)  # noqa: TRY400 - a traceback shows answers
            self._unsaved.append(finished)
            QTimer.singleShot(RETRY_SECONDS * 1000, self, self.save_again)
            return False
        return True

    def save_again(self) -> None:
        """Once more what could not be saved; when all of it is, the kiosk is in order again."""
        waiting, self._unsaved = self._unsaved, []
        saved = [self._saved(finished) for finished in waiting]  # each is tried, whatever becomes of the others
        if saved and all(saved):
            self.receive(Mended())

    # --- showing ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if isinstance(self.state, Welcome):
            self._rules = self._next_rules
        screen = self.screen
        self._view.render(screen)
        self._say(screen)
        self._wait()
        self.shown.emit(screen)

    def _say(self, screen: Screen) -> None:
        """A new page is read whole; a page that only changed says nothing of its own accord but its problem or countdown."""
        if not self._reads_aloud(screen):
            return self._reader.hush()
        subject = _subject(screen)
        if subject != self._said:
            self._said = subject
            return self._reader.speak(_said(screen))
        return None

    def _reads_aloud(self, screen: Screen) -> bool:
        aloud = next((tool for tool in screen.tools if tool.key == "tool:aloud"), None)
        if aloud is None or not aloud.pressed:
            self._said = None
            return False
        return True

    def _wait(self) -> None:
        seconds = timeout_seconds(self._rules, self.state)
        if seconds is None or (self._reader.speaking and not isinstance(self.state, StillThere)):
            self._timer.stop()
        else:
            self._timer.start(int(seconds * 1000))


def _said(screen: Screen) -> list[tuple[str, str, str]]:
    return [(part.key, part.text, part.language) for part in screen.spoken]


def _subject(screen: Screen) -> object:
    """What tells two screens apart for a listener: another page, another language, another problem."""
    return (screen.kind, screen.place, screen.language, screen.problem)
