"""Every screen as it is laid out: nothing cut, nothing overlapping, nothing too small or too close, on any glass.

The whole matrix is ``python -m tests.pictures``; here is the part of it in which something once went wrong.
"""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.screens import Line, PageKind, Screen
from kiosk.states import Figures, Preferences
from tests.layout_faults import faults
from tests.pictures import GLASSES, Glass
from tests.screens_for_pictures import screens
from ui.icons import FACES, source
from ui.pages.routes import QUIET_MODULES, code_side, modules
from ui.pages.staff import age_words, facts_of
from ui.theme import PALETTES, Look
from ui.tiles import TouchButton
from ui.window import PAGES, Window

HARDEST = [("en-GB", 200), ("cy", 150), ("ur", 200)]
LEFT_OUT = {"why", "better", "sex", "gender-same", "who", "about-you", "share", "questions", "disability", "orientation"}
LEFT_OUT |= {"ethnic-group", "ethnic-white", "ethnic-mixed", "ethnic-asian", "ethnic-other", "disability-effect"}
"""Questions laid out like others here, and those with a keyboard, at which the tests of the inputs look."""


def window_on(glass: Glass, qtbot: QtBot) -> Window:
    window = glass.window()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
@pytest.mark.parametrize(("language", "percent"), HARDEST)
def test_nothing_is_cut_or_too_small_or_too_close(glass: Glass, language: str, percent: int, qtbot: QtBot) -> None:
    """S57, S58, S69, S78, S79."""
    window = window_on(glass, qtbot)
    found = {}
    for name, screen in screens(Preferences(language, percent)).items():
        if name.removeprefix("question-") in LEFT_OUT:
            continue
        window.render(screen)
        if wrong := faults(window):
            found[name] = wrong
    assert found == {}


def test_the_faults_are_found_when_there_are_some(qtbot: QtBot) -> None:
    """A test of the test: a button made too small, and one laid over another."""
    window = window_on(GLASSES[0], qtbot)
    window.render(screens(Preferences())["question-listened"])
    tiles = list(window.bottom.buttons.values())
    tiles[0].setMinimumSize(1, 1)
    tiles[0].setGeometry(tiles[1].geometry().adjusted(0, 0, -200, -60))
    wrong = " ".join(faults(window))
    assert "too small" in wrong
    assert "overlap" in wrong


def test_all_faces_of_the_first_question_are_on_one_page_at_ordinary_size(qtbot: QtBot) -> None:
    """Half a scale on another page would ask another question."""
    for glass in GLASSES:
        for language in ("en-GB", "cy", "ur"):
            window = window_on(glass, qtbot)
            screen = screens(Preferences(language))["welcome"]
            window.render(screen)
            assert screen.ask is not None
            labels = [tile.label for tile in screen.ask.tiles]  # type: ignore[union-attr]
            seen = [b.accessibleName() for b in window.findChildren(TouchButton) if not b.visibleRegion().isEmpty()]
            assert set(labels) <= set(seen), (glass.name, language)


def test_every_kind_of_screen_has_a_page() -> None:
    assert set(PAGES) == set(PageKind)


def test_a_very_long_question_is_turned_and_not_cut(qtbot: QtBot) -> None:
    window = window_on(GLASSES[1], qtbot)
    long = "How did the people who looked after you on the ward, at the desk and on the telephone listen to you? " * 4
    lines = (Line("help", long, "help"),)
    window.render(replace(screens(Preferences(text_percent=200))["question-listened"], heading=long, lines=lines))
    assert window.page is not None
    assert window.page.pager.page_count > 2
    assert faults(window) == []


def test_an_answer_of_many_words_is_turned_and_not_cut_in_the_review(qtbot: QtBot) -> None:
    for glass in GLASSES:
        for percent in (100, 200):
            window = window_on(glass, qtbot)
            review = screens(Preferences(text_percent=percent))["review"]
            rows = tuple(replace(row, answer="I waited a long time and nobody told me why. " * 44) for row in review.rows[:2])
            window.render(replace(review, rows=rows))
            assert faults(window) == [], glass.name


# --- icons and codes -----------------------------------------------------------------------------------------------


def test_every_icon_that_a_screen_names_is_drawn() -> None:
    for screen in screens(Preferences()).values():
        named = [button.icon for button in screen.buttons() if button.icon]
        assert all(source(name) for name in (*named, *FACES)), named


def test_a_code_has_its_quiet_edge_and_whole_modules() -> None:
    """ISO/IEC 18004: four modules of white; no seams between squares of whole pixels."""
    look = Look(PALETTES["dark"], 4.03)
    content = "https://www.cqc.org.uk/give-feedback-on-care"
    side, count = code_side(content, look), len(modules(content)) + 2 * QUIET_MODULES
    assert side % count == 0
    assert side / look.px_per_mm >= 25


# --- the staff's figures -------------------------------------------------------------------------------------------


def staff_screen(figures: Figures) -> Screen:
    return replace(screens(Preferences())["staff"], figures=figures)


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, "None"), (59, "0 minutes"), (3600, "60 minutes"), (7200, "2 hours"), (200_000, "2 days")]
)
def test_the_age_of_the_oldest_is_told_in_words(seconds: int | None, words: str) -> None:
    assert age_words(seconds, staff_screen(Figures())) == words


def test_staff_see_what_a_language_lacks() -> None:
    figures = Figures(voices={"ur": None}, fonts={"ur": "Noto Sans Arabic"}, unreviewed=("ur",))
    facts = dict(facts_of(figures, staff_screen(figures)))
    assert facts["اردو"] == "Noto Sans Arabic, no voice, to be reviewed by a speaker"


def test_staff_see_why_nothing_leaves() -> None:
    figures = Figures(waiting=3, connection="captive-portal", detail="The reply was a web page")
    facts = dict(facts_of(figures, staff_screen(figures)))
    assert facts["Waiting to be sent"] == "3"
    assert facts["Connection"] == "A sign-in page is in the way. The reply was a web page"
