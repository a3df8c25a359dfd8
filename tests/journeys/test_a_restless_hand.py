"""A restless hand at the real window: any button, any key, any place, at any moment; each person is kept once, and forgotten.

Real: window, flow, outbox on disk. Each session's words are its own, so that a word left behind names who left it.
"""

from __future__ import annotations

import dataclasses
import gc
import json
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.answers import starting
from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from kiosk.events import Event, ExitAsked, StartAgainAsked, StartAgainConfirmed, TimedOut
from kiosk.fhir import check_response
from kiosk.screens import Screen
from kiosk.states import (
    Adjusting,
    Asking,
    ChoosingLanguage,
    EnteringPin,
    Reviewing,
    StaffArea,
    StartingAgain,
    State,
    StillThere,
    Thanks,
    Welcome,
)
from sync.outbox import Outbox
from tests.listening import FileSpeaker
from ui.finger import Finger
from ui.inputs.text import TextInput
from ui.window import Window

# A computer without a sound card, or without one of the libraries Qt looks for, says so; the kiosk runs all the same.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)

EVERY_TYPE = Path(__file__).parent.parent / "data" / "every-type.json"
SIZES = ((1920, 1080), (1280, 800), (1080, 1920))
KEYS = (
    (Qt.Key.Key_Tab, "\t"),
    (Qt.Key.Key_Backtab, ""),
    (Qt.Key.Key_Return, "\r"),
    (Qt.Key.Key_Space, " "),
    (Qt.Key.Key_Backspace, "\b"),
    (Qt.Key.Key_Delete, "\x7f"),
    (Qt.Key.Key_Escape, "\x1b"),
    (Qt.Key.Key_F4, ""),
    (Qt.Key.Key_Left, ""),
    (Qt.Key.Key_Down, ""),
    (Qt.Key.Key_PageUp, ""),
    (Qt.Key.Key_Home, ""),
    (Qt.Key.Key_A, "a"),
    (Qt.Key.Key_7, "7"),
    (Qt.Key.Key_Minus, "-"),
    *((Qt.Key(Qt.Key.Key_F13 + number), "") for number in range(12)),  # a keypad's
)
MODIFIERS = (Qt.KeyboardModifier.NoModifier,) * 6 + (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)
SAYS = ("text", "toPlainText", "accessibleName", "accessibleDescription", "toolTip", "windowTitle", "placeholderText")
OVER = ChoosingLanguage | Adjusting | StartingAgain | StillThere | EnteringPin


