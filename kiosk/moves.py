"""Where a session goes from its page: taking an answer, going on, going back. A part of the flow.

Everything here turns one :class:`~kiosk.states.Asking` into the next; none of it looks at an event.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk import answers as rules_of_answering
from kiosk.answers import Problem, ProblemKind, check, item_at, pages, put, read_typed, starting
from kiosk.answers.checking import check_one
from kiosk.states import Asking, Draft, Reviewing, Rules, Session
from kiosk.survey import AnyItem, Note, Question, Section, Value


def opened(rules: Rules) -> Asking | None:
    """A new session at the first page; None when the survey has no page to show."""
    answers = starting(rules.survey)
    places = pages(rules.survey, answers)
    if not places:
        return None
    return Asking(Session(rules.defaults, answers, seen=frozenset({places[0]})), places[0])


def given(rules: Rules, state: Asking, values: tuple[Value, ...]) -> Asking | Reviewing:
    """`values` taken as the whole answer, if they may be; else the same page with what is wrong."""
    item = item_at(rules.survey, state.place)
    if isinstance(item, Section):
        return _into_another(rules, state) if values == (True,) else onwards(rules, state)
    problem = check(item, values) if isinstance(item, Question) else None
    if problem:
        return replace(state, problem=problem)
    session = replace(state.session, answers=put(rules.survey, state.session.answers, state.place, values))
    return onwards(rules, replace(state, session=session, draft=None, problem=None))


def _into_another(rules: Rules, state: Asking) -> Asking | Reviewing:
    """The first of the pages that one more filling-in of a repeating section opens."""
    before = pages(rules.survey, state.session.answers)
    answers = rules_of_answering.another(rules.survey, state.session.answers, state.place)
    fresh = [place for place in pages(rules.survey, answers) if place not in before]
    if not fresh:
        return onwards(rules, state)
    session = replace(state.session, answers=answers, seen=state.session.seen | {fresh[0]})
    return Asking(session, fresh[0], returning=state.returning)


def continued(rules: Rules, state: Asking) -> Asking | Reviewing:
    """Next was touched: what is on the page becomes the answer, or the page says what is wrong with it."""
    item = item_at(rules.survey, state.place)
    if isinstance(item, Note):
        return onwards(rules, state)
    if isinstance(item, Section) or state.draft is None:
        return _kept(rules, state, item)
    values = read_typed(item, state.draft.chosen, state.draft.typed)
    if isinstance(values, Problem):
        return replace(state, problem=values)
    return given(rules, state, values)


def _kept(rules: Rules, state: Asking, item: AnyItem) -> Asking | Reviewing:
    """Next without a change: the answer stays as it was, unless one is needed and there is none."""
    if isinstance(item, Question) and item.required and not state.session.answers.get(state.place):
        return replace(state, problem=Problem(ProblemKind.NEEDED))
    return onwards(rules, state)


def skipped(rules: Rules, state: Asking) -> Asking | Reviewing:
    """On without an answer, unless one is needed. What was wiped off the page is wiped out, too."""
    item = item_at(rules.survey, state.place)
    if state.draft is None or not isinstance(item, Question):
        return _kept(rules, state, item)
    return given(rules, state, ())


def added(rules: Rules, state: Asking) -> Asking:
    """The words in the box become one more answer, and the box is empty again."""
    item = item_at(rules.survey, state.place)
    if not isinstance(item, Question) or not item.repeats:
        return state
    if state.draft is None or not any(state.draft.typed):
        return replace(state, problem=Problem(ProblemKind.NEEDED))
    values = read_typed(item, state.draft.chosen, state.draft.typed)
    if isinstance(values, Problem):
        return replace(state, problem=values)
    problem = next(filter(None, (check_one(item, value) for value in values[len(state.draft.chosen) :])), None)
    if problem:
        return replace(state, problem=problem)
    return replace(state, draft=Draft(state.place, values, ("",) * len(state.draft.typed)), problem=None)


def onwards(rules: Rules, state: Asking) -> Asking | Reviewing:
    """The page after this one; after a correction, the first page it opened, else the review again."""
    places = pages(rules.survey, state.session.answers)
    later = places[places.index(state.place) + 1 :] if state.place in places else places
    if state.returning:
        later = tuple(place for place in later if place not in state.session.seen)
    if not later:
        return Reviewing(state.session)
    session = replace(state.session, seen=state.session.seen | {later[0]})
    return Asking(session, later[0], returning=state.returning)


def back(rules: Rules, state: Asking) -> Asking | Reviewing:
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
    if isinstance(values, Problem) or check(item, values):
        return state.session
    return replace(state.session, answers=put(rules.survey, state.session.answers, state.place, values))
