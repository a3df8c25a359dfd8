"""The product's own pictures, recoloured for each theme. Drawn in two placeholder colours: ink and fill."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from ui.theme import Palette

INK, FILL = "#111111", "#eeeeee"
"""The placeholders in the SVG files: lines and shapes, and what is inside a face."""
POINTING = frozenset(
    {"back", "forward", "backspace", "newline", "send", "change", "leave", "speaker", "speaker-off", "play", "again"}
)
"""Pictures with a direction, mirrored where people read from right to left."""
FACES = ("face-very-good", "face-good", "face-neither", "face-poor", "face-very-poor", "face-dont-know")


@lru_cache(maxsize=128)
def source(name: str) -> str:
    """The SVG of icon `name`, or "" where there is none."""
    path = files("assets") / "icons" / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def pixmap(name: str, side: int, palette: Palette, ink: str, *, mirrored: bool = False) -> QPixmap:
    """Icon `name` in a square of `side` pixels, its lines in `ink`; faces take their colours from the theme."""
    fill = palette.faces[FACES.index(name)] if name in FACES else palette.panel
    line = palette.face_ink if name in FACES else ink
    return _drawn(name, side, line, fill, mirrored and name in POINTING)


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
