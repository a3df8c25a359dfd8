"""How everything looks: the colours of each theme, and one scale from the person's distance and the screen's true width.

Sizes come from millimetres and visual angle, never from a screen's reported DPI, which kiosk screens get wrong. Text is
measured with the font that draws it: at 100 % its x-height meets EN 301 549 v4 (S19, S73) and its capitals US 508's
4.8 mm; at 150 % and above a capital H of any text on the screen fills 0.7 degrees.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from PySide6.QtGui import QFont, QFontMetricsF

TARGET_MM = 20.0
"""Least width and height of anything to touch (S78)."""
BIG_MM, BIGGEST_MM = 25.2, 28.0
"""The same with bigger buttons, on small glass and on roomy glass: 25 to 30 mm (S78)."""
GAP_MM = 3.0
"""Least room between two things to touch (S79)."""
ROOMY_MM, ROOMY = 240.0, 1.15
"""A glass whose shorter side is at least so long shows all text so much larger than the least."""
CAPITAL_MM = 4.8
"""Least height of a capital letter: US 508 402.4 (S19)."""
FACTORS: Mapping[str, Mapping[int, float]] = {
    "heading": {100: 1.45, 150: 1.25, 200: 1.1},
    "large": {100: 1.18, 150: 1.08, 200: 1.0},
    "title": {100: 1.9, 150: 1.5, 200: 1.25},
    "display": {100: 2.4, 150: 1.9, 200: 1.5},
}
"""Sizes next to body text, by text size: what is large already needs less of a step, and leaves more room for the answers."""


SMALL, SMALL_PERCENT = frozenset({"small", "small-strong"}), 150
"""Words where larger or wider ones have no room, as on tools: at this size a capital still fills 0.7 degrees."""
LETTER_SPACING, WORD_SPACING, PARAGRAPH = 0.12, 0.16, 2.0
"""With wider spacing, in ems: more between letters and words, and so much between paragraphs (S59)."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours, as ``#rrggbb``. Every text reads at 7:1 or better, every edge shows at 3:1 or better (S53-S55)."""

    ground: str
    panel: str
    ink: str
    quiet: str
    edge: str
    primary: str
    on_primary: str
    chosen: str
    on_chosen: str
    chosen_edge: str
    focus: str
    focus_edge: str
    problem: str
    notice: str
    on_notice: str
    faces: tuple[str, ...]
    """Fills of the faces: very good, good, neither, poor, very poor, don't know."""
    face_ink: str

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (text, ground) pair that is drawn."""
        grounds = (self.ground, self.panel)
        on_grounds = tuple((text, ground) for text in (self.ink, self.quiet, self.problem) for ground in grounds)
        filled = ((self.on_primary, self.primary), (self.on_chosen, self.chosen), (self.on_notice, self.notice))
        return on_grounds + filled

    def mark_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (edge or mark, what it lies on) pair that is drawn, but for the two-coloured focus ring."""
        marks = [(mark, ground) for mark in (self.edge, self.primary, self.chosen_edge) for ground in (self.ground, self.panel)]
        return (*marks, *((self.face_ink, fill) for fill in self.faces))


_SOFT_FACES = ("#9BD8A3", "#C9E59B", "#FFE18C", "#FFC48F", "#F5A79F", "#D5DEE6")

PALETTES: Mapping[str, Palette] = MappingProxyType(
    {
        "calm": Palette(
            ground="#E8EFF3",
            panel="#FFFFFF",
            ink="#1B2A35",
            quiet="#364B5A",
            edge="#5A7486",
            primary="#0B3A75",
            on_primary="#FFFFFF",
            chosen="#D3E5F8",
            on_chosen="#08284F",
            chosen_edge="#0B3A75",
            focus="#FFEB3B",
            focus_edge="#1B2A35",
            problem="#8F1A12",
            notice="#FFF4CC",
            on_notice="#2B2300",
            faces=_SOFT_FACES,
            face_ink="#1B2A35",
        ),
        "light": Palette(
            ground="#FFFFFF",
            panel="#FFFFFF",
            ink="#101418",
            quiet="#333D45",
            edge="#55626C",
            primary="#111C4E",
            on_primary="#FFFFFF",
            chosen="#DCE3FF",
            on_chosen="#0A1440",
            chosen_edge="#111C4E",
            focus="#FFD400",
            focus_edge="#101418",
            problem="#8F0F0F",
            notice="#F0F1F3",
            on_notice="#101418",
            faces=_SOFT_FACES,
            face_ink="#101418",
        ),
        "dark": Palette(
            ground="#101A24",
            panel="#1D2B39",
            ink="#F4F7FA",
            quiet="#C9D6E2",
            edge="#8CA3B8",
            primary="#A8D1FF",
            on_primary="#0A1928",
            chosen="#24507C",
            on_chosen="#FFFFFF",
            chosen_edge="#A8D1FF",
            focus="#FFEB3B",
            focus_edge="#05090D",
            problem="#FFB4A8",
            notice="#33301A",
            on_notice="#FFF1B8",
            faces=("#8FD19A", "#C3DE93", "#F7D97F", "#F5B780", "#F0A098", "#B9C8D6"),
            face_ink="#101A24",
        ),
        "yellow-on-black": Palette(
            ground="#000000",
            panel="#000000",
            ink="#FFEB3B",
            quiet="#FFEB3B",
            edge="#FFEB3B",
            primary="#FFEB3B",
            on_primary="#000000",
            chosen="#FFEB3B",
            on_chosen="#000000",
            chosen_edge="#FFFFFF",
            focus="#FFFFFF",
            focus_edge="#1240FF",
            problem="#FFFFFF",
            notice="#000000",
            on_notice="#FFEB3B",
            faces=("#000000",) * 6,
            face_ink="#FFEB3B",
        ),
        "cream": Palette(
            ground="#F8EED6",
            panel="#FFFAEC",
            ink="#2E2417",
            quiet="#4A3C2A",
            edge="#806A4B",
            primary="#1D4A4F",
            on_primary="#FFFAEC",
            chosen="#D7E8DF",
            on_chosen="#0F3236",
            chosen_edge="#1D4A4F",
            focus="#FFD83A",
            focus_edge="#2E2417",
            problem="#872012",
            notice="#F3DFAE",
            on_notice="#2E2417",
            faces=("#A9D3A0", "#CFDF9C", "#F6DC8E", "#F4BE8A", "#EBA392", "#DDD5C3"),
            face_ink="#2E2417",
        ),
    }
)
"""By the names of :data:`kiosk.states.THEMES`. Calm has a tint that cuts glare (S88, S89); cream is for dyslexia (S97)."""


