"""The product's own drawings: icons, recoloured for each theme, and Easy Read's pictures, in colours of their own.

Icons are drawn in two placeholder colours, ink and fill. A picture is made for pale grounds: on a dark one it gets a panel.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from kiosk.pictures import picture_names
from ui.theme import Palette, luminance

INK, FILL = "#111111", "#eeeeee"
"""The placeholders in the SVG files: lines and shapes, and what is inside a face."""
POINTING = frozenset(
    {"back", "forward", "backspace", "newline", "send", "change", "leave", "speaker", "speaker-off", "play", "again", "gender"}
)
"""Drawings with a direction, mirrored where people read from right to left."""
FACES = ("face-very-good", "face-good", "face-neither", "face-poor", "face-very-poor", "face-dont-know")


PANEL, PANEL_ROUND, PANEL_EDGE = "#EEF3F8", 0.12, 0.05
"""Behind a picture on a dark ground: its colour, and how round and how wide its edge is, as parts of the side."""
DARK_BELOW = 0.2
"""Luminance under which a ground is dark."""


@lru_cache(maxsize=256)
def source(name: str) -> str:
    """The SVG of the icon or picture `name`, or "" where there is none."""
    for folder in ("icons", "pictures"):
        path = files("assets") / folder / f"{name}.svg"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return ""


def is_picture(name: str) -> bool:
    """Whether `name` is a picture of Easy Read, not an icon."""
    return name in picture_names()


def pixmap(name: str, side: int, palette: Palette, ink: str, *, mirrored: bool = False) -> QPixmap:
    """Icon `name` in a square of `side` pixels, its lines in `ink`; faces take their colours from the theme.

    A picture keeps its own colours.
    """
    if is_picture(name):
        return _framed(name, side, luminance(palette.ground) < DARK_BELOW, mirrored and name in POINTING)
    fill = palette.faces[FACES.index(name)] if name in FACES else palette.panel
    line = palette.face_ink if name in FACES else ink
    return _drawn(name, side, line, fill, mirrored and name in POINTING)


@lru_cache(maxsize=256)
def _framed(name: str, side: int, on_dark: bool, mirrored: bool) -> QPixmap:
    if not on_dark:
        return _drawn(name, side, INK, FILL, mirrored)
    framed = QPixmap(max(side, 1), max(side, 1))
    framed.fill(Qt.GlobalColor.transparent)
    painter = QPainter(framed)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(PANEL))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * PANEL_ROUND, side * PANEL_ROUND)
    edge = int(side * PANEL_EDGE)
    painter.drawPixmap(edge, edge, _drawn(name, side - 2 * edge, INK, FILL, mirrored))
    painter.end()
    return framed


@lru_cache(maxsize=512)
def _drawn(name: str, side: int, ink: str, fill: str, mirrored: bool) -> QPixmap:
    side = max(side, 1)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    svg = source(name).replace(INK, ink).replace(FILL, fill)
    if svg:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
    return picture.transformed(QTransform().scale(-1, 1)) if mirrored else picture
