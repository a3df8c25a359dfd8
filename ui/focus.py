"""Where the keyboard is: a ring in two colours, seen while keys are in use and never after a touch (S66)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Look

_RINGS = "rings_shown"


def show_rings(window: QWidget, shown: bool) -> None:
    """From now on focus in `window` is drawn, or not."""
    if window.property(_RINGS) != shown:
        window.setProperty(_RINGS, shown)
        focused = window.focusWidget()
        if focused is not None:
            focused.update()


def ring_shown(widget: QWidget) -> bool:
    """Whether `widget` should draw its focus ring now."""
    return widget.hasFocus() and widget.window().property(_RINGS) is not False


def ring_px(look: Look) -> int:
    """Thickness of each of the ring's two colours: at least 2 reference pixels (WCAG 2.4.13)."""
    return max(3, round(3 * look.css_px))


def draw_ring(painter: QPainter, rect: QRectF, look: Look) -> None:
    """A ring just inside `rect`: a dark line, a bright one, a dark one, so that it shows on every ground."""
    thick = ring_px(look)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dark, bright = look.palette.focus_edge, look.palette.focus
    for colour, inset, width in ((dark, 0, thick), (bright, thick, thick), (dark, 2 * thick, max(1, thick // 2))):
        pen = QPen(QColor(colour), width)
        painter.setPen(pen)
        middle = inset + width / 2
        radius = max(1.0, look.radius - middle)
        painter.drawRoundedRect(rect.adjusted(middle, middle, -middle, -middle), radius, radius)


def tab_stops(part: QWidget) -> list[QWidget]:
    """What the Tab key comes to in `part`, in order: as the part itself says (``tab_order``), else as it was built.

    Qt's own chain is not asked: each widget that ``nextInFocusChain`` names stays in memory for ever (PySide 6.11).
    """
    own = getattr(part, "tab_order", None)
    if own is not None:
        return [stop for stop in own() if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
    inside = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    here = [part] if part.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    return [*here, *(stop for child in inside for stop in tab_stops(child))]
