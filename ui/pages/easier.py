"""Make it easier to use: every aid is a switch, with an icon, words, and a knob that shows and says whether it is on."""

from __future__ import annotations

from kiosk.screens import Screen
from ui.blocks import Block
from ui.grid import Plan
from ui.pages.page import Page
from ui.places import is_low, is_upright
from ui.theme import Look

SWITCHES = Plan(columns=(2, 1, 3), row_mm=26)
UPRIGHT = Plan(columns=(1, 2), row_mm=26)


class EasierPage(Page):
    """Switches in as few pages as there can be; what becomes of them stands under them."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        upright = is_upright(self.window().size())
        lines = self.lines(screen, look)
        for line in lines:
            line.late = line.droppable = True
        switches = self.grid("actions", screen.actions, look, UPRIGHT if upright else SWITCHES, "switch")
        heading = self.heading(screen, look)
        heading.pinned = not is_low(self.window().size(), look)
        return [heading, *lines, *switches, *self.problem(screen, look)]