def luminance(colour: str) -> float:
    """WCAG relative luminance of ``#rrggbb``."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Look:
    """How this screen is drawn now: colours, scale and letters. The same for every widget on it."""

    palette: Palette
    px_per_mm: float
    """The screen's width in pixels over its true width in millimetres."""
    viewing_mm: float = 600
    text_percent: int = 100
    families: tuple[str, ...] = ("Noto Sans",)
    """Font families, the one for the language's own script first."""
    right_to_left: bool = False
    enlarged: float = 1.0
    """All text is larger by this, where the glass has room for more than the least."""
    wide: bool = False
    """More room between letters, words, lines and paragraphs (S59, S97)."""
    big: bool = False
    """Everything to touch is larger (S78)."""
    low: bool = False
    """Everything to touch stands in the lower part (S36)."""

    def mm(self, length_mm: float) -> int:
        """A length in whole pixels, rounded up."""
        return math.ceil(length_mm * self.px_per_mm)

    @property
    def target(self) -> int:
        """Least side of anything to touch, in pixels."""
        return self.mm(TARGET_MM if not self.big else BIGGEST_MM if self.enlarged > 1 else BIG_MM)

    @property
    def gap(self) -> int:
        """Room between two things to touch, in pixels."""
        return self.mm(GAP_MM)

    @property
    def pad(self) -> int:
        """Room between a button's edge and its words, in pixels."""
        return self.mm(2)

    @property
    def css_px(self) -> float:
        """One reference pixel at this distance, in pixels of the screen (WCAG2ICT)."""
        return self.viewing_mm / 2688 * self.px_per_mm

    @property
    def line(self) -> int:
        """Thickness of an ordinary edge, in pixels."""
        return max(2, round(1.5 * self.css_px))

    @property
    def radius(self) -> int:
        """How round the corners of a button are, in pixels."""
        return self.mm(2.5)

    def font(self, role: str = "body", families: tuple[str, ...] = ()) -> QFont:
        """For ``body``, ``strong`` (bold), ``large``, ``heading``, ``title``, ``display``, ``key``, and the :data:`SMALL` ones.

        `families` where the words are not in the screen's language. Only the small ones are ever smaller than body.
        """
        font = QFont()
        written = families or self.families
        font.setFamilies(list(written))
        font.setPixelSize(self.px(role))
        font.setBold(role not in {"body", "key", "small"})
        if self.wide and role not in SMALL | {"key"}:
            font.setWordSpacing(WORD_SPACING * font.pixelSize())
            if len(written) == 1:  # letters of other scripts are joined, or stacked
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, LETTER_SPACING * font.pixelSize())
        return font

    def px(self, role: str = "body") -> int:
        """Size of :meth:`font` in pixels."""
        percent = min(self.text_percent, SMALL_PERCENT) if role in SMALL else self.text_percent
        size = body_px(self.px_per_mm, self.viewing_mm, self.families[-1]) * self.enlarged * percent / 100
        return math.ceil(size * FACTORS.get(role, {}).get(self.text_percent, 1.0))

    def metrics(self, role: str = "body") -> QFontMetricsF:
        """What :meth:`font` measures."""
        return QFontMetricsF(self.font(role))


@lru_cache(maxsize=64)
def body_px(px_per_mm: float, viewing_mm: float, latin: str) -> int:
    """Size of body text at 100 % in pixels, measured with `latin`: EN 301 549 v4, 508, and 0.7 degrees at 150 % (S19)."""
    x_height = viewing_mm * 16 / 2688 * px_per_mm
    capital = (CAPITAL_MM if viewing_mm >= 600 else CAPITAL_MM * viewing_mm / 600) * px_per_mm
    large_capital = math.tan(math.radians(0.7)) * viewing_mm * px_per_mm
    size = 8
    while not _reaches(latin, size, x_height, capital) or not _reaches(latin, math.ceil(size * 1.5), 0, large_capital):
        size += 1
    return size


def _reaches(family: str, size: int, x_height: float, capital: float) -> bool:
    font = QFont(family)
    font.setPixelSize(size)
    metrics = QFontMetricsF(font)
    return metrics.xHeight() >= x_height and metrics.capHeight() >= capital
