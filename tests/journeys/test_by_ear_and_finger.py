"""Without sight and without a keypad: the first touch says what is there, the second one chooses it (S23, S25)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.gui import Kiosk, Options
from kiosk.app.pin import StaffPin
from tests.by_ear import Listener, NotingVoice, Tape
from ui.finger import Finger

# A computer without a sound card, or without one of the libraries Qt looks for, says so; the kiosk runs all the same.
pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve) .*", "PulseAudioService: .*", extend=True)


class Toucher(Listener):
    """Finds things with a finger. The finger knows where they are, as a hand does that slides over the glass."""

    def __init__(self, kiosk: Kiosk, tape: Tape, qtbot: QtBot) -> None:
        super().__init__(kiosk, tape, qtbot)
        self._finger = Finger(kiosk.window)

    def touches(self, words: str) -> str:
        """The first thing heard after a touch there."""
        return self.after(lambda: self._finger.touch(words))


@pytest.fixture
def toucher(tmp_path: Path, qtbot: QtBot) -> Iterator[Toucher]:
    StaffPin(tmp_path / "staff-pin.json").keep("2468")
    (tmp_path / "kiosk.toml").write_text('languages = ["en-GB", "ar"]\n')
    voice = NotingVoice()
    tape = Tape(tmp_path / "heard.wav", voice)
    kiosk = Kiosk(Options(tmp_path, windowed=True, size=(1280, 800)), tape)
    kiosk.reader.voice = voice
    kiosk.start()
    kiosk.window.guard.lockout_seconds = kiosk.window.guard.repeat_seconds = 0.0
    qtbot.waitUntil(lambda: kiosk.shell.screen.by_ear is not None, timeout=20_000)  # the voices have been tried
    yield Toucher(kiosk, tape, qtbot)
    kiosk.close()
    tape.close()


def test_one_touch_on_the_idle_screen_begins_and_says_how_it_goes(toucher: Toucher) -> None:
    """S23, S134: one action, and everything after it is heard."""
    assert toucher.touches("Use by listening") == "Welcome."
    toucher.hears("Touch once to hear, twice to choose")
    toucher.hears("how was your experience")


def test_the_first_touch_speaks_and_the_second_one_answers(toucher: Toucher) -> None:
    """S25."""
    toucher.touches("Use by listening")
    assert toucher.touches("Poor") == "Poor. Answer 4 of 6"
    assert toucher.touches("Good") == "Good. Answer 2 of 6"
    toucher.touches("Good")
    toucher.hears("Why did you give that answer?")
    assert toucher.touches("Back") == "Back"
    toucher.touches("Back")
    toucher.hears("how was your experience")
    assert toucher.touches("Good") == "Good. Answer 2 of 6. Chosen"


def test_the_keys_of_the_glass_are_heard_before_they_write(toucher: Toucher) -> None:
    """S10, S25: the letter by its name, then how much there is, and never the words."""
    toucher.touches("Use by listening")
    toucher.touches("Good")
    toucher.touches("Good")
    toucher.hears("Why did you give that answer?")
    for letter, heard in (("O", "1 letter"), ("k", "2 letters")):
        assert toucher.touches(letter) == letter
        assert toucher.touches(letter) == heard
    assert toucher.never_heard("Ok")


def test_a_finger_finds_go_on_and_goes_on(toucher: Toucher) -> None:
    """S5, S25: also for whoever touches once to hear and twice to choose."""
    toucher.touches("Use by listening")
    toucher.hears("how was your experience")
    assert toucher.touches("Pause") == "Go on"
    assert toucher.touches("Go on") not in {"Go on", "Welcome."}
