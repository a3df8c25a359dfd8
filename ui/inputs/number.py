"""A number: one box with its unit, the digit pad, and the units to pick where there are several."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.events import Changed
from kiosk.screens import NumberAsk, Screen
from ui.inputs.digit_pad import PadKeys
from ui.inputs.digits import DigitsInput
from ui.inputs.field import Field
from ui.theme import Look
from ui.tiles import Face, TouchButton

MOST_DIGITS = 15
"""More than these lose their last digits in JSON."""
PLACES = 5
"""How many digits the box has room for at least."""


class NumberInput(DigitsInput[NumberAsk]):
    """Takes a number from the pad, or from a real keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = Field(self)
        self.fields = [self.field]
        self.field.clicked.connect(lambda: self.write(writing=True))
        self._ask: NumberAsk | None = None
        self._digits = ""
        self._code = ""

    def render(self, ask: NumberAsk, look: Look, screen: Screen) -> None:  # type: ignore[override]
        self._ask = ask
        self._digits, self._code = (*ask.typed, "", "")[:2]
        self.dress_pad(look, screen, PadKeys(_others(ask), ask.decimal_mark or "."))
        self.field.dress(look, "", unit=ask.unit, places=max(PLACES, len(self._digits)))
        self.field.setAccessibleName(ask.name or screen.heading)
        self.field.hold(self._digits, active=True)
        self._dress_units(ask, look)
        self.chain()
        self.updateGeometry()
        self.arrange()

    def first_focus(self) -> QWidget:
        return self.field

    def strike(self, name: str) -> None:
        if self._ask is None:
            return
        digits = struck_number(self._digits, name, self._ask)
        if digits != self._digits:
            self._tell(digits, self._code)

    def _tell(self, digits: str, code: str) -> None:
        if self._ask is None:
            return
        self._digits, self._code = digits, code
        self.field.hold(digits, active=True)
        two = bool(self._ask.units) or len(self._ask.typed) > 1
        self.happened.emit(Changed(self._ask.place, self._ask.chosen, (digits, code) if two else (digits,)))

    def _dress_units(self, ask: NumberAsk, look: Look) -> None:
        while len(self.choices) > len(ask.units):
            gone = self.choices.pop()
            gone.setParent(None)
            gone.deleteLater()
        while len(self.choices) < len(ask.units):
            button = TouchButton(self)
            button.clicked.connect(partial(self._picked, len(self.choices)))
            button.show()
            self.choices.append(button)
        for button, (code, words) in zip(self.choices, ask.units, strict=True):
            button.show_as(Face(words, kind="answer", chosen=self._code in {code, words}), look)

    def _picked(self, number: int) -> None:
        if self._ask is not None:
            self._tell(self._digits, self._ask.units[number][0])


def _others(ask: NumberAsk) -> tuple[str, ...]:
    return (("mark",) if ask.decimal_mark else ()) + (("sign",) if ask.signed else ())


def struck_number(digits: str, name: str, ask: NumberAsk) -> str:
    """The number after a key: a digit more, one less, a mark where there is none yet, the sign turned."""
    sign, rest = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    match name:
        case "backspace":
            return digits[:-1]
        case "sign":
            return (rest if sign else f"-{rest}") if ask.signed else digits
        case "mark":
            allowed = ask.decimal_mark and not set(".,٫") & set(rest)
            return f"{sign}{rest or '0'}{ask.decimal_mark}" if allowed else digits
        case _ if sum(letter.isdecimal() for letter in rest) < MOST_DIGITS:
            return f"{sign}{'' if rest == '0' else rest}{name}"
        case _:
            return digits
