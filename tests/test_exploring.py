"""Touching to hear: the first touch says what is there, the second one chooses it, for everything on the screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.screens import PageKind, Screen, SliderAsk
from kiosk.states import Preferences
from kiosk.survey import Place
from tests.clocks import Clock
from tests.screens_for_pictures import screens
from ui.blocks import Words
from ui.focus import ring_shown
from ui.inputs.track import Track
from ui.key_button import KeyButton
from ui.tiles import TouchButton
from ui.window import Window

pytest_plugins = ("tests.windows",)

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
LISTENING = Preferences(reading_aloud=True, touch_to_hear=True)


@pytest.fixture
def clock(glass_clock: Clock) -> Clock:
    return glass_clock


@pytest.fixture
def window(empty_window: Window, clock: Clock) -> Iterator[Window]:
    show(empty_window, clock, screens(LISTENING)["question-listened"])
    yield empty_window
    QTest.mouseRelease(empty_window, LEFT)


def show(window: Window, clock: Clock, screen: Screen) -> None:
    window.render(screen)
    clock.now += 1


def told_by(window: Window) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    window.explored.connect(lambda key, name: told.append((key, name)))
    return told


def heard_by(window: Window) -> list[object]:
    heard: list[object] = []
    window.happened.connect(heard.append)
    return heard


def named(window: Window, name: str) -> QWidget:
    kinds = (TouchButton, KeyButton, Words)
    return next(
        thing
        for kind in kinds
        for thing in window.findChildren(kind)
        if thing.isVisible() and thing.accessibleName().startswith(name)
    )


def finger(window: Window, clock: Clock, *places: QWidget) -> None:
    """Down on the first, along the others, up on the last; a second passes."""
    points = [place.mapTo(window, place.rect().center()) for place in places]
    at = window.childAt(points[0]) or window
    kinds = [QEvent.Type.MouseButtonPress, *(QEvent.Type.MouseMove for _ in points[1:]), QEvent.Type.MouseButtonRelease]
    for kind, point in zip(kinds, [*points, points[-1]], strict=True):
        which = NONE if kind == QEvent.Type.MouseMove else LEFT
        held = NONE if kind == QEvent.Type.MouseButtonRelease else LEFT
        above = QPointF(window.mapToGlobal(point))
        event = QMouseEvent(kind, QPointF(at.mapFrom(window, point)), above, which, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(at, event)
    clock.now += 1


def test_the_first_touch_says_what_is_there_and_the_second_chooses_it(window: Window, clock: Clock) -> None:
    """S25: and a third would say it again."""
    told, heard = told_by(window), heard_by(window)
    answer = named(window, "Yes, fully")
    finger(window, clock, answer)
    assert (told, heard) == ([("option:0", "Yes, fully")], [])
    finger(window, clock, answer)
    assert len(heard) == 1
    finger(window, clock, answer)
    assert (len(told), len(heard)) == (2, 1)


@pytest.mark.parametrize(
    ("name", "key"),
    [("Back", "back"), ("Next", "forward"), ("Text size", "tool:size"), ("Read aloud", "tool:aloud")],
)
def test_ways_on_and_tools_are_heard_first_too(window: Window, clock: Clock, name: str, key: str) -> None:
    """S25."""
    told, heard = told_by(window), heard_by(window)
    finger(window, clock, named(window, name))
    assert told[0][0] == key
    assert heard == []
    finger(window, clock, named(window, name))
    assert len(heard) == 1


def test_words_are_heard_where_they_stand(window: Window, clock: Clock) -> None:
    """S2, S25: the question itself, as often as it is touched."""
    told = told_by(window)
    assert window.screen_shown is not None
    question = named(window, window.screen_shown.heading)
    finger(window, clock, question)
    finger(window, clock, question)
    assert told == [("heading", window.screen_shown.heading)] * 2


def test_a_sliding_finger_hears_each_thing_as_it_comes_to_it(window: Window, clock: Clock) -> None:
    """S24, S25: and lifting chooses nothing."""
    told, heard = told_by(window), heard_by(window)
    finger(window, clock, named(window, "Yes, fully"), named(window, "Yes, partly"), named(window, "Yes, partly"))
    assert [name for _, name in told] == ["Yes, fully", "Yes, partly"]
    assert heard == []
    finger(window, clock, named(window, "Yes, partly"))
    assert len(heard) == 1


def test_another_thing_touched_in_between_is_heard_and_not_chosen(window: Window, clock: Clock) -> None:
    told, heard = told_by(window), heard_by(window)
    for name in ("Yes, fully", "No", "Yes, fully"):
        finger(window, clock, named(window, name))
    assert len(told) == 3
    assert heard == []


def test_what_was_heard_on_one_page_is_not_chosen_on_the_next(window: Window, clock: Clock) -> None:
    finger(window, clock, named(window, "Back"))
    show(window, clock, screens(LISTENING)["question-questions"])
    heard = heard_by(window)
    finger(window, clock, named(window, "Back"))
    assert heard == []


def test_a_tremor_on_the_first_touch_does_not_accept_it(window: Window, clock: Clock) -> None:
    """S28, S81."""
    heard = heard_by(window)
    for _ in range(2):
        finger(window, clock, named(window, "Yes, fully"))
        clock.now -= 0.9  # what comes next comes a tenth of a second later
    assert heard == []


def test_a_key_of_the_keyboard_is_named_first_and_writes_second(window: Window, clock: Clock) -> None:
    """S25: a key is no part of the screen; its name is what is said."""
    show(window, clock, screens(LISTENING)["question-why"])
    told, heard = told_by(window), heard_by(window)
    key = named(window, "Space") if any(k.accessibleName() == "Space" for k in window.findChildren(KeyButton)) else None
    key = key or next(k for k in window.findChildren(KeyButton) if k.isVisible() and k.key.text)
    finger(window, clock, key)
    assert told == [("", key.accessibleName())]
    assert heard == []
    finger(window, clock, key)
    assert len(heard) == 1


def test_a_line_to_choose_a_number_on_is_heard_first_too(window: Window, clock: Clock) -> None:
    """S25, S68."""
    ask = SliderAsk(Place("pain"), 0, 100, less="Less", more="More")
    names = (("nothing-chosen", "Nothing chosen yet"),)
    slider = Screen(
        kind=PageKind.QUESTION,
        language="en-GB",
        heading="How much?",
        place=ask.place,
        ask=ask,
        shown=LISTENING,
        key_names=names,
    )
    show(window, clock, slider)
    told, heard = told_by(window), heard_by(window)
    track = window.findChildren(Track)[0]
    finger(window, clock, track)
    assert told == [("ask", "How much?. Nothing chosen yet")]
    finger(window, clock, track)
    assert len(heard) == 1


def test_without_the_choice_a_touch_is_a_touch(window: Window, clock: Clock) -> None:
    show(window, clock, screens(Preferences())["question-questions"])
    told, heard = told_by(window), heard_by(window)
    finger(window, clock, named(window, "Yes"))
    assert (told, len(heard)) == ([], 1)


# --- by keys -------------------------------------------------------------------------------------------------------


def test_the_tab_key_tells_where_it_comes(window: Window) -> None:
    """S21: so that it can be said."""
    told: list[tuple[str, str]] = []
    window.focused.connect(lambda key, name: told.append((key, name)))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert told == [("option:1", "Yes, partly")]


def test_the_focus_can_be_put_on_any_part_by_its_key(window: Window, clock: Clock) -> None:
    """S66: with its ring, and on whichever page of the screen it stands."""
    window.focus_on("tool:size")
    assert window.focusWidget() is named(window, "Text size")
    assert ring_shown(window.focusWidget())
    show(window, clock, screens(LISTENING)["review"])
    assert window.screen_shown is not None
    last = window.screen_shown.rows[-1].change
    window.focus_on(last.key)
    there = window.focusWidget()
    assert there.accessibleName().startswith(last.label)
    assert there.visibleRegion().boundingRect() == there.rect()


def test_words_are_marked_where_they_cannot_have_the_focus(window: Window) -> None:
    """S61."""
    before = window.focusWidget()
    words = named(window, window.screen_shown.heading)  # type: ignore[union-attr]
    plain = words.grab().toImage()
    window.focus_on("heading")
    assert words.grab().toImage() != plain
    assert window.focusWidget() is before


def test_a_part_that_is_not_there_changes_nothing(window: Window) -> None:
    before = window.focusWidget()
    window.focus_on("option:99")
    assert window.focusWidget() is before


def test_bare_ground_has_nothing_to_say(window: Window, clock: Clock) -> None:
    told = told_by(window)
    QTest.mouseClick(window, LEFT, pos=QPoint(2, window.height() // 2))
    assert told == []
