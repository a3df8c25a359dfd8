"""The shell: holds the state and the only clock of a session, and performs what a step asks.

touch or key -> event -> ``kiosk.flow.step`` -> new state -> ``kiosk.present`` -> window and voice. A finished session is saved
before the next screen shows; when that fails, the answers are kept in memory and tried again while a calm screen stands.
What is heard, and where somebody stands who does not see the screen, is the :class:`ui.listener.Listener`'s.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.events import (
    BrokeDown,
    Event,
    FiguresArrived,
    ListeningStarted,
    ListeningStopped,
    Mended,
    Stayed,
    TimedOut,
)
from kiosk.flow import preferences, so_far, step, timeout_seconds
from kiosk.keys import Key
from kiosk.listening import reads_aloud
from kiosk.news import subject
from kiosk.present import present
from kiosk.screens import PageKind, Screen
from kiosk.site import Site
from kiosk.states import Cleaning, OutOfOrder, Rules, StaffArea, State, StillThere, Welcome
from kiosk.steps import (
    CheckPin,
    Errand,
    Exit,
    Finished,
    Join,
    KeepKeys,
    KeepPin,
    Listen,
    SaveToStick,
    SayAgain,
    SendNow,
    StopJoining,
    TellFigures,
)
from kiosk.survey import Survey
from ui.beside import Desk, NotSaved, View
from ui.listener import Listener, Reader

log = logging.getLogger(__name__)

CANNOT_SAVE = "cannot-save"
RETRY_SECONDS = 15
FIGURES_MS = 250
"""While a long queue is sent the figures change with each batch; the staff's screen is drawn no oftener than this."""
_JACK = frozenset({Key.HEADSET_IN, Key.HEADSET_OUT})
_STAFF = frozenset({PageKind.STAFF, PageKind.STAFF_PIN, PageKind.JOINING, PageKind.CLEANING, PageKind.KEYPAD})


