"""Easy Read: easy words, a picture left of each question and answer; and nothing else is different (S96)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from kiosk.easy_read import OWN_PICTURES
from kiosk.events import Aid, AidToggled, Event
from kiosk.fhir.extensions import EASY_READ
from kiosk.pictures import picture_names, picture_words
from kiosk.screens import ChoiceAsk, PageKind, Screen
from kiosk.states import Preferences, Rules, StillThere
from kiosk.survey import Coding, Kind, Note, Option, Question, Wording
from tests.layout_faults import faults
from tests.pictures import GLASSES, Glass
from tests.screens_for_pictures import SURVEY, sample_survey, screens
from tests.surveys import rules_of
from tests.walking import Walker
from ui.accessible import Role
from ui.blocks import Words
from ui.tiles import TouchButton

PLAIN, EASY = Preferences(), Preferences(easy_read=True)
LOCKED = ("Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know")
HARDEST = ("communication", "support", "disability", "ethnic-group", "orientation", "religion", "fft")
SIDES = {"en-GB": 1, "ur": -1}


def extensions(node: Any, url: str) -> Iterator[dict[str, Any]]:
    """Every extension of that address, wherever it stands in the document."""
    if isinstance(node, dict) and node.get("url") == url:
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from extensions(part, url)


@pytest.mark.parametrize("tag", sorted(set(sample_survey().languages) - {"en-GB"}))
def test_the_easy_words_of_the_survey_are_there_in_every_language(tag: str) -> None:
    """S96, S113: the other languages are served no less than English. The ordinary words would stand in unseen."""
    found = list(extensions(json.loads(SURVEY.read_bytes()), EASY_READ))
    assert len(found) > 40
    for easy in found:
        spoken = {one["extension"][0]["valueCode"] for one in easy["_valueString"]["extension"]}
        assert tag in spoken, easy["valueString"]


def tried(option: str, easy: str, picture: str) -> Option:
    words = Wording(easy, (("ur", f"ur {easy}"),)) if easy else Wording("")
    return Option(Coding(option, "urn:test", option), Wording(option, (("ur", f"ur {option}"),)), easy=words, picture=picture)


def question(**members: object) -> Question:
    plain = Question(
        link_id="met",
        kind=Kind.CHOICE,
        text=Wording("Were your communication needs met?"),
        easy=Wording("Did you understand us?"),
        picture="understand",
        help=Wording("Consider your requirements."),
        easy_help=Wording("Think of what you needed."),
        options=(tried("Entirely", "Yes", "yes"), tried("Not at all", "", "no")),
    )
    return replace(plain, **members)  # type: ignore[arg-type]


def walker(*items: Question | Note, preferences: Preferences = EASY) -> Walker:
    return Walker(Rules(rules_of(*items).survey, preferences))


def tiles(screen: Screen) -> list[tuple[str, str]]:
    assert isinstance(screen.ask, ChoiceAsk)
    return [(tile.label, tile.picture) for tile in screen.ask.tiles]


def events(screen: Screen) -> list[Event]:
    assert isinstance(screen.ask, ChoiceAsk)
    return [*(tile.event for tile in screen.ask.tiles), *(button.event for button in screen.buttons())]


# --- what is shown -------------------------------------------------------------------------------------------------


def test_a_question_is_asked_in_easy_words_beside_its_picture() -> None:
    """S96."""
    screen = walker(question()).screen
    assert (screen.heading, screen.picture) == ("Did you understand us?", "understand")
    assert screen.picture_words == "A nurse points to a picture to explain it"


def test_each_answer_has_easy_words_where_there_are_any_and_a_picture() -> None:
    """S96."""
    screen = walker(question()).screen
    assert tiles(screen) == [("Yes", "yes"), ("Not at all", "no")]
    assert isinstance(screen.ask, ChoiceAsk)
    assert [tile.picture_words for tile in screen.ask.tiles] == ["A green tick", "A red cross"]


def test_help_is_in_easy_words() -> None:
    """S96."""
    assert [line.text for line in walker(question()).screen.lines if line.key == "help"] == ["Think of what you needed."]


def test_outside_it_nothing_of_it_shows() -> None:
    screen = walker(question(), preferences=PLAIN).screen
    assert screen.heading == "Were your communication needs met?"
    assert tiles(screen) == [("Entirely", ""), ("Not at all", "")]
    assert (screen.picture, screen.picture_words, screen.notice_picture) == ("", "", "")
    assert not any(line.picture for line in screen.lines)


def test_easy_words_are_in_the_persons_language() -> None:
    screen = walker(question(), preferences=replace(EASY, language="ur")).screen
    assert tiles(screen) == [("ur Yes", "yes"), ("ur Not at all", "no")]


def test_a_survey_without_easy_words_and_pictures_is_asked_as_it_is() -> None:
    bare = question(easy=Wording(""), picture="", easy_help=Wording(""), options=(tried("A", "", ""), tried("B", "", "")))
    helped, plain = walker(bare).screen, walker(bare, preferences=PLAIN).screen
    assert (helped.heading, helped.lines[-1].text, helped.ask) == (plain.heading, plain.lines[-1].text, plain.ask)


def test_yes_and_no_and_something_else_have_pictures_of_their_own() -> None:
    """S112."""
    yes_no = Question(link_id="q", kind=Kind.BOOLEAN, text=Wording("Were you happy?"))
    assert tiles(walker(yes_no).screen) == [("Yes", "yes"), ("No", "no")]
    other = question(kind=Kind.OPEN_CHOICE)
    assert tiles(walker(other).screen)[-1] == ("Something else", "something-else")


def test_a_note_is_told_in_easy_words_too() -> None:
    """S96."""
    note = Note(link_id="note", text=Wording("The final section follows."), easy=Wording("Nearly done."), picture="thank-you")
    screen = walker(note).screen
    assert (screen.heading, screen.picture) == ("Nearly done.", "thank-you")


def test_a_box_to_write_in_is_named_by_the_words_that_are_seen() -> None:
    """S140: what a screen reader says is what stands there."""
    asked = Question(link_id="q", kind=Kind.TEXT, text=Wording("Please elaborate."), easy=Wording("Tell us more."))
    screen = walker(asked).screen
    assert (screen.heading, getattr(screen.ask, "name", "")) == ("Tell us more.", "Tell us more.")


def test_what_is_spoken_is_what_is_read() -> None:
    """S2."""
    said = [utterance.text for utterance in walker(question()).screen.spoken]
    assert "Did you understand us?" in said
    assert "Were your communication needs met?" not in said
    assert any(text.startswith("Yes. ") for text in said)


def test_the_review_shows_what_the_person_saw() -> None:
    """S18."""
    after = walker(question()).touches("Yes")
    rows = after.screen.rows
    assert after.screen.kind is PageKind.REVIEW
    assert [(row.question, row.answer) for row in rows] == [("Did you understand us?", "Yes")]


def test_the_products_own_screens_have_pictures() -> None:
    """S96."""
    shown = screens(EASY)
    kinds = {screen.kind: screen for screen in shown.values()}
    for kind, name in OWN_PICTURES.items():
        assert kinds[kind].picture == name
        assert kinds[kind].picture_words == picture_words(name, "en-GB") != ""
    welcome = shown["welcome"]
    assert [line.picture for line in welcome.lines if "do not ask your name" in line.text] == ["no-name"]
    assert welcome.notice_picture == "urgent-help"


def test_a_picture_stays_while_the_screen_asks_whether_somebody_is_there() -> None:
    """The question about time is put in Easy Read too."""
    rules = Rules(sample_survey(), EASY)
    before = Walker(rules).touches("Very good")
    before.state = StillThere(before.state, 20)  # type: ignore[arg-type]
    assert before.screen.picture == "still-there"


# --- what is not different -----------------------------------------------------------------------------------------


def test_friends_and_family_has_its_exact_words() -> None:
    """S99, S100, S112."""
    screen = screens(EASY)["welcome"]
    assert screen.heading == "Overall, how was your experience of our service?"
    assert tuple(label for label, _ in tiles(screen)) == LOCKED


@pytest.mark.parametrize("name", [name for name, screen in screens(PLAIN).items() if isinstance(screen.ask, ChoiceAsk)])
def test_every_touch_means_the_same(name: str) -> None:
    """S113: the same events with the same codes, so that counts merge."""
    assert events(screens(EASY)[name]) == events(screens(PLAIN)[name])


def test_the_same_answers_are_stored() -> None:
    """S113. How it was answered is noted for the analyst."""
    helped, plain = walker(question()), walker(question(), preferences=PLAIN)
    easy, usual = helped.touches("Yes").touches("Send").finished[0], plain.touches("Entirely").touches("Send").finished[0]
    assert easy.answers == usual.answers
    assert next(iter(easy.answers.values())) == (Coding("Entirely", "urn:test", "Entirely"),)


def test_it_can_be_switched_on_in_the_middle_and_the_answer_stays() -> None:
    first = question(link_id="one", picture="", easy=Wording(""))
    second = question(link_id="two")
    on = walker(first, second, preferences=PLAIN).touches("Entirely").happens(AidToggled(Aid.EASY_READ))
    assert on.screen.heading == "Did you understand us?"
    assert on.touches("Back").screen.heading == "Were your communication needs met?"
    assert isinstance(on.screen.ask, ChoiceAsk)
    assert [tile.label for tile in on.screen.ask.tiles if tile.chosen] == ["Yes"]


def test_it_is_off_for_the_next_person() -> None:
    """S77."""
    after = walker(question(), preferences=PLAIN).happens(AidToggled(Aid.EASY_READ)).touches("Yes").touches("Send")
    assert after.screen.kind is PageKind.THANKS
    assert after.screen.picture == "thank-you"
    assert after.touches("Finish").screen.heading == "Were your communication needs met?"


# --- how it stands on the glass ------------------------------------------------------------------------------------


@pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: glass.name)
@pytest.mark.parametrize(("language", "percent"), [("en-GB", 100), ("en-GB", 200), ("ur", 150)])
def test_nothing_is_cut_or_too_small_or_too_close(glass: Glass, language: str, percent: int, qtbot: QtBot) -> None:
    """S57, S69, S78, S79, S96."""
    window = glass.window()
    qtbot.addWidget(window)
    window.show()
    found = {}
    shown = screens(Preferences(language, percent, easy_read=True))
    for name in ("welcome", "review", "thanks", *(f"question-{link_id}" for link_id in HARDEST)):
        window.render(shown[name])
        if wrong := faults(window):
            found[name] = wrong
    assert found == {}


@pytest.mark.parametrize("language", SIDES)
def test_pictures_stand_where_reading_starts_and_are_large(language: str, qtbot: QtBot) -> None:
    """S96: left of their words, right of them where people read from right to left; an answer's has 15 mm at least."""
    window = GLASSES[0].window()
    qtbot.addWidget(window)
    window.show()
    screen = screens(Preferences(language, easy_read=True))["question-listened"]
    window.render(screen)
    look = window.look_for(screen)
    for button in window.page.findChildren(TouchButton) if window.page else []:
        if button.face.icon in picture_names():
            assert button.face.shape == "beside"
            assert button.fitted.icon >= look.mm(15)
    heading = next(words for words in window.findChildren(Words) if words.reader_role() is Role.Heading)
    image = heading.grab().toImage()
    start = look.mm(14) if language == "en-GB" else heading.width() - look.mm(14)
    ground = image.pixelColor(image.width() // 2, image.height() - 1)
    column = [image.pixelColor(QPoint(start, y)) for y in range(image.height())]
    assert any(colour != ground for colour in column)
    assert heading.accessibleDescription() == screen.picture_words != ""


def test_an_answers_picture_is_described_to_a_screen_reader(qtbot: QtBot) -> None:
    """S96, S140."""
    window = GLASSES[0].window()
    qtbot.addWidget(window)
    window.show()
    window.render(screens(EASY)["question-listened"])
    described = {button.accessibleName(): button.accessibleDescription() for button in window.findChildren(TouchButton)}
    assert described["No"] == "A red cross"


def test_answers_stand_in_order_from_top_to_bottom(qtbot: QtBot) -> None:
    """S100: pictures change nothing of the order."""
    window = GLASSES[2].window()
    qtbot.addWidget(window)
    window.show()
    window.render(screens(EASY)["question-fft"])
    buttons = [button for button in window.findChildren(TouchButton) if button.face.icon in picture_names()]
    places = [(button.y(), button.x()) for button in buttons]
    assert [button.face.text for button in buttons] == list(LOCKED)
    assert all(one < other for one, other in pairwise(places))


@pytest.mark.parametrize(("percent", "large"), [(100, True), (200, False)])
def test_no_word_is_cut_for_a_picture(percent: int, large: bool, qtbot: QtBot) -> None:
    """S57, S96: where the largest words leave no room on upright glass, the pictures get smaller or give way."""
    window = GLASSES[2].window()
    qtbot.addWidget(window)
    window.show()
    long = "Otorhinolaryngologicalness"
    screen = screens(Preferences(text_percent=percent, easy_read=True))["question-listened"]
    assert isinstance(screen.ask, ChoiceAsk)
    first, *others = screen.ask.tiles
    screen = replace(screen, ask=replace(screen.ask, tiles=(replace(first, label=long), *others)))
    window.render(screen)
    assert faults(window) == []
    sides = {button.fitted.icon for button in window.findChildren(TouchButton) if button.face.text == long}
    assert (min(sides) >= window.look_for(screen).mm(15)) is large
