"""What every way to answer has in common: values in by ``render``, meaning out by ``happened``, and a height for a width."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from kiosk.screens import Ask, Screen
from ui.theme import Look

AskT = TypeVar("AskT", bound=Ask)


class Input(QWidget, Generic[AskT]):
    """A way to answer. Called again with a new ask for the same place, ``render`` updates without losing focus or caret."""

    happened = Signal(object)
    """Carries a :data:`kiosk.events.Event`."""

    room_asked = Signal()
    """What this needs has changed by itself: the page should arrange its parts again."""

    fills = True
    """Takes all the height that is left, when more is left than :meth:`needed`."""

    def render(self, ask: AskT, look: Look, screen: Screen) -> None:  # type: ignore[override]
        """Show `ask`. (QWidget's own ``render``, which paints a widget elsewhere, is not used in this product.)"""
        raise NotImplementedError

    def first_focus(self) -> QWidget:
        """Where a keyboard user starts."""
        return self

    def needed(self, width: int) -> int:
        """The least height in pixels at which nothing is cut, when `width` wide."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(width)
        return self.minimumSizeHint().height() if layout is None else layout.totalMinimumSize().height()

    def offer(self, height: int) -> None:
        """There are `height` pixels at most: arrange to fit them, if that can be."""

    def placed(self) -> None:
        """It has its geometry now, perhaps the same as before, and perhaps after another offer."""

    @property
    def alone(self) -> bool:
        """Whether the page must show nothing else now: a keyboard on a low screen takes all of it."""
        return False

    def most(self, width: int) -> int:
        """The greatest height in pixels that is still of use."""
        return 1_000_000 if self.fills else self.needed(width)

    def breaks(self, width: int) -> tuple[int, ...]:
        """Heights, ascending, after which a page may end; the last is the whole. More than one where parts can be parted."""
        return (self.needed(width),)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.needed(width)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.needed(max(self.width(), 1)))

    def highlight(self, key: str, start: int, length: int) -> None:
        """Mark the part named `key` while it is spoken, and its word from `start`; ``""`` clears."""