class Shell(QObject):
    """One kiosk at work. Give it events by :meth:`receive`, touches by :meth:`touched`; read :attr:`screen`."""

    shown = Signal(object)
    """The :class:`~kiosk.screens.Screen` that was just drawn."""

    def __init__(self, rules: Rules, site: Site, view: View, reader: Reader, desk: Desk) -> None:
        super().__init__()
        self._rules, self._next_rules, self._site = rules, rules, site
        self._view, self._desk = view, desk
        self._listener = Listener(reader)
        self._unsaved: list[Finished] = []
        self._given: Finished | None = None
        self._drawn: Screen | None = None
        self._is_drawing = self._is_closed = False
        self.state: State = Welcome()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.receive(TimedOut()))
        # Pause, Go on, Hear again: drawn after whatever is going on now, for it may be the press of that very button.
        self._redrawing = QTimer(self)
        self._redrawing.setSingleShot(True)
        self._redrawing.timeout.connect(self._redraw)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._tell_figures)

    def start(self, state: State | None = None) -> None:
        """Show the first screen; `state` other than Welcome when staff must do something first."""
        self.state = state or Welcome()
        self._show()

    def close(self) -> None:
        """No more time runs, and nothing more happens, whatever still arrives from other threads: the window may go."""
        self._is_closed = True
        self._timer.stop()
        self._redrawing.stop()
        self._counting.stop()

    @property
    def screen(self) -> Screen:
        """What stands on the screen now."""
        return present(self._rules, self._site, self.state, self._listener.hearing)

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
        self._next_rules, self._site = rules, replace(site, turn=self._site.turn) if site else self._site
        if isinstance(self.state, Welcome):
            self._show()

    def turn_over(self) -> None:
        """Nobody is there: the first screen tells the next of what was changed. Not a word is said of it."""
        if isinstance(self.state, Welcome) and len(self._site.said_and_did) > 1:
            self._site = self._site.turned()
            self._draw(self.screen)

    # --- events ------------------------------------------------------------------------------------------------

    def receive(self, event: Event) -> None:
        """Whatever happened, from wherever: the next state, what must be saved, what must be done."""
        if self._is_closed:
            return
        before = self.state
        after = step(self._rules, before, event)
        if after.finished and not self._saved(after.finished):
            after = step(self._rules, after.state, BrokeDown(CANNOT_SAVE))
        self.state = after.state
        if isinstance(self.state, Welcome) and not isinstance(before, Welcome):
            self._site = self._site.turned()
        if isinstance(before, Welcome) and not isinstance(self.state, Welcome):
            self._desk.open_session()
        self._keep()
        if self.state is not before:
            self._show()
        if after.errand:
            self._run(after.errand)

    def _keep(self) -> None:
        """What is answered so far is safe before the next screen shows. Out of order it stays as it is."""
        given = so_far(self._rules, self.state)
        if given != self._given and not isinstance(self.state, OutOfOrder):
            self._desk.answered(given)
        self._given = given

    def touched(self) -> None:
        """Any touch or key: the voice is silent at once, and the wait starts anew."""
        if isinstance(self.state, Cleaning):
            return
        self._listener.is_touched()
        self._view.highlight("", 0, 0)
        if isinstance(self.state, StillThere):
            self.receive(Stayed())
        else:
            self._wait()
            self._hearing_changed()
        self._view.show_caption(self._listener.caption)

    def key_pressed(self, key: Key) -> None:
        """A key of a keypad. While "still there?" is asked any key is the answer, and does nothing else."""
        if isinstance(self.state, StillThere):
            self.receive(Stayed())
            if key not in _JACK:
                return
        before = self.screen
        if before.kind in _STAFF:
            return
        heard = self._listener.presses(before, key)
        if heard.event is not None:
            self.receive(heard.event)
        after = self.screen
        if subject(before) == subject(after):
            self._listener.hears(heard.say, after)
        self._view.focus_on(self._listener.place)
        self._view.show_caption(self._listener.caption)
        self._wait()
        self._hearing_changed()

    def explored(self, key: str, name: str) -> None:
        """The first touch on something, by somebody who touches twice: it is said (S25)."""
        if isinstance(self.state, Cleaning):
            return
        self._listener.explores(self.screen, key, name)
        self._wait()
        self._hearing_changed()

    def focused(self, key: str, name: str) -> None:
        """The Tab key came to something: it is said, as what a finger finds. Qt moves the focus itself while pages change."""
        if not self._is_drawing:
            self.explored(key, name)

    def headphones_changed(self, *, plugged_in: bool) -> None:
        """Headphones came, and with them somebody who listens; or went: then not a word goes on (S134)."""
        if isinstance(self.state, StillThere):
            self.receive(Stayed())
        by_keypad = preferences(self._rules, self.state).by_keypad
        self.receive(ListeningStarted(by_keypad=by_keypad, private=True) if plugged_in else ListeningStopped())

    def voice_finished(self) -> None:
        """Time does not run while the kiosk speaks (S93); now it does. Eyes see where the keys stand, as before."""
        self._view.highlight("", 0, 0)
        if self._listener.ear.settled and preferences(self._rules, self.state).by_keypad:
            self._view.focus_on(self._listener.place)
        self._wait()
        self._hearing_changed()

    def figures_changed(self) -> None:
        """The device's figures are others now; they are read soon, and only when somebody looks."""
        if isinstance(self.state, StaffArea) and not self._counting.isActive():
            self._counting.start(FIGURES_MS)

    def _tell_figures(self) -> None:
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
            case SaveToStick():
                self._desk.save_to_stick()
            case Join():
                self._desk.join()
            case StopJoining():
                self._desk.stop_joining()
                self._tell_figures()
            case TellFigures():
                self.receive(FiguresArrived(self._desk.figures()))
            case SayAgain():
                self._listener.hears(self.screen.spoken, self.screen)
            case Listen():
                self._listener.pauses_or_goes_on(self.screen)
                self._wait()
                self._hearing_changed()
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
        self._listener.comes_to(self.screen)
        screen = self.screen
        self._draw(screen)
        self._wait()
        self.shown.emit(screen)

    def _draw(self, screen: Screen) -> None:
        if self._is_closed:
            return
        self._drawn, self._is_drawing = screen, True
        self._view.render(screen)
        self._view.show_caption(self._listener.caption)
        self._is_drawing = False

    def _hearing_changed(self) -> None:
        """The control for listening may have to say something else now."""
        if self._drawn is not None and reads_aloud(self._drawn):
            self._redrawing.start(0)

    def _redraw(self) -> None:
        screen = self.screen
        if self._drawn is not None and screen.tools != self._drawn.tools and reads_aloud(screen):
            self._draw(screen)

    def _wait(self) -> None:
        """Time runs against the person only while the kiosk is silent; on "still there?" and under the cloth it always does."""
        seconds = timeout_seconds(self._rules, self.state)
        if (
            self._is_closed
            or seconds is None
            or (self._listener.holds_time and not isinstance(self.state, StillThere | Cleaning))
        ):
            self._timer.stop()
        else:
            self._timer.start(int(seconds * 1000))
