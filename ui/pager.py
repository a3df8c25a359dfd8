"""Content that does not fit is turned page by page with two large buttons: never by a gesture, and nothing is ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.blocks import Block
from ui.faces import Face, Fitted
from ui.theme import GAP_MM, PARAGRAPH, Look
from ui.tiles import TouchButton

PINNED_SHARE = 0.36
"""A heading stays while pages turn, when it takes no more than this of the height."""
HIGH_SHARE, LOW_SHARE = 0.4, 0.75
"""How much of the room that is left stands above the content: on upright glass more, so that it is within reach (S36)."""
SPACES_MM = (4, GAP_MM, 1.5)
"""Room between blocks: the widest with which everything fits at once; never less than between things to touch (S79)."""


@dataclass(frozen=True, slots=True)
class Turning:
    """Words on the two buttons."""

    more: str
    up: str


class Pager(QWidget):
    """A stack of blocks, all at once where they fit, else in pages that end between lines, rows and blocks."""

    alone_changed = Signal()
    """A part needs the page to itself now, or no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clip = QWidget(self)
        self.body = QWidget(self.clip)
        self.head = QWidget(self)
        self._up, self._more = TouchButton(self), TouchButton(self)
        self._up.clicked.connect(lambda: self.turn_to(self.page - 1))
        self._more.clicked.connect(lambda: self.turn_to(self.page + 1))
        self._blocks: list[Block] = []
        self._look: Look | None = None
        self._space = 0
        self._pages: list[tuple[int, int]] = [(0, 0)]
        self.page: int = 0
        self.low = False
        """Content that is shorter than the room stands low in it."""
        self.floors: tuple[int, ...] = (0,)
        """How far down everything to touch stands, at least, in pixels: the best first, the last one always kept (S36)."""
        self._top = 0
        self._was_alone = False

    def show_blocks(self, blocks: Sequence[Block], look: Look, words: Turning) -> None:
        """Lay these out, from the top of the page that is shown."""
        self._blocks, self._look = list(blocks), look
        self._more.show_as(Face(words.more, "down", shape="under", icon_mm=9), look)
        self._up.show_as(Face(words.up, "up", shape="under", icon_mm=9), look)
        self.arrange()

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def turn_to(self, page: int) -> None:
        """Show this page, the nearest that there is."""
        self.page = max(0, min(page, len(self._pages) - 1))
        self._show_page()

    def reveal(self, part: QWidget) -> None:
        """Turn to the page that has `part`."""
        if not self.body.isAncestorOf(part):
            return
        top = part.mapTo(self.body, QPoint(0, 0)).y()
        for number, (start, end) in enumerate(self._pages):
            if start <= top < end:
                self.turn_to(number)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self.arrange()

    # --- arranging -------------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Measure and place every block for the size that there is."""
        if self._look is None or self.width() <= 0 or self.height() <= 0:
            return
        for block in self._blocks:
            block.widget().setParent(self.body)
        shown = self._at_once(self._look)
        if not shown:
            self._space = self._look.mm(SPACES_MM[1])
            self._in_pages(self._look)
        alone = self._alone()
        for block in self._blocks:
            block.widget().setVisible(block is alone if alone else not shown or block in shown)
        if alone is not None:
            self._give_all(alone)
        self.turn_to(self.page)
        if (alone is not None) != self._was_alone:
            self._was_alone = alone is not None
            self.alone_changed.emit()

    @property
    def is_alone(self) -> bool:
        """Whether one part has the page to itself."""
        return self._was_alone

    def _alone(self) -> Block | None:
        """The block that needs the whole page to itself now."""
        return next((block for block in self._blocks if block.alone), None)

    def _give_all(self, block: Block) -> None:
        self.head.hide()
        self.body.setGeometry(0, 0, self.width(), self.height())
        block.widget().setGeometry(0, self.floors[-1], self.width(), self.height() - self.floors[-1])
        self._pages = [(0, self.height())]

    def _at_once(self, look: Look) -> list[Block]:
        """The blocks that fit on one page, put there: all, or all but what can be left out; none if they do not fit."""
        for floor in self.floors:
            for blocks in self._choices():
                for self._space in (look.mm(mm) for mm in SPACES_MM):
                    if self._fit(blocks, floor) or self._alone():
                        return blocks
        return []

    def _choices(self) -> tuple[list[Block], ...]:
        """What may stand on one page, the most first."""
        needed = [block for block in self._blocks if not block.droppable]
        return self._blocks, needed, [block for block in needed if not block.spare]

    def _fit(self, blocks: list[Block], floor: int) -> bool:
        """Put them on one page, if that can be; height that is left goes to who can use it, then around them."""
        width, gaps = self.width(), sum(self._gaps(blocks))
        top = max(0, floor - self._above_touch(blocks, width))
        room = self.height() - top
        fixed = sum(block.needed(width) for block in blocks if not block.fills)
        filling = [block for block in blocks if block.fills]
        for block in filling:
            block.offer(max(1, (room - fixed - gaps) // len(filling)))
        heights = [block.needed(width) for block in blocks]
        spare = room - sum(heights) - gaps
        if spare < 0:
            return False
        for number, block in enumerate(blocks):
            if block.fills:
                more = min(spare, max(0, block.most(width) - heights[number]))
                heights[number] += more
                spare -= more
        y = top + int(spare * (LOW_SHARE if self.low else HIGH_SHARE))
        self._put(heights, y, width, blocks)
        self.head.hide()
        self._pages = [(0, self.height())]
        self.body.setGeometry(0, 0, width, self.height())
        return True

    def _above_touch(self, blocks: list[Block], width: int) -> int:
        """Height of what stands over the first thing to touch; of a whole page, where there is nothing to touch."""
        height = 0
        for block, gap in zip(blocks, self._gaps(blocks), strict=True):
            if block.touched_on:
                return height
            height += block.needed(width) + gap
        return self.height()

    def _gaps(self, blocks: list[Block]) -> list[int]:
        """The room under each block: none under the last, never less than 3 mm between things to touch (S79)."""
        look = self._look
        touching, wide = (look.gap, int(PARAGRAPH * look.px()) if look.wide else 0) if look is not None else (0, 0)
        gaps = []
        for one, other in pairwise(blocks):
            least = touching if one.touched_on and other.touched_on else wide if one.running and other.running else 0
            gaps.append(max(self._space, least))
        return [*gaps, 0][: len(blocks)]

    def _in_pages(self, look: Look) -> None:
        """Pinned blocks above, the others turned under them; nothing is pinned where that leaves too little room."""
        width = self.width() - self._side_width(look) * (1 + self._side_by_side(look)) - look.mm(4)
        width -= look.gap if self._side_by_side(look) else 0
        floor = self._floor
        pinned = self._to_pin(width, floor)
        if self._pinned_height(pinned, width) > max(PINNED_SHARE * self.height(), floor) or not self._flow(pinned, width):
            pinned = []
            self._flow(pinned, width)
        self._top, self._width = max(floor, self._pinned_height(pinned, width)), width
        self._pin(pinned, width, self._pinned_height(pinned, width))

    @property
    def _floor(self) -> int:
        """How far down turned content begins, at least: words alone may stand higher."""
        return self.floors[-1] if any(block.touched_on for block in self._blocks) else 0

    def _to_pin(self, width: int, floor: int) -> list[Block]:
        """The heading; and, over a deep floor, all that stands before the first thing to touch, if there is room for it."""
        before = list(takewhile(lambda block: not block.touched_on, self._blocks))
        if len(before) < len(self._blocks) and self._pinned_height(before, width) <= floor:
            return before
        return [block for block in self._blocks if block.pinned]

    def _pinned_height(self, pinned: list[Block], width: int) -> int:
        return sum(block.needed(width) for block in pinned) + sum(self._gaps(pinned)) + self._space * bool(pinned)

    def _flow(self, pinned: list[Block], width: int) -> bool:
        """Put all but the pinned blocks into pages; False when a piece is higher than a page."""
        room = self.height() - max(self._floor, self._pinned_height(pinned, width))
        flowing = sorted((block for block in self._blocks if block not in pinned), key=lambda block: block.late)
        for block in flowing:
            block.offer(room)
        self._stack(flowing, width)
        units = self._units(flowing, width, room)
        self._pages = pages_of(units, room)
        needed = [block for block in flowing if not block.droppable]
        fewer = pages_of(self._units(needed, width, room), room)
        if len(fewer) < len(self._pages):
            self._pages = fewer
        return all(bottom - top <= room for top, bottom in units)

    def _stack(self, blocks: list[Block], width: int) -> None:
        heights = [block.needed(width) for block in blocks]
        self._put(heights, 0, width, blocks)
        self.body.resize(width, sum(heights) + sum(self._gaps(blocks)))

    def _pin(self, pinned: list[Block], width: int, height: int) -> None:
        self.head.setVisible(bool(pinned))
        for block in pinned:
            block.widget().setParent(self.head)
        self.head.setGeometry(self._x(0, width), self._top - height, width, height)
        self._put([block.needed(width) for block in pinned], 0, width, pinned)

    def _put(self, heights: list[int], y: int, width: int, blocks: list[Block]) -> None:
        for block, height, gap in zip(blocks, heights, self._gaps(blocks), strict=True):
            block.widget().setGeometry(QRect(0, y, width, height))
            block.placed()
            y += height + gap

    def _units(self, blocks: list[Block], width: int, room: int) -> list[tuple[int, int]]:
        """(top, bottom) of every piece that must stay whole, in the order of the page."""
        units = []
        for block in blocks:
            top = block.widget().y()
            start = top
            whole = block.whole and block.needed(width) <= room
            for end in (block.needed(width),) if whole else block.breaks(width):
                units.append((start, top + end))
                start = top + end + block.skipped(end)
        return units

    def _side_width(self, look: Look) -> int:
        if self._side_by_side(look):
            return look.target
        worded = [Fitted(replace(button.face, shape="under"), look) for button in (self._more, self._up)]
        return max(look.target, *(fit.narrowest for fit in worded))

    def _side_by_side(self, look: Look) -> bool:
        """The two buttons do not stand one over the other where the page is too low for that."""
        return 2 * look.target + look.gap > self.height() - self.floors[-1]

    def _x(self, x: int, width: int) -> int:
        """Mirrored where people read from right to left."""
        return self.width() - x - width if self._look and self._look.right_to_left else x

    def _show_page(self) -> None:
        look = self._look
        if look is None:
            return
        several = len(self._pages) > 1
        start, end = self._pages[self.page]
        if not several:
            self.clip.setGeometry(0, 0, self.width(), self.height())
            self.body.move(0, 0)
        else:
            self.clip.setGeometry(self._x(0, self._width), self._top, self._width, end - start)
            self.body.move(0, -start)
        self._show_turning(look, several)

    def _show_turning(self, look: Look, several: bool) -> None:
        side = self._side_width(look)
        x = self._x(self.width() - side, side)
        self._dress_turning(look, side)
        for button, top in ((self._up, True), (self._more, False)):
            height = button.needed(side)
            button.setGeometry(x, self.floors[-1] if top else self.height() - height, side, height)
        if self._side_by_side(look):
            self._up.move(self._x(self.width() - 2 * side - look.gap, side), self._more.y())
        stay = {self._up: several and self.page > 0, self._more: several and self.page < len(self._pages) - 1}
        for button, other in ((self._up, self._more), (self._more, self._up)):
            if button.hasFocus() and not stay[button] and stay[other]:
                # Before it is hidden: Qt would hand the focus on as the Tab key does, and the page would turn to it.
                other.show()
                other.setFocus()
        for button, stays in stay.items():
            button.setVisible(stays)

    def _dress_turning(self, look: Look, side: int) -> None:
        """Words under the arrows; the way up, and then the way down, without them where the glass is too low."""
        for shapes in (("under", "under"), ("icon", "under"), ("icon", "icon")):
            for button, shape in zip((self._up, self._more), shapes, strict=True):
                button.show_as(replace(button.face, shape=shape), look)
            if self._up.needed(side) + look.gap + self._more.needed(side) <= self.height() - self.floors[-1]:
                return


def pages_of(units: list[tuple[int, int]], room: int) -> list[tuple[int, int]]:
    """Pages as (start, end) in pixels: each takes as many whole units as `room` has; a unit taller than that has its own."""
    pages: list[tuple[int, int]] = []
    start: int | None = None
    last = 0
    for top, bottom in units:
        if start is not None and bottom - start > room:
            pages.append((start, last))
            start = None
        if start is None:
            start = top
        last = bottom
    if start is not None:
        pages.append((start, last))
    return pages or [(0, room)]
