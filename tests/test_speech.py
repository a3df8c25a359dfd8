"""The voice with the real engine: right language, true words, never a stale sentence, nothing left behind."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kiosk.speech import Voice
from kiosk.speech.child import worker_command
from kiosk.speech.sound import is_silent
from tests.listening import PATIENCE_SECONDS, Ears

SENTENCES = {
    "en": "How easy was it to get help today?",
    "cy": "Sut oeddech chi'n teimlo am y gofal gawsoch chi heddiw?",
    "pl": "Jak łatwo było dziś uzyskać pomoc?",
    "ur": "آپ کو آج کیسی دیکھ بھال ملی؟",
    "ar": "كيف كانت الرعاية التي تلقيتها اليوم؟",
}
SECRET = "My neighbour Rosalind was rude to me"


def odd(mode: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.odd_worker", mode)


def once_settled(voice: Voice) -> Voice:
    """Start `voice` and wait until every language has been tried."""
    settled = threading.Event()
    voice.watch(settled.set)
    voice.start()
    assert settled.wait(PATIENCE_SECONDS)
    return voice


def is_running(pid: int | None) -> bool:
    return pid is not None and Path(f"/proc/{pid}").exists()


def wait_until(fact: Callable[[], bool]) -> None:
    """Wait for something another process does."""
    never = threading.Event()
    for _ in range(PATIENCE_SECONDS * 50):
        if fact():
            return
        never.wait(0.02)
    pytest.fail("It did not happen.")


def has_ended(pid: int) -> bool:
    """Whether a process that is not ours is over: its `/proc` entry is gone, or only its name is left."""
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.fixture(scope="module")
def ears() -> Iterator[Ears]:
    voice = once_settled(Voice())
    yield Ears(voice)
    voice.close()


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


@pytest.mark.parametrize("language", SENTENCES)
def test_each_language_is_heard_in_its_own_voice(ears: Ears, language: str) -> None:
    sound = ears.hear(SENTENCES[language], language)
    assert not is_silent(sound.pcm)
    assert 1_000 < sound.duration_ms < 8_000
    assert (sound.text, sound.language) == (SENTENCES[language], language)


def test_the_same_digits_sound_different_in_every_language(ears: Ears) -> None:
    assert len({ears.hear("1, 2, 3", language).pcm for language in SENTENCES}) == len(SENTENCES)


def test_the_wav_is_a_whole_file_that_says_how_long_it_is(ears: Ears) -> None:
    sound = ears.hear("Thank you.")
    assert sound.wav[:4] == b"RIFF"
    assert int.from_bytes(sound.wav[40:44], "little") == len(sound.pcm)


def test_a_language_without_a_voice_is_not_offered_and_not_spoken_by_another(ears: Ears) -> None:
    """S16: Somali has no voice in espeak-ng."""
    assert "so" not in ears.voice.languages()
    assert ears.voice.voice_for("so") is None
    assert ears.hear("Mahadsanid.", "so").lost


def test_every_language_offered_names_its_voice(ears: Ears) -> None:
    assert set(SENTENCES) <= ears.voice.languages()
    assert all(ears.voice.voice_for(language) for language in ears.voice.languages())


@pytest.mark.parametrize("language", SENTENCES)
def test_word_offsets_slice_the_text_into_its_words(ears: Ears, language: str) -> None:
    sound = ears.hear(SENTENCES[language], language)
    heard = [sound.text[word.start_char : word.start_char + word.length] for word in sound.words]
    assert heard == [word.strip("?؟") for word in SENTENCES[language].split()]


def test_words_are_heard_one_after_the_other_within_the_sound(ears: Ears) -> None:
    sound = ears.hear(SENTENCES["en"])
    times = [word.at_ms for word in sound.words]
    assert times == sorted(set(times))
    assert times[-1] < sound.duration_ms


def test_a_slower_rate_takes_longer(ears: Ears) -> None:
    """S51, S139."""
    slow, usual, fast = (ears.hear(SENTENCES["en"], "en", rate).duration_ms for rate in (120, 150, 180))
    assert slow > usual > fast


def test_of_ten_quick_requests_only_the_last_is_heard(ears: Ears) -> None:
    """S6."""
    for number in range(10):
        ears.ask(f"Page {number}.")
    assert [ears.wait().text, ears.hear("After that.").text] == ["Page 9.", "After that."]
    assert ears.nothing_more


def test_hush_means_that_nothing_comes_any_more(ears: Ears) -> None:
    ears.ask("Never mind.")
    ears.voice.hush()
    assert ears.hear("Something else.").text == "Something else."
    assert ears.nothing_more


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


def test_what_is_asked_for_while_a_sentence_is_handed_over_is_heard(ears: Ears) -> None:
    ears.voice.say("First.", "en", then=lambda _: ears.ask("Second."))
    assert ears.wait().text == "Second."


def test_text_of_any_kind_is_spoken_and_harms_nothing(ears: Ears) -> None:
    odd_texts = ("", "   ", "…", "<b>bold</b> & [[x]]", "one\0two", "half \ud83d a pair", "🙂" * 9)
    assert [ears.hear(text).lost for text in odd_texts] == [True, True, *(len(odd_texts) - 2) * [False]]


def test_a_killed_worker_costs_at_most_one_sentence(ears: Ears, caplog: pytest.LogCaptureFixture) -> None:
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


def test_a_frozen_build_runs_itself_as_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == (sys.executable, "--speech-worker")


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
from tests.test_speech import odd, once_settled
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
