"""Where things stand on the glass: tools, page, ends and the line of progress, on wide glass and on upright glass.

On upright glass everything to touch stands in the lower two thirds (S36): with the lower edge of the lit part at 900 mm above
the floor or lower, on a glass as high as 480 mm nothing to touch is higher than 1220 mm. Who asks for it has everything in the
lower half, where it fits, on any glass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from ui.theme import Look

EDGE_MM, LOW_EDGE_MM = 4, 3
"""Between things and the edge of the glass; on low glass less."""
LINE_ROOM_MM, LOW_LINE_ROOM_MM, LINE_MM = 7, 4.2, 1.6
"""Height kept for the line of progress, and its thickness."""
LOW_MM = 160
"""Wide glass that is lower needs its height for the page."""
WRITING_MM = 200
"""On wide glass that is lower the tools make room while keys have the page for themselves."""
ENDS_MM = 26
"""Height kept for the ends where the tools stand over them, so that each tool keeps its place (S72)."""


@dataclass(frozen=True, slots=True)
class Heights:
    """What the bars need: the height in pixels for a width, 0 where they are empty; and the size of the corner's control."""

    tools: Callable[[int], int]
    ends: Callable[[int], int]
    ear: QSize


@dataclass(frozen=True, slots=True)
class Places:
    """In pixels of the window. `floors`: how far down in the page things to touch must stand, the best first."""

    tools: QRect
    page: QRect
    ends: QRect
    ear: QRect
    progress: QRect
    corner: QRect
    """Where staff hold: the upper end corner."""
    floors: tuple[int, ...]

    def without_tools(self, whole: QRect) -> QRect:
        """The window, but for its tools: the part over them, or under them."""
        under = whole.bottom() - self.tools.bottom() > self.tools.top() - whole.top()
        if under:
            return QRect(self.page.left(), self.tools.bottom() + 1, self.page.width(), whole.bottom() - self.tools.bottom())
        return QRect(self.page.left(), whole.top(), self.page.width(), self.tools.top() - whole.top())


def margin_of(look: Look, width: int) -> int:
    """Room at the sides, in pixels; a narrow screen needs its width for 13 keys of 16 mm (S78)."""
    return look.mm(EDGE_MM) if width < look.mm(240) else max(look.mm(EDGE_MM), width // 40)


def places(glass: QSize, look: Look, heights: Heights) -> Places:
    """Where everything stands on a window of this size; mirrored where people read from right to left."""
    margin, edge = margin_of(look, glass.width()), edge_of(glass, look)
    corner = QRect(glass.width() - look.target - look.gap, 0, look.target + look.gap, look.target + look.gap)
    ends = _ends(glass, look, heights)
    if tools_stand_low(glass, look):
        tools_width = glass.width() - 2 * margin
        high = heights.tools(tools_width)
        tools = QRect(margin, ends.top() - high - edge * bool(high and ends.height()), tools_width, high)
        top, bottom = edge, (tools if high else ends).top() - edge
        line = look.mm(2)
    else:
        tools_width = glass.width() - 2 * margin - corner.width()
        tools = QRect(margin, edge, tools_width, heights.tools(tools_width))
        room = look.mm(LOW_LINE_ROOM_MM if is_low(glass, look) else LINE_ROOM_MM)
        line = tools.y() + tools.height() + int(room * 0.36)
        top = tools.y() + tools.height() + room if tools.height() else edge
        bottom = ends.top() - (edge if ends.height() else 0)
    page = QRect(margin, top, glass.width() - 2 * margin, bottom - top)
    ear = QRect(0, glass.height() - heights.ear.height(), heights.ear.width(), heights.ear.height())
    progress = QRect(margin, line, glass.width() - 2 * margin, look.mm(LINE_MM))

    def turned(rect: QRect) -> QRect:
        return QRect(glass.width() - rect.x() - rect.width(), rect.y(), rect.width(), rect.height())

    rects = (tools, page, ends, ear, progress, corner)
    tools, page, ends, ear, progress, held = (turned(rect) if look.right_to_left else rect for rect in rects)
    free = held if tools.height() else QRect()
    return Places(tools, page, ends, ear, progress, held, _floors(glass, look, top, free))


def tools_make_room(glass: QSize, look: Look) -> bool:
    """Whether there are no tools while somebody writes: one touch on the question brings them back."""
    return not is_upright(glass) and glass.height() < look.mm(WRITING_MM)


def is_upright(glass: QSize) -> bool:
    """Higher than wide."""
    return glass.height() > glass.width()


def tools_stand_low(glass: QSize, look: Look) -> bool:
    """Under the page: not on low glass, where nothing is high up, and the page needs the room beside the corner."""
    return is_upright(glass) or (look.low and not is_low(glass, look))


def is_low(glass: QSize, look: Look) -> bool:
    """Wide, and so low that height is what is missing."""
    return not is_upright(glass) and glass.height() < look.mm(LOW_MM)


def edge_of(glass: QSize, look: Look) -> int:
    """Room between things and the edge of the glass, in pixels."""
    return look.mm(LOW_EDGE_MM if is_low(glass, look) else EDGE_MM)


def _ends(glass: QSize, look: Look, heights: Heights) -> QRect:
    """Along the lower edge, beside the corner's control."""
    margin, edge = margin_of(look, glass.width()), edge_of(glass, look)
    start = heights.ear.width() + look.gap if heights.ear.width() else margin
    width = glass.width() - start - margin
    high = max(heights.ends(width), heights.ear.height() - edge, look.mm(ENDS_MM) if is_upright(glass) else 0)
    return QRect(start, glass.height() - edge - high, width, high)


def _floors(glass: QSize, look: Look, top: int, corner: QRect) -> tuple[int, ...]:
    half, third = -(-glass.height() // 2) - top, -(-glass.height() // 3) - top
    if is_upright(glass):
        return (half, third) if look.low else (third,)
    if not look.low:
        return (0,)
    return (half, max(0, corner.height() - top)) if tools_stand_low(glass, look) else (half, 0)
