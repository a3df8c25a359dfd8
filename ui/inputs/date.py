"""A date or a time: a box for each part, and one digit pad. A full box hands on to the next; a touch comes back to any."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.events import Changed
from kiosk.screens import DateAsk, Screen
from ui.inputs.digit_pad import PadKeys
from ui.inputs.digits import DigitsInput
from ui.inputs.field import Field
from ui.theme import Look


class DateInput(DigitsInput[DateAsk]):
    """Takes a date from the pad, or from a real keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask: DateAsk | None = None
        self._typed: list[str] = []
        self._at = 0
        self._fresh = True
        """The next digit begins the box anew: it was full when it was touched."""

    def render(self, ask: DateAsk, look: Look, screen: Screen) -> None:  # type: ignore[override]
        if self._ask is None or self._ask.place != ask.place:
            self._at, self._fresh = 0, True
        self._ask, self._typed = ask, list((*ask.typed, *("",) * len(ask.parts))[: len(ask.parts)])
        self.dress_pad(look, screen, PadKeys())
        self._make_fields(len(ask.parts))
        for field, part in zip(self.fields, ask.parts, strict=True):
            field.dress(look, part.label, places=part.digits)
        self._show()
        self.chain()
        self.updateGeometry()
        self.arrange()

    def first_focus(self) -> QWidget:
        return self.fields[self._at] if self.fields else self

    @property
    def at(self) -> int:
        """Which box the next digit goes into."""
        return self._at

    def strike(self, name: str) -> None:
        if self._ask is None:
            return
        if name == "backspace":
            self._rub_out()
        elif name.isdigit():
            self._put(name, self._ask)

    def _put(self, digit: str, ask: DateAsk) -> None:
        full = ask.parts[self._at].digits
        held = "" if self._fresh and len(self._typed[self._at]) >= full else self._typed[self._at]
        self._fresh = False
        if len(held) >= full:
            return
        self._typed[self._at] = held + digit
        if len(held) + 1 >= full and self._at + 1 < len(ask.parts):
            self._go(self._at + 1)
        self._tell(ask)

    def _rub_out(self) -> None:
        """The last digit; from an empty box, the last one of the box before."""
        self._fresh = False
        if not self._typed[self._at] and self._at:
            self._go(self._at - 1)
            self._fresh = False
        if self._ask is not None and self._typed[self._at]:
            self._typed[self._at] = self._typed[self._at][:-1]
            self._tell(self._ask)

    def _tell(self, ask: DateAsk) -> None:
        self._show()
        self.happened.emit(Changed(ask.place, ask.chosen, tuple(self._typed)))

    def _touched(self, number: int) -> None:
        self._go(number)
        self.write(writing=True)

    def _go(self, number: int) -> None:
        """The box `number` is the one to fill, and has the focus if its neighbour had it."""
        focused = any(field.hasFocus() for field in self.fields)
        self._at, self._fresh = number, True
        if focused and not self.fields[number].hasFocus():
            self.fields[number].setFocus()
        self._show()

    def _show(self) -> None:
        for number, (field, digits) in enumerate(zip(self.fields, self._typed, strict=True)):
            field.hold(digits, active=number == self._at)

    def _make_fields(self, count: int) -> None:
        while len(self.fields) > count:
            gone = self.fields.pop()
            gone.setParent(None)
            gone.deleteLater()
        while len(self.fields) < count:
            field = Field(self)
            field.clicked.connect(partial(self._touched, len(self.fields)))
            field.reached.connect(partial(self._go, len(self.fields)))
            field.show()
            self.fields.append(field)
