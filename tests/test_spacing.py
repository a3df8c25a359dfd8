"""Wider spacing: more room between letters, words, lines and paragraphs, and nothing lost by it."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from kiosk.states import Preferences
from tests.pictures import AIDS, GLASSES
from tests.screens_for_pictures import screens
from ui.blocks import Words
from ui.fonts import fonts_for
from ui.theme import PALETTES, Look
from ui.wrapping import set_lines

pytestmark = pytest.mark.usefixtures("qapp")
WIDE = Look(PALETTES["calm"], 4.03, families=("Noto Sans",), wide=True)
SENTENCE = "The nurse took time to explain everything to me, and I never felt that I was in the way of anybody."


def advance(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


@pytest.mark.parametrize("role", ["body", "strong", "heading", "large", "title"])
def test_letters_and_words_stand_further_apart(role: str) -> None:
    """S59: 0.12 and 0.16 ems; measured as they are drawn."""
    plain, wide = Look(PALETTES["calm"], 4.03).font(role), WIDE.font(role)
    em = wide.pixelSize()
    assert advance("aaaa", wide) - advance("aaaa", plain) == pytest.approx(4 * 0.12 * em, abs=1)
    assert advance("a a", wide) - advance("a a", plain) >= 3 * 0.12 * em + 0.16 * em - 1


@pytest.mark.parametrize(("role", "least"), [("body", 1.8), ("heading", 1.5), ("strong", 1.5)])
def test_lines_stand_further_apart(role: str, least: float) -> None:
    """S59, S97: 1.8 ems in running text, 1.5 everywhere else."""
    font = WIDE.font(role)
    factor = 1.5 if role == "body" else 1.25
    bottoms = set_lines(SENTENCE, font, 40 * font.pixelSize() // 4, line_factor=factor).bottoms
    assert min(b - a for a, b in pairwise(bottoms)) >= int(least * font.pixelSize())


@pytest.mark.parametrize("tag", ["ar", "ur", "pa", "bn", "gu"])
def test_letters_that_are_joined_stay_joined(tag: str) -> None:
    """S59: scripts that know no letter spacing get room between words and lines only."""
    look = Look(PALETTES["calm"], 4.03, families=fonts_for(tag), wide=True)
    assert look.font().letterSpacing() == 0
    assert look.font().wordSpacing() > 0


def test_another_language_s_name_keeps_its_joined_letters_on_an_english_screen() -> None:
    """S59: the button that says اردو among English ones."""
    assert WIDE.font("strong", fonts_for("ur")).letterSpacing() == 0


def test_cyrillic_letters_stand_apart_as_latin_ones_do() -> None:
    """S59, S97."""
    assert Look(PALETTES["calm"], 4.03, families=fonts_for("uk"), wide=True).font().letterSpacing() > 0


def test_paragraphs_stand_two_ems_apart(qtbot: QtBot) -> None:
    """S59."""
    shown = screens(Preferences(**AIDS["wide"]))["still-there"]
    window = GLASSES[0].window()
    qtbot.addWidget(window)
    window.show()
    window.render(shown)
    first, second = (
        next(words for words in window.findChildren(Words) if words.isVisible() and words.text() == line.text)
        for line in shown.lines[:2]
    )
    assert second.y() - (first.y() + first.height()) >= 2 * window.look_for(shown).px()


def test_without_the_choice_nothing_is_wider() -> None:
    font = Look(PALETTES["calm"], 4.03).font()
    assert (font.letterSpacing(), font.wordSpacing()) == (0, 0)
