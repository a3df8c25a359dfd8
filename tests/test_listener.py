"""The shell and its listener: what is paused, gone on with, heard after a key, a touch, headphones. The voice is a recorder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.events import (
    Aid,
    AidToggled,
    BrokeDown,
    Changed,
    ListenAsked,
    ListeningStarted,
    ReadingAloudToggled,
    Skipped,
    SpeedChanged,
    StaffCalled,
    StartAgainAsked,
    TimedOut,
    VolumeChanged,
)
from kiosk.keys import Key
from kiosk.screens import Screen
from kiosk.speech.sound import chime
from kiosk.states import Asking, Preferences, Rules, StillThere, Welcome
from kiosk.survey import Place
from tests.surveys import rating, rules_of, several, words
from tests.test_shell import GOOD, Recorder
from tests.walking import EVERYTHING
from ui.shell import Shell


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def shell(recorder: Recorder, qtbot: QtBot) -> Shell:  # qtbot: a running Qt application
    made = Shell(rules_of(rating(), words(), several()), EVERYTHING, recorder, recorder, recorder)
    made.start()
    return made


def tool(screen: Screen) -> str:
    """What the one control for listening says."""
    return next(tool.label for tool in screen.tools if tool.key == "tool:listen")


# --- pause, go on, again (S5) ------------------------------------------------------------------------------------------------


def test_a_touch_on_the_control_while_it_speaks_leaves_it_paused(shell: Shell, recorder: Recorder) -> None:
    """S5: the touch itself silenced it, and that is what "Pause" asks for."""
    shell.receive(ReadingAloudToggled())
    assert tool(shell.screen) == "Pause"
    shell.touched()
    shell.receive(ListenAsked())
    assert recorder.paused
    assert tool(shell.screen) == "Go on"


def test_the_next_touch_on_it_goes_on_where_it_was(shell: Shell, recorder: Recorder) -> None:
    """S5."""
    shell.receive(ReadingAloudToggled())
    for _ in range(2):
        shell.touched()
        shell.receive(ListenAsked())
    assert recorder.speaking
    assert not recorder.paused
    assert len(recorder.heard) == 1


def test_a_touch_beside_everything_pauses_and_the_control_goes_on(shell: Shell, recorder: Recorder) -> None:
    shell.receive(ReadingAloudToggled())
    shell.touched()
    assert recorder.paused
    shell.touched()
    shell.receive(ListenAsked())
    assert not recorder.paused


def test_when_all_is_said_the_control_says_it_again(shell: Shell, recorder: Recorder) -> None:
    """S5."""
    shell.receive(ReadingAloudToggled())
    recorder.speaking = False
    shell.voice_finished()
    assert tool(shell.screen) == "Hear again"
    shell.touched()
    shell.receive(ListenAsked())
    assert recorder.said[0] == "How was it?"
    assert len(recorder.heard) == 2


def test_the_pause_key_does_the_same(shell: Shell, recorder: Recorder) -> None:
    """S139."""
    shell.receive(ListeningStarted(by_keypad=True))
    for paused in (True, False, True):
        shell.touched()
        shell.key_pressed(Key.PAUSE)
        assert recorder.paused is paused


def test_the_control_on_the_screen_follows_what_is_heard(shell: Shell, recorder: Recorder, qtbot: QtBot) -> None:
    """S26: and drawing it says nothing again."""
    shell.receive(ReadingAloudToggled())
    assert tool(recorder.screens[-1]) == "Pause"
    shell.touched()
    qtbot.waitUntil(lambda: tool(recorder.screens[-1]) == "Go on")
    recorder.speaking = recorder.paused = False
    shell.voice_finished()
    qtbot.waitUntil(lambda: tool(recorder.screens[-1]) == "Hear again")
    assert len(recorder.heard) == 1


def test_another_page_is_heard_in_place_of_what_was_paused(shell: Shell, recorder: Recorder) -> None:
    """S6."""
    shell.receive(ReadingAloudToggled())
    shell.touched()
    shell.receive(GOOD)
    assert recorder.said[0] == "Why?"
    assert not recorder.paused


# --- time (S93) --------------------------------------------------------------------------------------------------------------


def test_time_runs_while_speech_is_paused(shell: Shell, recorder: Recorder) -> None:
    """S93: only what is really heard holds it."""
    shell.receive(ReadingAloudToggled())
    assert not shell.is_waiting
    shell.touched()
    assert shell.is_waiting


def test_any_key_is_the_answer_to_still_there(shell: Shell) -> None:
    """S45, S62."""
    shell.receive(GOOD)
    for key in (Key.SELECT, Key.DOWN, Key.HOME):
        shell.receive(TimedOut())
        assert isinstance(shell.state, StillThere)
        shell.key_pressed(key)
        assert isinstance(shell.state, Asking)


def test_the_warning_can_be_answered_more_than_ten_times(shell: Shell) -> None:
    """S62, S93."""
    shell.receive(ListeningStarted(by_keypad=True))
    for _ in range(12):
        shell.receive(TimedOut())
        shell.key_pressed(Key.DOWN)
    assert isinstance(shell.state, Asking)


def test_who_has_nothing_read_is_warned_by_a_sound_too(shell: Shell, recorder: Recorder) -> None:
    """S45, S50: once, with the question, and not again with every second of it."""
    shell.receive(GOOD)
    for _ in range(3):
        shell.receive(TimedOut())
    assert [[part.sound for part in heard] for heard in recorder.heard] == [[chime()]]
    shell.touched()
    assert not recorder.speaking


def test_who_listens_hears_the_warning_itself(shell: Shell, recorder: Recorder) -> None:
    """S45: and no sound beside it (S11)."""
    shell.receive(ListeningStarted(by_keypad=True))
    shell.receive(TimedOut())
    assert recorder.said[0] == "Are you still there?"
    assert "Press any key if you need more time." in recorder.said
    assert not any(part.sound for part in recorder.heard[-1])


def test_a_site_may_want_no_sound(recorder: Recorder, qtbot: QtBot) -> None:
    site = replace(EVERYTHING, warning_sound=False)
    shell = Shell(rules_of(rating(), words()), site, recorder, recorder, recorder)
    shell.start()
    shell.receive(GOOD)
    shell.receive(TimedOut())
    assert recorder.heard == []


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


def test_who_writes_by_keys_without_a_voice_sees_the_letter(recorder: Recorder, qtbot: QtBot) -> None:
    """S20, S61: a language that nobody here speaks can still be written by keypad."""
    shell = Shell(rules_of(rating(), words()), replace(EVERYTHING, spoken=frozenset()), recorder, recorder, recorder)
    shell.start()
    shell.receive(GOOD)
    for key in (Key.DOWN, Key.DOWN, Key.DOWN, Key.SELECT, Key.DOWN, Key.DOWN):
        shell.key_pressed(key)
    assert recorder.caption == "a"
    assert recorder.heard == []
    shell.key_pressed(Key.BACK)
    shell.key_pressed(Key.FORWARD)
    assert recorder.caption == ""


# --- headphones (S134) -------------------------------------------------------------------------------------------------------


def test_headphones_begin_listening_from_the_idle_screen(shell: Shell, recorder: Recorder) -> None:
    """S23, S134, S135."""
    shell.headphones_changed(plugged_in=True)
    assert recorder.said[0] == "Welcome."
    assert shell.screen.shown.private


def test_headphones_pulled_out_end_speech_and_keep_the_session(shell: Shell, recorder: Recorder) -> None:
    """S10, S134."""
    shell.headphones_changed(plugged_in=True)
    shell.receive(GOOD)
    shell.headphones_changed(plugged_in=False)
    assert not recorder.speaking
    assert isinstance(shell.state, Asking)
    assert shell.state.place == Place("why")
    assert not shell.screen.shown.private
    assert shell.is_waiting


def test_the_keypads_own_jack_does_the_same(shell: Shell, recorder: Recorder) -> None:
    """S134."""
    shell.key_pressed(Key.HEADSET_IN)
    assert shell.screen.shown.private
    assert "Use Up and Down to move." in recorder.said
    shell.key_pressed(Key.HEADSET_OUT)
    assert not recorder.speaking
    assert not shell.screen.shown.reading_aloud


def test_headphones_answer_still_there_and_begin(shell: Shell) -> None:
    shell.receive(GOOD)
    shell.receive(TimedOut())
    shell.headphones_changed(plugged_in=True)
    assert isinstance(shell.state, Asking)
    assert shell.screen.shown.reading_aloud


# --- the voice ---------------------------------------------------------------------------------------------------------------


def test_the_voice_follows_what_was_chosen_and_the_next_person_finds_it_as_it_was(recorder: Recorder, qtbot: QtBot) -> None:
    """S15, S139: the site's own defaults."""
    rules = Rules(rules_of(rating(), words()).survey, Preferences(words_per_minute=120))
    shell = Shell(rules, EVERYTHING, recorder, recorder, recorder)
    shell.start()
    assert recorder.tuned == (120, 1)
    shell.receive(ListeningStarted(by_keypad=True))
    shell.receive(SpeedChanged())
    shell.receive(VolumeChanged(2))
    assert recorder.tuned == (150, 3)
    shell.receive(StartAgainAsked())
    assert isinstance(shell.state, Welcome)
    assert recorder.tuned == (120, 1)


def test_ten_fast_moves_leave_one_thing_to_hear(shell: Shell, recorder: Recorder) -> None:
    """S6: each replaces the one before."""
    shell.receive(ListeningStarted(by_keypad=True))
    before = len(recorder.heard)
    for _ in range(10):
        shell.key_pressed(Key.DOWN)
    assert [len(heard) for heard in recorder.heard[before:]] == [1] * 10
