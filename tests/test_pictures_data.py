"""The pictures of Easy Read: each can be drawn, has words, can be made out, and is used; each question and answer has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from kiosk import ASSETS
from kiosk.asks import SOMETHING_ELSE
from kiosk.easy_read import OWN_LINES, OWN_PICTURES, URGENT_HELP
from kiosk.fhir import read_survey
from kiosk.fhir.plain_words import longest_sentence_words, reading_grade
from kiosk.phrases import CATALOGUES, read_catalogue
from kiosk.pictures import PICTURES, picture_names, picture_title, picture_words
from kiosk.survey import Note, Question, Wording
from ui import icons
from ui.theme import PALETTES, contrast

SVG = "{http://www.w3.org/2000/svg}"
NAMES = sorted(picture_names())
OUTLINE = "#1f2238"
SMALLEST_PX, OWN_PX = 60, 96
SURVEY = read_survey((ASSETS / "surveys" / "share-for-better-care.json").read_bytes())
ASKED = [item for item in SURVEY.walk() if isinstance(item, Question | Note)]
FIXED = "fft"


def drawing(name: str) -> ElementTree.Element:
    return ElementTree.fromstring((PICTURES / f"{name}.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own file


def used() -> Iterator[str]:
    for item in ASKED:
        yield item.picture
        if isinstance(item, Question):
            yield from (option.picture for option in item.options)
    yield from (*OWN_PICTURES.values(), *OWN_LINES.values(), URGENT_HELP, SOMETHING_ELSE)


@cache
def pixels(name: str, side: int = SMALLEST_PX) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    QSvgRenderer(str(PICTURES / f"{name}.svg")).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


# --- each picture --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_a_square_with_a_title_and_no_writing_in_it(name: str) -> None:
    """S96: what is said stands beside a picture, in the person's language, never in it."""
    root = drawing(name)
    assert (root.tag, root.get("viewBox")) == (f"{SVG}svg", f"0 0 {OWN_PX} {OWN_PX}")
    assert [part.tag for part in root].count(f"{SVG}title") == 1
    assert not list(root.iter(f"{SVG}text"))
    assert not list(root.iter(f"{SVG}image"))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_drawn(name: str, qapp: QApplication) -> None:
    """Qt reads it, and there is more to see than a few dots."""
    image = pixels(name)
    inked = sum(image.pixelColor(x, y).lightness() < 100 for x in range(SMALLEST_PX) for y in range(SMALLEST_PX))
    assert inked > SMALLEST_PX * SMALLEST_PX / 50


def test_no_two_pictures_look_the_same(qapp: QApplication) -> None:
    looks = {bytes(pixels(name).constBits()) for name in NAMES}
    assert len(looks) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_its_outline_shows_three_to_one_against_every_fill(name: str) -> None:
    """S55."""
    colours = {part.get(kind, "none") for part in drawing(name).iter() for kind in ("fill", "stroke")} - {"none", OUTLINE}
    assert [colour for colour in colours if contrast(colour, OUTLINE) < 3] == []


def test_the_outline_shows_on_every_pale_ground_and_on_the_panel_of_the_dark_ones() -> None:
    """S55."""
    for theme, palette in PALETTES.items():
        pale = theme in {"calm", "light", "cream"}
        for ground in (palette.ground, palette.panel, palette.chosen, palette.notice) if pale else (icons.PANEL,):
            assert contrast(OUTLINE, ground) >= 7, (theme, ground)


def test_on_dark_grounds_a_picture_stands_on_a_pale_panel(qapp: QApplication) -> None:
    def corner(theme: str) -> str:
        picture: QPixmap = icons.pixmap("yes", 100, PALETTES[theme], "#000000")
        colour = picture.toImage().pixelColor(12, 12)
        return colour.name().upper() if colour.alpha() else ""

    assert {theme: corner(theme) for theme in PALETTES} == {
        "calm": "",
        "light": "",
        "dark": icons.PANEL,
        "yellow-on-black": icons.PANEL,
        "cream": "",
    }


def test_a_name_is_an_icon_or_a_picture_never_both() -> None:
    assert not picture_names() & {path.stem for path in (ASSETS / "icons").glob("*.svg")}


# --- their words ---------------------------------------------------------------------------------------------------


def test_every_picture_has_words_of_its_own() -> None:
    """S56: nothing is told by a picture alone."""
    assert len({picture_title(name) for name in NAMES}) == len(NAMES)
    assert all(picture_words(name, "en-GB") == picture_title(name) != "" for name in NAMES)


def test_a_picture_nobody_has_has_no_words() -> None:
    assert picture_words("a-dragon", "en-GB") == ""


def test_the_words_are_in_the_english_catalogue() -> None:
    path = CATALOGUES / "en" / "LC_MESSAGES" / "kiosk.po"
    there = {said for context, said in read_catalogue(path.read_text(encoding="utf-8"), path).sentences if context == "picture"}
    assert there == {picture_title(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_plain(name: str) -> None:
    """S85, S96."""
    assert reading_grade(picture_title(name)) <= 6
    assert longest_sentence_words(picture_title(name)) <= 15


# --- the sample survey ---------------------------------------------------------------------------------------------


def test_every_picture_is_used_and_every_picture_used_is_there() -> None:
    assert set(used()) == picture_names()


def test_every_question_note_and_answer_has_a_picture() -> None:
    """S96."""
    assert [item.link_id for item in ASKED if not item.picture] == []
    assert [item.link_id for item in ASKED if isinstance(item, Question) and not all(o.picture for o in item.options)] == []


def test_no_two_answers_to_a_question_have_the_same_picture() -> None:
    for item in ASKED:
        if isinstance(item, Question):
            assert len({option.picture for option in item.options}) == len(item.options), item.link_id


def easy_wordings() -> dict[str, Wording]:
    found = {item.link_id: item.easy for item in ASKED}
    for item in ASKED:
        if isinstance(item, Question):
            found |= {f"{item.link_id}: {option.wording.text}": option.easy for option in item.options}
    return {where: wording for where, wording in found.items() if wording}


def test_easy_words_are_short_plain_and_without_acronyms() -> None:
    """S85, S96: fifteen words a sentence at most, reading age of eleven at most, no acronyms."""
    easy = easy_wordings()
    assert len(easy) > 20
    assert [where for where, words in easy.items() if longest_sentence_words(words.text) > 15] == []
    assert [where for where, words in easy.items() if reading_grade(words.text) > 6] == []
    assert [where for where, words in easy.items() if re.search(r"\b[A-Z]{2,}\b", words.text)] == []


def test_an_easy_question_is_a_question() -> None:
    easy = easy_wordings()
    assert [item.link_id for item in ASKED if item.link_id in easy and not easy[item.link_id].text.endswith("?")] == []


def test_no_two_answers_read_the_same_in_easy_words() -> None:
    for item in ASKED:
        if isinstance(item, Question):
            read = [(option.easy or option.wording).text for option in item.options]
            assert len(set(read)) == len(read), item.link_id


def test_friends_and_family_keeps_its_words_and_gets_pictures_only() -> None:
    """S99, S100, S112: the question and its answers are the same for everybody; a picture helps to read them."""
    fft = SURVEY.by_link_id[FIXED]
    assert isinstance(fft, Question)
    assert not fft.easy
    assert not any(option.easy for option in fft.options)
    assert fft.picture
    assert [option.picture for option in fft.options] == ["very-good", "good", "neither", "poor", "very-poor", "dont-know"]
