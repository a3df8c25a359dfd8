"""The keyboard inside the window: large keys under the box, in the script of the language, with nothing of the system's.

Its keys never take the focus. Words go to the box as an input method gives them, so that a box cannot tell the keyboard
from another way to write.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.accessible import Role, Told
from ui.candidate_row import CandidateRow
from ui.focus import ring_shown
from ui.key_button import KeyButton
from ui.keyboard_fit import WIDEST_MM
from ui.keyboard_layout import LIFTED, Key, KeyboardLayout
from ui.theme import Look

MOST_COLUMNS = 14.0
"""A row of candidates may be longer than its keyboard, as far as the eye takes it in."""
SOUNDS = frozenset("abcdefghijklmnopqrstuvwxyz")
"""What is not written itself where there are candidates."""

Shift: TypeAlias = Literal["off", "once", "sentence", "locked"]


class Keyboard(QWidget, Told):
    """A language's keys for a box given by :meth:`write_to`, as large as the keyboard is."""

    key_named = Signal(str)
    """The spoken name of a key that was touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: KeyboardLayout | None = None
        self._look: Look | None = None
        self._one_line = False
        self._box: QWidget | None = None
        self._boards: dict[str, list[KeyButton]] = {}
        self.candidates: CandidateRow | None = None
        self._level = "letters"
        self._shift: Shift = "off"
        self._sentence = False
        self._folded = self._shared = False
        self._cursor: KeyButton | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def reader_role(self) -> Role:
        return Role.ToolBar

    def write_to(self, box: QWidget) -> None:
        self._box = box

    def dress(
        self, layout: KeyboardLayout, look: Look, *, one_line: bool = False, folded: bool = False, shared: bool = False
    ) -> None:
        """Show `layout`, without its control row if `folded`. Where there is one line, the new-line key does nothing.

        If `shared`, candidates have no row of their own: while letters wait they have the control row's.
        """
        if (folded, shared) != (self._folded, self._shared):
            self._folded, self._shared = folded, shared
            self._place()
            self._share()
        if (layout, look, one_line) == (self._layout, self._look, self._one_line):
            return
        for child in self.findChildren(QWidget):
            child.setParent(None)
            child.deleteLater()
        self._boards.clear()
        self._cursor = None
        self._layout, self._look, self._one_line = layout, look, one_line
        waiting, self.candidates = self.letters, None
        if layout.candidates:
            self.candidates = CandidateRow(self, self._touched, layout, layout.candidates, look)
            self.candidates.take(waiting)
        self._shift = "off"
        self._show("letters")
        self.begins_sentence(self._sentence)

    def begins_sentence(self, yes: bool) -> None:
        """The caret stands where a sentence begins, or not: there the first letter is a capital."""
        self._sentence = yes
        if self._level in {"letters", "shift"} and self._shift in {"off", "sentence"}:
            self._set_shift("sentence" if yes else "off")

    def buttons(self) -> tuple[KeyButton, ...]:
        """The keys now shown, from the top left, and then the candidates."""
        return (*self._keys, *(self.candidates.buttons() if self.candidates else ()))

    @property
    def _keys(self) -> tuple[KeyButton, ...]:
        """The board without the keys whose place the candidates have."""
        return tuple(button for button in self._board if button not in self._controls()) if self._covers else self._board

    @property
    def _covers(self) -> bool:
        return self._shared and bool(self.letters)

    def _controls(self) -> list[KeyButton]:
        last = self._layout.levels[self._level][-1] if self._layout else ()
        return [button for button in self._board if any(button.key is key for key in last)]

    def _share(self) -> None:
        """The control row is there while no letters wait."""
        if self.candidates:
            for button in self._controls():
                button.setVisible(not self._covers)
            self.candidates.label.setVisible(self._covers or not self._shared)

    @property
    def _board(self) -> tuple[KeyButton, ...]:
        return tuple(self._boards.get(self._level, ()))

    @property
    def letters(self) -> str:
        """Letters typed that are not written yet."""
        return self.candidates.letters if self.candidates else ""

    def forget_letters(self) -> None:
        """They belonged to another question, or to another person (S160)."""
        if self.candidates:
            self.candidates.forget()
            self._share()

    def write_letters(self) -> None:
        """Letters that still wait go to the box as they are: whoever goes on without choosing loses nothing."""
        if self.candidates and self.candidates.letters:
            self._write(self.candidates.as_they_are())
            self._share()

    def key(self, name: str) -> KeyButton:
        """The shown key of that text or action."""
        return next(button for button in self.buttons() if button.key.name == name)

    @property
    def level(self) -> str:
        return self._level

    @property
    def shift(self) -> Shift:
        return self._shift

    # --- what a touch does ---

    def _touched(self) -> None:
        button = self.sender()
        if isinstance(button, KeyButton):
            if self._box is not None and not self._box.hasFocus():
                self._box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._use(button)

    def _use(self, button: KeyButton) -> None:
        self._say(button)
        if self.candidates and button in self.candidates.buttons():
            self._write(self.candidates.choose(button))
        elif not self._composed(button.key):
            self._act(button.key)
        self._share()
        if self._cursor is not None and self._cursor not in self.buttons():
            self._point_near(self._cursor)

    def _composed(self, key: Key) -> bool:
        """Whether the key was for the letters not yet written: they grow, go, or are written before what the key does."""
        row = self.candidates
        if row is None:
            return False
        if key.text in SOUNDS:
            row.take(key.text)
            return True
        if not row.letters or key.action.startswith("level:"):
            return False
        if key.action == "backspace":
            row.rub_out()
            return True
        if key.action == "newline":
            self._write(row.as_they_are())
        else:
            self._write(row.choose())
        while not key.action and row.letters:
            self._write(row.choose())
        return bool(key.action)

    def _say(self, button: KeyButton) -> None:
        if self._layout is not None:
            self.key_named.emit(self._layout.spoken(button.key))

    def _act(self, key: Key) -> None:
        action, _, level = key.action.partition(":")
        match action:
            case "":
                self._write(key.text)
            case "space":
                self._write(" ")
            case "newline":
                self._strike(Qt.Key.Key_Return)
            case "backspace":
                self._strike(Qt.Key.Key_Backspace)
            case "shift":
                self._set_shift({"off": "once", "once": "locked", "sentence": "off", "locked": "off"}[self._shift])  # type: ignore[arg-type]
            case "level":
                self._shift = "off"
                self._show(level)
                self.begins_sentence(self._sentence)

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._shift in {"once", "sentence"} and not text.isspace():
            self._set_shift("off")
        if self._level.startswith(LIFTED) or (self._layout is not None and self._level in self._layout.once):
            self._show("letters")
        if self._box is not None:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self._box, event)

    def _strike(self, key: Qt.Key) -> None:
        """Straight to the box: a filter of the application's keys would take it for a key that someone pressed."""
        if self._box is not None:
            text = "\r" if key == Qt.Key.Key_Return else ""
            self._box.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))

    # --- without touch: Tab comes here, arrow keys go from key to key, Enter strikes ---

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._point(self._cursor if self._cursor in self.buttons() else next(iter(self.buttons()), None))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(self._cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any other key is for the box, as if it had the focus."""
        ways = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if event.key() in ways and self._cursor is not None:
            self._go(self._cursor, *ways[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if self._cursor is not None and self._cursor.isEnabled() and not event.isAutoRepeat():
                self._use(self._cursor)
        elif self._box is not None and event.text():
            self._box.keyPressEvent(event)
        else:
            event.ignore()

    def _go(self, start: KeyButton, across: int, down: int) -> None:
        """To the nearest key that way; none: stay."""
        here = start.geometry().center()

        def far(button: KeyButton) -> tuple[int, int]:
            way = button.geometry().center() - here
            return abs(way.y()), abs(way.x())

        def lies_there(button: KeyButton) -> bool:
            way = button.geometry().center() - here
            along = way.x() * across + way.y() * down
            beside = abs(way.y()) if across else 0
            return along > 0 and beside < start.height() // 2

        self._point(min(filter(lies_there, self.buttons()), key=far, default=start), say=True)

    def _point(self, button: KeyButton | None, *, say: bool = False) -> None:
        if self._cursor is not None:
            self._cursor.point_at(pointed=False)
        self._cursor = button
        if button is None or self._layout is None:
            return
        button.point_at(pointed=self.hasFocus() and ring_shown(self))
        self.setAccessibleName(self._layout.spoken(button.key))
        if say:
            self._say(button)

    # --- levels ---

    def _set_shift(self, shift: Shift) -> None:
        if self._layout is None or not self._layout.has_capitals:
            return
        level = "letters" if shift == "off" else "shift"
        if (shift, level) == (self._shift, self._level):
            return
        self._shift = shift
        self._show(level)
        for button in self.buttons():
            if button.key.action == "shift":
                button.hold(held=shift == "locked")

    def _show(self, level: str) -> None:
        if self._layout is None or self._look is None:
            return
        pointed = self._cursor if self._cursor in self._board else None
        for button in self._board:
            button.hide()
        self._level = level
        if level not in self._boards:
            self._boards[level] = [self._made(spot.key, self._layout, self._look) for spot in self._layout.spots(level)]
        self._place()
        for button in self._board:
            button.show()
        self._share()
        if pointed is not None:
            self._point_near(pointed)

    def _point_near(self, gone: KeyButton) -> None:
        place = gone.geometry().center()
        self._point(min(self._keys, key=lambda button: (button.geometry().center() - place).manhattanLength()))

    def _made(self, key: Key, layout: KeyboardLayout, look: Look) -> KeyButton:
        button = KeyButton(key, self)
        button.dress(look, layout.label(key), layout.spoken(key))
        button.setEnabled(not (self._one_line and key.action == "newline"))
        button.clicked.connect(self._touched)
        return button

    # --- sizes ---

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self._place()

    def _place(self) -> None:
        if self._layout is None or self._look is None or self._level not in self._boards:
            return
        folded = self._folded
        columns = self._layout.columns + self._layout.side_columns * folded
        above = 0 if self._shared else self._layout.rows_above
        rows = above + self._layout.height - folded
        across = min(self.width() / columns, self._look.mm(WIDEST_MM))
        down = self.height() / rows
        left = (self.width() - across * columns) / 2
        spots = {id(spot.key): spot for spot in self._layout.spots(self._level, folded=folded)}
        lower = rows - 1 - max(spot.row for spot in spots.values())
        for button in self._board:
            spot = spots[id(button.key)]
            x, right = round(left + spot.column * across), round(left + (spot.column + spot.columns) * across)
            y, bottom = round((spot.row + lower) * down), round((spot.row + lower + 1) * down)
            button.setGeometry(x, y, right - x, bottom - y)
        if self.candidates:
            wide = round(min(self.width() / across, max(columns, MOST_COLUMNS)) * across)
            top = round((rows - 1) * down) if self._shared else 0
            self.candidates.place(QRect((self.width() - wide) // 2, top, wide, round(down)), across)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.forget_letters()
