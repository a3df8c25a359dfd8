"""A screen to try ways of typing on: real widgets, real touches, and a list of what they told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.events import Changed
from kiosk.screens import Ask, PageKind, Screen
from kiosk.states import Preferences
from ui.theme import PALETTES, Look

NAMES = (
    ("letters-left", "{n} letters left"),
    ("backspace", "Delete"),
    ("clear", "Clear"),
    ("ok", "OK"),
    ("minus", "Minus"),
    ("decimal", "Decimal point"),
    ("nothing-chosen", "Nothing chosen yet"),
    ("digits-entered", "{n} digits"),
    ("letters", "Letters"),
)
FAMILIES = {"ur": "Noto Nastaliq Urdu", "ar": "Noto Sans Arabic"}
NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True, slots=True)
class Device:
    """A kiosk's screen: pixels, the lit width in mm, and the distance to the eyes in mm."""

    width: int
    height: int
    width_mm: float
    viewing_mm: float

    @property
    def px_per_mm(self) -> float:
        return self.width / self.width_mm


TABLET = Device(1280, 800, 217, 450)
DESK = Device(1920, 1080, 476, 600)
PILLAR = Device(1080, 1920, 268, 600)


def look_on(device: Device, percent: int = 100, language: str = "en", theme: str = "calm") -> Look:
    families = tuple(filter(None, (FAMILIES.get(language), "Noto Sans")))
    return Look(PALETTES[theme], device.px_per_mm, device.viewing_mm, percent, families, language in {"ur", "ar"})


def screen_of(percent: int = 100, language: str = "en", **more: Any) -> Screen:
    return Screen(
        kind=PageKind.QUESTION,
        language=language,
        right_to_left=language in {"ur", "ar"},
        shown=Preferences(text_percent=percent),
        heading="How was it?",
        key_names=NAMES,
        **more,
    )


@dataclass(slots=True)
class Room:
    """An input on a device, as a page would hold it. `told` are its events; each is shown back, as the shell does."""

    inner: Any
    ask: Any
    device: Device = DESK
    percent: int = 100
    language: str = "en"
    height: int = 0
    echo: bool = True
    told: list[Changed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.inner.happened.connect(self._hear)
        self.inner.resize(int(self.device.width - 8 * self.device.px_per_mm), self.height or self.device.height // 2)
        self.show(self.ask)

    def show(self, ask: Ask) -> None:
        self.ask = ask
        look = look_on(self.device, self.percent, self.language)
        self.inner.render(ask, look, screen_of(self.percent, self.language))

    def _hear(self, event: Changed) -> None:
        self.told.append(event)
        if self.echo:
            self.show(replace(self.ask, chosen=event.chosen, typed=event.typed))

    @property
    def typed(self) -> tuple[str, ...]:
        return self.told[-1].typed if self.told else ()


def opened(qtbot: QtBot, room: Room) -> Room:
    """The room, on the screen, with the focus where it begins."""
    qtbot.addWidget(room.inner)
    room.inner.show()
    room.inner.activateWindow()
    room.inner.first_focus().setFocus()
    qtbot.waitUntil(lambda: room.inner.first_focus().hasFocus())
    return room


def touch(widget: QWidget) -> None:
    """A finger goes down and up in the middle."""
    QTest.mouseClick(widget, LEFT, NO_KEY, widget.rect().center())


def slide_off(widget: QWidget) -> None:
    """A finger goes down, slides away and goes up elsewhere."""
    far = QPoint(widget.width() // 2, -4 * widget.height() - 400)
    QTest.mousePress(widget, LEFT, NO_KEY, widget.rect().center())
    QTest.mouseMove(widget, far)
    QTest.mouseRelease(widget, LEFT, NO_KEY, far)
