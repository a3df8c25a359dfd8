"""The whole state machine: ``step(rules, state, event) -> Step``. No clock, no input, no output.

Theory of operation. A session runs along the pages that :func:`kiosk.answers.pages` gives for the answers so far, so a
page that an answer opens or closes needs no code here. A state holds everything a screen needs; whatever lies over a
session (a language list, "still there?") holds the state it covers and gives it back unchanged.

* An event that names a place counts only on that place's page: a late or double tap changes nothing.
* An event that means nothing in a state returns the very same state.
* A session ends in three ways: sent from the review (``completed``), walked away from (``stopped``: what was answered
  counts, unfinished words are dropped), or started again by the person (nothing is kept).
* ``Welcome`` holds nothing. The first touch on it that means something opens a session at the first page.

How long a state waits is one table, :func:`timeout_seconds` (S62, S63, S93); the shell owns the timer and stops it while
speech plays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from kiosk.answers import Problem, ProblemKind, another, check, item_at, pages, pruned, put, read_typed, starting
from kiosk.states import (
    TEXT_PERCENTS,
    THEMES,
    Added,
    Answered,
    Asking,
    BrokeDown,
    ChangeAsked,
    Changed,
    ChoosingLanguage,
    ChoosingPin,
    Continued,
    Draft,
    EnteringPin,
    Event,
    Finished,
    HeardAgain,
    LanguageAsked,
    LanguageChosen,
    Mended,
    OutOfOrder,
    PinAccepted,
    Preferences,
    ReadingAloudToggled,
    Reviewing,
    Rules,
    SayAgain,
    SendAsked,
    Session,
    Skipped,
    StaffArea,
    StaffCalled,
    StartAgainAsked,
    StartAgainConfirmed,
    StartingAgain,
    State,
    Stayed,
    Step,
    StillThere,
    TellFigures,
    TextSizeChanged,
    Thanks,
    ThanksFinished,
    ThemeChanged,
    TimedOut,
    Welcome,
    WentBack,
)
from kiosk.staff import step_staff
from kiosk.survey import Note, Place, Question, Section, Value

T = TypeVar("T", int, str)

SPEECH_TIME_FACTOR = 3
"""Listening takes longer than reading: every wait is this much longer while the kiosk reads aloud (S93)."""


def timeout_seconds(rules: Rules, state: State) -> float | None:
    """How long `state` waits before :class:`TimedOut`; None: for ever."""
    match state:
        case Asking() | Reviewing() | ChoosingLanguage() | StartingAgain():
            return rules.idle_seconds * _slowness(preferences(rules, state))
        case StillThere():
            return 1
        case Thanks(preferences=shown):
            return rules.thanks_seconds * _slowness(shown)
        case ChoosingPin() | EnteringPin() | StaffArea():
            return rules.staff_seconds
        case Welcome() | OutOfOrder():
            return None


def preferences(rules: Rules, state: State) -> Preferences:
    """How the person before `state` reads and listens."""
    match state:
        case Asking(session=session) | Reviewing(session=session):
            return session.preferences
        case ChoosingLanguage(under=under) | StartingAgain(under=under) | StillThere(under=under):
            return preferences(rules, under)
        case Thanks(preferences=shown):
            return shown
        case _:
            return rules.defaults


def _slowness(shown: Preferences) -> int:
    return SPEECH_TIME_FACTOR if shown.reading_aloud else 1


def step(rules: Rules, state: State, event: Event) -> Step:
    """What follows `event` in `state`. Anything unexpected returns the same state."""
    match event:
        case HeardAgain():
            return Step(state, errand=SayAgain())
        case BrokeDown(reason=reason):
            return Step(OutOfOrder(reason))
    match state:
        case Welcome():
            return _from_welcome(rules, event)
        case Asking() | Reviewing():
            return _in_session(rules, state, event)
        case ChoosingLanguage() | StartingAgain():
            return _over_session(rules, state, event)
        case StillThere():
            return _still_there(rules, state, event)
        case Thanks():
            return _after_thanks(rules, state, event)
        case OutOfOrder() if isinstance(event, Mended):
            return Step(Welcome())
        case OutOfOrder() if isinstance(event, StaffCalled):
            return Step(EnteringPin())
        case EnteringPin(under=under) if under is not None and isinstance(event, PinAccepted):
            return Step(StaffArea(), finished=_stopped(rules, under), errand=TellFigures())
        case ChoosingPin() | EnteringPin() | StaffArea():
            return step_staff(state, event)
        case _:
            return Step(state)


# --- welcome and thanks --------------------------------------------------------------------------------------------


def opened(rules: Rules) -> Asking | None:
    """A new session at the first page; None when the survey has no page to show."""
    answers = starting(rules.survey)
    places = pages(rules.survey, answers)
    if not places:
        return None
    return Asking(Session(rules.defaults, answers, seen=frozenset({places[0]})), places[0])


def _from_welcome(rules: Rules, event: Event) -> Step:
    if isinstance(event, StaffCalled):
        return Step(EnteringPin())
    first = opened(rules)
    if first is None:
        return Step(Welcome())
    after = _in_session(rules, first, event)
    return Step(Welcome()) if after.state is first else after


def _after_thanks(rules: Rules, state: Thanks, event: Event) -> Step:
    match event:
        case TimedOut() | ThanksFinished() | StartAgainAsked():
            return Step(Welcome())
        case StaffCalled():
            return Step(EnteringPin())
        case TextSizeChanged() | ThemeChanged() | ReadingAloudToggled() | LanguageChosen():
            return Step(Thanks(_adjusted(state.preferences, event)))
        case _:
            return Step(state)


# --- a session -----------------------------------------------------------------------------------------------------


def _in_session(rules: Rules, state: Asking | Reviewing, event: Event) -> Step:
    match event:
        case TextSizeChanged() | ThemeChanged() | ReadingAloudToggled() | LanguageChosen():
            return Step(replace(state, session=_with_adjusted(state.session, event)))
        case LanguageAsked():
            return Step(ChoosingLanguage(state))
        case StartAgainAsked():
            return Step(StartingAgain(state) if _has_begun(state) else Welcome())
        case StaffCalled():
            return Step(EnteringPin(state))
        case TimedOut():
            return Step(StillThere(state, rules.warning_seconds * _slowness(state.session.preferences)))
        case _:
            return _asking(rules, state, event) if isinstance(state, Asking) else _reviewing(rules, state, event)


def _asking(rules: Rules, state: Asking, event: Event) -> Step:
    if getattr(event, "place", state.place) != state.place:
        return Step(state)
    match event:
        case Answered(values=values):
            return Step(_given(rules, state, values))
        case Changed(place=place, chosen=chosen, typed=typed):
            return Step(replace(state, draft=Draft(place, chosen, typed), problem=None))
        case Added():
            return Step(_added(rules, state))
        case Continued():
            return Step(_continued(rules, state))
        case Skipped():
            return Step(_onwards(rules, replace(state, draft=None, problem=None)))
        case WentBack():
            return Step(_back(rules, state))
        case _:
            return Step(state)


def _reviewing(rules: Rules, state: Reviewing, event: Event) -> Step:
    session = state.session
    match event:
        case SendAsked():
            answers = pruned(rules.survey, session.answers)
            finished = Finished(answers, "completed", session.preferences.language, session.ways)
            return Step(Thanks(session.preferences), finished=finished)
        case ChangeAsked(place=place) if place in pages(rules.survey, session.answers):
            return Step(Asking(session, place, returning=True))
        case WentBack(place=None):
            places = pages(rules.survey, session.answers)
            return Step(Asking(session, places[-1]) if places else Welcome())
        case _:
            return Step(state)


def _given(rules: Rules, state: Asking, values: tuple[Value, ...]) -> Asking | Reviewing:
    """`values` taken as the whole answer, if they may be; else the same page with what is wrong."""
    item = item_at(rules.survey, state.place)
    if isinstance(item, Section):
        return _another(rules, state) if values == (True,) else _onwards(rules, state)
    problem = check(item, values) if isinstance(item, Question) and values else None
    if problem:
        return replace(state, problem=problem)
    session = replace(state.session, answers=put(rules.survey, state.session.answers, state.place, values))
    return _onwards(rules, replace(state, session=session, draft=None, problem=None))


def _another(rules: Rules, state: Asking) -> Asking | Reviewing:
    """The first of the pages that one more filling-in of a repeating section opens."""
    before = pages(rules.survey, state.session.answers)
    answers = another(rules.survey, state.session.answers, state.place)
    fresh = [place for place in pages(rules.survey, answers) if place not in before]
    if not fresh:
        return _onwards(rules, state)
    session = replace(state.session, answers=answers, seen=state.session.seen | {fresh[0]})
    return Asking(session, fresh[0], returning=state.returning)


def _continued(rules: Rules, state: Asking) -> Asking | Reviewing:
    item = item_at(rules.survey, state.place)
    if isinstance(item, Note):
        return _onwards(rules, state)
    if isinstance(item, Section) or state.draft is None:
        return _kept(rules, state, item)
    values = read_typed(item, state.draft.chosen, state.draft.typed)
    if isinstance(values, Problem):
        return replace(state, problem=values)
    if not values and item.required:
        return replace(state, problem=Problem(ProblemKind.NEEDED))
    return _given(rules, state, values)


def _kept(rules: Rules, state: Asking, item: Section | Question) -> Asking | Reviewing:
    """Next without a change: the answer stays as it was, unless one is needed and there is none."""
    if isinstance(item, Question) and item.required and not state.session.answers.get(state.place):
        return replace(state, problem=Problem(ProblemKind.NEEDED))
    return _onwards(rules, state)


def _added(rules: Rules, state: Asking) -> Asking:
    """The words in the box become one more answer, and the box is empty again."""
    item = item_at(rules.survey, state.place)
    if not isinstance(item, Question) or state.draft is None or not any(state.draft.typed):
        return state
    values = read_typed(item, state.draft.chosen, state.draft.typed)
    if isinstance(values, Problem):
        return replace(state, problem=values)
    return replace(state, draft=Draft(state.place, values, ("",) * len(state.draft.typed)), problem=None)


def _onwards(rules: Rules, state: Asking) -> Asking | Reviewing:
    """The page after this one; after a correction, the first page it opened, else the review again."""
    places = pages(rules.survey, state.session.answers)
    later = places[places.index(state.place) + 1 :] if state.place in places else places
    if state.returning:
        later = tuple(place for place in later if place not in state.session.seen)
    if not later:
        return Reviewing(state.session)
    session = replace(state.session, seen=state.session.seen | {later[0]})
    return Asking(session, later[0], returning=state.returning)


def _back(rules: Rules, state: Asking) -> Asking | Reviewing:
    """The page before; what was ticked or typed here is kept as far as it is a valid answer."""
    kept = _with_draft(rules, state)
    if state.returning:
        return Reviewing(kept)
    places = pages(rules.survey, kept.answers)
    at = places.index(state.place) if state.place in places else 0
    return Asking(kept, places[at - 1]) if at else state


def _with_draft(rules: Rules, state: Asking) -> Session:
    item = item_at(rules.survey, state.place)
    if state.draft is None or not isinstance(item, Question):
        return state.session
    values = read_typed(item, state.draft.chosen, state.draft.typed)
    if isinstance(values, Problem):
        return state.session
    return replace(state.session, answers=put(rules.survey, state.session.answers, state.place, values))


def _has_begun(state: Asking | Reviewing) -> bool:
    """Whether starting again would lose something a person gave."""
    return bool(state.session.answers) or (isinstance(state, Asking) and state.draft is not None)


# --- over a session ------------------------------------------------------------------------------------------------


def _over_session(rules: Rules, state: ChoosingLanguage | StartingAgain, event: Event) -> Step:
    match event:
        case LanguageChosen() if isinstance(state, ChoosingLanguage):
            return Step(replace(state.under, session=_with_adjusted(state.under.session, event)))
        case StartAgainConfirmed() if isinstance(state, StartingAgain):
            return Step(Welcome())
        case Stayed() | WentBack():
            return Step(state.under)
        case TextSizeChanged() | ThemeChanged() | ReadingAloudToggled():
            session = _with_adjusted(state.under.session, event)
            return Step(replace(state, under=replace(state.under, session=session)))
        case StartAgainAsked() if isinstance(state, ChoosingLanguage):
            return _in_session(rules, state.under, event)
        case StaffCalled():
            return Step(EnteringPin(state))
        case TimedOut():
            return Step(StillThere(state, rules.warning_seconds * _slowness(state.under.session.preferences)))
        case _:
            return Step(state)


def _still_there(rules: Rules, state: StillThere, event: Event) -> Step:
    match event:
        case TimedOut() if state.seconds_left > 1:
            return Step(replace(state, seconds_left=state.seconds_left - 1))
        case TimedOut() | StartAgainAsked():
            return Step(Welcome(), finished=_stopped(rules, state.under))
        case StaffCalled():
            return Step(EnteringPin(state.under))
        case Stayed():
            return Step(state.under)
        case _:
            return Step(state)


def _stopped(rules: Rules, state: Asking | Reviewing | ChoosingLanguage | StartingAgain) -> Finished | None:
    """What somebody who walked away had answered; None when that is nothing."""
    if isinstance(state, ChoosingLanguage | StartingAgain):
        return _stopped(rules, state.under)
    answers = pruned(rules.survey, state.session.answers)
    given = {place: values for place, values in answers.items() if starting(rules.survey).get(place) != values}
    if not given:
        return None
    return Finished(answers, "stopped", state.session.preferences.language, state.session.ways)


# --- preferences ---------------------------------------------------------------------------------------------------


def _with_adjusted(session: Session, event: Event) -> Session:
    shown = _adjusted(session.preferences, event)
    ways = {
        "large-text": shown.text_percent > TEXT_PERCENTS[0],
        "high-contrast": shown.theme in {"dark", "yellow-on-black"},
        "read-aloud": shown.reading_aloud,
    }
    return replace(session, preferences=shown, ways=session.ways | {way for way, used in ways.items() if used})


def _adjusted(shown: Preferences, event: Event) -> Preferences:
    match event:
        case LanguageChosen(language=language):
            return replace(shown, language=language)
        case TextSizeChanged():
            return replace(shown, text_percent=_next(TEXT_PERCENTS, shown.text_percent))
        case ThemeChanged():
            return replace(shown, theme=_next(THEMES, shown.theme))
        case ReadingAloudToggled():
            return replace(shown, reading_aloud=not shown.reading_aloud)
        case _:
            return shown


def _next(values: tuple[T, ...], current: T) -> T:
    at = values.index(current) if current in values else -1
    return values[(at + 1) % len(values)]
