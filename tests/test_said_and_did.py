"""You said, we did, on the first screen: one text at a time, in the language of the screen, seen and heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from kiosk.events import ListeningStarted, Skipped, StartAgainAsked
from kiosk.moves import opened
from kiosk.present import present
from kiosk.said_and_did import SaidAndDid, turn_in
from kiosk.screens import Screen
from kiosk.site import Site
from kiosk.states import Asking, Preferences, Rules, Welcome
from kiosk.survey import Place
from tests.pictures import GLASSES, Glass
from tests.screens_for_pictures import sample_survey
from tests.surveys import rating, rules_of, words
from tests.test_shell import Recorder
from ui.pages.turns import Turns
from ui.shell import Shell
from ui.tiles import TouchButton
from ui.window import Window

pytest_plugins = ("tests.recorded_shell",)

RULES = rules_of(rating(), words())
SHORT = SaidAndDid({"en": ("Too loud.", "We put up a curtain."), "cy": ("Rhy uchel.", "Mae llen yno nawr.")})
LONG = SaidAndDid(
    {
        "en": (
            "It was hard to hear when your name was called, above all for people who are deaf.",
            "Your name is on a big screen now. Staff also come and find you if you ask them to do so.",
        )
    }
)


def site(*texts: SaidAndDid, turn: int = 0) -> Site:
    return Site(sample_survey().languages, frozenset({"en", "cy"}), said_and_did=texts, turn=turn)


ANYBODY = Preferences()


def welcome(here: Site, shown: Preferences = ANYBODY) -> Screen:
    return present(Rules(sample_survey(), shown), here, Welcome())


def listening(here: Site, **more: object) -> Screen:
    """The first page as somebody sees it who has begun to listen, or asked for easy words."""
    rules = Rules(sample_survey())
    first = opened(rules)
    assert isinstance(first, Asking)
    shown = replace(first.session.preferences, **more)  # type: ignore[arg-type]
    return present(rules, here, replace(first, session=replace(first.session, preferences=shown)))


def test_one_text_is_shown_at_a_time_each_in_its_turn() -> None:
    firsts = [welcome(site(SHORT, LONG, turn=turn)).turns[0].did for turn in range(3)]
    assert firsts[0] == firsts[2] != firsts[1]


def test_a_text_is_said_in_the_language_of_the_screen() -> None:
    """S115: Welsh and English alike. The words before it are the product's own."""
    turn = turn_in(SHORT, "cy")
    assert (turn.language, "Mae llen yno nawr." in turn.did) == ("cy", True)


def test_where_it_is_missing_the_whole_text_is_english() -> None:
    """S16: and it is said by an English voice."""
    turn = turn_in(LONG, "ur")
    assert (turn.language, turn.did) == ("en", "We did: " + LONG.words["en"][1])


def test_a_listener_hears_it_after_the_question_and_its_answers() -> None:
    """S2, S4: whatever stands on the screen is heard."""
    said = [part.key for part in listening(site(SHORT), reading_aloud=True).spoken]
    assert said.index("heading") < said.index("said") < said.index("did") < said.index("notice")


def test_english_words_on_another_screen_are_not_read_by_the_wrong_voice() -> None:
    """S16: where there is no English voice they are not read at all."""
    welsh = Preferences("cy")
    here = site(LONG)
    languages = {part.language for part in welcome(here, welsh).spoken if part.key in {"said", "did"}}
    silent = {part.key for part in welcome(replace(here, spoken=frozenset({"cy"})), welsh).spoken}
    assert (languages, silent & {"said", "did"}) == ({"en"}, set())


def test_easy_read_has_a_picture_beside_each_sentence() -> None:
    """S96"""
    (turn,) = listening(site(SHORT), easy_read=True).turns
    assert (turn.said_picture, turn.did_picture) == ("listened", "ideas")
    assert welcome(site(SHORT)).turns[0].said_picture == ""


def test_the_first_screen_says_whose_place_it_is_and_is_heard_to() -> None:
    """S4: people see and hear who asks. Later pages have their own sections."""
    screen = welcome(replace(site(), name="Elm Road Surgery"))
    assert (screen.context, screen.spoken[0].text) == ("Elm Road Surgery", "Elm Road Surgery")


def test_a_question_later_on_has_none() -> None:
    rules = Rules(sample_survey())
    place = next(item for item in sample_survey().walk() if item.link_id == "listened")
    first = opened(rules)
    assert isinstance(first, Asking)
    later = replace(first, place=replace(first.place, link_id=place.link_id))
    assert present(rules, site(SHORT), later).turns == ()