class Hand:
    """One kiosk, and a hand that knows no order. `patience` is how often it goes straight on, as most people do."""

    def __init__(self, kiosk: Kiosk, seed: int) -> None:
        self.kiosk, self.finger = kiosk, Finger(kiosk.window)
        self.chance = Random(seed)
        self.patience = 0.6
        self.words: list[str] = []
        self.sessions = self.expected = 0
        self._state: State = kiosk.shell.state
        self._late: list[Event] = []
        kiosk.shell.shown.connect(self._shown)

    def wander(self, steps: int) -> None:
        for _ in range(steps):
            if self.chance.random() < self.patience:
                self.goes_on()
            else:
                self.chance.choice((*(self.touches_any,) * 4, *self._tricks))()
            self.finger.settle()
            if isinstance(self.kiosk.shell.state, Welcome) and self.words:
                self.is_forgotten()

    @property
    def _tricks(self) -> tuple[Callable[[], None], ...]:
        return (
            self.taps_twice,
            self.touches_anywhere,
            self.strikes_a_key,
            self.writes,
            self.writes,
            self.walks_away,
            self.turns_the_screen,
            self.touches_what_has_gone,
        )

    # --- what a hand can do ---

    def goes_on(self) -> None:
        screen = self.kiosk.shell.screen
        tiles = getattr(screen.ask, "tiles", ())
        if tiles and self.chance.random() < 0.7:
            return self.presses_label(self.chance.choice(tiles).label)
        if screen.ask is not None and not tiles and self.chance.random() < 0.4:
            return self.writes()
        way = screen.forward or self.chance.choice(screen.actions or screen.languages or screen.tools or (None,))
        return self.presses_label(way.label) if way else self.touches_any()

    def presses_label(self, label: str) -> None:
        button = self.finger._visible(label)
        if button is not None and not isinstance(self._event_of(label), ExitAsked):
            self.taps(button.mapTo(self.kiosk.window, button.rect().center()))
        else:
            self.touches_any()

    def touches_any(self) -> None:
        buttons = list(self.finger._buttons())
        if buttons:
            button = self.chance.choice(buttons)
            if not isinstance(self._event_of(button.accessibleName()), ExitAsked):
                self.taps(button.mapTo(self.kiosk.window, button.rect().center()))

    def taps_twice(self) -> None:
        at = self._anywhere()
        if not isinstance(self.kiosk.shell.state, StaffArea):
            self.taps(at)
            self.taps(at, QEvent.Type.MouseButtonDblClick)

    def touches_anywhere(self) -> None:
        if not isinstance(self.kiosk.shell.state, StaffArea):
            self.taps(self._anywhere())

    def strikes_a_key(self) -> None:
        key, text = self.chance.choice(KEYS)
        if not isinstance(self.kiosk.shell.state, StaffArea):
            self._strike(key, text, self.chance.choice(MODIFIERS))

    def writes(self) -> None:
        """A word or a number that nobody else writes."""
        word = self.chance.choice(("w{}w", "{}"))
        self.words.append(word.format(self.chance.randrange(10**6, 10**7)))
        for letter in self.words[-1]:
            self._strike(0, letter, Qt.KeyboardModifier.NoModifier)

    def walks_away(self) -> None:
        for _ in range(self.chance.choice((1, 1, 40))):
            self.kiosk.shell.receive(TimedOut())

    def turns_the_screen(self) -> None:
        self.kiosk.window.resize(*self.chance.choice(SIZES))

    def touches_what_has_gone(self) -> None:
        if self._late:
            self.kiosk.shell.receive(self.chance.choice(self._late))

    def taps(self, at: QPoint, press: QEvent.Type = QEvent.Type.MouseButtonPress) -> None:
        """Press and let go, wherever that then is."""
        window = self.kiosk.window
        target = window.childAt(at) or window
        for kind, held in ((press, Qt.MouseButton.LeftButton), (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton)):
            there = QPointF(target.mapFrom(window, at))
            above = QPointF(window.mapToGlobal(at))
            event = QMouseEvent(kind, there, above, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(target, event)

    def _strike(self, key: int, text: str, modifiers: Qt.KeyboardModifier) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.focusWidget() or self.kiosk.window
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))

    def _anywhere(self) -> QPoint:
        window = self.kiosk.window
        return QPoint(self.chance.randrange(window.width()), self.chance.randrange(window.height()))

    def _event_of(self, label: str) -> Event | None:
        return next((button.event for button in self.kiosk.shell.screen.buttons() if button.label == label), None)

    # --- what is promised ---

    def _shown(self, screen: Screen) -> None:
        before, self._state = self._state, self.kiosk.shell.state
        was_in_session = not isinstance(before, Welcome | Thanks) and self._session(before) is not None
        if isinstance(before, Reviewing) and isinstance(self._state, Thanks):
            self.expected += 1
        elif isinstance(before, StillThere | EnteringPin) and isinstance(self._state, Welcome | StaffArea):
            self.expected += was_in_session and self._has_answered(before)
        if was_in_session and isinstance(self._state, Welcome | Thanks | StaffArea):
            self.sessions += 1
        events = (button.event for button in screen.buttons())
        self._late = [*self._late[-20:], *(event for event in events if not isinstance(event, ExitAsked))]

    def _session(self, state: State | None) -> Asking | Reviewing | None:
        while isinstance(state, OVER):
            state = state.under
        return state if isinstance(state, Asking | Reviewing) else None

    def _has_answered(self, state: State) -> bool:
        page, survey = self._session(state), self.kiosk.shell.survey
        assert page is not None
        return dict(page.session.answers) != dict(starting(survey))

    def is_forgotten(self) -> None:
        """On the welcome screen nothing is left of what was written: not seen, not hidden, not for a screen reader."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window = self.kiosk.window
        for widget in QApplication.allWidgets():
            if widget.window() is not window and isinstance(widget.window(), Window):
                continue  # another test's
            held = " ".join(said(widget))
            left = [word for word in self.words if word in held]
            assert not left, f"{left} still in {widget}"
        clipboard = QApplication.clipboard().text()
        assert not any(word in clipboard for word in self.words)
        self.words.clear()


def said(widget: QWidget) -> Iterator[str]:
    """All that a widget says or holds."""
    for name in SAYS:
        says = getattr(widget, name, None)
        if callable(says):
            yield str(says())
    yield from strings_in(vars(widget))


def strings_in(thing: object, depth: int = 6) -> Iterator[str]:
    """Every string in a value; what belongs to Qt is looked at on its own."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, QObject) or not depth:
        return
    elif isinstance(thing, dict):
        yield from (text for pair in thing.items() for part in pair for text in strings_in(part, depth - 1))
    elif isinstance(thing, tuple | list | set | frozenset):
        yield from (text for part in thing for text in strings_in(part, depth - 1))
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from strings_in(getattr(thing, field.name), depth - 1)


