"""Ways to answer that bring keys of their own, on a page that is too low for the question and the keys together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.screens import Screen
from ui.inputs.base import AskT, Input
from ui.theme import Look
from ui.tiles import Face, TouchButton

UNLIMITED = 1_000_000


class KeyedInput(Input[AskT]):
    """An input with keys. Where question, boxes and keys do not fit together (`crowded`), the boxes come without keys first.

    A touch on one brings the keys, and boxes and keys have the page for themselves; the button beside them (`turn`) brings the
    question back. Subclasses say whether there is room in ``needed``, and place everything in ``arrange``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.crowded = False
        self.writing = False
        self._offered = UNLIMITED
        self._turn_words = ("", "")
        self.turn = TouchButton(self)
        self.turn.hide()
        self.turn.clicked.connect(lambda: self.write(writing=not self.writing))

    @property
    def alone(self) -> bool:
        return self.crowded and self.writing

    @property
    def keys_shown(self) -> bool:
        return self.writing or not self.crowded

    def offer(self, height: int) -> None:
        """So much is left beside the question: enough for the keys, or not."""
        if height != self._offered:
            self._offered = height
            self.updateGeometry()

    def write(self, *, writing: bool) -> None:
        """Bring the keys, or the question."""
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        if self.crowded and writing != self.writing:
            self.writing = writing
            self.arrange()
            self.room_asked.emit()

    def arrange(self) -> None:
        """Put everything in its place for the size this widget has."""
        raise NotImplementedError

    def judge(self, least: int) -> bool:
        """Whether the page is too low for what needs `least` pixels with its keys."""
        crowded = self._offered < least or self.alone  # who writes gets more room, and goes on writing in it
        if crowded != self.crowded:
            self.crowded = crowded
            self.arrange()
        return crowded

    def name_turn(self, screen: Screen) -> None:
        """The button is named after what it brings: the keys, or the question."""
        self._turn_words = (screen.heading, screen.key_name(self.keys_named))

    keys_named = "letters"
    """The name of the keys, as the screen has it."""

    def show_turn(self, look: Look) -> None:
        icon, name = ("question", self._turn_words[0]) if self.writing else ("keyboard", self._turn_words[1])
        self.turn.show_as(Face(icon=icon, shape="icon", name=name, icon_mm=12), look)
        self.turn.setVisible(self.crowded)
