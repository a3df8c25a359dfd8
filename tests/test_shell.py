"""The shell performs what a step asks, in the right order. The window, the voice and the desk are recorders."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.events import (
    Answered,
    Changed,
    KeysChanged,
    KeysNotSaved,
    PinAccepted,
    PinEntered,
    PinRefused,
    ReadingAloudToggled,
    SendAsked,
    SendNowAsked,
    Skipped,
    StaffCalled,
    StartAgainAsked,
    StartAgainConfirmed,
    Stayed,
    TimedOut,
    WentBack,
)
from kiosk.keys import KeyMap
from kiosk.screens import PageKind, Screen, Utterance
from kiosk.staff_events import CleaningAsked
from kiosk.states import Asking, ChoosingPin, Cleaning, Figures, OutOfOrder, StaffArea, StillThere, Thanks, Welcome
from kiosk.steps import Finished
from kiosk.survey import Place
from tests.surveys import coding, rating, rules_of, words
from tests.walking import EVERYTHING
from ui.beside import NotSaved
from ui.shell import Shell


@dataclass
class Recorder:
    """View, reader and desk in one: writes down what it was asked, in order."""

    happened: list[str] = field(default_factory=list)
    finished: list[Finished] = field(default_factory=list)
    heard: list[Sequence[Utterance]] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    focused: list[str] = field(default_factory=list)
    caption: str = ""
    tuned: tuple[int, int] = (0, 0)
    speaking: bool = False
    paused: bool = False
    broken: bool = False
    so_far: Finished | None = None

    def render(self, screen: Screen) -> None:
        self.screens.append(screen)
        self.happened.append(f"shown {screen.kind}")

    def highlight(self, key: str, start: int, length: int) -> None: ...

    def focus_on(self, key: str) -> None:
        self.focused.append(key)

    def show_caption(self, text: str) -> None:
        self.caption = text

    def speak(self, utterances: Sequence[Utterance]) -> None:
        self.heard.append(utterances)
        self.speaking, self.paused = True, False

    def aside(self, utterances: Sequence[Utterance]) -> None:
        self.speak(utterances)

    def hush(self) -> None:
        self.speaking = self.paused = False

    def pause(self) -> None:
        self.paused = self.speaking

    def resume(self) -> None:
        self.paused = False

    def tune(self, words_per_minute: int, volume_step: int) -> None:
        self.tuned = (words_per_minute, volume_step)

    @property
    def said(self) -> list[str]:
        """The sentences of what was said last."""
        return [part.text for part in self.heard[-1]] if self.heard else []

    def answered(self, so_far: Finished | None) -> None:
        self.happened.append("kept so far" if so_far else "forgotten")
        self.so_far = so_far

    def open_session(self) -> None:
        self.happened.append("opened")

    def save(self, finished: Finished) -> None:
        if self.broken:
            raise NotSaved("The disk is full.")
        self.finished.append(finished)
        self.happened.append("saved")

    def check_pin(self, pin: str) -> PinAccepted | PinRefused:
        return PinAccepted() if pin == "2468" else PinRefused(0)

    def keep_pin(self, pin: str) -> None:
        self.happened.append("pin kept")

    def keep_keys(self, key_map: KeyMap | None) -> KeysChanged | KeysNotSaved:
        self.happened.append(f"keys kept {key_map.name if key_map else 'ready-made'}")
        return KeysChanged(key_map) if key_map else KeysNotSaved()

    def send_now(self) -> None:
        self.happened.append("send now")

    def save_to_stick(self) -> None:
        self.happened.append("saving to a stick")

    def join(self) -> None:
        self.happened.append("joining")

    def stop_joining(self) -> None:
        self.happened.append("joining stopped")

    def figures(self) -> Figures:
        return Figures(waiting=3)

    def leave(self) -> None:
        self.happened.append("left")


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def shell(recorder: Recorder, qtbot: QtBot) -> Shell:  # qtbot: a running Qt application
    made = Shell(rules_of(rating(), words()), EVERYTHING, recorder, recorder, recorder)
    made.start()
    return made


GOOD = Answered(Place("fft"), (coding("Good"),))


def finish(shell: Shell) -> None:
    for event in (GOOD, Skipped(Place("why")), SendAsked()):
        shell.receive(event)


def test_the_response_is_saved_before_thank_you_shows(shell: Shell, recorder: Recorder) -> None:
    finish(shell)
    assert recorder.happened.index("saved") < recorder.happened.index("shown thanks")


def test_a_session_opens_once_when_the_first_answer_is_touched(shell: Shell, recorder: Recorder) -> None:
    finish(shell)
    assert recorder.happened.count("opened") == 1


def test_each_answer_is_kept_in_case_of_a_crash_before_the_next_page_shows(shell: Shell, recorder: Recorder) -> None:
    """S160: with the id and the time that the session has from its first touch."""
    recorder.happened.clear()
    shell.receive(GOOD)
    assert recorder.happened == ["opened", "kept so far", "shown question"]
    assert recorder.so_far
    assert (recorder.so_far.status, recorder.so_far.answers) == ("stopped", {Place("fft"): (coding("Good"),)})


def test_what_changes_no_answer_writes_nothing_to_the_disk(shell: Shell, recorder: Recorder) -> None:
    """Neither letters nor adjustments nor waiting: the disk works once for each answer."""
    shell.receive(GOOD)
    recorder.happened.clear()
    for event in (Changed(Place("why"), (), ("a",)), Changed(Place("why"), (), ("ab",)), TimedOut(), Stayed(), TimedOut()):
        shell.receive(event)
    assert {"kept so far", "forgotten"}.isdisjoint(recorder.happened)


def test_of_somebody_who_starts_again_nothing_stays_kept(shell: Shell, recorder: Recorder) -> None:
    """S160."""
    for event in (GOOD, StartAgainAsked(), StartAgainConfirmed()):
        shell.receive(event)
    assert recorder.happened[-2:] == ["forgotten", "shown welcome"]


def test_of_somebody_who_takes_all_their_answers_back_nothing_stays_kept(shell: Shell, recorder: Recorder) -> None:
    """S160."""
    for event in (GOOD, WentBack(Place("why")), Changed(Place("fft"), (), ()), Skipped(Place("fft"))):
        shell.receive(event)
    assert recorder.so_far is None
    assert recorder.happened[-2:] == ["forgotten", "shown question"]


def test_answers_that_cannot_be_saved_stay_in_memory_and_are_saved_when_it_works_again(
    shell: Shell, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    recorder.broken = True
    finish(shell)
    assert isinstance(shell.state, OutOfOrder)
    assert recorder.screens[-1].kind is PageKind.OUT_OF_ORDER
    assert "The disk is full." in caplog.text
    assert "good" not in caplog.text
    recorder.broken = False
    shell.save_again()
    assert recorder.finished[0].answers == {Place("fft"): (coding("Good"),)}
    assert isinstance(shell.state, Welcome)


def test_any_touch_silences_the_voice(shell: Shell, recorder: Recorder) -> None:
    """S6."""
    shell.receive(ReadingAloudToggled())
    shell.touched()
    assert recorder.paused


def test_any_touch_while_asked_still_there_brings_the_page_back(shell: Shell) -> None:
    shell.receive(GOOD)
    shell.receive(TimedOut())
    assert isinstance(shell.state, StillThere)
    shell.touched()
    assert isinstance(shell.state, Asking)


def test_a_new_page_is_read_aloud_whole_and_a_tick_on_it_is_not_a_new_page(shell: Shell, recorder: Recorder) -> None:
    shell.receive(ReadingAloudToggled())
    assert "How was it?" in recorder.said
    count = len(recorder.heard)
    shell.receive(GOOD)
    assert recorder.said[0] == "Why?"
    assert len(recorder.heard) == count + 1


def test_nothing_is_read_to_somebody_who_did_not_ask(shell: Shell, recorder: Recorder) -> None:
    finish(shell)
    assert recorder.heard == []


def test_reading_aloud_twice_in_a_row_reads_the_page_again(shell: Shell, recorder: Recorder) -> None:
    for _ in range(3):
        shell.receive(ReadingAloudToggled())
    assert ["How was it?" in [part.text for part in heard] for heard in recorder.heard] == [True, True]


def test_time_does_not_run_while_the_kiosk_speaks(recorder: Recorder, qtbot: QtBot) -> None:
    """S93."""
    rules = replace(rules_of(rating(), words()), idle_seconds=0)
    shell = Shell(rules, EVERYTHING, recorder, recorder, recorder)
    shell.start()
    shell.receive(ReadingAloudToggled())
    assert recorder.speaking
    assert not shell.is_waiting
    recorder.speaking = False
    shell.voice_finished()
    qtbot.waitUntil(lambda: isinstance(shell.state, StillThere))


def test_somebody_who_walks_away_is_saved_without_a_touch(recorder: Recorder, qtbot: QtBot) -> None:
    rules = replace(rules_of(rating(), words()), idle_seconds=0, warning_seconds=1)
    shell = Shell(rules, EVERYTHING, recorder, recorder, recorder)
    shell.start()
    shell.receive(GOOD)
    qtbot.waitUntil(lambda: bool(recorder.finished))
    assert recorder.finished[0].status == "stopped"
    assert isinstance(shell.state, Welcome)


def test_a_new_survey_waits_for_the_next_person(shell: Shell, recorder: Recorder) -> None:
    shell.receive(GOOD)
    shell.use(rules_of(words("new")))
    assert shell.screen.heading == "Why?"
    shell.receive(Skipped(Place("why")))
    shell.receive(SendAsked())
    assert isinstance(shell.state, Thanks)
    shell.receive(TimedOut())
    assert recorder.screens[-1].place == Place("new")


def test_staff_see_the_figures_once_the_pin_is_right(shell: Shell, recorder: Recorder, qtbot: QtBot) -> None:
    shell.receive(StaffCalled())
    shell.receive(PinEntered("1111"))
    assert recorder.screens[-1].figures is None
    shell.receive(PinEntered("2468"))
    assert recorder.screens[-1].figures == Figures(waiting=3)
    shell.receive(SendNowAsked())
    assert "send now" in recorder.happened
    shell.figures_changed()
    qtbot.waitUntil(lambda: isinstance(shell.state, StaffArea) and shell.state.doing == "")


def test_a_long_queue_that_is_sent_does_not_keep_the_staffs_screen_busy(shell: Shell, recorder: Recorder, qtbot: QtBot) -> None:
    """Each batch changes the figures; the screen is drawn for many at once."""
    for event in (StaffCalled(), PinEntered("2468")):
        shell.receive(event)
    recorder.happened.clear()
    for _ in range(1000):
        shell.figures_changed()
    qtbot.waitUntil(lambda: "shown staff" in recorder.happened)
    assert recorder.happened == ["shown staff"]


def test_while_the_screen_is_cleaned_no_touch_holds_the_count_up(shell: Shell, recorder: Recorder) -> None:
    """S164: a cloth touches all the time; thirty seconds are thirty seconds."""
    for event in (StaffCalled(), PinEntered("2468"), CleaningAsked()):
        shell.receive(event)
    recorder.happened.clear()
    shell._timer.setInterval(777)
    for _ in range(50):
        shell.touched()
        shell.explored("countdown", "30 seconds left")
    assert shell._timer.interval() == 777
    for left in range(29, 0, -1):
        shell.receive(TimedOut())
        assert shell.state == Cleaning(left)
    shell.receive(TimedOut())
    assert isinstance(shell.state, Welcome)
    assert recorder.heard == []


def test_the_first_start_asks_staff_for_a_pin_before_anything_else(recorder: Recorder, qtbot: QtBot) -> None:
    shell = Shell(rules_of(rating()), EVERYTHING, recorder, recorder, recorder)
    shell.start(ChoosingPin())
    assert recorder.screens[-1].kind is PageKind.STAFF_PIN
    shell.receive(PinEntered("2468"))
    shell.receive(PinEntered("2468"))
    assert "pin kept" in recorder.happened
    assert recorder.screens[-1].figures == Figures(waiting=3)


def test_a_closed_shell_waits_for_nobody(shell: Shell) -> None:
    """The window goes: no clock may come back to it."""
    shell.receive(GOOD)
    assert shell.is_waiting
    shell.close()
    assert not shell.is_waiting


def test_a_shell_that_is_closed_starts_no_more_time_whatever_still_arrives(shell: Shell) -> None:
    """A word from the courier's thread, or the voice's, may come after the window has gone."""
    shell.receive(GOOD)
    shell.close()
    before = shell.state
    shell.receive(TimedOut())
    shell.voice_finished()
    assert shell.state is before
    assert not shell._timer.isActive()
