"""The digit pad: 3 by 4 as on a telephone, and lower and wider where the screen is low."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.key_button import KeyButton
from ui.keyboard_layout import Key
from ui.theme import Look

ROWS = (4, 3, 2)
"""The heights a pad can have, in keys, best first."""
MOST_MM = 30.0
ICONS = {"backspace": "backspace", "sign": "minus", "clear": "cross", "ok": "check"}


@dataclass(frozen=True, slots=True)
class PadKeys:
    """The keys beside 0 to 9 and backspace, out of ``mark``, ``sign``, ``clear``, ``ok``; `mark` is what that key shows."""

    others: tuple[str, ...] = ()
    mark: str = "."

    def spots(self, rows: int) -> Mapping[str, tuple[int, int]]:
        """(row, column) of each key, by name, in a pad of 4, 3 or 2 `rows`."""
        if rows == 2:
            digits = {str((n + 1) % 10): (n // 5, n % 5) for n in range(10)}
            free = [(1, 5), (0, 6), (1, 6), (0, 7), (1, 7)]
            return {**digits, "backspace": (0, 5), **dict(zip(self.others, free, strict=False))}
        digits = {str(n + 1): divmod(n, 3) for n in range(9)}
        if rows == 3:
            free = [(1, 3), (2, 4), (1, 4), (0, 4)]
            return {**digits, "backspace": (0, 3), "0": (2, 3), **dict(zip(self.others, free, strict=False))}
        free = [(3, 0), (3, 3), (2, 3), (1, 3)]
        return {**digits, "0": (3, 1), "backspace": (3, 2), **dict(zip(self.others, free, strict=False))}

    def columns(self, rows: int) -> int:
        return 1 + max(column for _, column in self.spots(rows).values())


class DigitPad(QWidget):
    """Says which key was touched. Its keys are reached by Tab too, for those who cannot touch."""

    struck = Signal(str)
    """A digit, or ``backspace``, ``mark``, ``sign``, ``clear``, ``ok``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: dict[str, KeyButton] = {}
        self._wanted = PadKeys()
        self._look: Look | None = None
        self.rows = ROWS[0]

    def dress(self, look: Look, wanted: PadKeys, names: Mapping[str, str]) -> None:
        """Show the keys `wanted`; `names` are the spoken ones, by key."""
        self._look, self._wanted = replace(look, right_to_left=False), wanted
        spots = wanted.spots(4)
        for name in [name for name in self._keys if name not in spots]:
            gone = self._keys.pop(name)
            gone.setParent(None)
            gone.deleteLater()
        for name in spots:
            button = self._keys.get(name) or self._made(name)
            button.dress(self._look, wanted.mark if name == "mark" else name if name.isdigit() else "", names.get(name, name))
        self._place()

    def key(self, name: str) -> KeyButton:
        """The key of that digit or action."""
        return self._keys[name]

    def buttons(self) -> tuple[KeyButton, ...]:
        return tuple(self._keys[name] for name in self._wanted.spots(ROWS[0]) if name in self._keys)

    def allow(self, *, everything: bool) -> None:
        """Take touches, or none for now."""
        for key in self._keys.values():
            key.setEnabled(everything)

    def height_px(self, rows: int) -> int:
        """The least height in pixels of a pad of so many rows."""
        return 0 if self._look is None else rows * self._look.target

    def width_px(self, rows: int) -> int:
        """The least width in pixels of a pad of so many rows."""
        return 0 if self._look is None else self._wanted.columns(rows) * self._look.target

    def most_px(self, rows: int) -> tuple[int, int]:
        """Width and height in pixels beyond which its keys would only be far apart."""
        side = 0 if self._look is None else self._look.mm(MOST_MM)
        return self._wanted.columns(rows) * side, rows * side

    def stand(self, rows: int) -> None:
        """From now on this many rows."""
        self.rows = rows
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's name and shape
        self._place()

    def _made(self, name: str) -> KeyButton:
        key = Key(text=name if name.isdigit() or name == "mark" else "", action=name, icon=ICONS.get(name, ""))
        button = KeyButton(key, self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.struck.emit(name))
        button.show()
        self._keys[name] = button
        return button

    def _place(self) -> None:
        if self._look is None:
            return
        columns = self._wanted.columns(self.rows)
        across, down = self.width() / columns, self.height() / self.rows
        for name, (row, column) in self._wanted.spots(self.rows).items():
            x, y = round(column * across), round(row * down)
            self._keys[name].setGeometry(x, y, round((column + 1) * across) - x, round((row + 1) * down) - y)
