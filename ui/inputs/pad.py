"""The PIN: as many dots as digits, the digit pad, clear and OK. It keeps no PIN after it gave one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens import Screen
from ui.inputs.digit_pad import PadKeys
from ui.inputs.digits import DigitsInput
from ui.inputs.field import Field
from ui.theme import Look

DOT = "•"
PIN_LENGTH = (4, 12)
"""Shortest and longest, where the screen says nothing."""


class PinPad(DigitsInput[Any]):
    """Takes a PIN from the pad, or from a real keyboard with Enter for OK."""

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = Field(self)
        self.fields = [self.field]
        self._pin = ""
        self._shortest, self._longest = PIN_LENGTH
        self._count_words = ""
        self._open = True

    def render(self, screen: Screen, look: Look) -> None:  # type: ignore[override]
        """Dress for `screen`: its PIN length, its key names, and how long to wait before another try."""
        self._shortest, self._longest = screen.pin_length or PIN_LENGTH
        self._count_words = screen.key_name("digits-entered")
        self._open = not screen.wait_seconds
        self.dress_pad(look, screen, PadKeys(("clear", "ok")))
        self.field.dress(look, "", places=self._longest)
        self.field.setAccessibleName(screen.heading)
        self.pad.allow(everything=self._open)
        self._hold("" if screen.wait_seconds else self._pin)
        self.chain()
        self.updateGeometry()
        self.arrange()

    def first_focus(self) -> QWidget:
        return self.field

    def strike(self, name: str) -> None:
        if not self._open:
            return
        match name:
            case "backspace":
                self._hold(self._pin[:-1])
            case "clear":
                self._hold("")
            case "ok":
                self._give()
            case _ if name.isdigit() and len(self._pin) < self._longest:
                self._hold(self._pin + name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.strike("ok")
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        if len(self._pin) >= self._shortest:
            pin = self._pin
            self._hold("")
            self.entered.emit(pin)

    def _hold(self, pin: str) -> None:
        self._pin = pin
        self.field.hold(DOT * len(pin), active=True)
        self.field.setAccessibleDescription(self._count_words.replace("{n}", str(len(pin))))
        self.pad.key("ok").setEnabled(self._open and len(pin) >= self._shortest)
