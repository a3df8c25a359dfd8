"""Charts (S147, S149): shapes and words as well as colour, drawings cut at 0 and 100, pictures with their letters."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sync.hub.analysis import pictures
from sync.hub.analysis.charts import NARROW, WIDE, Frame, Series, described, in_words, svg
from sync.hub.analysis.xmr import Direction, Meaning, xmr
from tests.test_hub_style import contrast, themes

SVG = "{http://www.w3.org/2000/svg}"
# Mean 94, moving ranges 10: limits 67.4 and 120.6 (S149). The last five are worked out in tests/test_xmr.py.
LOW_AND_HIGH = [90.0, 100.0, 90.0, 100.0, 90.0]
WILD = [70.0, 71.0] * 8 + [91.0]


def series(values: list[float], direction: Direction = Direction.UP, target: float | None = None) -> Series:
    labels = tuple(f"Month {at}" for at in range(len(values)))
    return Series("Good <or> very good", xmr(values, direction), labels, (50,) * len(values), target)


def drawn(one: Series, frame: Frame = WIDE) -> ElementTree.Element:
    return ElementTree.fromstring(svg(one, frame, "c"))  # noqa: S314 our own drawing


def places(root: ElementTree.Element) -> list[float]:
    return [float(place.split(",")[1]) for place in root.findall(f"{SVG}polyline")[0].attrib["points"].split()]


def test_each_meaning_has_a_shape_of_its_own() -> None:
    """S147: told apart without colour."""
    shapes = set()
    for direction in Direction:
        point = drawn(series(WILD, direction)).findall(f"{SVG}*[@class]")
        last = [one for one in point if one.attrib["class"].startswith("point")][-1]
        shapes.add((last.tag, re.sub(r"[\d.]+ [\d.]+", "", last.attrib["d"], count=1)))
    circles = drawn(series([5.0])).findall(f"{SVG}circle")
    assert len(shapes) == 3
    assert len(circles) == 1


def test_a_chart_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    root = drawn(series(WILD, target=80))
    title, words = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc") or ""
    assert root.attrib["aria-labelledby"] == "c-t c-d"
    assert title == "Good <or> very good"
    assert "17 points, Month 0 to Month 16. The last is 91%." in words
    assert "Month 16: Better: outside the limits." in words


def test_limits_beyond_a_hundred_are_cut_in_the_drawing_and_not_in_the_arithmetic() -> None:
    """S149."""
    one = series(LOW_AND_HIGH)
    limits = one.chart.parts[0].limits
    assert limits is not None
    assert limits.upper == pytest.approx(120.6)
    words = " ".join(text.text or "" for text in drawn(one).findall(f"{SVG}text"))
    assert "100%" in words
    assert "120" not in words
    assert "and 100%" in described(one)


def test_a_greater_value_is_drawn_higher() -> None:
    heights = places(drawn(series([60.0, 70.0, 65.0, 80.0, 75.0])))
    assert heights[0] > heights[2] > heights[1] > heights[4] > heights[3]


@pytest.mark.parametrize("frame", [WIDE, NARROW])
@pytest.mark.parametrize("values", [[50.0], [0.0, 0.0], [100.0] * 30, WILD, [3.0, 97.0] * 26])
def test_every_mark_stays_inside_the_frame(frame: Frame, values: list[float]) -> None:
    root = drawn(series(values, target=99.0), frame)
    assert all(0 <= height <= frame.height for height in places(root))
    for text in root.findall(f"{SVG}text"):
        assert 0 < float(text.attrib["x"]) < frame.width
        assert 0 < float(text.attrib["y"]) <= frame.height


def test_names_of_lines_never_lie_on_each_other() -> None:
    names = [text for text in drawn(series([90.0] * 6, target=90.0)).findall(f"{SVG}text") if "text-anchor" not in text.attrib]
    heights = sorted(float(text.attrib["y"]) for text in names)
    assert all(after - before >= 15 for before, after in pairwise(heights))


def test_a_point_is_explained_in_words() -> None:
    """S147."""
    points = xmr([float(at) for at in range(1, 15)], Direction.DOWN).points
    assert in_words(points[0]) == "Better: outside the limits"
    assert in_words(points[6]) == "Worse: seven in a row, each higher than the last"
    assert in_words(xmr([1.0], Direction.UP).points[0]) == "Chance"


def test_a_picture_holds_its_letters() -> None:
    """Without a font resvg draws lines alone; then a sentence says so (and the test of this hub would fail)."""
    one = series(WILD)
    assert pictures.letters_are_drawn()
    assert pictures.as_png(one).startswith(b"\x89PNG")
    assert f'width="{WIDE.width}"' in pictures.as_svg(one)


def test_shapes_and_lines_stand_out_in_both_themes_and_in_files() -> None:
    """S147: 3:1 on the card, in the light and in the dark."""
    css = (Path(__file__).resolve().parent.parent / "sync/hub/static/hub/charts.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--xmr-([a-z]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{([^}]*)\}", css)[:2]
    )
    for theme, colours in (("light", light), ("dark", dark)):
        assert all(contrast(colour, themes()[theme]["card"]) >= 3 for colour in colours.values())
    named = {name: colour for name, colour in pictures.COLOURS.items() if name != "grid"}
    assert all(contrast(colour, "#ffffff") >= 3 for colour in named.values())
    assert {meaning.value for meaning in Meaning} - {"common"} <= pictures.COLOURS.keys()
