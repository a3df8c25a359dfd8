"""Other ways to be heard, as cards: an icon, a name, an address in words, and a code for a phone's camera (S163)."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.screens import Route
from ui import icons
from ui.accessible import Role, Told
from ui.blocks import Block
from ui.pages.parts import panel
from ui.parts import name_part
from ui.theme import Look
from ui.wrapping import Side, Wrapped, set_lines

CODE_MM = 27
"""Least side of a code with its quiet zone, so that a phone reads it from an arm's length."""
QUIET_MODULES = 4
"""The white edge that a reader needs around a code (ISO/IEC 18004)."""
ICON_MM = 10


@lru_cache(maxsize=16)
def modules(content: str) -> tuple[tuple[bool, ...], ...]:
    """The code's dark and light squares, row by row."""
    import segno

    return tuple(tuple(bool(square) for square in row) for row in segno.make_qr(content, error="m").matrix)


def code_side(content: str, look: Look) -> int:
    """Side in pixels of a code with its quiet zone: whole pixels for each module, so that no seam shows."""
    count = len(modules(content)) + 2 * QUIET_MODULES
    return count * -(-look.mm(CODE_MM) // count)


def draw_code(painter: QPainter, content: str, rect: QRect) -> None:
    """Black on white whatever the theme: readers need it so."""
    squares = modules(content)
    module = rect.width() // (len(squares) + 2 * QUIET_MODULES)
    painter.fillRect(rect, QColor("#FFFFFF"))
    for y, row in enumerate(squares):
        for x, dark in enumerate(row):
            if dark:
                left, top = rect.x() + (x + QUIET_MODULES) * module, rect.y() + (y + QUIET_MODULES) * module
                painter.fillRect(left, top, module, module, QColor("#000000"))


class Card(QLabel, Block, Told):
    """One route. An address runs from left to right in every language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._route = Route("", "", "")
        self._look: Look | None = None
        self._spoken = False

    def show_route(self, route: Route, look: Look) -> None:
        self._route, self._look = route, look
        name_part(self, route.key)
        self.setText(f"{route.name}: {route.address}")
        self.setAccessibleName(self.text())
        self.update()

    def reader_role(self) -> Role:
        return Role.StaticText

    def highlight(self, start: int, length: int, *, spoken: bool) -> None:  # noqa: ARG002 - the card is said as a whole
        self._spoken = spoken
        self.update()

    def needed(self, width: int) -> int:
        name, address = self._parts(width)
        return max(name.height + address.height, self._side(), self._code()) + 2 * self._shown().mm(3)

    def breaks(self, width: int) -> tuple[int, ...]:
        """Between lines, below the code."""
        name, address = self._parts(width)
        pad = self._shown().mm(3)
        lines = (*name.bottoms, *(name.height + end for end in address.bottoms[:-1]))
        return (*(pad + end for end in lines if end >= max(self._code(), self._side())), self.needed(width))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, (name, address) = self._shown(), self._parts(self.width())
        painter = QPainter(self)
        panel(painter, self.rect(), look)
        pad, side = look.mm(3), self._side()
        top = (self.height() - name.height - address.height) // 2
        icon = icons.pixmap(self._icon(), side, look.palette, look.palette.primary, mirrored=look.right_to_left)
        high = name.height + address.height > max(self._code(), side)
        painter.drawPixmap(self._x(pad, side), pad if high else (self.height() - side) // 2, icon)
        room = self._room(self.width())
        x = self._x(pad + side + pad, room)
        name.draw(painter, x, top, look.palette.ink)
        address.draw(painter, x, top + name.height, look.palette.ink)
        if self._code():
            code = self._code()
            left = self._x(self.width() - pad - code, code)
            draw_code(painter, self._route.code, QRect(left, pad if high else (self.height() - code) // 2, code, code))
        painter.end()

    def _side(self) -> int:
        """Side of the icon, which grows with the words."""
        look = self._shown()
        return max(look.mm(ICON_MM), int(look.px() * 1.1))

    def _icon(self) -> str:
        return self._route.kind if icons.source(self._route.kind) else "web"

    def _shown(self) -> Look:
        assert self._look is not None, "show_route comes first"  # noqa: S101 - a mistake of ours
        return self._look

    def _x(self, x: int, width: int) -> int:
        return self.width() - x - width if self._shown().right_to_left else x

    def _code(self) -> int:
        return code_side(self._route.code, self._shown()) if self._route.code else 0

    def _room(self, width: int) -> int:
        look = self._shown()
        code = self._code()
        return max(1, width - self._side() - 3 * look.mm(3) - (code + look.mm(3) if code else 0))

    def _parts(self, width: int) -> tuple[Wrapped, Wrapped]:
        look, room = self._shown(), self._room(width)
        name = set_lines(self._route.name, look.font("strong"), room, Side(look.right_to_left))
        address = self._route.address.removeprefix("https://").removeprefix("http://")
        return name, set_lines(address, look.font(), room)


class Cards(QWidget, Block):
    """Cards in as many columns as make the lowest whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[Card] = []
        self._row_ends: set[int] = set()
        self._look: Look | None = None
        self._offered = 0

    def show_routes(self, routes: tuple[Route, ...], look: Look) -> None:
        self._look = look
        while len(self._cards) > len(routes):
            self._cards.pop().deleteLater()
        while len(self._cards) < len(routes):
            self._cards.append(Card(self))
        for card, route in zip(self._cards, routes, strict=True):
            card.show_route(route, look)
            card.show()
        self._place()

    def needed(self, width: int) -> int:
        return self.breaks(width)[-1]

    def offer(self, height: int) -> None:
        self._offered = height

    def placed(self) -> None:
        self._place()

    def breaks(self, width: int) -> tuple[int, ...]:
        """After each row; inside a card only where it is higher than the page."""
        columns, y = self._columns(width), 0
        ends: list[int] = []
        self._row_ends.clear()
        for row, height in enumerate(self._rows(columns, width)):
            if columns == 1 and 0 < self._offered < height + self._gap():
                ends += [y + end for end in self._cards[row].breaks(width)[:-1]]
            ends.append(y + height)
            self._row_ends.add(y + height)
            y += height + self._gap()
        return tuple(ends) or (0,)

    def skipped(self, end: int) -> int:
        return self._gap() if end in self._row_ends else 0

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self._place()

    def _gap(self) -> int:
        return self._look.gap if self._look else 0

    def _cell(self, columns: int, width: int) -> int:
        return (width - (columns - 1) * self._gap()) // columns

    def _rows(self, columns: int, width: int) -> list[int]:
        heights = [card.needed(self._cell(columns, width)) for card in self._cards]
        return [max(heights[i : i + columns]) for i in range(0, len(heights), columns)]

    def _columns(self, width: int) -> int:
        least = self._look.mm(75) if self._look else 1
        usable = [columns for columns in (1, 2, 3) if self._cell(columns, width) >= least or columns == 1]
        whole = [n for n in usable if not 0 < self._offered < max(self._rows(n, width), default=0) + self._gap()]
        return min(whole or [1], key=lambda columns: sum(self._rows(columns, width)))

    def _place(self) -> None:
        if self._look is None or self.width() <= 0:
            return
        columns, y = self._columns(self.width()), 0
        cell = self._cell(columns, self.width())
        for row, height in enumerate(self._rows(columns, self.width())):
            for column, card in enumerate(self._cards[row * columns : (row + 1) * columns]):
                x = column * (cell + self._gap())
                card.setGeometry(self.width() - x - cell if self._look.right_to_left else x, y, cell, height)
            y += height + self._gap()
