"""Welcome, question and note: a heading that is the question, what helps to answer it, and the way to answer."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

from kiosk.screens import ChoiceAsk, DateAsk, NumberAsk, PageKind, Screen, SliderAsk, TextAsk
from ui.blocks import Block, Group
from ui.grid import Plan
from ui.inputs.base import Input
from ui.inputs.choice import picture_of
from ui.pages.page import Page
from ui.pages.parts import Picture, Trail
from ui.pages.turns import Turns
from ui.theme import Look

INPUTS = {
    ChoiceAsk: ("ui.inputs.choice", "ChoiceInput"),
    TextAsk: ("ui.inputs.text", "TextInput"),
    NumberAsk: ("ui.inputs.number", "NumberInput"),
    DateAsk: ("ui.inputs.date", "DateInput"),
    SliderAsk: ("ui.inputs.slider", "SliderInput"),
}
"""Where each way to answer lives: fetched when first asked for, so that the first screen comes sooner."""


class QuestionPage(Page):
    """One question, asked so that its answers are the largest thing on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group: Group | None = None

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        lines = self.lines(screen, look)
        intro = [line for line in lines if screen.kind is PageKind.WELCOME]
        for line in lines:
            line.late = line in intro
        return [
            *self._trail(screen, look),
            *self._turns(screen, look),
            *intro,
            self.heading(screen, look),
            *self._picture(screen, look),
            *(line for line in lines if line not in intro),
            *self.problem(screen, look),
            *self._added(screen, look),
            *self._ask(screen, look),
            *self.grid("actions", screen.actions, look, Plan(columns=(2, 1), row_mm=20)),
            *self._languages(screen, look),
            *self.notice(screen, look),
        ]

    def first_focus(self) -> QWidget | None:
        return self._group.inner.first_focus() if self._group is not None else super().first_focus()

    def highlight(self, key: str, start: int, length: int) -> None:
        super().highlight(key, start, length)
        turns = self._kept.get("turns")
        if isinstance(turns, Turns):
            turns.highlight_part(key, start, length)
            if key in {"said", "did"}:
                self.pager.reveal(turns)
        if self._group is not None:
            self._group.inner.highlight(key, start, length)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _trail(self, screen: Screen, look: Look) -> list[Block]:
        """Where this question stands: its section, and how far one has come."""
        if not screen.context and screen.progress is None:
            return []
        trail = self.kept("trail", Trail)
        trail.late = trail.droppable = True
        trail.show_trail(screen.context, screen.progress.words if screen.progress else "", look)
        return [trail]

    def _turns(self, screen: Screen, look: Look) -> list[Block]:
        """What was changed because people said something."""
        if not screen.turns:
            return []
        turns = self.kept("turns", Turns)
        turns.show_turns(screen.turns, screen.language, look)
        return [turns]

    def _languages(self, screen: Screen, look: Look) -> list[Block]:
        grid = self.grid("languages", screen.languages, look, Plan(columns=(5, 4, 3, 2, 1), row_mm=20))
        for block in grid:
            block.late = True
        return grid

    def _picture(self, screen: Screen, look: Look) -> list[Block]:
        picture = picture_of(screen.media)
        if picture is None or screen.media is None:
            return []
        block = self.kept("media", Picture)
        block.show_picture(picture, screen.media.title.in_language(screen.language), look)
        return [block]

    def _added(self, screen: Screen, look: Look) -> list[Block]:
        return self.grid("added", screen.added, look, Plan(columns=(3, 2, 1), row_mm=20))

    def _ask(self, screen: Screen, look: Look) -> list[Block]:
        if screen.ask is None:
            self._group = None
            return []
        ask: Any = screen.ask
        self._group = self.kept(f"ask:{screen.place}:{type(ask).__name__}", lambda: self._new_group(type(ask)))
        self._group.name_it(screen.heading)
        self._group.inner.render(ask, look, screen)
        return [self._group]

    def _new_group(self, kind: type[Any]) -> Group:
        module, name = INPUTS[kind]
        inner: Input[Any] = getattr(import_module(module), name)()
        inner.happened.connect(self.happened)
        inner.room_asked.connect(self.pager.arrange)
        return Group(inner)
