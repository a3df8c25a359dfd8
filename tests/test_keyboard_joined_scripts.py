"""Scripts whose letters join and carry signs (Gurmukhi, Bengali, Gujarati) are written and rubbed out sign by sign (S113)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.typing_room import DESK, look_on, touch
from ui.fonts import fonts_for
from ui.inputs.writing_box import WritingBox
from ui.key_button import KeyButton
from ui.keyboard import Keyboard
from ui.keyboard_layout import keyboard_for

LANGUAGES = ("pa", "bn", "gu")
DOT_BELOW = "\u0a3c"
Pair = tuple[Keyboard, WritingBox]
Made = Callable[[str], Pair]


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    def make(language: str) -> Pair:
        box, keyboard = WritingBox(), Keyboard()
        for widget in (box, keyboard):
            qtbot.addWidget(widget)
            widget.resize(1300, 430)
        look = replace(look_on(DESK), families=fonts_for(language))
        box.dress(look, look.font())
        keyboard.write_to(box)
        keyboard.dress(keyboard_for(language), look)
        box.show()
        keyboard.show()
        return keyboard, box

    return make


def write(keyboard: Keyboard, *names: str) -> None:
    for name in names:
        touch(keyboard.key(name))


def ink_px(key: KeyButton) -> int:
    """How high the label of a key is drawn."""
    picture = key.grab().toImage()
    side = picture.width() // 6
    within = range(picture.height() // 10, picture.height() * 9 // 10)
    return sum(any(is_ink(picture.pixelColor(x, y)) for x in range(side, picture.width() - side)) for y in within)


def is_ink(colour: QColor) -> bool:
    return colour.lightness() < 100


@pytest.mark.parametrize(
    ("language", "keys", "word"),
    [
        ("pa", [*"ਧੰਨਵਾਦ"], "ਧੰਨਵਾਦ"),
        ("pa", [*"ਜੀ", "level:vowels", "ਆ"], "ਜੀਆ"),
        ("bn", ["ধ", "ন", "level:vowels", "্য", *"বাদ"], "ধন্যবাদ"),
        ("bn", ["ধ", "ন", "্", "য", *"বাদ"], "ধন্যবাদ"),
        ("gu", ["level:vowels", "આ", *"ભાર"], "આભાર"),
        ("gu", ["level:vowels", "ક્ષ", *"મા"], "ક્ષમા"),
    ],
)
def test_a_word_is_written_sign_by_sign(made: Made, language: str, keys: list[str], word: str) -> None:
    """S113."""
    keyboard, box = made(language)
    write(keyboard, *keys)
    assert box.toPlainText() == word


@pytest.mark.parametrize(("language", "vowel"), [("pa", "ਆ"), ("bn", "আ"), ("gu", "આ")])
def test_the_letters_come_back_after_one_vowel(made: Made, language: str, vowel: str) -> None:
    """S113: of a hundred vowels that stand alone, fewer than five are followed by another."""
    keyboard, box = made(language)
    write(keyboard, "level:vowels", "level:letters", "level:vowels", vowel)
    assert (keyboard.level, box.toPlainText()) == ("letters", vowel)


@pytest.mark.parametrize(("language", "word"), [("pa", "ਕੀਤਾ"), ("bn", "স্তি"), ("gu", "મિત્રો")])
def test_backspace_takes_the_last_sign_alone(made: Made, language: str, word: str) -> None:
    """S113: a person mends one vowel sign without writing the whole joined letter again."""
    keyboard, box = made(language)
    write(keyboard, *word)
    for left in range(len(word) - 1, 0, -1):
        write(keyboard, "backspace")
        assert box.toPlainText() == word[:left]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_board_is_drawn_with_the_letters_of_its_own_font(made: Made, language: str) -> None:
    """S113: Qt says so when a font cannot join the letters, and a message of Qt's fails the test."""
    keyboard, _ = made(language)
    for level in ("letters", "level:vowels", "level:letters", "level:numbers"):
        if level in {key.key.action for key in keyboard.buttons()}:
            write(keyboard, level)
        assert all(ink_px(key) for key in keyboard.buttons() if key.text() and key.isVisible())


@pytest.mark.parametrize(
    ("language", "joined", "plain"),
    [("pa", "ਖ" + DOT_BELOW, "ੲ"), ("bn", "ক্ষ", "অ"), ("gu", "ક્ષ", "અ")],
)
def test_a_letter_of_several_characters_is_drawn_as_large_as_any_other(
    made: Made, language: str, joined: str, plain: str
) -> None:
    """S78: to whoever reads it, it is one letter."""
    keyboard, _ = made(language)
    write(keyboard, "level:vowels")
    assert ink_px(keyboard.key(joined)) >= 0.9 * ink_px(keyboard.key(plain))
