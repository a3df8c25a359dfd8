"""The staff pages can be read: contrast of every pair of colours, in the light and in the dark theme (S54)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parent.parent / "sync/hub/static/hub/hub.css").read_text(encoding="utf-8")
TEXT = [
    *(("ink", "ground"), ("ink", "card"), ("ink", "track"), ("soft", "ground"), ("soft", "card"), ("link", "ground")),
    *(("link", "card"), ("top-ink", "top"), ("good", "good-ground"), ("warn", "warn-ground"), ("bad", "bad-ground")),
    *(("bad", "ground"), ("focus-ink", "focus"), ("top-ink", "action"), ("top-ink", "danger")),
]
SHAPES = [("fill", "track"), ("fill", "card"), ("edge", "ground"), ("edge", "card")]


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{([^}]*)\}", CSS)[:2]
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks)
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_seven_to_one(theme: str, ink: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[ink], colours[ground]) >= 7


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_bars_and_edges_stand_out_three_to_one(theme: str, shape: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_the_pages_move_nothing_and_fetch_nothing_from_elsewhere() -> None:
    assert not re.search(r"@import|url\(|animation|http", CSS)
