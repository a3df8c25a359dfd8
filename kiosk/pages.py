"""The pages of a session: a question, a note, "add another?", the review; and the welcome screen, which is the first one."""

from __future__ import annotations

from dataclasses import replace

from kiosk.answers import item_at, pages, values_at
from kiosk.asks import added_buttons, another_ask, ask_for, is_choice
from kiosk.easy_read import help_words, item_words
from kiosk.events import Added, ChangeAsked, Continued, LanguageChosen, SendAsked, Skipped, StartAgainAsked, WentBack
from kiosk.languages import language
from kiosk.moves import opened
from kiosk.phrases import Phrases, phrases
from kiosk.problems import problem_words
from kiosk.said_and_did import turn_in
from kiosk.screens import Button, Line, PageKind, Progress, ReviewRow, Screen, TextAsk
from kiosk.site import Site, urgent_help
from kiosk.states import Asking, Preferences, Reviewing, Rules
from kiosk.survey import Answers, AnyItem, Kind, Note, Place, Question, Section, Survey, Value
from kiosk.words import answer_words

WORDS = frozenset({Kind.STRING, Kind.TEXT, Kind.ATTACHMENT, Kind.REFERENCE})
"""Questions answered in a person's own words: read aloud only where nobody else hears (S10)."""

CHARACTERISTIC = "urn:feedback-kiosk:characteristic"
"""The code system of questions about the person who answers: those answers are nobody else's business either (S10)."""

IN_THE_BOX = WORDS | {Kind.URL}
"""Questions whose box shows how to fill it in while it is empty."""


def welcome_screen(rules: Rules, site: Site, otherwise: Screen) -> Screen:
    """The first question, asked at once; `otherwise` when the survey has nothing to ask."""
    first = opened(rules)
    return question_screen(rules, site, first) if first else otherwise


def question_screen(rules: Rules, site: Site, state: Asking) -> Screen:
    """One question, one note or one "add another?". The first page is also the welcome, until it is answered."""
    survey, tag = rules.survey, state.session.preferences.language
    item = item_at(survey, state.place)
    places = pages(survey, state.session.answers)
    is_first = bool(places) and places[0] == state.place and not state.returning
    screen = Screen(
        kind=PageKind.NOTE if isinstance(item, Note) else PageKind.QUESTION,
        language=tag,
        place=state.place,
        context=_context(survey, state.session.answers, state.place, state.session.preferences),
        heading=_heading(item, state.session.preferences),
        lines=_lines(item, state.session.preferences),
        media=item.media,
        private=_is_about_the_person(item),
        context_private=_about_is_private(survey, state.session.answers, state.place),
        picture=item.picture if state.session.preferences.easy_read else "",
        problem=problem_words(state.problem, tag) if state.problem else "",
        progress=_progress(places, state.place, phrases(tag)),
    )
    screen = _with_ask(screen, item, state)
    untouched = is_first and state == opened(rules)
    screen = _with_ends(screen, item, state, is_first=is_first, untouched=untouched)
    return _as_welcome(screen, site, tag) if is_first else screen


def _as_welcome(screen: Screen, site: Site, tag: str) -> Screen:
    """The first page says also what this is, who listens, and in which languages it can be had."""
    say = phrases(tag)
    intro = (
        Line("intro:0", say("Tell the people who run this service about your care. It takes about a minute.")),
        Line("intro:1", say("We do not ask your name. What you say will not change your care.")),
    )
    offered = site.languages if len(site.languages) > 1 else ()
    return replace(
        screen,
        kind=PageKind.WELCOME,
        lines=(*intro, *screen.lines),
        context=site.name,
        context_private=False,
        notice=urgent_help(site, say),
        turns=tuple(turn_in(text, tag) for text in site.in_turn()),
        languages=tuple(language_button(other, chosen=other == tag) for other in offered),
        progress=None,
    )


def language_button(tag: str, *, chosen: bool) -> Button:
    """A language by its own name, in its own letters."""
    facts = language(tag)
    return Button(f"language:{tag}", facts.own_name, LanguageChosen(tag), pressed=chosen, language=tag)


# --- the parts of a page -------------------------------------------------------------------------------------------


def _heading(item: AnyItem, shown: Preferences) -> str:
    tag, words = shown.language, item_words(item, shown)
    if isinstance(item, Section):
        return phrases(tag)("Add another?") if not words else f"{words}: {phrases(tag)('Add another?')}"
    prefix = item.prefix.in_language(tag)
    return f"{prefix} {words}".strip()


def _lines(item: AnyItem, shown: Preferences) -> tuple[Line, ...]:
    tag = shown.language
    if not isinstance(item, Question):
        return ()
    lines = []
    if item.help:
        lines.append(Line("help", help_words(item, shown), "help"))
    if item.entry_format and not is_choice(item) and item.kind not in IN_THE_BOX:
        lines.append(Line("format", item.entry_format.in_language(tag), "help"))
    if is_choice(item) and item.repeats:
        lines.append(Line("how", phrases(tag)("Choose all that are right for you."), "help"))
    if item.support_link:
        lines.append(Line("support", f"{phrases(tag)('On the web')}: {item.support_link}", "help"))
    return tuple(lines)


def _context(survey: Survey, answers: Answers, place: Place, shown: Preferences) -> str:
    """The answer the page is asked about where there are several, else the words of the nearest section with words."""
    named = [parent for parent in survey.ancestors[place.link_id] if isinstance(parent, Section) and parent.text]
    return _asked_about(survey, answers, place, shown) or (item_words(named[-1], shown) if named else "")


