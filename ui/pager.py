"""Content that does not fit is turned page by page with two large buttons: never by a gesture, and nothing is ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.blocks import Block
from ui.faces import Face, Fitted
from ui.theme import Look
from ui.tiles import TouchButton

PINNED_SHARE = 0.36
"""A heading stays while pages turn, when it takes no more than this of the height."""
HIGH_SHARE, LOW_SHARE = 0.4, 0.75
"""How much of the room that is left stands above the content: on upright glass more, so that it is within reach (S36)."""
SPACES_MM = (4, 2.5, 1.5)
"""Room between blocks: the widest with which everything fits at once."""


@dataclass(frozen=True, slots=True)
class Turning:
    """Words on the two buttons."""

    more: str
    up: str


class Pager(QWidget):
    """A stack of blocks, all at once where they fit, else in pages that end between lines, rows and blocks."""

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

    def _alone(self) -> Block | None:
        """The block that needs the whole page to itself now."""
        return next((block for block in self._blocks if block.alone), None)

    def _give_all(self, block: Block) -> None:
        self.head.hide()
        self.body.setGeometry(0, 0, self.width(), self.height())
        block.widget().setGeometry(0, 0, self.width(), self.height())
        self._pages = [(0, self.height())]

    def _at_once(self, look: Look) -> list[Block]:
        """The blocks that fit on one page, put there: all, or all but what can be left out; none if they do not fit."""
        for blocks in (self._blocks, [block for block in self._blocks if not block.droppable]):
            for self._space in (look.mm(mm) for mm in SPACES_MM):
                if self._fit(blocks) or self._alone():
                    return blocks
        return []

    def _fit(self, blocks: list[Block]) -> bool:
        """Put them on one page, if that can be; height that is left goes to who can use it, then around them."""
        width, space = self.width(), self._space
        gaps = space * max(0, len(blocks) - 1)
        fixed = sum(block.needed(width) for block in blocks if not block.fills)
        filling = [block for block in blocks if block.fills]
        for block in filling:
            block.offer(max(1, (self.height() - fixed - gaps) // len(filling)))
        heights = [block.needed(width) for block in blocks]
        spare = self.height() - sum(heights) - gaps
        if spare < 0:
            return False
        for number, block in enumerate(blocks):
            if block.fills:
                more = min(spare, max(0, block.most(width) - heights[number]))
                heights[number] += more
                spare -= more
        y = int(spare * (LOW_SHARE if self.low else HIGH_SHARE))
        self._put(heights, y, width, blocks)
        self.head.hide()
        self._pages = [(0, self.height())]
        self.body.setGeometry(0, 0, width, self.height())
        return True

    def _in_pages(self, look: Look) -> None:
        """Pinned blocks above, the others turned under them; nothing is pinned where that leaves too little room."""
        width = self.width() - self._side_width(look) - look.mm(4)
        pinned = [block for block in self._blocks if block.pinned]
        if self._pinned_height(pinned, width) > PINNED_SHARE * self.height() or not self._flow(pinned, width):
            pinned = []
            self._flow(pinned, width)
        self._pin(pinned, width, self._pinned_height(pinned, width))
        self._top, self._width = self._pinned_height(pinned, width), width

    def _pinned_height(self, pinned: list[Block], width: int) -> int:
        return sum(block.needed(width) + self._space for block in pinned)

    def _flow(self, pinned: list[Block], width: int) -> bool:
        """Put all but the pinned blocks into pages; False when a piece is higher than a page."""
        room = self.height() - self._pinned_height(pinned, width)
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
        self.body.resize(width, sum(heights) + self._space * max(0, len(blocks) - 1))

    def _pin(self, pinned: list[Block], width: int, height: int) -> None:
        self.head.setVisible(bool(pinned))
        for block in pinned:
            block.widget().setParent(self.head)
        self.head.setGeometry(self._x(0, width), 0, width, height)
        self._put([block.needed(width) for block in pinned], 0, width, pinned)

    def _put(self, heights: list[int], y: int, width: int, blocks: list[Block]) -> None:
        for block, height in zip(blocks, heights, strict=True):
            block.widget().setGeometry(QRect(0, y, width, height))
            y += height + self._space

    def _units(self, blocks: list[Block], width: int, room: int) -> list[tuple[int, int]]:
        """(top, bottom) of every piece that must stay whole, in the order of the page."""
        units = []
        for block in blocks:
            top = block.widget().y()
            start = top
            whole = block.whole and block.needed(width) <= room
            for end in (block.needed(width),) if whole else block.breaks(width):
                units.append((start, top + end))
                start = top + end
        return units

    def _side_width(self, look: Look) -> int:
        worded = [Fitted(replace(button.face, shape="under"), look) for button in (self._more, self._up)]
        return max(look.target, *(fit.narrowest for fit in worded))

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
            button.setGeometry(x, 0 if top else self.height() - height, side, height)
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
            if self._up.needed(side) + look.gap + self._more.needed(side) <= self.height():
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
