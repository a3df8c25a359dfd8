"""Screens with little on them: choose a language, start again, are you still there, out of order."""

from __future__ import annotations

from kiosk.screens import Screen
from ui.blocks import Block
from ui.grid import Plan
from ui.pages.page import Page
from ui.pages.routes import Cards
from ui.theme import Look

LANGUAGES = Plan(columns=(3, 4, 2, 5, 1), row_mm=30, large=True)
CHOICES = Plan(columns=(2, 1), row_mm=32, large=True)
ONE = Plan(row_mm=32, large=True)


class LanguagesPage(Page):
    """Every language by its own name, in its own letters."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        languages = self.grid("languages", screen.languages, look, LANGUAGES)
        return [self.heading(screen, look), *self.lines(screen, look), *languages]


class MessagePage(Page):
    """A heading, some sentences, a count of seconds, and what one can do."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        lines = self.lines(screen, look)
        lines, onward = (lines[:-1], lines[-1:]) if screen.routes else (lines, [])
        actions = self.grid("actions", screen.actions, look, CHOICES if len(screen.actions) > 1 else ONE)
        # While time runs, what stops it is never further down than the first page.
        middle = [*actions, *lines] if screen.countdown else [*lines, *actions]
        return [
            self.heading(screen, look, "title"),
            *self._countdown(screen, look),
            *middle,
            *self.problem(screen, look),
            *self.grid("languages", screen.languages, look, LANGUAGES),
            *self.notice(screen, look),
            *onward,
            *self._cards(screen, look),
        ]

    def _countdown(self, screen: Screen, look: Look) -> list[Block]:
        """The seconds left, large; they change once a second and never flash (S65)."""
        return [self.words("countdown", screen.countdown, look, "display")] if screen.countdown else []

    def _cards(self, screen: Screen, look: Look) -> list[Block]:
        if not screen.routes:
            return []
        cards = self.kept("routes", Cards)
        cards.show_routes(screen.routes, look)
        return [cards]