def _asked_about(survey: Survey, answers: Answers, place: Place, shown: Preferences) -> str:
    """Below a question with several answers: the one of them that this page asks about."""
    ancestors = survey.ancestors[place.link_id]
    parent = ancestors[-1] if ancestors else None
    if not isinstance(parent, Question) or not parent.repeats:
        return ""
    given = values_at(survey, answers, Place(parent.link_id, place.repetition[:-1]))
    return answer_words(parent, given[place.repetition[-1] :][:1], shown.language, easy=shown.easy_read)


def _progress(places: tuple[Place, ...], place: Place, say: Phrases) -> Progress:
    number = places.index(place) + 1 if place in places else 1
    return Progress(say("Question {n} of about {total}", n=number, total=len(places)), number - 1, len(places))


def _with_ask(screen: Screen, item: AnyItem, state: Asking) -> Screen:
    say = phrases(screen.language)
    if isinstance(item, Section):
        return replace(screen, ask=another_ask(state))
    if not isinstance(item, Question):
        return screen
    screen = replace(screen, ask=ask_for(item, state), added=added_buttons(item, state))
    if item.repeats and not is_choice(item):
        more = Button("action:add", say("Add another"), Added(state.place), "plus")
        screen = replace(screen, actions=(more,))
    if isinstance(screen.ask, TextAsk) and not _has_own_privacy_words(item):
        names = Line("names", say("Please do not write names."), "help")
        screen = replace(screen, lines=(*screen.lines, names))
    return screen


def _has_own_privacy_words(item: Question) -> bool:
    """The survey's own help says already what to leave out."""
    return bool(item.help) or item.kind not in WORDS


def _with_ends(screen: Screen, item: AnyItem, state: Asking, *, is_first: bool, untouched: bool) -> Screen:
    say = phrases(screen.language)
    back = None if is_first else Button("back", say("Back"), WentBack(state.place), "back")
    again = None if untouched else Button("start-again", say("Start again"), StartAgainAsked(), "start-again")
    return replace(screen, back=back, start_again=again, forward=_forward(item, state, say))


def _forward(item: AnyItem, state: Asking, say: Phrases) -> Button | None:
    """Next when there is something to keep, Skip when there is nothing and that is allowed; one button, one corner."""
    go_on = Button("forward", say("Next"), Continued(state.place), "forward", primary=True)
    if isinstance(item, Note):
        return go_on
    if isinstance(item, Section):
        return None
    if _something_entered(state):
        return go_on
    if item.required:
        return None if is_choice(item) and not item.repeats else go_on
    return Button("forward", say("Skip"), Skipped(state.place), "forward")


def _something_entered(state: Asking) -> bool:
    draft = state.draft
    if draft is None:
        return bool(state.session.answers.get(state.place))
    return bool(draft.chosen) or any(draft.typed)


def _in_own_words(item: Question, values: tuple[Value, ...]) -> bool:
    """Whether the answer was written, not chosen: "Something else" too."""
    offered = {option.value for option in item.options}
    return item.kind in WORDS or any(isinstance(value, str) and value not in offered for value in values)


def _is_about_the_person(item: AnyItem) -> bool:
    """Age, health, faith and the like, by the item's code."""
    return any(code.system == CHARACTERISTIC for code in item.codes)


def _is_private(item: Question, values: tuple[Value, ...]) -> bool:
    """Whether this answer is spoken only where nobody else hears (S10)."""
    return bool(values) and (_is_about_the_person(item) or _in_own_words(item, values))


def _about_is_private(survey: Survey, answers: Answers, place: Place) -> bool:
    """Whether the page names an answer of that kind to say what it asks about."""
    ancestors = survey.ancestors[place.link_id]
    parent = ancestors[-1] if ancestors else None
    if not isinstance(parent, Question) or not parent.repeats:
        return False
    given = values_at(survey, answers, Place(parent.link_id, place.repetition[:-1]))
    return _is_private(parent, given[place.repetition[-1] :][:1])


# --- the review ----------------------------------------------------------------------------------------------------


def review_screen(rules: Rules, state: Reviewing) -> Screen:
    """What is about to be sent, each answer with a way to change it (S2, S18)."""
    survey, shown = rules.survey, state.session.preferences
    tag, say = shown.language, phrases(shown.language)
    rows = []
    for number, place in enumerate(pages(survey, state.session.answers)):
        item = item_at(survey, place)
        if not isinstance(item, Question):
            continue
        values = state.session.answers.get(place, ())
        change = Button(f"change:{number}", say("Change"), ChangeAsked(place))
        about = _asked_about(survey, state.session.answers, place, shown)
        answer = answer_words(item, values, tag, easy=shown.easy_read)
        words = ": ".join(part for part in (about, item_words(item, shown)) if part)
        row = ReviewRow(f"row:{number}", words, answer, change, private=_is_private(item, values))
        hidden = f"{about}: " if about and _about_is_private(survey, state.session.answers, place) else ""
        rows.append(replace(row, own_words=_in_own_words(item, values), about=hidden))
    return Screen(
        kind=PageKind.REVIEW,
        language=tag,
        heading=say("Check your answers"),
        lines=(Line("line:0", say("Then touch Send. You can change an answer first.")),),
        rows=tuple(rows),
        back=Button("back", say("Back"), WentBack(), "back"),
        start_again=Button("start-again", say("Start again"), StartAgainAsked(), "start-again"),
        forward=Button("forward", say("Send"), SendAsked(), "send", primary=True),
    )
