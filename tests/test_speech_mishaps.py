"""What can go wrong with speech: the engine hangs, dies, is missing, or the parent goes. At most a sentence is lost."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kiosk.speech import Voice
from kiosk.speech.child import Child, worker_command
from kiosk.speech.lines import Failed, FromChild, Ready, Render, Rendered
from kiosk.speech.sound import is_silent
from tests.listening import PATIENCE_SECONDS, Ears, odd, once_settled, wait_until

SECRET = "My neighbour Rosalind was rude to me"


def is_running(pid: int | None) -> bool:
    return pid is not None and Path(f"/proc/{pid}").exists()


def has_ended(pid: int) -> bool:
    """Whether a process that is not ours is over: its `/proc` entry is gone, or only its name is left."""
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.fixture
def open_voice() -> Iterator[Callable[[Sequence[str], float], Voice]]:
    """Make voices with workers of the test's own; they are closed whatever happens."""
    voices: list[Voice] = []

    def make(command: Sequence[str], deadline_seconds: float) -> Voice:
        voices.append(Voice(command, deadline_seconds))
        return voices[-1]

    yield make
    for voice in voices:
        voice.close()


@pytest.mark.parametrize("touch", ["hush", "newer"])
def test_what_is_no_longer_wanted_is_not_handed_over_when_it_is_ready(
    open_voice: Callable[[Sequence[str], float], Voice], tmp_path: Path, touch: str
) -> None:
    """S6, with an engine that is in the middle of the old sentence."""
    ears = Ears(once_settled(open_voice((*odd("on-words"), str(tmp_path)), 30)))
    ears.ask("A slow sentence.")
    wait_until((tmp_path / "begun").exists)
    if touch == "hush":
        ears.voice.hush()
    else:
        ears.ask("Newer.")
    (tmp_path / "go").touch()
    assert touch == "hush" or ears.wait().text == "Newer."
    assert ears.hear("Last.").text == "Last."
    assert ears.nothing_more


