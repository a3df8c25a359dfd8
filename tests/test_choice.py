"""Answers to touch: which event a touch gives, and how the tiles stand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.events import Answered, Changed
from kiosk.screens import ChoiceAsk, PageKind, Screen, Tile
from kiosk.survey import Place
from ui.inputs.choice import ChoiceInput, plan_for
from ui.theme import PALETTES, Look
from ui.tiles import TouchButton

PLACE = Place("fft")
WORDS = ("Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don’t know")
FACES = ("very-good", "good", "neither", "poor", "very-poor", "dont-know")
ASK = ChoiceAsk(
    PLACE,
    tuple(
        Tile(f"option:{n}", words, Answered(PLACE, (n,)), picture=f"face-{face}")
        for n, (words, face) in enumerate(zip(WORDS, FACES, strict=True))
    ),
    look="faces",
)
SCREEN = Screen(kind=PageKind.QUESTION, language="en-GB", heading="How was it?", place=PLACE)
LOOK = Look(PALETTES["calm"], 4.03)


@pytest.fixture
def choice(qtbot: QtBot) -> ChoiceInput:
    made = ChoiceInput()
    qtbot.addWidget(made)
    made.resize(1800, 400)
    made.offer(400)
    made.render(ASK, LOOK, SCREEN)
    made.show()
    return made


def tiles(choice: ChoiceInput) -> dict[str, TouchButton]:
    return {button.accessibleName(): button for button in choice.findChildren(TouchButton)}


def test_a_touch_on_an_answer_gives_that_answer(choice: ChoiceInput, qtbot: QtBot) -> None:
    heard: list[object] = []
    choice.happened.connect(heard.append)
    qtbot.mouseClick(tiles(choice)["Poor"], Qt.MouseButton.LeftButton)
    assert heard == [Answered(PLACE, (3,))]


def test_a_touch_gives_what_the_newest_screen_says(choice: ChoiceInput, qtbot: QtBot) -> None:
    heard: list[object] = []
    choice.happened.connect(heard.append)
    several = tuple(replace(tile, event=Changed(PLACE, (tile.label,))) for tile in ASK.tiles)
    choice.render(replace(ASK, tiles=several, several=True), LOOK, SCREEN)
    qtbot.mouseClick(tiles(choice)["Good"], Qt.MouseButton.LeftButton)
    assert heard == [Changed(PLACE, ("Good",))]


def test_rendering_again_keeps_every_tile_and_the_focus(choice: ChoiceInput, qtbot: QtBot) -> None:
    before = tiles(choice)
    before["Poor"].setFocus()
    chosen = tuple(replace(tile, chosen=tile.label == "Poor") for tile in ASK.tiles)
    choice.render(replace(ASK, tiles=chosen), LOOK, SCREEN)
    after = tiles(choice)
    assert all(after[name] is before[name] for name in before)
    assert choice.focusWidget() is after["Poor"]
    assert after["Poor"].isChecked()


def test_faces_stand_in_one_row_on_wide_glass(choice: ChoiceInput) -> None:
    buttons = [tiles(choice)[words] for words in WORDS]
    assert len({button.y() for button in buttons}) == 1
    assert [button.x() for button in buttons] == sorted(button.x() for button in buttons)


def test_the_best_answer_is_at_the_right_where_people_read_from_there(choice: ChoiceInput) -> None:
    choice.render(ASK, replace(LOOK, right_to_left=True), SCREEN)
    buttons = [tiles(choice)[words] for words in WORDS]
    assert [button.x() for button in buttons] == sorted((button.x() for button in buttons), reverse=True)


def test_faces_of_one_row_are_equally_large_and_equally_high(choice: ChoiceInput) -> None:
    assert len({(button.height(), button.fitted.icon) for button in tiles(choice).values()}) == 1


def test_answers_stand_under_each_other_on_upright_glass() -> None:
    assert plan_for(ASK, portrait=True).columns[0] == 1


def test_too_narrow_for_a_row_makes_more_rows_not_broken_words(choice: ChoiceInput) -> None:
    choice.resize(700, 700)
    choice.offer(700)
    choice.render(ASK, LOOK, SCREEN)
    buttons = tiles(choice).values()
    assert len({button.y() for button in buttons}) > 1
    assert all(button.fitted.narrowest <= button.width() for button in buttons)


def test_a_keyboard_user_starts_at_the_chosen_answer(choice: ChoiceInput) -> None:
    assert choice.first_focus() is tiles(choice)["Very good"]
    chosen = tuple(replace(tile, chosen=tile.label == "Poor") for tile in ASK.tiles)
    choice.render(replace(ASK, tiles=chosen), LOOK, SCREEN)
    assert choice.first_focus() is tiles(choice)["Poor"]
