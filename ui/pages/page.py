"""What every page has in common: blocks kept by key, laid out by a pager, updated in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import Button, Screen
from ui.accessible import NEWS, Role, in_reading_order
from ui.announcing import asks
from ui.bar import face_of
from ui.blocks import Block, Group, Words
from ui.grid import Grid, Plan
from ui.pager import Pager, Turning
from ui.parts import name_part
from ui.places import is_low
from ui.theme import Look

PICTURE_MM, PICTURE_PART = 28.0, 0.15
"""The side of a picture beside a heading, and the most it takes of the glass's height."""
SMALL_PICTURE_MM = 12.0
"""The side of a picture beside a sentence."""

BlockT = TypeVar("BlockT", bound=Block)


class Page(QWidget):
    """One kind of screen. A subclass says of which blocks it is made; this keeps them from one rendering to the next."""

    happened = Signal(object)
    """Carries a :data:`kiosk.events.Event`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pager = Pager(self)
        self.pager.head.lower()  # what stays is read before what is turned
        self._kept: dict[str, Block] = {}
        self._used: set[str] = set()
        self._events: dict[str, Button] = {}

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        """The parts of `screen`, from top to bottom."""
        raise NotImplementedError

    def show_screen(self, screen: Screen, look: Look) -> None:
        """Draw `screen`. Parts that were there before stay, with their focus and caret."""
        self._used.clear()
        self._events.clear()
        self.pager.low = self.window().height() > 1.2 * self.window().width()
        blocks = self.blocks(screen, look)
        for key in [key for key in self._kept if key not in self._used]:
            gone = self._kept.pop(key).widget()
            gone.hide()
            gone.deleteLater()
        self.pager.show_blocks(blocks, look, Turning(screen.key_name("more"), screen.key_name("up")))
        for place in (self.pager.head, self.pager.body):
            here = [block.widget() for block in blocks if block.widget().parentWidget() is place]
            in_reading_order(sorted(here, key=lambda widget: widget.y()))

    def first_focus(self) -> QWidget | None:
        """Where a keyboard user starts on this page; None: the way on."""
        grids = [block for block in self._kept.values() if isinstance(block, Grid) and block.buttons]
        return next(iter(grids[0].buttons.values())) if grids else None

    def highlight(self, key: str, start: int, length: int) -> None:
        """Mark what is being said, and turn to it."""
        for name, block in self._kept.items():
            block.highlight(start, length, spoken=name == key)
            if isinstance(block, Grid):
                for inner, button in block.buttons.items():
                    button.highlight(start, length, spoken=inner == key)
        spoken = self._kept.get(key)
        if spoken is not None:
            self.pager.reveal(spoken.widget())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self.pager.setGeometry(QRect(0, 0, self.width(), self.height()))

    # --- parts that many pages have --------------------------------------------------------------------------------

    def kept(self, key: str, make: Callable[[], BlockT]) -> BlockT:
        """The block of this key, made once."""
        self._used.add(key)
        block = self._kept.get(key)
        if block is None:
            block = self._kept[key] = make()
            block.widget().setParent(self.pager.body)
            if not isinstance(block, Grid | Group):
                name_part(block.widget(), key)
        return block  # type: ignore[return-value]

    def words(self, key: str, text: str, look: Look, role: str = "body", box: str = "") -> Words:
        """A sentence of its own."""
        block = self.kept(key, Words)
        icon = {"problem": "problem", "notice": "notice"}.get(box, "")
        block.told_as = NEWS if box == "problem" or role == "display" else Role.StaticText
        block.show_words(text, look, role, icon, box)
        return block

    def heading(self, screen: Screen, look: Look, role: str = "heading") -> Words:
        block = self.kept("heading", Words)
        block.pinned = True
        block.told_as = Role.Heading
        if role == "heading" and is_low(self.window().size(), look):
            role = "large"
        block.show_words(screen.heading, look, role)
        side_mm = min(PICTURE_MM, self.window().height() / look.px_per_mm * PICTURE_PART)
        block.add_picture(screen.picture, side_mm, screen.picture_words)
        return block

    def lines(self, screen: Screen, look: Look) -> list[Block]:
        """The sentences under the heading."""
        parts: list[Block] = []
        for line in screen.lines:
            block = self.words(line.key, line.text, look)
            block.add_picture(line.picture, SMALL_PICTURE_MM)
            block.quiet = line.role != "body"
            block.told_as = Role.StaticText if asks(screen) else NEWS
            parts.append(block)
        return parts

    def problem(self, screen: Screen, look: Look) -> list[Block]:
        return [self.words("problem", screen.problem, look, "strong", "problem")] if screen.problem else []

    def notice(self, screen: Screen, look: Look) -> list[Block]:
        if not screen.notice:
            return []
        block = self.words("notice", screen.notice, look, box="notice")
        block.add_picture(screen.notice_picture, SMALL_PICTURE_MM)
        return [block]

    def grid(self, key: str, buttons: tuple[Button, ...], look: Look, plan: Plan, kind: str = "") -> list[Block]:
        """Buttons that tell their own event."""
        if not buttons:
            return []
        is_new = key not in self._kept
        block = self.kept(key, Grid)
        if is_new:
            block.touched.connect(self._touched)
        self._events.update({button.key: button for button in buttons})
        block.show_faces({button.key: face_of(button, kind) for button in buttons}, look, plan)
        return [block]

    def _touched(self, key: str) -> None:
        if key in self._events:
            self.happened.emit(self._events[key].event)
