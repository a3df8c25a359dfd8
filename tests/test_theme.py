"""Colours and sizes: what the standards ask of every theme, computed from the theme itself."""

import math

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.states import TEXT_PERCENTS, THEMES
from ui.theme import FACTORS, PALETTES, Look, contrast

GLASSES = ((1920, 476, 600), (1280, 217, 450), (1080, 268, 600), (1366, 344, 700))
"""(pixels wide, millimetres wide, viewing distance in millimetres)"""


def look(glass: tuple[int, float, float], percent: int = 100) -> Look:
    pixels, millimetres, distance = glass
    return Look(PALETTES["calm"], pixels / millimetres, distance, percent)


def test_every_theme_that_can_be_chosen_has_its_colours() -> None:
    assert set(PALETTES) == set(THEMES)


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_stands_out_seven_to_one(theme: str) -> None:
    """S53, S54, S88: body text, whatever it lies on."""
    for text, ground in PALETTES[theme].text_pairs():
        assert contrast(text, ground) >= 7, (text, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_every_edge_and_every_face_shows_three_to_one(theme: str) -> None:
    """S55."""
    for mark, ground in PALETTES[theme].mark_pairs():
        assert contrast(mark, ground) >= 3, (mark, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_ring_shows_on_everything_it_can_lie_on(theme: str) -> None:
    """S66: one of its two colours does, and they show against each other."""
    palette = PALETTES[theme]
    for ground in (palette.ground, palette.panel, palette.primary, palette.chosen):
        assert max(contrast(palette.focus, ground), contrast(palette.focus_edge, ground)) >= 3
    assert contrast(palette.focus, palette.focus_edge) >= 3


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("glass", GLASSES)
def test_ordinary_text_has_the_x_height_that_the_distance_asks_for(glass: tuple[int, float, float], qapp: QApplication) -> None:
    """EN 301 549 v4 (S19, S73): 16 reference pixels at the viewing distance, measured with the font that is drawn."""
    wanted = look(glass)
    assert wanted.metrics().xHeight() / wanted.px_per_mm >= glass[2] * 16 / 2688


@pytest.mark.parametrize("glass", [glass for glass in GLASSES if glass[2] >= 600])
def test_ordinary_capitals_are_three_sixteenths_of_an_inch(glass: tuple[int, float, float], qapp: QApplication) -> None:
    """US 508 402.4 (S19)."""
    wanted = look(glass)
    assert wanted.metrics().capHeight() / wanted.px_per_mm >= 4.76


@pytest.mark.parametrize("glass", GLASSES)
def test_at_150_percent_a_capital_fills_seven_tenths_of_a_degree(glass: tuple[int, float, float], qapp: QApplication) -> None:
    """EN 301 549 v3 5.1.4 (S19)."""
    large = look(glass, 150)
    capital_mm = large.metrics().capHeight() / large.px_per_mm
    assert math.degrees(math.atan(capital_mm / glass[2])) >= 0.7


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_no_text_is_smaller_than_body_text(percent: int, qapp: QApplication) -> None:
    wanted = look(GLASSES[0], percent)
    body = wanted.font("body").pixelSize()
    assert all(wanted.font(role).pixelSize() >= body for role in ("strong", "key", *FACTORS))


def test_200_percent_is_twice_as_large(qapp: QApplication) -> None:
    """S57."""
    assert look(GLASSES[0], 200).font().pixelSize() == 2 * look(GLASSES[0]).font().pixelSize()


def test_a_target_is_twenty_millimetres_on_any_glass() -> None:
    """S75, S78: from the true width, not from a screen's reported resolution."""
    assert [look(glass).target for glass in GLASSES[:2]] == [81, 118]


@pytest.mark.parametrize("glass", GLASSES)
def test_text_and_targets_are_larger_than_web_pages_ask(glass: tuple[int, float, float], qapp: QApplication) -> None:
    """S76: capitals of 20 minutes of arc; S86: an em of 19 px; S87: targets of 52 px; px are reference pixels."""
    assert qapp.instance() is not None
    plain = look(glass)
    capital = plain.metrics().capHeight() / plain.px_per_mm
    assert math.degrees(math.atan(capital / plain.viewing_mm)) * 60 >= 20
    assert plain.px() >= 19 * plain.css_px
    assert plain.target >= 52 * plain.css_px


@pytest.mark.parametrize("theme", ["calm", "cream"])
def test_two_themes_have_a_tinted_ground(theme: str) -> None:
    """S89: less glare than white."""
    assert PALETTES[theme].ground.upper() != "#FFFFFF"
    assert contrast(PALETTES[theme].ground, "#FFFFFF") < 1.3
