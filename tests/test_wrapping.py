"""Lines: where words break, and where they never do (S57, S60)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ui.fonts import fonts_for
from ui.wrapping import set_lines, unbreakable, widest_word

CHINESE = "这些问题让我们知道，是否人人都得到好的照护。每一题都可以跳过（真的）！您愿意吗？"


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    made = QFont()
    made.setFamilies(list(fonts_for("zh")))
    made.setPixelSize(40)
    return made


def lines(text: str, font: QFont, width: int) -> list[str]:
    layout = set_lines(text, font, width).layout
    every = [layout.lineAt(number) for number in range(layout.lineCount())]
    return [text[line.textStart() : line.textStart() + line.textLength()] for line in every]


@pytest.mark.parametrize("width", [130, 170, 210, 290, 370, 500])
def test_chinese_breaks_between_characters_and_never_before_a_stop(font: QFont, width: int) -> None:
    """S57: nothing is cut, though no space stands between words."""
    found = lines(CHINESE, font, width)
    assert len(found) > 2
    assert "".join(found) == CHINESE
    assert not [line for line in found if line[0] in "，。？！）" or line[-1] == "（"]
    assert set_lines(CHINESE, font, width).width <= width + 2


def test_the_widest_piece_of_chinese_is_a_character_with_its_stop_not_a_whole_sentence(font: QFont) -> None:
    """S57: or a page of Chinese would be laid out for a word as long as its question."""
    assert widest_word(CHINESE, font) <= 3 * 40 + 4
    assert set_lines(CHINESE, font, widest_word(CHINESE, font)).width <= widest_word(CHINESE, font)


def test_words_of_other_scripts_stay_whole() -> None:
    """S60: a word is one piece, hyphens and all."""
    assert unbreakable("Share well-being\nby e-mail") == ["Share", "well-being", "by", "e-mail"]


def test_latin_words_within_chinese_stay_whole() -> None:
    """S60: an English name is not broken where Chinese is."""
    assert unbreakable("请看看这个NHS网站。好") == ["请", "看", "看", "这", "个", "NHS", "网", "站。", "好"]


def test_a_short_chinese_word_stays_whole() -> None:
    """S60: a button's two or four characters are not parted."""
    assert unbreakable("文字大小: 中文") == ["文字大小:", "中文"]
