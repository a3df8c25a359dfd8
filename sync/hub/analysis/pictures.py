"""Charts as files of their own: SVG with its colours in it, and PNG drawn from that."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sync.hub.analysis.charts import WIDE, Series, svg
from sync.hub.errors import HubError

FONTS: Final = "'Noto Sans','DejaVu Sans','Liberation Sans',Arial,Helvetica,sans-serif"
COLOURS: Final = {
    "chance": "#5c6a73",
    "improvement": "#005eb8",
    "concern": "#b34700",
    "neutral": "#490092",
    "target": "#b3131a",
    "ink": "#212b32",
    "grid": "#d8dde0",
}
"""The lines and shapes at 3:1 or more on white, the letters at 7:1 (S54, S147)."""
STYLE: Final = (
    f".axis{{font:15px {FONTS};fill:{COLOURS['ink']}}}"
    f".grid{{stroke:{COLOURS['grid']}}}.edge{{stroke:{COLOURS['chance']}}}"
    f".line{{fill:none;stroke:{COLOURS['chance']};stroke-width:2}}"
    f".mean{{stroke:{COLOURS['ink']};stroke-width:1.5}}"
    f".limit{{stroke:{COLOURS['chance']};stroke-width:1.5;stroke-dasharray:7 5}}"
    f".inner{{stroke:{COLOURS['chance']};stroke-width:.8;stroke-dasharray:1 5}}"
    f".target{{stroke:{COLOURS['target']};stroke-width:2;stroke-dasharray:12 4}}"
    f".rebase{{stroke:{COLOURS['ink']};stroke-dasharray:2 4}}"
    f".point{{fill:{COLOURS['chance']};stroke:#fff;stroke-width:1.5}}"
    + "".join(f".{name}{{fill:{COLOURS[name]}}}" for name in ("improvement", "concern", "neutral"))
)
ZOOM: Final = 2


class NoLetters(HubError):
    """This computer has no font, so a picture would be without words."""


def as_svg(series: Series) -> str:
    """A drawing that needs nothing else, on white."""
    drawn = svg(series, WIDE, "chart", STYLE)
    start = drawn.index("<style>")
    size = f' width="{WIDE.width}" height="{WIDE.height}"'
    ground = f'<rect width="{WIDE.width}" height="{WIDE.height}" fill="#fff"/>'
    after = drawn.index("</style>") + len("</style>")
    return drawn[:4] + size + drawn[4:start] + drawn[start:after] + ground + drawn[after:]


def as_png(series: Series) -> bytes:
    """The same as a picture, twice the size. Raises NoLetters."""
    if not letters_are_drawn():
        raise NoLetters("There is no font on the hub's computer to draw the words with. Install one, or take the SVG.")
    return _drawn(as_svg(series), ZOOM)


@lru_cache(maxsize=1)
def letters_are_drawn() -> bool:
    """Whether a letter leaves a mark."""
    empty = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{}</svg>'
    letter = f'<text x="5" y="30" style="font:30px {FONTS}">A</text>'
    return _drawn(empty.format(letter), 1) != _drawn(empty.format(""), 1)


def _drawn(drawing: str, zoom: int) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, zoom=zoom))