def test_a_killed_worker_costs_at_most_one_sentence(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears(once_settled(open_voice(worker_command(), 3)))
    first = ears.voice.child_pid
    assert first
    os.kill(first, signal.SIGKILL)
    ears.hear("Perhaps lost.")
    assert not ears.hear("Surely heard.").lost
    assert ears.voice.child_pid != first


def test_a_worker_that_hangs_is_replaced_and_the_next_sentence_is_heard(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears(once_settled(open_voice(odd("on-words"), 0.5)))
    first = ears.voice.child_pid
    assert ears.hear("Please hang.").lost
    assert not ears.hear("Good morning.").lost
    assert ears.voice.child_pid != first
    assert not is_running(first)


def test_a_newer_request_need_not_wait_for_two_hangs(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears(once_settled(open_voice(odd("on-words"), 0.5)))
    ears.ask("Please hang.")
    assert ears.hear("Good morning.").text == "Good morning."
    assert [record.getMessage() for record in caplog.records] in (
        [],
        ["The speech worker did not answer in time; it is started again."],
    )


def test_a_crash_of_the_engine_leaves_the_kiosk_and_the_languages_alone(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears(once_settled(open_voice(odd("on-words"), 3)))
    before = ears.voice.languages()
    assert ears.hear("Please crash.").lost
    assert not ears.hear("Good morning.").lost
    assert ears.voice.languages() == before


def test_an_engine_that_always_crashes_offers_no_language_and_nobody_waits(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears(once_settled(open_voice(odd("always"), 3)))
    assert ears.hear("Anybody?").lost
    assert ears.voice.languages() == frozenset()
    assert ears.voice.voice_for("en") is None


def test_an_engine_that_fails_again_and_again_offers_nothing_until_it_works_again(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears(once_settled(open_voice(odd("on-words"), 3)))
    before, offered = ears.voice.languages(), []
    ears.voice.watch(lambda: offered.append(ears.voice.voice_for("en")))
    assert ears.hear("Please crash.").lost
    assert ears.hear("Please crash again.").lost
    assert offered[-1] is None
    wait_until(lambda: offered[-1] == "gmw/en")
    assert ears.voice.languages() == before


def test_a_voice_that_kills_the_engine_twice_is_left_out(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture
) -> None:
    voice = once_settled(open_voice(odd("trial"), 3))
    assert voice.voice_for("cy") is None
    assert {"en", "pl"} <= voice.languages()
    assert len(caplog.records) == 2


def test_voices_that_nobody_can_hear_are_not_offered(open_voice: Callable[[Sequence[str], float], Voice]) -> None:
    assert once_settled(open_voice(odd("mute"), 3)).languages() == frozenset()


def test_without_an_engine_there_is_no_language_and_no_error(open_voice: Callable[[Sequence[str], float], Voice]) -> None:
    ears = Ears(once_settled(open_voice(odd("none"), 3)))
    assert ears.voice.languages() == frozenset()
    assert ears.hear("Anybody?").lost


@pytest.mark.parametrize("command", [("/nowhere/at/all",), odd("start"), odd("nonsense"), (sys.executable, "-c", "")])
def test_a_worker_that_never_gets_ready_costs_speech_and_nothing_else(
    open_voice: Callable[[Sequence[str], float], Voice], caplog: pytest.LogCaptureFixture, command: Sequence[str]
) -> None:
    ears = Ears(open_voice(command, 0.05))
    ears.voice.start()
    assert ears.hear("Anybody?").lost
    assert ears.voice.languages() == frozenset()


def test_a_driver_that_can_only_write_files_leaves_none_behind(
    open_voice: Callable[[Sequence[str], float], Voice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S160. The adapter for Windows and macOS, here with pyttsx3's stock espeak driver."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    ears = Ears(once_settled(open_voice(odd("files"), 3)))
    sound = ears.hear(SECRET)
    assert not is_silent(sound.pcm)
    assert 1_500 < sound.duration_ms < 6_000
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_is_spoken_is_left_in_a_file_an_argument_or_the_log(
    open_voice: Callable[[Sequence[str], float], Voice],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """S160."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    ears = Ears(once_settled(open_voice(odd("on-words"), 3)))
    sound = ears.hear(SECRET)
    child = Path(f"/proc/{ears.voice.child_pid}")
    assert b"Rosalind" not in (child / "cmdline").read_bytes() + (child / "environ").read_bytes()
    assert ears.hear(f"{SECRET} crash").lost
    assert "Rosalind" not in caplog.text + repr(sound)
    assert list(tmp_path.iterdir()) == []
    assert not [path for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith("kiosk-speech-")]


def test_a_voice_that_does_not_exist_says_nothing_rather_than_speak_with_the_last_one() -> None:
    """S16. pyttsx3's own driver would go on in the language spoken before."""
    heard: queue.SimpleQueue[FromChild | None] = queue.SimpleQueue()
    child = Child(worker_command(), lambda _, message: heard.put(message))
    assert isinstance(heard.get(timeout=PATIENCE_SECONDS), Ready)
    for job, voice in enumerate(("gmw/en", "zz/nobody", "gmw/en")):
        child.send(Render(job, "Good morning.", "kiosk_espeak", voice, 150))
    answers = [heard.get(timeout=PATIENCE_SECONDS) for _ in range(3)]
    child.end()
    assert [type(answer) for answer in answers] == [Rendered, Failed, Rendered]


def test_close_ends_the_worker(open_voice: Callable[[Sequence[str], float], Voice]) -> None:
    voice = once_settled(open_voice(odd("on-words"), 3))
    pid = voice.child_pid
    assert is_running(pid)
    voice.close()
    assert not is_running(pid)


def test_close_ends_a_worker_that_hangs(open_voice: Callable[[Sequence[str], float], Voice]) -> None:
    ears = Ears(once_settled(open_voice(odd("on-words"), 60)))
    pid = ears.voice.child_pid
    ears.ask("Please hang.")
    ears.voice.close()
    assert not is_running(pid)


@pytest.mark.parametrize("text", ["Good morning.", "Please hang."])
def test_a_parent_that_dies_leaves_no_orphan(text: str) -> None:
    """Even when the engine hangs: the worker ends as soon as its stdin closes."""
    program = f"""
from kiosk.speech import Voice
from tests.listening import odd, once_settled
voice = once_settled(Voice(odd("on-words"), 60))
voice.say({text!r}, "en", then=lambda sound: None)
print(voice.child_pid, flush=True)
input()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    wait_until(lambda: has_ended(child))