@pytest.fixture
def hand_at(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[int, Path | None], Hand]]:
    made: list[Kiosk] = []

    def start(seed: int, survey: Path | None) -> Hand:
        StaffPin(tmp_path / "staff-pin.json").keep("2468")
        kiosk = Kiosk(Options(tmp_path, windowed=True, size=(1280, 800), survey=survey), FileSpeaker(instantly=True))
        made.append(kiosk)
        kiosk.start()
        kiosk.window.guard.lockout_seconds = kiosk.window.guard.repeat_seconds = 0 if seed % 3 else 0.05
        return Hand(kiosk, seed)

    yield start
    for kiosk in made:
        kiosk.close()


def stored(data: Path) -> list[dict[str, object]]:
    outbox = Outbox(data / "answers.db")
    documents = [json.loads(entry.document) for entry in outbox.due(2e9, 10**6, 10**9)]
    outbox.close()
    return documents


STEPS = 120


@pytest.mark.parametrize("survey", [None, EVERY_TYPE], ids=["sample", "every-type"])
@pytest.mark.parametrize("seed", [0, 1])
def test_whatever_a_hand_does_each_person_is_kept_once_and_forgotten(
    hand_at: Callable[[int, Path | None], Hand], tmp_path: Path, seed: int, survey: Path | None
) -> None:
    hand = hand_at(seed, survey)
    hand.wander(STEPS)
    documents = stored(tmp_path)
    assert len(documents) == hand.expected
    for document in documents:
        assert [fault for fault in check_response(hand.kiosk.shell.survey, document) if fault.severity == "error"] == []


def test_what_a_person_wrote_leaves_the_memory_with_their_page(
    hand_at: Callable[[int, Path | None], Hand], qtbot: QtBot
) -> None:
    """Not only off the screen: no page that has gone is kept, with its words, behind it."""
    hand = hand_at(1, None)
    pages = []
    for _ in range(3):
        hand.finger.touch("Good")
        hand.writes()
        pages += [weakref.ref(one) for one in hand.kiosk.window.findChildren(TextInput)]
        hand.finger.touch("Next")
        hand.kiosk.shell.receive(StartAgainAsked())
        hand.kiosk.shell.receive(StartAgainConfirmed())
        hand.is_forgotten()
    gc.collect()
    assert len(pages) == 3
    assert [page() for page in pages] == [None, None, None]
