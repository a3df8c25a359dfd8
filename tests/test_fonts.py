"""Letters: which languages this device can write."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from kiosk.phrases import CATALOGUES, phrases, read_catalogue
from ui import fonts
from ui.fonts import font_for_language_or_none, fonts_for
from ui.keyboard_layout import keyboard_for


@pytest.mark.parametrize("tag", ["en-GB", "cy", "pl", "ar", "ur", "ro", "pt", "es", "pa", "bn", "gu", "so", "uk", "zh"])
def test_the_languages_of_the_sample_survey_can_be_written(tag: str, qapp: QApplication) -> None:
    assert font_for_language_or_none(tag)


def test_a_language_whose_letters_no_font_has_is_not_offered(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fonts.SCRIPT_FAMILIES, "tamil", ("Noto Sans", "DejaVu Sans"))
    assert font_for_language_or_none("ta") is None


def test_the_font_of_the_script_comes_first_and_a_latin_one_last(qapp: QApplication) -> None:
    families = fonts_for("ar")
    assert "Arab" in families[0]
    assert families[-1] == fonts.latin_family()


def test_urdu_is_written_in_a_font_whose_letters_stay_on_the_line(qapp: QApplication) -> None:
    """An old Nastaliq font threw letters of joined words far above the line."""
    font = QFont(fonts_for("ur")[0])
    font.setPixelSize(100)
    metrics = QFontMetricsF(font)
    assert all(-metrics.tightBoundingRect(word).top() <= 1.1 * metrics.ascent() for word in fonts.STEEP_WORDS)


@pytest.mark.parametrize("tag", ["pa", "bn", "gu"])
def test_every_letter_and_sign_the_kiosk_says_is_in_the_font_of_its_script(tag: str, qapp: QApplication) -> None:
    """S113: a sign borrowed from another font would stand beside its letter, not on it."""
    raw = QRawFont.fromFont(QFont(fonts_for(tag)[0]))
    said = {letter for forms in sentences(tag) for form in forms for letter in form if letter > "\u02ff"}
    assert {letter for letter in said if not raw.supportsCharacter(ord(letter))} == set()


def sentences(tag: str) -> list[tuple[str, ...]]:
    path = CATALOGUES / tag / "LC_MESSAGES" / "kiosk.po"
    return list(read_catalogue(path.read_text(encoding="utf-8"), path).sentences.values())


@pytest.mark.parametrize("tag", ["so", "uk", "zh"])
def test_every_character_of_a_catalogue_and_its_keyboard_has_a_glyph(tag: str, qapp: QApplication) -> None:
    """S113: no sentence, key or candidate shows an empty box."""
    sentences = [form for forms in phrases(tag).catalogue.sentences.values() for form in forms]
    layout = keyboard_for(tag)
    keys = [key.text for rows in layout.levels.values() for row in rows for key in row]
    written = {*"".join([*sentences, *keys, *(layout.candidates.syllables.values() if layout.candidates else ())])}
    raws = [QRawFont.fromFont(QFont(family)) for family in fonts_for(tag)]
    assert [one for one in written if not any(raw.supportsCharacter(ord(one)) for raw in raws)] == []
