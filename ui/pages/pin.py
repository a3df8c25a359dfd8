"""The PIN: a digit pad and nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.events import PinEntered
from kiosk.screens import Screen
from ui.blocks import Block, Group
from ui.pages.page import Page
from ui.theme import Look


class PinPage(Page):
    """Staff enter the PIN, or set it by entering it twice."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        group = self.kept(f"pad:{screen.heading}", self._new_group)
        group.name_it(screen.heading)
        group.inner.render(screen, look)  # type: ignore[call-arg]
        return [self.heading(screen, look), *self.lines(screen, look), *self.problem(screen, look), group]

    def first_focus(self) -> QWidget | None:
        groups = [block for block in self._kept.values() if isinstance(block, Group)]
        return groups[0].inner.first_focus() if groups else None

    def _new_group(self) -> Group:
        from ui.inputs.pad import PinPad

        pad = PinPad()
        pad.entered.connect(lambda pin: self.happened.emit(PinEntered(pin)))
        pad.room_asked.connect(self.pager.arrange)
        return Group(pad)
