"""What a page is made of: parts stacked one under the other, each of which knows the height that it needs for a width."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGroupBox, QLabel, QWidget

from ui import icons
from ui.accessible import Role, Told
from ui.inputs.base import Input
from ui.theme import Look
from ui.wrapping import LINE_FACTOR, Mark, Side, Wrapped, set_lines

MOST_LETTERS = 80
"""Longest line of running text, in letters (S60)."""
ICON_MM = 7.0
"""The least side of an icon before words."""
HEADING_LINES = 1.25
"""Distance of lines in headings, in ems."""


class Block:
    """A part of a page: mixed into a widget. `fills`: takes what height is left; `pinned`: stays when pages turn."""

    fills = False
    pinned = False
    whole = True
    """Not broken where a page has room for all of it."""
    late = False
    """Stands after the others where content is turned page by page."""
    droppable = False
    """Left out where it alone would make another page."""
    spare = False
    """Left out where all the others fit at once; where pages are turned, it has its place among them."""
    touched_on = False
    """Has things to touch: another such block keeps its distance, and it must not stand too high (S36, S79)."""
    running = False
    """Running text: with wider spacing, paragraphs stand further apart (S59)."""

    def widget(self) -> QWidget:
        assert isinstance(self, QWidget)  # noqa: S101 - what a mix-in is for
        return self

    def offer(self, height: int) -> None:
        """There are `height` pixels at most: arrange to fit them, if that can be."""

    def placed(self) -> None:
        """It has its geometry now: even where that is as before, what was offered may be another height."""

    def needed(self, width: int) -> int:
        """Height in pixels at which nothing is cut."""
        raise NotImplementedError

    @property
    def alone(self) -> bool:
        """Whether the page must show nothing else now."""
        return False

    def most(self, width: int) -> int:
        """The greatest height in pixels that is still of use."""
        return self.needed(width)

    def breaks(self, width: int) -> tuple[int, ...]:
        """Heights after which a page may end, ascending; the last is the whole."""
        return (self.needed(width),)

    def skipped(self, end: int) -> int:  # noqa: ARG002 - for blocks with room between their parts
        """The room in pixels after a break at `end`, which no page needs to show."""
        return 0

    def highlight(self, start: int, length: int, *, spoken: bool) -> None:
        """Mark the part while it is said, and the word from character `start`."""


class Words(QLabel, Block, Told):
    """Text to read. `box` draws it on a ground of its own: ``notice``, ``problem`` or ``""``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._look: Look | None = None
        self._role, self._icon, self._box = "body", "", ""
        self._icon_mm = ICON_MM
        self.told_as = Role.StaticText
        self.quiet = False
        self.centred = False
        self._families: tuple[str, ...] = ()
        self._mark: tuple[int, int] | None = None
        self._spoken = False
        self._cache: dict[int, Wrapped] = {}
        self._offered = 0

    def offer(self, height: int) -> None:
        self._offered = height

    def show_words(self, text: str, look: Look, role: str = "body", icon: str = "", box: str = "") -> None:
        """Show `text` in the font of `role`: body, strong, heading, display. An `icon` stands at the start."""
        self._look, self._role, self._icon, self._box = look, role, icon, box
        self._icon_mm = ICON_MM
        self.whole = bool(box)
        self.running = role == "body" and not box
        self._cache.clear()
        self.setText(text)
        self.setAccessibleName(text)
        self.update()

    def add_picture(self, picture: str, side_mm: float, shows: str = "") -> None:
        """Put a picture of Easy Read at the start, if there is one; `shows` says what is in it. After :meth:`show_words`."""
        self.setAccessibleDescription(shows)
        if picture:
            self._icon, self._icon_mm, self.whole = picture, side_mm, True
            self._cache.clear()

    def reader_role(self) -> Role:
        return self.told_as

    def highlight(self, start: int, length: int, *, spoken: bool) -> None:
        self._spoken, self._mark = spoken, (start, length) if spoken and length else None
        self.update()

    def needed(self, width: int) -> int:
        return max(self._wrapped(width).height, self._icon_side()) + 2 * self._pad()

    def breaks(self, width: int) -> tuple[int, ...]:
        """Between lines, with two of them on either page where there is room; a picture beside them stays in one piece."""
        bottoms = self._wrapped(width).bottoms
        high = 0 < self._offered < bottoms[min(2, len(bottoms) - 1)] + 2 * self._pad() if bottoms else False
        ends = [end + self._pad() for end in (bottoms[:-1] if high else bottoms[1:-2])]
        return (*(end for end in ends if self._box or end >= self._icon_side()), self.needed(width))

    def natural_width(self) -> int:
        """Width of the words on one line."""
        return self._wrapped(1_000_000).width + self._before() + 2 * self._pad()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look = self._shown()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ink = self._paint_ground(painter, look)
        words = self._wrapped(self.width())
        if self._icon:
            side = self._icon_side()
            x = self._pad() if not look.right_to_left else self.width() - self._pad() - side
            picture = icons.pixmap(self._icon, side, look.palette, ink, mirrored=look.right_to_left)
            higher = words.height > (3 * side if self._box else side)  # so that turning the page does not cut it
            painter.drawPixmap(x, self._pad() if higher else (self.height() - side) // 2, picture)
        room = self._room(self.width())
        start = self._pad() + self._before()
        x = start if not look.right_to_left else self.width() - start - room
        mark = Mark(*self._mark, look.palette.on_primary, look.palette.primary) if self._mark else None
        words.draw(painter, x, (self.height() - words.height) // 2 if self._box or self._icon else 0, ink, mark)
        if self._spoken and not self._box:
            left = x + room - words.width if look.right_to_left else x
            painter.fillRect(left, self.height() - look.mm(0.7), words.width, look.mm(0.7), QColor(look.palette.primary))
        painter.end()

    def _paint_ground(self, painter: QPainter, look: Look) -> str:
        """The box behind the words, with a stronger edge while they are spoken. Returns the ink to write in."""
        palette = look.palette
        if self._box:
            fill, edge = (palette.notice, palette.edge) if self._box == "notice" else (palette.panel, palette.problem)
            thick = look.line if self._box == "notice" else 2 * look.line
            if self._spoken:
                edge, thick = palette.chosen_edge, 3 * look.line
            painter.setBrush(QColor(fill))
            painter.setPen(QPen(QColor(edge), thick))
            half = thick / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), look.radius, look.radius)
            return palette.on_notice if self._box == "notice" else palette.problem
        return palette.quiet if self.quiet else palette.ink

    def _shown(self) -> Look:
        assert self._look is not None, "show_words comes first"  # noqa: S101 - a mistake of ours
        return self._look

    def _pad(self) -> int:
        return self._shown().mm(2) if self._box else 0

    def _icon_side(self) -> int:
        return max(self._shown().mm(self._icon_mm), self._shown().px()) if self._icon else 0

    def _before(self) -> int:
        return self._icon_side() + self._shown().mm(max(2, self._icon_mm / 6)) if self._icon else 0

    def _room(self, width: int) -> int:
        look = self._shown()
        room = width - 2 * self._pad() - self._before()
        if self._role in {"body", "strong"} and not self._box:
            room = min(room, int(MOST_LETTERS * look.metrics(self._role).averageCharWidth()))
        return max(1, room)

    def _wrapped(self, width: int) -> Wrapped:
        room = self._room(width)
        if room not in self._cache:
            look = self._shown()
            factor = LINE_FACTOR if self._role == "body" else HEADING_LINES
            side = Side(look.right_to_left, self.centred)
            self._cache[room] = set_lines(self.text(), look.font(self._role), room, side, factor)
        return self._cache[room]


class Group(QGroupBox, Block, Told):
    """The way to answer, inside a group named by its question: a screen reader says the question on entering it."""

    fills = True
    touched_on = True

    def __init__(self, inner: Input, parent: QWidget | None = None) -> None:  # type: ignore[type-arg]
        super().__init__(parent)
        self.inner = inner
        inner.setParent(self)

    def name_it(self, question: str) -> None:
        self.setAccessibleName(question)

    def reader_role(self) -> Role:
        return Role.Grouping

    def offer(self, height: int) -> None:
        self.inner.offer(height)

    def placed(self) -> None:
        self.inner.placed()

    @property
    def alone(self) -> bool:
        return self.inner.alone

    def needed(self, width: int) -> int:
        return self.inner.needed(width)

    def most(self, width: int) -> int:
        return self.inner.most(width)

    def breaks(self, width: int) -> tuple[int, ...]:
        return self.inner.breaks(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: a group for the ear, not for the eye."""

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        self.inner.setGeometry(QRect(0, 0, self.width(), self.height()))
