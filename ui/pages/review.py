"""Check your answers: every question with what was answered, and a way to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import ReviewRow, Screen
from ui.bar import face_of
from ui.blocks import Block, Words
from ui.pages.page import Page
from ui.pages.parts import panel
from ui.parts import name_part
from ui.theme import Look
from ui.tiles import TouchButton

BESIDE_SHARE = 0.55
"""The button stands beside the words where they keep more than this of the width."""


class Row(QWidget, Block):
    """A question, its answer, and the button that leads back to it."""

    touched = Signal()
    touched_on = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question, self._answer = Words(self), Words(self)
        self._question.quiet = True
        self.change = TouchButton(self)
        self.change.clicked.connect(self.touched)
        self._look: Look | None = None
        self._offered = 0

    def show_row(self, row: ReviewRow, look: Look) -> None:
        self._look = look
        self._question.show_words(row.question, look)
        self._answer.show_words(row.answer, look, "strong")
        name_part(self.change, row.change.key)
        face = face_of(row.change)
        self.change.show_as(face, look)
        self.change.setAccessibleName(f"{row.change.label}: {row.question}")
        self._place()

    def highlight(self, start: int, length: int, *, spoken: bool) -> None:
        """The question is said first, then the answer."""
        split = len(self._question.text()) + 1
        in_question = start < split
        self._question.highlight(start, length, spoken=spoken and in_question)
        self._answer.highlight(start - split, length, spoken=spoken and not in_question)

    def offer(self, height: int) -> None:
        self._offered = height

    def needed(self, width: int) -> int:
        look = self._shown()
        words, button, beside = self._sizes(width)
        inner = max(words, button) if beside else words + look.gap + button
        return inner + 2 * look.mm(2)

    def breaks(self, width: int) -> tuple[int, ...]:
        """Between lines of the words, and not where the button stands."""
        whole, (room, beside) = self.needed(width), self._room(width)
        edge, button = self._shown().mm(2), self.change.needed(self.change.fitted.one_line)
        question = self._question.needed(room)
        for part in (self._question, self._answer):
            part.offer(1 if self._is_tall(width) else 0)
        lines = (*self._question.breaks(room), *(question + end for end in self._answer.breaks(room)[: -1 if beside else None]))
        first = edge + button if beside else 0
        last = whole - edge - (0 if beside else button)
        return (*(edge + end for end in lines if first <= edge + end < last), whole)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        panel(painter, self.rect(), self._shown())
        painter.end()

    def _shown(self) -> Look:
        assert self._look is not None, "show_row comes first"  # noqa: S101 - a mistake of ours
        return self._look

    def _sizes(self, width: int) -> tuple[int, int, bool]:
        """(height of the words, height of the button, whether it stands beside them)."""
        room, beside = self._room(width)
        words = self._question.needed(room) + self._answer.needed(room)
        return words, self.change.needed(self.change.fitted.one_line), beside

    def _room(self, width: int) -> tuple[int, bool]:
        look = self._shown()
        inner = width - 2 * look.mm(3)
        side = inner - self.change.fitted.one_line - look.mm(4)
        return (side, True) if side > BESIDE_SHARE * width else (inner, False)

    def _is_tall(self, width: int) -> bool:
        """Long words go over several pages: the button then stands at their top."""
        return 0 < self._offered < self.needed(width)

    def _place(self) -> None:
        if self._look is None or self.width() <= 0:
            return
        look = self._look
        room, beside = self._room(self.width())
        words, button, _ = self._sizes(self.width())
        inner = self.height() - 2 * look.mm(2)
        tall = self._is_tall(self.width())
        top = look.mm(2) + (max(0, inner - words) // 2 if beside and not tall else 0)
        question = self._question.needed(room)
        self._question.setGeometry(self._x(look.mm(3), room), top, room, question)
        self._answer.setGeometry(self._x(look.mm(3), room), top + question, room, words - question)
        width = self.change.fitted.one_line
        y = (look.mm(2) if tall else (self.height() - button) // 2) if beside else self.height() - look.mm(2) - button
        self.change.setGeometry(self._x(self.width() - width - look.mm(3), width), y, width, button)

    def _x(self, x: int, width: int) -> int:
        return self.width() - x - width if self._shown().right_to_left else x


class ReviewPage(Page):
    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        rows: list[Block] = [self._row(row, look) for row in screen.rows]
        above = [self.heading(screen, look), *self.lines(screen, look), *self.problem(screen, look)]
        return [*above, *rows, *self.notice(screen, look)]

    def _row(self, row: ReviewRow, look: Look) -> Row:
        is_new = row.key not in self._kept
        block = self.kept(row.key, Row)
        if is_new:
            block.touched.connect(lambda: self._touched(row.change.key))
        self._events[row.change.key] = row.change
        block.show_row(row, look)
        return block

    def first_focus(self) -> QWidget | None:
        """The way on: most people send."""
        return None