def test_a_text_holds_from_its_first_day_to_its_last() -> None:
    text = SaidAndDid({"en": ("a", "b")}, date(2026, 11, 2), date(2026, 11, 4))
    assert [text.holds_on(date(2026, 11, day)) for day in (1, 2, 4, 5)] == [False, True, True, False]


# --- in the window --------------------------------------------------------------------------------------------------------


def shown_on(glass: Glass, screen: Screen, qtbot: QtBot) -> Window:
    window = glass.window()
    qtbot.addWidget(window)
    window.show()
    window.render(screen)
    return window


def places(window: Window) -> dict[str, tuple[int, int, int, int]]:
    """Where everything stands that can be touched."""
    found = (button for button in window.findChildren(TouchButton) if button.isVisible())
    return {button.accessibleName(): (*button.mapTo(window, QPoint()).toTuple(), *button.size().toTuple()) for button in found}


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_nothing_moves_under_a_finger_when_another_text_has_its_turn(glass: Glass, qtbot: QtBot) -> None:
    """S64: a longer text has room already."""
    window = shown_on(glass, welcome(site(SHORT, LONG)), qtbot)
    before = places(window)
    window.render(welcome(site(SHORT, LONG, turn=1)))
    assert "Very good" in before
    assert places(window) == before


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_the_question_keeps_its_place_on_the_first_page(glass: Glass, percent: int, qtbot: QtBot) -> None:
    """S57: at any size the first thing there is the question."""
    screen = welcome(site(LONG, SHORT), Preferences(text_percent=percent))
    window = shown_on(glass, screen, qtbot)
    assert window.page is not None
    heading = window.page._kept["heading"].widget()
    assert heading.isVisible()
    assert not heading.visibleRegion().isEmpty()


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_where_pages_are_turned_no_line_of_it_is_cut(glass: Glass, qtbot: QtBot) -> None:
    """S57, S58: it has a page of its own, or stands with the rest."""
    screen = welcome(site(LONG, SHORT), Preferences(text_percent=200))
    window = shown_on(glass, screen, qtbot)
    assert window.page is not None
    (turns,) = window.page.findChildren(Turns)
    pager = window.page.pager
    seen = 0
    for page in range(pager.page_count):
        pager.turn_to(page)
        seen += turns.visibleRegion().boundingRect().height()
    assert seen >= sum(words.height() for words in turns._pairs[0])


def test_the_sentence_that_is_spoken_is_marked(qtbot: QtBot) -> None:
    window = shown_on(GLASSES[0], welcome(site(SHORT)), qtbot)
    window.highlight("did", 0, 2)
    assert window.page is not None
    (turns,) = window.page.findChildren(Turns)
    assert [words._spoken for words in turns._pairs[0]] == [False, True]


# --- in the shell ---------------------------------------------------------------------------------------------------------


def test_each_person_finds_the_next_text(shell: Shell) -> None:
    shell.use(RULES, site(SHORT, LONG))
    first = shell.screen.turns[0]
    shell.receive(Skipped(shell.screen.place or Place("")))
    shell.receive(StartAgainAsked())
    assert (type(shell.state), shell.screen.turns[0] != first) == (Welcome, True)


def test_while_nobody_is_there_texts_take_turns_without_a_word(shell: Shell, recorder: Recorder) -> None:
    """S11: the first screen is silent."""
    shell.use(RULES, site(SHORT, LONG))
    first = shell.screen.turns[0]
    shell.turn_over()
    assert shell.screen.turns[0] != first
    assert recorder.screens[-1].turns == shell.screen.turns
    assert recorder.heard == []


def test_under_somebody_who_answers_no_text_changes(shell: Shell) -> None:
    """S64: a page stands still while it is used."""
    shell.use(RULES, site(SHORT, LONG))
    shell.receive(ListeningStarted())
    before = shell.screen.turns[0]
    shell.turn_over()
    assert shell.screen.turns[0] == before


def test_new_voices_or_headphones_do_not_begin_the_turns_anew(shell: Shell) -> None:
    shell.use(RULES, site(SHORT, LONG))
    shell.turn_over()
    turned = shell.screen.turns[0]
    shell.use(RULES, site(SHORT, LONG))
    assert shell.screen.turns[0] == turned
