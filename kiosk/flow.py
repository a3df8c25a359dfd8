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

from kiosk.adjusting import ADJUSTMENTS, adjusted, with_adjusted
from kiosk.answers import Problem, ProblemKind, missing, pages, pruned, starting
from kiosk.events import (
    Added,
    AdjustingAsked,
    Answered,
    BrokeDown,
    ChangeAsked,
    Changed,
    Continued,
    Event,
    HeardAgain,
    LanguageAsked,
    LanguageChosen,
    ListenAsked,
    Mended,
    PinAccepted,
    SendAsked,
    Skipped,
    StaffCalled,
    StartAgainAsked,
    StartAgainConfirmed,
    Stayed,
    ThanksFinished,
    TimedOut,
    WentBack,
)
from kiosk.moves import added, back, continued, given, opened, skipped
from kiosk.staff import step_staff
from kiosk.states import (
    Adjusting,
    Asking,
    ChoosingLanguage,
    ChoosingPin,
    Cleaning,
    Draft,
    EnteringPin,
    Joining,
    LearningKeys,
    OutOfOrder,
    Over,
    Preferences,
    Reviewing,
    Rules,
    Session,
    StaffArea,
    StartingAgain,
    State,
    StillThere,
    Thanks,
    TryingKeys,
    Welcome,
)
from kiosk.steps import Finished, Listen, SayAgain, Step, TellFigures

SPEECH_TIME_FACTOR = 3
"""Listening takes longer than reading, and keys longer than a touch: every wait is this much longer (S93)."""


def timeout_seconds(rules: Rules, state: State) -> float | None:
    """How long `state` waits before :class:`TimedOut`; None: for ever."""
    match state:
        case Asking() | Reviewing() | ChoosingLanguage() | Adjusting() | StartingAgain():
            return rules.idle_seconds * _slowness(preferences(rules, state))
        case StillThere() | Cleaning():
            return 1
        case Thanks(preferences=shown):
            return rules.thanks_seconds * _slowness(shown)
        case Joining(seconds=holds) if holds:
            return holds
        case ChoosingPin() | EnteringPin() | StaffArea() | Joining() | TryingKeys() | LearningKeys():
            return rules.staff_seconds
        case OutOfOrder(preferences=shown) if shown is not None:
            return rules.idle_seconds * _slowness(shown)
        case Welcome() | OutOfOrder():
            return None


def preferences(rules: Rules, state: State) -> Preferences:
    """How the person before `state` reads and listens."""
    match state:
        case Asking(session=session) | Reviewing(session=session):
            return session.preferences
        case ChoosingLanguage(under=under) | Adjusting(under=under) | StartingAgain(under=under) | StillThere(under=under):
            return preferences(rules, under)
        case Thanks(preferences=shown):
            return shown
        case OutOfOrder(preferences=shown) if shown is not None:
            return shown
        case _:
            return rules.defaults


def _slowness(shown: Preferences) -> int:
    return SPEECH_TIME_FACTOR if shown.reading_aloud or shown.by_keypad else 1


def step(rules: Rules, state: State, event: Event) -> Step:
    """What follows `event` in `state`. Anything unexpected returns the same state."""
    match event:
        case HeardAgain():
            return Step(state, errand=SayAgain())
        case ListenAsked():
            return Step(state, errand=Listen())
        case BrokeDown(reason=reason):
            return Step(OutOfOrder(reason))
    match state:
        case Welcome():
            return _from_welcome(rules, event)
        case Asking() | Reviewing():
            return _in_session(rules, state, event)
        case ChoosingLanguage() | Adjusting() | StartingAgain():
            return _over_session(rules, state, event)
        case StillThere():
            return _still_there(rules, state, event)
        case Thanks():
            return _after_thanks(state, event)
        case OutOfOrder():
            return _out_of_order(rules, state, event)
        case EnteringPin(under=under) if under is not None and isinstance(event, PinAccepted):
            return Step(StaffArea(), finished=_stopped(rules, under), errand=TellFigures())
        case ChoosingPin() | EnteringPin() | StaffArea() | Joining() | Cleaning() | TryingKeys() | LearningKeys():
            return step_staff(state, event)
        case _:
            return Step(state)


# --- welcome and thanks --------------------------------------------------------------------------------------------


def _from_welcome(rules: Rules, event: Event) -> Step:
    if isinstance(event, StaffCalled):
        return Step(EnteringPin())
    first = opened(rules)
    if first is None:
        return Step(Welcome())
    after = _in_session(rules, first, event)
    return Step(Welcome()) if after.state is first else after


def _after_thanks(state: Thanks, event: Event) -> Step:
    match event:
        case TimedOut() | ThanksFinished() | StartAgainAsked():
            return Step(Welcome())
        case StaffCalled():
            return Step(EnteringPin())
        case LanguageAsked():
            return Step(ChoosingLanguage(state))
        case AdjustingAsked():
            return Step(Adjusting(state))
        case _ if isinstance(event, ADJUSTMENTS):
            return Step(Thanks(adjusted(state.preferences, event)))
        case _:
            return Step(state)


