"""A patient by chance: touches what the screen offers, remembers what they gave, and is thanked or walks away."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import cast

from PySide6.QtWidgets import QApplication

from kiosk.app.desk import Desk
from kiosk.app.gui import Kiosk
from kiosk.events import Answered, ChangeAsked, Changed, Event, TimedOut
from kiosk.screens import Button, ChoiceAsk, PageKind, Screen, TextAsk, Tile
from kiosk.states import StillThere, Welcome
from kiosk.survey import Coding, Place, Question
from tests.torture.ledger import NO_ID
from tests.torture.said import digest

MOST_PAGES = 80
WORDS = (
    "Everybody was kind.",
    "The wait was too long; nobody told us why!",
    'She said "no" & left <b>us</b> \\ alone',
    "انتظار بہت لمبا تھا",
    "ਸਟਾਫ਼ ਬਹੁਤ ਚੰਗਾ ਸੀ",
    "Roedd pawb yn garedig ŵŷ",
    "=1+1",
    "👍🏽 thanks",
    "It took " + "very " * 300 + "long",
)


class Patient:
    """One visit at `kiosk`. `tells` gets a line for each page, and for each response that is given away or thanked for."""

    def __init__(self, kiosk: Kiosk, chance: Random, tells: Callable[[str], None]) -> None:
        self._kiosk, self._chance, self._tells = kiosk, chance, tells
        self._given: dict[str, tuple[str, ...]] = {}
        survey = kiosk.shell.survey
        self._asked_about = {condition.question for item in survey.walk() for condition in item.conditions}

    def visit(self) -> None:
        """From the welcome screen and back to it."""
        self._maybe_choose_language()
        for _ in range(MOST_PAGES):
            self._tells("page")
            if self._screen.kind is PageKind.REVIEW:
                return self._ends()
            if self._likely(0.015):
                return self._walks_away()
            if self._likely(0.01) and self._screen.start_again is not None:
                return self._starts_again()
            if self._likely(0.05) and self._screen.back is not None:
                self._touches(self._screen.back)
            self._answers()
        raise RuntimeError("The survey has no end.")

    @property
    def _screen(self) -> Screen:
        return self._kiosk.shell.screen

    def _likely(self, share: float) -> bool:
        return self._chance.random() < share

    def _touches(self, control: Button | Tile | None) -> None:
        assert control is not None, f"There is no way on from {self._screen.kind}."
        self._does(control.event)

    def _does(self, event: Event) -> None:
        self._kiosk.shell.receive(event)
        QApplication.processEvents()

    def _maybe_choose_language(self) -> None:
        if self._likely(0.3) and self._screen.languages:
            self._touches(self._chance.choice(self._screen.languages))

    # --- a page -----------------------------------------------------------------------------------------------------

    def _answers(self) -> None:
        place, ask = self._screen.place, self._screen.ask
        if self._likely(0.3):
            return self._goes_on(place)
        match ask:
            case ChoiceAsk(several=True):
                for _ in range(self._chance.randint(1, 3)):
                    self._touches(self._chance.choice(cast("ChoiceAsk", self._screen.ask).tiles))
                return self._goes_on(place)
            case ChoiceAsk(tiles=tiles):
                return self._gives(self._chance.choice(tiles))
            case TextAsk(place=there, max_length=length):
                self._does(Changed(there, (), (self._chance.choice(WORDS)[:length].strip(),)))
        return self._goes_on(place)

    def _gives(self, tile: Tile) -> None:
        assert isinstance(tile.event, Answered)
        self._given[tile.event.place.link_id] = (self._code_of(tile, tile.event.place),)
        self._gives_by(tile)
        if self._likely(0.1):
            self._touches(tile)  # a trembling hand: the page has gone, nothing must change

    def _goes_on(self, place: Place | None) -> None:
        """Next or Skip, with what stands on the page."""
        ask = self._screen.ask
        if place is not None and isinstance(ask, ChoiceAsk):
            self._given[place.link_id] = tuple(self._code_of(tile, place) for tile in ask.tiles if tile.chosen)
        elif place is not None and isinstance(ask, TextAsk):
            self._given[place.link_id] = tuple(words for words in ask.typed if words)
        self._gives_by(self._screen.forward)

    def _gives_by(self, control: Button | Tile | None) -> None:
        """Touch it, and tell before what may be kept from now on, and after what must be."""
        answers = digest("stopped", self._screen.language, self._given)
        if any(self._given.values()):
            self._tells(f"gives {NO_ID if isinstance(self._kiosk.shell.state, Welcome) else self._response_id} {answers}")
        self._touches(control)
        if any(self._given.values()):
            self._tells(f"given {self._response_id} {answers}")

    def _code_of(self, tile: Tile, place: Place) -> str:
        """What the survey means by a tile, by its number on the page."""
        question = cast("Question", self._kiosk.shell.survey.by_link_id[place.link_id])
        value = question.options[int(tile.key.partition(":")[2])].value
        return value.code if isinstance(value, Coding) else str(value)

    # --- ends -------------------------------------------------------------------------------------------------------

    def _ends(self) -> None:
        self._maybe_changes_an_answer()
        if self._likely(0.05):
            return self._walks_away()
        send = self._screen.forward
        response = self._offers("completed")
        self._touches(send)
        if self._likely(0.2):
            self._touches(send)
        self._tells(f"{'thanked' if self._is_shown(PageKind.THANKS) else 'unsaved'} {response}")
        return self._touches(self._screen.forward)

    def _maybe_changes_an_answer(self) -> None:
        """Of a question on which no other depends, so that the patient need not know the survey's rules."""
        rows = [row for row in self._screen.rows if _place(row.change).link_id not in self._asked_about]
        if self._likely(0.15) and rows:
            self._touches(self._chance.choice(rows).change)
            self._answers()

    def _walks_away(self) -> None:
        """Nobody touches the screen: what was given so far is kept as a stopped response."""
        if not any(self._given.values()):
            return self._starts_again()
        response = self._offers("stopped")
        self._does(TimedOut())
        while isinstance(self._kiosk.shell.state, StillThere):
            self._does(TimedOut())
        return self._tells(f"{'kept' if self._is_shown(PageKind.WELCOME) else 'unsaved'} {response}")

    def _starts_again(self) -> None:
        if isinstance(self._kiosk.shell.state, Welcome):
            return  # nobody has begun: the id is still the last person's
        self._tells(f"forgets {self._response_id}")
        if self._screen.start_again is not None:
            self._touches(self._screen.start_again)
        if self._screen.kind is PageKind.START_AGAIN:
            self._touches(self._screen.actions[-1])
        self._tells(f"forgot {self._response_id}")

    def _offers(self, status: str) -> str:
        """Tell what is about to be given away: its id, and a digest of what was answered."""
        response = f"{self._response_id} {digest(status, self._screen.language, self._given)}"
        self._tells(f"offered {response}")
        return response

    @property
    def _response_id(self) -> str:
        return cast("Desk", self._kiosk.shell._desk)._response_id

    def _is_shown(self, kind: PageKind) -> bool:
        """Whether a person before the window sees that page now."""
        window = self._kiosk.window
        QApplication.processEvents()
        return window.isVisible() and window.screen_shown is not None and window.screen_shown.kind is kind


def _place(change: Button) -> Place:
    assert isinstance(change.event, ChangeAsked)
    return change.event.place
