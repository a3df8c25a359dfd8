"""The shell and its listener: what is paused, gone on with, heard in time, by headphones. The voice is a recorder."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from kiosk.events import (
    ListenAsked,
    ListeningStarted,
    ReadingAloudToggled,
    SpeedChanged,
    StartAgainAsked,
    TimedOut,
    VolumeChanged,
)
from kiosk.keys import Key
from kiosk.screens import Screen
from kiosk.speech.sound import chime
from kiosk.states import Asking, Preferences, Rules, StillThere, Welcome
from kiosk.survey import Place
from tests.surveys import rating, rules_of, words
from tests.test_shell import GOOD, Recorder
from tests.walking import EVERYTHING
from ui.shell import Shell

pytest_plugins = ("tests.recorded_shell",)


def tool(screen: Screen) -> str:
    """What the one control for listening says."""
    return next(tool.label for tool in screen.tools if tool.key == "tool:listen")


# --- pause, go on, again (S5) ------------------------------------------------------------------------------------------------


def test_a_touch_on_the_control_while_it_speaks_leaves_it_paused(shell: Shell, recorder: Recorder) -> None:
    """S5, S70: the touch itself silenced it, and that is what "Pause" asks for."""
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
    """S15, S70, S139: the site's own defaults."""
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