def _out_of_order(rules: Rules, state: OutOfOrder, event: Event) -> Step:
    match event:
        case Mended():
            return Step(Welcome())
        case StaffCalled():
            return Step(EnteringPin())
        case TimedOut():
            return Step(OutOfOrder(state.reason))
        case _ if isinstance(event, ADJUSTMENTS):
            return Step(OutOfOrder(state.reason, adjusted(preferences(rules, state), event)))
        case _:
            return Step(state)


# --- a session -----------------------------------------------------------------------------------------------------


def _in_session(rules: Rules, state: Asking | Reviewing, event: Event) -> Step:
    match event:
        case LanguageAsked():
            return Step(ChoosingLanguage(state))
        case AdjustingAsked():
            return Step(Adjusting(state))
        case StartAgainAsked():
            return Step(StartingAgain(state) if _has_begun(state) else Welcome())
        case StaffCalled():
            return Step(EnteringPin(state))
        case TimedOut():
            return Step(StillThere(state, rules.warning_seconds * _slowness(state.session.preferences)))
        case _ if isinstance(event, ADJUSTMENTS):
            return Step(replace(state, session=with_adjusted(state.session, event)))
        case _:
            return _asking(rules, state, event) if isinstance(state, Asking) else _reviewing(rules, state, event)


def _asking(rules: Rules, state: Asking, event: Event) -> Step:
    if getattr(event, "place", state.place) != state.place:
        return Step(state)
    match event:
        case Answered(values=values):
            return Step(given(rules, state, values))
        case Changed(place=place, chosen=chosen, typed=typed):
            return Step(replace(state, draft=Draft(place, chosen, typed), problem=None))
        case Added():
            return Step(added(rules, state))
        case Continued():
            return Step(continued(rules, state))
        case Skipped():
            return Step(skipped(rules, state))
        case WentBack():
            return Step(back(rules, state))
        case _:
            return Step(state)


def _reviewing(rules: Rules, state: Reviewing, event: Event) -> Step:
    session = state.session
    match event:
        case SendAsked():
            return _sent(rules, session)
        case ChangeAsked(place=place) if place in pages(rules.survey, session.answers):
            return Step(Asking(session, place, returning=True))
        case WentBack(place=None):
            places = pages(rules.survey, session.answers)
            return Step(Asking(session, places[-1]) if places else Welcome())
        case _:
            return Step(state)


def _sent(rules: Rules, session: Session) -> Step:
    """Everything that was asked for is on its way; what a later change opened and nobody has answered is asked first."""
    gaps = missing(rules.survey, session.answers)
    if gaps:
        return Step(Asking(session, gaps[0], problem=Problem(ProblemKind.NEEDED), returning=True))
    shown = session.preferences
    finished = Finished(pruned(rules.survey, session.answers), "completed", shown.language, session.ways)
    return Step(Thanks(shown), finished=finished)


def _has_begun(state: Asking | Reviewing) -> bool:
    """Whether starting again would lose something a person gave."""
    return bool(state.session.answers) or (isinstance(state, Asking) and state.draft is not None)


# --- over a session ------------------------------------------------------------------------------------------------


def _over_session(rules: Rules, state: Over, event: Event) -> Step:
    """What lies under gets every adjustment as if it stood on the screen itself."""
    match event:
        case LanguageChosen() if isinstance(state, ChoosingLanguage):
            return step(rules, state.under, event)
        case StartAgainConfirmed() if isinstance(state, StartingAgain):
            return Step(Welcome())
        case Stayed() | WentBack():
            return Step(state.under)
        case StartAgainAsked() if not isinstance(state, StartingAgain):
            return step(rules, state.under, event)
        case LanguageAsked():
            return Step(state.under if isinstance(state, ChoosingLanguage) else ChoosingLanguage(state.under))
        case AdjustingAsked():
            return Step(state.under if isinstance(state, Adjusting) else Adjusting(state.under))
        case StaffCalled() | TimedOut() if isinstance(state.under, Thanks):
            return step(rules, state.under, event)
        case StaffCalled():
            return Step(EnteringPin(state))
        case TimedOut():
            return Step(StillThere(state, rules.warning_seconds * _slowness(preferences(rules, state))))
        case _ if isinstance(event, ADJUSTMENTS):
            under = step(rules, state.under, event).state
            return Step(replace(state, under=under))  # type: ignore[arg-type]
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


def _stopped(rules: Rules, state: Asking | Reviewing | Over | Thanks) -> Finished | None:
    """What somebody who walked away had answered; None when that is nothing, or was sent already."""
    if isinstance(state, Thanks):
        return None
    if isinstance(state, Over):
        return _stopped(rules, state.under)
    answers = pruned(rules.survey, state.session.answers)
    from_the_start = starting(rules.survey)
    if all(from_the_start.get(place) == values for place, values in answers.items()):
        return None
    return Finished(answers, "stopped", state.session.preferences.language, state.session.ways)


def so_far(rules: Rules, state: State) -> Finished | None:
    """What somebody in the middle of a session has answered, as it would be kept if they went now; None for nothing."""
    under = state.under if isinstance(state, StillThere | EnteringPin) else state
    return _stopped(rules, under) if isinstance(under, Asking | Reviewing | Over | Thanks) else None
