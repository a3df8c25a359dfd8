"""The row over a keyboard's keys that shows the letters not yet written, and what they may stand for, to be touched."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QLabel, QWidget

from ui.candidates import MOST_LETTERS, Candidate, Sounds, candidates_for, columns_of, in_pages
from ui.key_button import KeyButton
from ui.keyboard_layout import Key, KeyboardLayout
from ui.theme import Look

LETTERS_COLUMNS = 2.0
"""How many key widths the letters have."""
WIDER = 1.25
"""Candidates may be so much wider, to fill the row."""
NEXT, PREVIOUS = Key(action="candidates:next", icon="forward"), Key(action="candidates:previous", icon="back")


class CandidateRow:
    """Letters, candidates and two keys to turn to more of them, all children of the keyboard `parent`.

    `touched` is called with a button as its sender. A candidate that stands for the first letters only leaves the others
    where they are.
    """

    def __init__(
        self, parent: QWidget, touched: Callable[[], None], layout: KeyboardLayout, sounds: Sounds, look: Look
    ) -> None:
        self.letters = ""
        self._layout, self._sounds, self._look = layout, sounds, look
        self._page = 0
        self._pages: tuple[tuple[Candidate, ...], ...] = ()
        self._place = QRect()
        self._column = 1.0
        self._parent, self._touched = parent, touched
        self._pool: list[KeyButton] = []
        self.turners = (self._made(PREVIOUS), self._made(NEXT))
        self.label = QLabel(parent)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.show()

    def buttons(self) -> tuple[KeyButton, ...]:
        """The candidates now shown and the keys to turn by, from the left."""
        if not self.letters:
            return ()
        shown = self._pages[self._page] if self._pages else ()
        return (self.turners[0], *self._pool[: len(shown)], self.turners[1])

    def take(self, letter: str) -> None:
        """One more letter, as far as there is room for them."""
        self._begin(self.letters + letter if len(self.letters) < MOST_LETTERS else self.letters)

    def rub_out(self) -> None:
        """The last letter goes."""
        self._begin(self.letters[:-1])

    def forget(self) -> None:
        if self.letters:
            self._begin("")

    def choose(self, button: KeyButton | None = None) -> str:
        """The text of a touched candidate, else of the first; its letters are taken away. Turning writes nothing."""
        if button in self.turners:
            self._turn(1 if button is self.turners[1] else -1)
            return ""
        chosen = self._pages[self._page][self._pool.index(button)] if button is not None else self._pages[0][0]
        self._begin(self.letters[chosen.letters :])
        return chosen.text

    def as_they_are(self) -> str:
        """The letters themselves, which are taken away."""
        letters = self.letters
        self._begin("")
        return letters

    def place(self, rect: QRect, column: float) -> None:
        """Stand in `rect`, with keys that are `column` pixels wide."""
        if (rect, column) != (self._place, self._column):
            self._place, self._column = rect, column
            self._show()

    # --- what is shown ---

    def _begin(self, letters: str) -> None:
        self.letters, self._page = letters, 0
        self._show()

    def _turn(self, by: int) -> None:
        self._page = min(max(0, self._page + by), len(self._pages) - 1)
        self._show()

    def _show(self) -> None:
        room = max(1.0, self._place.width() / self._column - LETTERS_COLUMNS - len(self.turners))
        self._pages = in_pages(candidates_for(self._sounds, self.letters), room)
        self._page = min(self._page, max(0, len(self._pages) - 1))
        shown = self._pages[self._page] if self._pages else ()
        while len(self._pool) < len(shown):
            self._pool.append(self._made(Key()))
        for button, candidate in zip_longest(self._pool, shown):
            button.key = Key(candidate.text if candidate else "")
            button.dress(self._look, button.key.text, self._layout.spoken(button.key))
        self._stand(shown)
        for button in (*self._pool, *self.turners):
            button.setVisible(button in self.buttons())
        self.turners[0].setEnabled(self._page > 0)
        self.turners[1].setEnabled(self._page < len(self._pages) - 1)
        self._tell()

    def _stand(self, shown: tuple[Candidate, ...]) -> None:
        """Letters, back, the candidates and, at the end, on."""
        across = self._place.width() / self._column
        wide = [columns_of(one.text) for one in shown]
        wider = min(WIDER, (across - LETTERS_COLUMNS - len(self.turners)) / sum(wide)) if wide else 1.0
        widths = [LETTERS_COLUMNS if self.letters else across, 1.0, *(one * wider for one in wide)]
        x = 0.0
        for widget, columns in zip((self.label, self.turners[0], *self._pool), widths, strict=False):
            self._put(widget, x, columns)
            x += columns
        self._put(self.turners[1], across - 1, 1.0)

    def _put(self, widget: QWidget, column: float, columns: float) -> None:
        left, right = round(column * self._column), round((column + columns) * self._column)
        widget.setGeometry(self._place.left() + left, self._place.top(), right - left, self._place.height())

    def _tell(self) -> None:
        words = self.letters or self._layout.labels.get("candidates", "")
        colours = self._look.palette
        self.label.setFont(_fitted(self._look.font("key"), words, self.label.width() - 2 * self._look.mm(1)))
        self.label.setStyleSheet(f"color: {colours.ink if self.letters else colours.quiet}; background: transparent;")
        self.label.setText(words)
        self.label.setAccessibleName(f"{self._layout.names.get('candidates', '')} {self.letters}".strip())

    def _made(self, key: Key) -> KeyButton:
        button = KeyButton(key, self._parent)
        button.dress(self._look, "", self._layout.spoken(key))
        button.clicked.connect(self._touched)
        button.hide()
        return button


def _fitted(font: QFont, words: str, width: int) -> QFont:
    """`font`, smaller where `words` would be wider than `width` pixels."""
    while QFontMetricsF(font).horizontalAdvance(words) > width and font.pixelSize() > 8:
        font.setPixelSize(font.pixelSize() - 1)
    return font
