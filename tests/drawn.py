"""What is really drawn on a window: every piece of text with its size, its colour and the colour under it.

The window paints itself into an SVG document, which says of each text what font and colour it has; and into an image, which
says what lies under it. Nothing is asked of the widgets, so that nothing they draw can be forgotten.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree as ET

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ui.theme import Look, contrast
from ui.window import Window

_MATRIX = re.compile(r"matrix\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of text as it is drawn: its size in pixels, where it stands, and its colour as ``#rrggbb``."""

    text: str
    px: float
    bold: bool
    colour: str
    at: QPoint


def pieces(window: Window) -> list[Piece]:
    """Every piece of text that can be seen now."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(window.size()))
    generator.setResolution(96)
    painter = QPainter(generator)
    QWidget.render(window, painter, QPoint(0, 0))
    painter.end()
    root = ET.fromstring(bytes(buffer.data().data()).decode())  # noqa: S314 - Qt has just written it
    return [piece for group in root.iter("{http://www.w3.org/2000/svg}g") for piece in _in_group(group)]


def _in_group(group: ET.Element) -> Iterator[Piece]:
    for element in group.findall("{http://www.w3.org/2000/svg}text"):
        written = unescape("".join(element.itertext())).strip()
        if not written:
            continue
        numbers = [float(n) for n in re.split(r"[ ,]+", _matrix(group))]
        at = QPointF(float(element.get("x", 0)), float(element.get("y", 0)))
        place = QTransform(*numbers).map(at)
        size = float(element.get("font-size", 0)) * math.hypot(numbers[0], numbers[1])
        bold = int(element.get("font-weight", "400")) >= 600
        yield Piece(written, size, bold, str(element.get("fill")), place.toPoint())


def _matrix(group: ET.Element) -> str:
    found = _MATRIX.match(group.get("transform", ""))
    return found[1] if found else "1,0,0,1,0,0"


def angle(piece: Piece, look: Look) -> float:
    """How much of the eye's field a capital letter of this size fills, in degrees at the stated distance (S19)."""
    return math.degrees(2 * math.atan(_metrics(piece, look).capHeight() / look.px_per_mm / 2 / look.viewing_mm))


def x_height_css(piece: Piece, look: Look) -> float:
    """The size in reference pixels of a font that has this x-height: EN 301 549 v4 wants 16 (S19, S73)."""
    body = QFont(look.families[-1])
    body.setPixelSize(look.px())
    return _metrics(piece, look).xHeight() / look.css_px


def _metrics(piece: Piece, look: Look) -> QFontMetricsF:
    font = QFont(look.families[-1])
    font.setPixelSize(max(1, math.floor(piece.px)))
    return QFontMetricsF(font)


def contrasts(window: Window, seen: list[Piece]) -> Iterator[tuple[float, Piece]]:
    """(contrast, piece) of every piece against what lies just before its first letter."""
    image = window.grab().toImage()
    for piece in seen:
        ground = _ground(image, piece)
        if ground:
            yield contrast(piece.colour, ground), piece


def _ground(image: QImage, piece: Piece) -> str:
    """The commonest colour around a piece's start."""
    reach = max(2, int(piece.px / 4))
    step = max(1, reach // 5)
    near = Counter(
        image.pixel(x, y)
        for x in range(piece.at.x() - reach, piece.at.x() + 2 * reach, step)
        for y in range(piece.at.y() - 2 * reach, piece.at.y() + reach, step)
        if image.valid(x, y)
    )
    ink = QColor(piece.colour).rgb()
    return next((QColor(colour).name() for colour, _ in near.most_common() if colour != ink), "")
