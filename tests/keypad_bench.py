"""A real window with a keypad beside it, and a clock that a test sets."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.keys import FUNCTION_KEYS, Key, KeyMap, preset
from kiosk.screens import Screen
from kiosk.states import Preferences
from tests.clocks import Clock
from tests.screens_for_pictures import screens
from ui.keypad import Keypad
from ui.window import Window

F_KEYS = preset("f-keys", "linux")
UP, DOWN, HEADSET_IN, HEADSET_OUT, SELECT = (FUNCTION_KEYS[f"F{number}"].linux for number in range(13, 18))


@dataclass
class Bench:
    """A window with a keypad, a clock that a test sets, and what was heard of them."""

    window: Window
    clock: Clock
    keypad: Keypad
    key_map: KeyMap = F_KEYS
    keys: list[Key] = field(default_factory=list)
    happened: list[object] = field(default_factory=list)
    touches: int = 0

    def strike(self, scan_code: int, qt_key: int = Qt.Key.Key_unknown, *, held: float = 0.0, text: str = "") -> None:
        """Press and let go."""
        self.press(scan_code, qt_key, text=text)
        self.clock.now += held
        self.let_go(scan_code, qt_key)

    def press(self, scan_code: int, qt_key: int = Qt.Key.Key_unknown, *, text: str = "", again: bool = False) -> None:
        self.send(QEvent.Type.KeyPress, scan_code, qt_key, text, again=again)

    def let_go(self, scan_code: int, qt_key: int = Qt.Key.Key_unknown, *, again: bool = False) -> None:
        self.send(QEvent.Type.KeyRelease, scan_code, qt_key, again=again)

    def send(self, kind: QEvent.Type, scan_code: int, qt_key: int, text: str = "", *, again: bool = False) -> None:
        target: QObject = QApplication.focusWidget() or self.window
        QApplication.sendEvent(target, key_event(kind, scan_code, qt_key, text, again=again))

    def _touched(self) -> None:
        self.touches += 1


def key_event(kind: QEvent.Type, scan_code: int, qt_key: int, text: str = "", *, again: bool = False) -> QKeyEvent:
    return QKeyEvent(kind, qt_key, Qt.KeyboardModifier.NoModifier, scan_code, 0, 0, text, again, 1)


def new_bench(qtbot: QtBot) -> Bench:
    clock = Clock()
    window = Window(476, 600, clock)
    qtbot.addWidget(window, before_close_func=lambda it: setattr(it, "allow_close", True))
    keypad = Keypad(window, lambda: made.key_map, clock=clock)
    made = Bench(window, clock, keypad)
    window.key_pressed.connect(made.keys.append)
    window.happened.connect(made.happened.append)
    window.touched.connect(made._touched)
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.render(screen("question-listened"))
    clock.now += 1
    return made


def screen(name: str) -> Screen:
    return screens(Preferences())[name]
