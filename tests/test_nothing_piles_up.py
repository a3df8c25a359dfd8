"""A kiosk draws for months: what one screen needed is gone when the next one stands there."""

from __future__ import annotations

import gc
from itertools import pairwise

from PySide6.QtCore import QEventLoop, QObject, QTimer
from pytestqt.qtbot import QtBot

from kiosk.states import Preferences
from tests.pictures import GLASSES
from tests.screens_for_pictures import screens
from ui.window import Window


def drawn(window: Window, look: Preferences) -> tuple[int, int]:
    """Draw every screen once, in a running event loop; how many objects Qt has then, and how many Python has."""
    left = list(screens(look).values())
    loop = QEventLoop()  # only in a loop does Qt delete what is to be deleted later
    timer = QTimer()

    def one() -> None:
        if left:
            window.render(left.pop())
        else:
            loop.quit()

    timer.timeout.connect(one)
    timer.start(0)
    loop.exec()
    timer.stop()
    gc.collect()
    return len(window.findChildren(QObject)), len(gc.get_objects())


def test_every_screen_drawn_again_and_again_leaves_nothing_behind(qtbot: QtBot) -> None:
    window = GLASSES[1].window()
    qtbot.addWidget(window)
    window.show()
    look = Preferences()
    drawn(window, look)
    rounds = [drawn(window, look) for _ in range(4)]
    assert len({objects_of_qt for objects_of_qt, _ in rounds}) == 1
    # Other threads of the run make objects too, now and then: what is left behind by drawing grows each time.
    assert min(after - before for (_, before), (_, after) in pairwise(rounds)) <= 20
