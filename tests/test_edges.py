"""Along the edges: tools that keep their place, languages at equal size, the corner to begin by ear, how low things stand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.events import AidToggled, LanguageAsked, ListeningStarted
from kiosk.screens import Button, Screen
from kiosk.states import Preferences
from tests.geometry import ALL_GLASSES as EVERY
from tests.layout_faults import is_seen, rect_in
from tests.pictures import AIDS, GLASSES, Glass
from tests.screens_for_pictures import screens
from ui.tiles import TouchButton
from ui.window import Window

DESK, TABLET, TALL = GLASSES
ALL_GLASSES = EVERY[:4]
"""Without the wall, which is a desk with more pixels: :mod:`tests.test_geometry` looks at it."""


def window_on(glass: Glass, qtbot: QtBot, screen: Screen) -> Window:
    window = glass.window()
    qtbot.addWidget(window)
    window.show()
    window.guard.lockout_seconds = 0
    window.render(screen)
    return window


def screen(name: str, percent: int = 100, language: str = "en-GB", aid: str = "plain") -> Screen:
    return screens(Preferences(language, percent, **AIDS[aid]))[name]


def seen(window: Window) -> dict[str, TouchButton]:
    return {b.accessibleName(): b for b in window.findChildren(TouchButton) if is_seen(b)}


# --- tools ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glass", ALL_GLASSES, ids=lambda glass: glass.name)
@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", ["en-GB", "cy", "ur"])
def test_no_tool_and_no_way_back_or_on_is_an_icon_alone(glass: Glass, percent: int, language: str, qtbot: QtBot) -> None:
    """S56, S96: every picture has its words, on any glass and at any size."""
    window = window_on(glass, qtbot, screen("question-listened", percent, language, "aloud"))
    for button in window.edges.buttons().values():
        assert button.fitted.text, button.accessibleName()


def listening(shown: Screen, words: str, icon: str) -> Screen:
    tools = tuple(replace(tool, label=words, icon=icon) if tool.key == "tool:listen" else tool for tool in shown.tools)
    return replace(shown, tools=tools)


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_tools_stay_where_they_are_while_the_kiosk_speaks_and_pauses(glass: Glass, qtbot: QtBot) -> None:
    """S72: the last tool comes and changes its words, and no other one moves by a pixel."""
    window = window_on(glass, qtbot, screen("question-listened"))
    aloud = screen("question-listened", aid="aloud")
    keys = [tool.key for tool in screen("question-listened").tools]
    places = []
    for shown in (
        screen("question-listened"),
        listening(aloud, "Pause", "pause"),
        listening(aloud, "Go on", "play"),
        listening(aloud, "Hear again", "again"),
    ):
        window.render(shown)
        buttons = window.tools.buttons
        rects = [buttons[key].geometry() for key in keys if key != "tool:aloud"]
        places.append([(rect.x(), rect.y(), rect.width()) for rect in rects])
    assert all(place == places[0] for place in places)


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_tools_stay_where_they_are_from_page_to_page(glass: Glass, qtbot: QtBot) -> None:
    """S72."""
    window = window_on(glass, qtbot, screen("question-listened"))
    tops = set()
    for name in ("question-listened", "question-why", "review", "languages", "easier"):
        window.render(screen(name))
        tops.add(window.tools.geometry().getRect())
    assert len(tops) == 1


# --- the corner to begin by ear ------------------------------------------------------------------------------------


@pytest.mark.parametrize("glass", ALL_GLASSES, ids=lambda glass: glass.name)
@pytest.mark.parametrize("language", ["en-GB", "ur"])
def test_a_finger_along_the_frame_finds_the_control_in_the_corner(glass: Glass, language: str, qtbot: QtBot) -> None:
    """S23: one touch from the first screen, without seeing it; the very last pixel of the start corner belongs to it."""
    window = window_on(glass, qtbot, screen("welcome", language=language))
    heard: list[object] = []
    window.happened.connect(heard.append)
    corner = QPoint(window.width() - 1 if language == "ur" else 0, window.height() - 1)
    target = window.childAt(corner)
    assert target is window.edges.ear
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(window, corner))
    assert heard == [ListeningStarted()]


@pytest.mark.parametrize("glass", ALL_GLASSES, ids=lambda glass: glass.name)
@pytest.mark.parametrize("percent", [100, 200])
def test_the_control_in_the_corner_is_forty_by_thirty_millimetres(glass: Glass, percent: int, qtbot: QtBot) -> None:
    """S23, S78."""
    window = window_on(glass, qtbot, screen("welcome", percent))
    look, ear = window.look_for(screen("welcome", percent)), window.edges.ear
    assert (ear.width() / look.px_per_mm >= 40, ear.height() / look.px_per_mm >= 30) == (True, True)


def test_no_other_screen_has_it(qtbot: QtBot) -> None:
    window = window_on(DESK, qtbot, screen("question-listened"))
    assert not window.edges.ear.isVisible()


# --- languages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glass", ALL_GLASSES, ids=lambda glass: glass.name)
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_english_and_welsh_stand_side_by_side_at_equal_size_on_the_first_screen(
    glass: Glass, percent: int, qtbot: QtBot
) -> None:
    """S115: the same width, height, row and letters; neither is ever a page further than the other."""
    window = window_on(glass, qtbot, screen("welcome", percent))
    assert window.page is not None
    both = []
    for number in range(window.page.pager.page_count):
        window.page.pager.turn_to(number)
        both = [seen(window).get(name) for name in ("English", "Cymraeg")]
        if any(both):
            break
    english, welsh = both
    assert english is not None
    assert welsh is not None
    assert english.size() == welsh.size()
    assert english.fitted.font.pixelSize() == welsh.fitted.font.pixelSize()
    same_row = rect_in(window, english).top() == rect_in(window, welsh).top()
    assert same_row or window.height() > window.width()  # on upright glass they may stand one over the other


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_they_are_on_the_first_page_at_ordinary_size(glass: Glass, qtbot: QtBot) -> None:
    """S115: with the question, all its answers and the notice of urgent help (S150)."""
    shown = screen("welcome")
    window = window_on(glass, qtbot, shown)
    names = set(seen(window))
    assert {"English", "Cymraeg"} <= names
    assert {tile.label for tile in shown.ask.tiles} <= names  # type: ignore[union-attr]
    texts = {words.text() for words in window.findChildren(type(window.page.words("x", "", window.look_for(shown))))}  # type: ignore[union-attr]
    assert shown.notice in texts


def test_as_many_languages_as_fit_and_a_way_to_the_others(qtbot: QtBot) -> None:
    shown = screen("welcome")
    assert len(shown.languages) == 14
    window = window_on(DESK, qtbot, shown)
    below = list(window.bottom.buttons)
    assert below[:2] == ["language:en-GB", "language:cy"]
    assert "languages:more" in below
    heard: list[object] = []
    window.happened.connect(heard.append)
    QTest.mouseClick(window.bottom.buttons["languages:more"], Qt.MouseButton.LeftButton)
    assert heard == [LanguageAsked()]


def test_where_all_languages_fit_there_is_no_way_to_others(qtbot: QtBot) -> None:
    shown = screen("welcome")
    window = window_on(DESK, qtbot, replace(shown, languages=shown.languages[:4]))
    assert [key for key in window.bottom.buttons if key.startswith("language")] == [b.key for b in shown.languages[:4]]


@pytest.mark.parametrize("glass", [DESK, TALL], ids=lambda glass: glass.name)
def test_fourteen_languages_are_on_one_page_at_ordinary_size(glass: Glass, qtbot: QtBot) -> None:
    window = window_on(glass, qtbot, screen("languages"))
    assert window.page is not None
    assert window.page.pager.page_count == 1


# --- how low things stand ------------------------------------------------------------------------------------------


def tops(window: Window) -> list[float]:
    """How far down each thing to touch begins, as a share of the height."""
    return [rect_in(window, button).top() / window.height() for button in seen(window).values()]


@pytest.mark.parametrize("name", ["welcome", "question-listened", "review", "languages", "easier", "thanks", "pin"])
@pytest.mark.parametrize("percent", [100, 200])
def test_on_upright_glass_everything_to_touch_is_in_the_lower_two_thirds(name: str, percent: int, qtbot: QtBot) -> None:
    """S36: on a glass 480 mm high that hangs with its lower edge at 900 mm, nothing to touch is above 1220 mm."""
    window = window_on(TALL, qtbot, screen(name, percent))
    assert min(tops(window)) >= 1 / 3 - 0.001


@pytest.mark.parametrize("name", ["question-listened", "question-share", "thanks"])
@pytest.mark.parametrize("glass", [DESK, TALL], ids=lambda glass: glass.name)
def test_buttons_can_be_moved_into_the_lower_half(glass: Glass, name: str, qtbot: QtBot) -> None:
    """S36: the choice "Move buttons down", tools and all."""
    window = window_on(glass, qtbot, screen(name, aid="low"))
    assert min(tops(window)) >= 0.5 - 0.001


def test_where_the_lower_half_is_too_small_nothing_is_lost(qtbot: QtBot) -> None:
    """S36, S57: on a tablet at 200 %."""
    window = window_on(TABLET, qtbot, screen("question-share", 200, aid="low"))
    assert window.page is not None
    names = set()
    for number in range(window.page.pager.page_count):
        window.page.pager.turn_to(number)
        names |= set(seen(window))
    shown = screen("question-share", 200, aid="low")
    assert {tile.label for tile in shown.ask.tiles} <= names  # type: ignore[union-attr]


# --- bigger and wider ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glass", ALL_GLASSES, ids=lambda glass: glass.name)
def test_bigger_buttons_are_25_to_30_millimetres_at_least(glass: Glass, qtbot: QtBot) -> None:
    """S78."""
    shown = screen("question-listened", aid="big")
    window = window_on(glass, qtbot, shown)
    look = window.look_for(shown)
    assert 25 <= look.target / look.px_per_mm <= 30
    assert min(min(b.width(), b.height()) for b in seen(window).values()) >= look.target


# --- a hidden screen -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
def test_nothing_of_the_answers_can_be_seen_on_a_hidden_screen(glass: Glass, qtbot: QtBot) -> None:
    """S46: the picture is the same whatever was answered, and whatever is asked."""
    pictures = []
    for name in ("question-listened", "question-questions", "review", "question-why"):
        window = window_on(glass, qtbot, replace(screen(name, aid="hidden"), progress=None))
        pictures.append(window.grab().toImage())
    assert all(picture == pictures[0] for picture in pictures)


def test_a_hidden_screen_says_so_and_how_to_see_it_again(qtbot: QtBot) -> None:
    """S46: the tool that shows it stands where the colours stood; it is heard first, and works at the second touch."""
    shown = screen("question-listened", aid="hidden")
    window = window_on(DESK, qtbot, shown)
    assert window.cover.text() == "The screen is hidden. Touch “Show the screen” twice to see it again."
    show = window.tools.buttons["tool:show"]
    heard: list[object] = []
    window.happened.connect(heard.append)
    window.guard.repeat_seconds = 0
    assert window.childAt(show.mapTo(window, show.rect().center())) is show
    for _ in range(2):
        QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert [type(event) for event in heard] == [AidToggled]
    window.render(screen("question-listened", aid="aloud"))
    assert not window.cover.isVisible()


def test_what_is_under_the_cover_is_still_found_by_touch(qtbot: QtBot) -> None:
    """S25, S46."""
    window = window_on(DESK, qtbot, screen("question-listened", aid="hidden"))
    told: list[str] = []
    window.explored.connect(lambda _, name: told.append(name))
    answer = next(b for b in window.findChildren(TouchButton) if b.accessibleName() == "Yes, fully")
    at = answer.mapTo(window, answer.rect().center())
    assert window.childAt(at) is answer
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
    assert told == ["Yes, fully"]


# --- switches ------------------------------------------------------------------------------------------------------


def test_a_switch_shows_and_says_its_state_without_colour(qtbot: QtBot) -> None:
    """S26, S56: the word, the knob's side and its filling; the picture of on is not that of off in grey either."""
    off, on = screen("easier"), screen("easier", aid="big")
    window = window_on(DESK, qtbot, off)
    button = seen(window)["Bigger buttons: Off"]
    assert not button.isChecked()
    window.render(on)
    button = seen(window)["Bigger buttons: On"]
    assert button.isChecked()
    assert button.fitted.detail_words is not None


def test_a_switch_gives_its_event(qtbot: QtBot) -> None:
    shown = screen("easier")
    window = window_on(DESK, qtbot, shown)
    heard: list[object] = []
    window.happened.connect(heard.append)
    QTest.mouseClick(seen(window)["Bigger buttons: Off"], Qt.MouseButton.LeftButton)
    wanted: Button = next(action for action in shown.actions if action.label == "Bigger buttons")
    assert heard == [wanted.event]


@pytest.mark.parametrize(("glass", "most"), [(DESK, 2), (TABLET, 5), (TALL, 2)], ids=lambda one: getattr(one, "name", str(one)))
def test_the_page_of_aids_has_few_pages_at_the_largest_size(glass: Glass, most: int, qtbot: QtBot) -> None:
    window = window_on(glass, qtbot, screen("easier", 200))
    assert window.page is not None
    assert window.page.pager.page_count <= most
