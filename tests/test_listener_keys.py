"""The shell and its listener: what keys, fingers and the Tab key come to, heard and shown. The voice is a recorder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.events import (
    Aid,
    AidToggled,
    BrokeDown,
    Changed,
    ListeningStarted,
    Skipped,
    StaffCalled,
)
from kiosk.keys import Key
from kiosk.screens import Screen
from kiosk.states import Asking
from kiosk.survey import Place
from tests.surveys import rating, rules_of, words
from tests.test_shell import GOOD, Recorder
from tests.walking import EVERYTHING
from ui.shell import Shell

pytest_plugins = ("tests.recorded_shell",)


# --- keys and fingers --------------------------------------------------------------------------------------------------------


def test_one_key_on_the_idle_screen_begins_and_explains(shell: Shell, recorder: Recorder) -> None:
    """S23, S134."""
    shell.key_pressed(Key.HELP)
    assert recorder.said[:2] == ["Welcome.", "Use Up and Down to move."]
    assert shell.screen.shown.by_keypad


def test_the_calm_screen_speaks_too(shell: Shell, recorder: Recorder) -> None:
    """S2: who cannot see that the kiosk is out of order hears it."""
    shell.receive(BrokeDown("cannot-save"))
    shell.key_pressed(Key.HELP)
    assert "This screen is having a rest" in recorder.said


def test_the_ring_follows_the_ear(shell: Shell, recorder: Recorder) -> None:
    """S4: eyes beside the ears see where one is."""
    shell.receive(ListeningStarted(by_keypad=True))
    for _ in range(4):
        shell.key_pressed(Key.DOWN)
    assert recorder.focused == ["heading", "intro:0", "intro:1", "option:0"]
    assert recorder.said == ["Very good. Answer 1 of 6"]


def test_the_ring_is_still_there_when_all_is_said(shell: Shell, recorder: Recorder) -> None:
    """S66: on a row of the review it is on what Select would press."""
    shell.receive(ListeningStarted(by_keypad=True))
    shell.receive(GOOD)
    shell.receive(Skipped(Place("why")))
    shell.receive(Skipped(Place("needs")))
    for _ in range(3):
        shell.key_pressed(Key.DOWN)
    recorder.speaking = False
    shell.voice_finished()
    assert recorder.focused[-2:] == ["change:0", "change:0"]


def test_a_key_without_reading_aloud_moves_the_ring_in_silence(shell: Shell, recorder: Recorder) -> None:
    """S61."""
    shell.receive(GOOD)
    shell.key_pressed(Key.DOWN)
    assert recorder.focused == ["heading"]
    assert recorder.heard == []


def test_a_new_page_begins_at_its_heading(shell: Shell, recorder: Recorder) -> None:
    """S136."""
    shell.receive(ListeningStarted(by_keypad=True))
    for _ in range(5):
        shell.key_pressed(Key.DOWN)
    shell.key_pressed(Key.SELECT)
    assert recorder.focused[-1] == "heading"
    shell.key_pressed(Key.SELECT)
    assert recorder.said == ["Why?"]


def test_writing_by_keypad_goes_into_the_page(shell: Shell, recorder: Recorder) -> None:
    """S2: and each letter is acknowledged."""
    shell.receive(ListeningStarted(by_keypad=True))
    shell.receive(GOOD)
    for key in (Key.DOWN, Key.DOWN, Key.DOWN, Key.SELECT, Key.DOWN, Key.DOWN, Key.SELECT):
        shell.key_pressed(key)
    assert recorder.said == ["Written. 1 letter"]
    assert recorder.focused[-1] == "ask"
    assert isinstance(shell.state, Asking)
    assert shell.state.draft
    assert shell.state.draft.typed == ("A",)


def test_a_finger_that_explores_hears_what_the_keypad_would_say(shell: Shell, recorder: Recorder) -> None:
    """S25: and keys go on from there."""
    shell.receive(ListeningStarted())
    shell.explored("option:1", "Good")
    assert recorder.said == ["Good. Answer 2 of 6"]
    shell.key_pressed(Key.DOWN)
    assert recorder.said == ["Neither good nor poor. Answer 3 of 6"]


def test_a_key_of_the_screens_own_keyboard_is_said_by_its_name(shell: Shell, recorder: Recorder) -> None:
    shell.receive(ListeningStarted())
    shell.explored("", "full stop")
    assert recorder.said == ["full stop"]
    shell.explored("", "")
    assert recorder.said == ["full stop"]


def test_a_box_that_is_explored_keeps_its_words_to_itself(shell: Shell, recorder: Recorder) -> None:
    """S10."""
    shell.receive(ListeningStarted())
    shell.receive(GOOD)
    shell.receive(Changed(Place("why"), (), ("oh my",)))
    shell.explored("", "Why?: oh my")
    assert recorder.said == ["Your own words are not read aloud."]
    shell.receive(AidToggled(Aid.PRIVATE))
    shell.explored("", "Why?: oh my")
    assert recorder.said == ["Why?: oh my"]


@pytest.mark.parametrize(("written", "name"), [("o", "o"), ("o", "comma"), ("co", "comma")])
def test_the_keys_are_still_heard_when_a_letter_of_theirs_was_written(
    shell: Shell, recorder: Recorder, written: str, name: str
) -> None:
    shell.receive(ListeningStarted())
    shell.receive(GOOD)
    shell.receive(Changed(Place("why"), (), (written,)))
    shell.explored("", name)
    assert recorder.said == [name]


def test_the_tab_key_is_heard_too_but_not_what_a_new_page_does_to_the_focus(shell: Shell, recorder: Recorder) -> None:
    """S4, S61."""
    shell.receive(ListeningStarted())
    shell.focused("option:0", "Very good")
    assert recorder.said == ["Very good. Answer 1 of 6"]

    def move_focus(screen: Screen) -> None:
        recorder.screens.append(screen)
        shell.focused("tool:language", "Language")

    recorder.render = move_focus  # type: ignore[method-assign]
    shell.receive(GOOD)
    assert recorder.said[0] == "Why?"


def test_nothing_speaks_in_the_staff_area(shell: Shell, recorder: Recorder) -> None:
    """S9: and no key of the keypad does anything there."""
    shell.receive(ListeningStarted(by_keypad=True))
    shell.receive(StaffCalled())
    count = len(recorder.heard)
    for key in (Key.HELP, Key.DOWN, Key.SELECT):
        shell.key_pressed(key)
    shell.explored("", "2")
    assert len(recorder.heard) == count
    assert not recorder.speaking


# --- captions (S20) ----------------------------------------------------------------------------------------------------------


def test_what_is_heard_and_not_on_the_screen_is_shown_in_words(shell: Shell, recorder: Recorder) -> None:
    """S20: how the keys work, and the end of a page; what stands there anyway is not shown twice."""
    shell.key_pressed(Key.HELP)
    assert recorder.caption == "Welcome. Use Up and Down to move. Press Select to choose. Press Help to hear again."
    shell.touched()
    assert recorder.caption == ""
    shell.key_pressed(Key.DOWN)
    assert recorder.caption == ""
    for _ in range(40):
        shell.key_pressed(Key.DOWN)
    assert recorder.caption == "This is the end."


def test_who_writes_on_the_glass_has_nothing_in_the_way_of_its_keys(shell: Shell, recorder: Recorder) -> None:
    """How much is written stands beside the box."""
    shell.receive(ListeningStarted())
    assert recorder.caption == "Welcome. Touch once to hear, twice to choose"
    shell.receive(GOOD)
    shell.receive(Changed(Place("why"), (), ("oh",)))
    assert recorder.said == ["2 letters"]
    assert recorder.caption == ""


def test_who_writes_by_keys_without_a_voice_sees_the_letter(recorder: Recorder, qtbot: QtBot) -> None:
    """S20, S61: a language that nobody here speaks can still be written by keypad."""
    shell = Shell(rules_of(rating(), words()), replace(EVERYTHING, spoken=frozenset()), recorder, recorder, recorder)
    shell.start()
    shell.key_pressed(Key.HELP)
    assert recorder.caption == "Use Up and Down to move. Press Select to choose. Press Help to hear again."
    shell.receive(GOOD)
    for key in (Key.DOWN, Key.DOWN, Key.DOWN, Key.SELECT, Key.DOWN, Key.DOWN):
        shell.key_pressed(key)
    assert recorder.caption == "a"
    assert recorder.heard == []
    shell.key_pressed(Key.BACK)
    shell.key_pressed(Key.FORWARD)
    assert recorder.caption == ""
