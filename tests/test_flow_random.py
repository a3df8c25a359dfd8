"""Whatever people do in whatever order, the flow keeps its promises: random walks without a window, each by its seed."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kiosk.answers import Problem, check, item_at, pages, read_typed
from kiosk.events import (
    Added,
    Answered,
    BrokeDown,
    ChangeAsked,
    Changed,
    CodePressed,
    Continued,
    Event,
    ExitAsked,
    FiguresArrived,
    ForgettingKeysAsked,
    HeardAgain,
    KeypadAsked,
    KeysChanged,
    KeySkipped,
    KeysNotSaved,
    LanguageAsked,
    LanguageChosen,
    Mended,
    NewPinAsked,
    PinAccepted,
    PinEntered,
    PinRefused,
    ReadingAloudToggled,
    SavingKeysAsked,
    SendAsked,
    SendNowAsked,
    Skipped,
    StaffCalled,
    StaffLeft,
    StartAgainAsked,
    StartAgainConfirmed,
    Stayed,
    TeachingAsked,
    TextSizeChanged,
    ThanksFinished,
    ThemeChanged,
    TimedOut,
    WentBack,
)
from kiosk.fhir import check_response, read_survey, to_response
from kiosk.flow import step, timeout_seconds
from kiosk.keys import Code, Key, KeyMap, preset
from kiosk.present import present
from kiosk.screens import Button, ChoiceAsk, Screen, Tile
from kiosk.site import Site
from kiosk.states import (
    Asking,
    ChoosingLanguage,
    EnteringPin,
    Figures,
    Preferences,
    Reviewing,
    Rules,
    StartingAgain,
    State,
    StillThere,
    Thanks,
    Welcome,
)
from kiosk.steps import Finished, Step
from kiosk.survey import Place, Question, Survey, Value

ROOT = Path(__file__).parent.parent
SURVEYS = {
    "sample": ROOT / "assets" / "surveys" / "share-for-better-care.json",
    "every-type": ROOT / "tests" / "data" / "every-type.json",
    "everything": ROOT / "tests" / "data" / "everything.json",
}
SEEDS = 6
STEPS = 600
WRITTEN = ("", "", "7", "31", "12", "2024", "3.5", "-4", "LS1", "9" * 20, "two words", "a\x00b\n", "٣", "kg", "🙂", "x" * 300)
PLAIN: tuple[Event, ...] = (
    SendAsked(),
    StartAgainAsked(),
    StartAgainConfirmed(),
    Stayed(),
    LanguageAsked(),
    TextSizeChanged(),
    ThemeChanged(),
    ReadingAloudToggled(),
    HeardAgain(),
    ThanksFinished(),
    TimedOut(),
    StaffCalled(),
    StaffLeft(),
    PinEntered("2468"),
    PinEntered("12"),
    PinAccepted(),
    PinRefused(),
    PinRefused(30),
    FiguresArrived(Figures(waiting=3)),
    SendNowAsked(),
    NewPinAsked(),
    FiguresArrived(Figures(keypad=preset("f-keys", "linux"))),
    KeypadAsked(),
    TeachingAsked(),
    CodePressed(Code()),
    *(CodePressed(Code(scan_code=scan_code)) for scan_code in range(191, 194)),
    KeySkipped(),
    SavingKeysAsked(),
    ForgettingKeysAsked(),
    KeysChanged(KeyMap("learnt", ((Code(scan_code=88), Key.DOWN),))),
    KeysNotSaved(),
    ExitAsked(),
    BrokeDown("cannot-save"),
    Mended(),
    WentBack(),
)
PLACED: tuple[Callable[[Place], Event], ...] = (Added, Continued, Skipped, WentBack, ChangeAsked)


@cache
def survey_named(name: str) -> Survey:
    return read_survey(SURVEYS[name].read_bytes())


def controls(screen: Screen) -> list[Button | Tile]:
    """Everything on the screen that can be touched."""
    tiles = screen.ask.tiles if isinstance(screen.ask, ChoiceAsk) else ()
    return [*tiles, *screen.buttons()]


def asking(state: State | None) -> Asking | None:
    """The page that lies at the bottom of whatever stands on the screen."""
    while isinstance(state, ChoosingLanguage | StartingAgain | StillThere | EnteringPin):
        state = state.under
    return state if isinstance(state, Asking) else None


@dataclass
class Wanderer:
    """One kiosk in the hands of chance. Each step is checked against all that is promised of every step."""

    name: str
    seed: int
    state: State = field(default_factory=Welcome)
    known: set[Place] = field(default_factory=set)
    ended: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """What the person who stands here now has written: each word is written once in a walk."""

    def __post_init__(self) -> None:
        self.chance = Random(f"{self.name} {self.seed}")
        self.patience = self.chance.choice((0.2, 0.6, 0.85, 0.97))
        self.survey = survey_named(self.name)
        self.rules = Rules(self.survey, Preferences(self.survey.language))
        self.site = Site(self.survey.languages, frozenset({"en", "ur", "cy"}))
        self.known = {Place(item.link_id) for item in self.survey.walk()} | {Place("none"), Place("wait", (7,))}

    def wander(self, steps: int) -> Wanderer:
        for number in range(steps):
            screen = present(self.rules, self.site, self.state)
            self.looks(screen)
            if number % 25 == 0:
                self.every_control_does_something(screen)
                self.shows_in_every_language()
            self.takes(self.an_event(screen))
        return self

    # --- what may happen ---

    def an_event(self, screen: Screen) -> Event:
        """Mostly something that stands on the screen, so that walks get far; often enough anything at all."""
        draw, touchable = self.chance.random(), controls(screen)
        if draw < (0.95 if isinstance(self.state, StillThere) else 0.01):
            return TimedOut()
        if draw < self.patience and touchable:  # straight on, as most people go
            return (self.chance.choice(touchable[:3]) if self.chance.random() < 0.5 else screen.forward or touchable[0]).event
        draw = self.chance.random()
        if draw < 0.55 and touchable:
            return self.chance.choice(touchable).event
        if draw < 0.85 and screen.ask is not None:
            is_blank = self.chance.random() < 0.4
            typed = tuple("" if is_blank else self.written() for _ in getattr(screen.ask, "typed", ()))
            return Changed(screen.ask.place, getattr(screen.ask, "chosen", ()), typed)
        if draw < 0.9:
            return self.chance.choice(PLAIN)
        place = self.chance.choice(sorted(self.known))
        if draw < 0.95:
            return Answered(place, self.values_for(place))
        if draw < 0.96:
            return LanguageChosen(self.chance.choice(self.survey.languages))
        return self.chance.choice(PLACED)(place)

    def written(self) -> str:
        if self.chance.random() < 0.7:
            return self.chance.choice(WRITTEN)
        self.words.append(f"w{self.seed}q{self.chance.randrange(10**9)}w")
        return self.words[-1]

    def values_for(self, place: Place) -> tuple[Value, ...]:
        item = self.survey.by_link_id.get(place.link_id)
        options = [option.value for option in item.options] if isinstance(item, Question) else []
        anything: list[Value] = [True, False, 3, "words", *options]
        return tuple(self.chance.choice(anything) for _ in range(self.chance.randrange(3)))

    # --- what is promised ---

    def takes(self, event: Event) -> None:
        before, after = self.state, step(self.rules, self.state, event)
        told = f"{self.name} seed {self.seed}: {event!r} in {before!r}"
        self.leaves_only_with_what_is_needed(before, event, after, told)
        if isinstance(event, WentBack) and isinstance(before, Asking) and not before.returning:
            self.comes_back_to_the_same(before, after.state, told)
        self.state = after.state
        if after.finished:
            self.is_valid(before, after.finished, told)
        if isinstance(after.state, Welcome | Thanks) or after.finished:
            self.is_forgotten(told)
        if isinstance(after.state, Asking):
            self.known |= set(pages(self.survey, after.state.session.answers))
            assert after.state.place in pages(self.survey, after.state.session.answers), told

    def leaves_only_with_what_is_needed(self, before: State, event: Event, after: Step, told: str) -> None:
        if not isinstance(before, Asking) or not isinstance(event, Skipped | Continued | Answered):
            return
        item, has_left = item_at(self.survey, before.place), getattr(after.state, "place", None) != before.place
        if not has_left or not isinstance(item, Question) or not isinstance(after.state, Asking | Reviewing):
            return
        answer = after.state.session.answers.get(before.place)
        assert answer or not item.required, told
        if isinstance(event, Skipped) and before.draft:
            assert not answer, told

    def comes_back_to_the_same(self, before: Asking, after: State, told: str) -> None:
        item = item_at(self.survey, before.place)
        given = read_typed(item, before.draft.chosen, before.draft.typed) if isinstance(item, Question) and before.draft else ()
        if not isinstance(after, Asking) or after.place == before.place or not isinstance(item, Question):
            return
        if isinstance(given, Problem) or (before.draft and check(item, given)):
            return
        again = step(self.rules, after, Continued(after.place)).state
        assert isinstance(again, Asking), told
        assert again.place == before.place, told
        ways = [present(self.rules, self.site, state).ask for state in (again, before)]
        if not before.draft or not any(before.draft.typed) or not item.repeats:  # one more word in a list joins the list
            assert written_plainly(ways[0]) == written_plainly(ways[1]), f"{told}\n{ways}"

    def is_valid(self, before: State, finished: Finished, told: str) -> None:
        document = to_response(
            self.survey,
            finished.answers,
            response_id="0198",
            status=finished.status,
            language=finished.language,
            authored="2026-11-23T10:00:00+00:00",
        )
        faults = [fault for fault in check_response(self.survey, document) if fault.severity == "error"]
        assert not faults, f"{told}\n{faults}"
        assert document["status"] in {"completed", "stopped"}, told
        page = asking(before)
        if page and page.draft:
            given = pickle.dumps(dict(page.session.answers)).decode("latin-1")
            unfinished = [word for word in self.words if word in str(page.draft.typed) and word not in given]
            assert not any(word in json.dumps(document) for word in unfinished), told
        self.ended.append(finished.status)

    def is_forgotten(self, told: str) -> None:
        """Nothing that the former person wrote is in the state, and the next one begins with the site's own settings."""
        held = pickle.dumps(self.state).decode("latin-1")
        assert not any(word in held for word in self.words), told
        self.words.clear()
        if isinstance(self.state, Welcome):
            opened = step(self.rules, self.state, LanguageAsked()).state
            assert isinstance(opened, ChoosingLanguage), told
            assert isinstance(opened.under, Asking), told
            assert opened.under.session.preferences == self.rules.defaults, told

    def looks(self, screen: Screen) -> None:
        assert screen.heading, f"{self.name} seed {self.seed}: {self.state!r}"
        assert screen.spoken, self.state
        assert (timeout_seconds(self.rules, self.state) or 1) > 0
        if screen.progress:
            assert 0 <= screen.progress.done < screen.progress.total, self.state

    def shows_in_every_language(self) -> None:
        for language in self.survey.languages:
            other = step(self.rules, self.state, LanguageChosen(language)).state
            assert present(self.rules, self.site, other).heading

    def every_control_does_something(self, screen: Screen) -> None:
        """Or says why not: it is pressed already, or what is wrong stands on the page. "Still there?" takes any touch."""
        if isinstance(self.state, StillThere):
            return
        for control in controls(screen):
            after = step(self.rules, self.state, control.event)
            known = getattr(control, "pressed", None) or screen.problem
            told = f"{self.name} seed {self.seed}: {control.key} in {self.state!r}"
            assert after.state != self.state or after.finished or after.errand or known, told


def written_plainly(ask: Any) -> Any:
    """What the page shows as given: ticks and words, a number in one way of writing."""
    if isinstance(ask, ChoiceAsk):
        words = ask.other.typed[0].strip() if ask.other else ""  # an open box with nothing in it is no answer
        return [(tile.label, tile.chosen) for tile in ask.tiles if tile.key != "option:other"], words
    return len(ask.typed), sorted(map(str, getattr(ask, "chosen", ())))


@pytest.mark.parametrize("name", SURVEYS)
def test_random_walks_come_to_both_ends_and_break_no_promise(name: str) -> None:
    """A walk that never gets anywhere proves nothing."""
    ends = [end for seed in range(SEEDS) for end in Wanderer(name, seed).wander(STEPS).ended]
    assert set(ends) == {"completed", "stopped"}
