"""The PIN: a digit pad and nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.screens import Screen
from kiosk.events import PinEntered
from ui.blocks import Block
from ui.pages.page import Page
from ui.pages.staff import PadBlock
from ui.theme import Look


class PinPage(Page):
    """Staff enter the PIN, or set it by entering it twice."""

    def blocks(self, screen: Screen, look: Look) -> list[Block]:
        pad = [] if screen.wait_seconds else [self._pad(screen, look)]
        return [self.heading(screen, look), *self.lines(screen, look), *self.problem(screen, look), *pad]

    def first_focus(self) -> QWidget | None:
        pads = [block.pad for block in self._kept.values() if isinstance(block, PadBlock)]
        return pads[0] if pads else None

    def _pad(self, screen: Screen, look: Look) -> Block:
        block = self.kept(f"pad:{screen.heading}:{look.text_percent}", lambda: self._new(screen, look))
        return block

    def _new(self, screen: Screen, look: Look) -> PadBlock:
        from ui.inputs.pad import PinPad

        pad = PinPad()
        pad.entered.connect(lambda pin: self.happened.emit(PinEntered(pin)))
        pad.render(screen, look)
        return PadBlock(pad)
