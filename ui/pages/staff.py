"""Behind the corner: what staff want to know of this device."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.languages import language
from kiosk.screens import Screen
from kiosk.states import Figures
from ui.blocks import Block, Words
from ui.grid import Plan
from ui.pages.page import Page
from ui.pages.parts import Fact
from ui.pages.routes import Cards
from ui.theme import Look

HOUR, DAY = 3600, 86400


class StaffPage(Page):
    """How much waits, what was sent, what speaks and what is missing."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        facts = facts_of(screen.figures, screen) if screen.figures else []
        return [
            self.heading(screen, look),
            *self.problem(screen, look),
            *self.lines(screen, look),
            *self.grid("actions", screen.actions, look, Plan(columns=(4, 3, 2, 1), row_mm=20)),
            *self.reception(screen, look),
            *self.facts(facts, look),
        ]

    def reception(self, screen: Screen, look: Look) -> list[Block]:
        """How the day goes, and what can be said to people: beside a picture of the desk."""
        blocks: list[Block] = []
        for line in screen.reception:
            block = self.kept(line.key, Words)
            card = line.role == "card"
            block.show_words(line.text, look, "body", "desk" if card else "", "notice" if card else "")
            blocks.append(block)
        return blocks

    def facts(self, rows: Iterable[tuple[str, str]], look: Look) -> list[Block]:
        """A table: what it is, how it stands."""
        blocks: list[Block] = []
        for number, (name, value) in enumerate(rows):
            fact = self.kept(f"fact:{number}", Fact)
            fact.show_fact(name, value, look)
            blocks.append(fact)
        return blocks


class KeypadPage(StaffPage):
    """What the keys mean, and the one that is asked for."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        columns = Plan(columns=(len(screen.actions) or 1, 1), row_mm=20)
        return [
            self.heading(screen, look),
            *self.problem(screen, look),
            *self.lines(screen, look),
            *self.grid("actions", screen.actions, look, columns),
            *self.facts(screen.facts, look),
        ]


class JoiningPage(Page):
    """The code that is approved at the centre, large; and a square for a phone."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        actions = self.grid("actions", screen.actions, look, Plan(row_mm=32, large=True))
        return [
            self.heading(screen, look),
            *self.problem(screen, look),
            *self.lines(screen, look),
            *actions,
            *self._cards(screen, look),
        ]

    def lines(self, screen: Screen, look: Look) -> list[Block]:
        code = [self.words(line.key, line.text, look, "display") for line in screen.lines if line.role == "code"]
        rest = replace(screen, lines=tuple(line for line in screen.lines if line.role != "code"))
        return [*code, *super().lines(rest, look)]

    def _cards(self, screen: Screen, look: Look) -> list[Block]:
        if not screen.routes:
            return []
        cards = self.kept("routes", Cards)
        cards.show_routes(screen.routes, look)
        return [cards]


def facts_of(figures: Figures, screen: Screen) -> list[tuple[str, str]]:
    """Rows of (what it is, how it stands), in the screen's language."""
    say = screen.key_name
    connection = ". ".join(filter(None, (say(figures.connection), figures.detail)))
    rows = [
        (say("waiting"), str(figures.waiting)),
        (say("oldest"), age_words(figures.oldest_seconds, screen)),
        (say("sent"), str(figures.sent)),
        (say("refused"), str(figures.refused)),
        *([(say("today"), str(figures.today))] if figures.today is not None else []),
        (say("connection"), connection),
        (say("last-contact"), figures.last_contact or say("none")),
        (say("survey"), figures.survey or say("none")),
        (say("version"), figures.version or say("none")),
        *screen.facts,
    ]
    tags = dict.fromkeys((*figures.fonts, *figures.voices))
    return rows + [(language(tag).own_name, language_words(tag, figures, screen)) for tag in tags]


def language_words(tag: str, figures: Figures, screen: Screen) -> str:
    """What a language has on this device, and what it lacks."""
    font = figures.fonts.get(tag, "") if tag in figures.fonts else ""
    parts = [
        screen.key_name("no-font") if font is None else font,
        figures.voices.get(tag) or screen.key_name("no-voice"),
        screen.key_name("to-be-reviewed") if tag in figures.unreviewed else "",
    ]
    return ", ".join(filter(None, parts))


def age_words(seconds: int | None, screen: Screen) -> str:
    """An age in minutes, hours or days: the largest of which there are two."""
    if seconds is None:
        return screen.key_name("none")
    unit, length = ("days", DAY) if seconds >= 2 * DAY else ("hours", HOUR) if seconds >= 2 * HOUR else ("minutes", 60)
    return screen.key_name(unit).replace("{n}", str(seconds // length))
