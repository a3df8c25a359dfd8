"""Every screen, glass, text size and aid: targets, gaps, the angle of letters and contrast, computed from what is drawn.

A sample in which each of them comes up; the whole of it is ``python -m tests.geometry``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from pytestqt.qtbot import QtBot

from kiosk.states import TEXT_PERCENTS, THEMES, Preferences
from tests.geometry import ALL_GLASSES, LAYING_OUT, LEAST_KEY_MM, Least, look_at_colours, measure, sizes_of
from tests.pictures import AIDS, LANGUAGES, Glass
from tests.screens_for_pictures import screens
from ui.window import Window

STEP = 41
"""One in so many of all (language, size, screen) is measured for each glass and aid: a prime, so that each of them comes up."""
NAMES = tuple(screens(Preferences()))
ALL = tuple(product(LANGUAGES, TEXT_PERCENTS, NAMES))


def shown_on(glass: Glass, qtbot: QtBot) -> Window:
    window = glass.window()
    qtbot.addWidget(window)
    window.show()
    return window


def sample(glass: Glass, aid: str) -> list[tuple[str, int, str]]:
    """Others for each glass and aid, so that together they come to all screens in all sizes."""
    start = (ALL_GLASSES.index(glass) * len(LAYING_OUT) + LAYING_OUT.index(aid)) * 7 % STEP
    return list(ALL[start::STEP])


@pytest.mark.parametrize("aid", LAYING_OUT)
@pytest.mark.parametrize("glass", ALL_GLASSES, ids=lambda glass: glass.name)
def test_nothing_on_any_screen_falls_short(glass: Glass, aid: str, qtbot: QtBot) -> None:
    """S19, S36, S57, S58, S59, S69, S73, S78, S79, S96: targets of 20 mm, and of 25 mm with bigger buttons; 3 mm between them;
    an x-height of 16 reference pixels; from 150 % a capital of 0.7 degrees, for all text; nothing cut; within reach.
    """
    window, least = shown_on(glass, qtbot), Least()
    for language, percent, name in sample(glass, aid):
        measure(window, name, Preferences(language, percent, **AIDS[aid]), least)
    assert least.faults == {}
    assert least.target_mm >= (25 if AIDS[aid].get("big_buttons") else 20)
    assert least.key_mm >= LEAST_KEY_MM
    assert least.x_css >= 16


def test_the_sample_comes_to_every_screen_size_and_language() -> None:
    """A test of the test."""
    seen = {one for glass in ALL_GLASSES for aid in LAYING_OUT for one in sample(glass, aid)}
    assert {name for _, _, name in seen} == set(NAMES)
    assert {(language, percent) for language, percent, _ in seen} == set(product(LANGUAGES, TEXT_PERCENTS))


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_that_is_drawn_stands_out_seven_to_one(theme: str, qtbot: QtBot) -> None:
    """S53, S54: each piece of text against the colour that really lies around it, on every screen."""
    window, least = shown_on(ALL_GLASSES[3], qtbot), Least()
    for name in NAMES:
        look_at_colours(window, name, Preferences(theme=theme), least)
    assert least.faults == {}
    assert least.contrast >= 7


def test_a_hidden_screen_is_legible_too(qtbot: QtBot) -> None:
    """S19, S54."""
    for glass, percent in product(ALL_GLASSES, TEXT_PERCENTS):
        window, least = shown_on(glass, qtbot), Least()
        hidden = Preferences(text_percent=percent, **AIDS["hidden"])
        look_at_colours(window, "question-listened", hidden, least)
        assert least.faults == {}


def test_the_measures_find_what_is_wrong(qtbot: QtBot) -> None:
    """A test of the test: eyes further away than the glass was laid out for."""
    window, least = shown_on(ALL_GLASSES[0], qtbot), Least()
    far = Preferences(text_percent=150)
    window.render(screens(far)["review"])
    look = window.look_for(screens(far)["review"])
    found = list(sizes_of(window, replace(look, viewing_mm=900), least))
    assert any("degrees" in fault for fault in found)
