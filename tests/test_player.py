"""The player: starts at once, silent at once, tells the word, and needs no loudspeaker to keep time."""

from __future__ import annotations

import shutil
import sys
from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.speech import Sound, Word
from kiosk.speech.sound import wav_file
from tests.listening import FileSpeaker
from ui.outputs import AplayOutput, Devices, Output, SilentOutput
from ui.player import TAIL_MS, Player

RATE_HZ = 8_000
LOUD = 8_000


def sound_of(ms: int, *words: Word) -> Sound:
    samples = array("h", [LOUD] * (ms * RATE_HZ // 1000)).tobytes()
    return Sound("one two three", "en", wav_file(samples, RATE_HZ), RATE_HZ, words)


THREE_WORDS = sound_of(900, Word(0, 3, 0), Word(4, 3, 300), Word(8, 5, 600))
LOST = Sound("lost", "en")


class Diary:
    """What a player told, in order."""

    def __init__(self, player: Player) -> None:
        self.words: list[int] = []
        self.finished = 0
        player.word_reached.connect(lambda start, _: self.words.append(start))
        player.finished.connect(self._finish)

    def _finish(self) -> None:
        self.finished += 1


@pytest.fixture
def speaker() -> FileSpeaker:
    return FileSpeaker()


@pytest.fixture
def player(qtbot: QtBot, speaker: FileSpeaker) -> Player:
    return Player(speaker)


def test_a_sound_is_played_at_once_and_whole(player: Player, speaker: FileSpeaker) -> None:
    player.play(THREE_WORDS)
    assert speaker.sounding
    assert speaker.heard[0].pcm.startswith(THREE_WORDS.pcm)
    assert speaker.heard[0].duration_ms == 900 + TAIL_MS


def test_each_word_is_told_when_it_is_heard(qtbot: QtBot, player: Player, speaker: FileSpeaker) -> None:
    diary = Diary(player)
    player.play(THREE_WORDS)
    qtbot.waitUntil(lambda: diary.words == [0])
    speaker.listen(300)
    qtbot.waitUntil(lambda: diary.words == [0, 4])
    speaker.listen(300)
    qtbot.waitUntil(lambda: diary.words == [0, 4, 8])


def test_words_that_have_gone_by_are_not_told_late(qtbot: QtBot, player: Player, speaker: FileSpeaker) -> None:
    diary = Diary(player)
    player.play(THREE_WORDS)
    speaker.listen(700)
    qtbot.waitUntil(lambda: bool(diary.words))
    assert diary.words == [8]


def test_the_end_is_told_once(qtbot: QtBot, player: Player, speaker: FileSpeaker) -> None:
    diary = Diary(player)
    player.play(THREE_WORDS)
    with qtbot.waitSignal(player.finished):
        speaker.listen()
    assert not player.playing
    assert diary.finished == 1
    assert not speaker.heard[0].cut


def test_stop_is_silence_at_once(player: Player, speaker: FileSpeaker) -> None:
    """S6."""
    player.play(THREE_WORDS)
    player.stop()
    assert not speaker.sounding
    assert speaker.heard[0].cut


def test_a_stopped_or_replaced_sound_has_no_end(qtbot: QtBot, player: Player, speaker: FileSpeaker) -> None:
    diary = Diary(player)
    player.play(THREE_WORDS)
    player.stop()
    player.play(THREE_WORDS)
    player.play(sound_of(500))
    with qtbot.waitSignal(player.finished):
        speaker.listen()
    assert [heard.cut for heard in speaker.heard] == [True, True, False]
    assert (diary.finished, diary.words) == (1, [])


def test_a_lost_sound_is_over_without_a_sound(qtbot: QtBot, player: Player, speaker: FileSpeaker) -> None:
    with qtbot.waitSignal(player.finished):
        player.play(LOST)
    assert speaker.heard == []


def test_the_volume_spans_18_db_with_a_step_12_db_above_the_lowest(player: Player, speaker: FileSpeaker) -> None:
    """S14."""
    gains = []
    for step in range(4):
        player.volume = step
        player.play(sound_of(100))
        gains.append(speaker.heard[-1].gain)
    assert [gain / gains[0] for gain in gains] == pytest.approx([10 ** (db / 20) for db in (0, 6, 12, 18)])
    assert gains[-1] == 1.0


def test_the_volume_changes_while_a_sound_plays(player: Player, speaker: FileSpeaker) -> None:
    player.play(sound_of(500))
    player.volume = 3
    assert speaker.heard[0].gain == 1.0


@pytest.mark.parametrize(("asked", "kept"), [(-1, 0), (4, 3), (2, 2)])
def test_the_volume_stays_within_its_steps(player: Player, asked: int, kept: int) -> None:
    player.volume = asked
    assert player.volume == kept


def test_a_pause_is_silent_and_goes_on_at_the_word_that_was_cut(qtbot: QtBot, player: Player, speaker: FileSpeaker) -> None:
    """S5."""
    diary = Diary(player)
    player.play(THREE_WORDS)
    speaker.listen(400)
    qtbot.waitUntil(lambda: diary.words == [4])
    player.pause()
    assert not speaker.sounding
    assert player.paused
    player.resume()
    assert speaker.heard[-1].duration_ms == 600 + TAIL_MS
    speaker.listen()
    qtbot.waitUntil(lambda: diary.finished == 1)
    assert diary.words == [4, 8]


def test_a_pause_without_word_times_goes_on_where_it_stopped(player: Player, speaker: FileSpeaker) -> None:
    player.play(sound_of(900))
    speaker.listen(400)
    player.pause()
    player.resume()
    assert speaker.heard[-1].duration_ms == 500 + TAIL_MS


def test_resume_after_stop_plays_nothing(player: Player, speaker: FileSpeaker) -> None:
    player.play(THREE_WORDS)
    player.pause()
    player.stop()
    player.resume()
    assert len(speaker.heard) == 1


class Sockets(Devices):
    """A machine whose outputs come and go as the test says."""

    def __init__(self, output: Output) -> None:
        QObject.__init__(self)
        self.output = output

    def best(self) -> Output:
        return self.output


def test_headphones_plugged_in_take_over_at_the_word(qtbot: QtBot, speaker: FileSpeaker) -> None:
    sockets, headphones = Sockets(speaker), FileSpeaker()
    player = Player(speaker, sockets)
    diary = Diary(player)
    player.play(THREE_WORDS)
    speaker.listen(400)
    qtbot.waitUntil(lambda: diary.words == [4])
    sockets.output = headphones
    with qtbot.waitSignal(player.outputs_changed):
        sockets.changed.emit()
    assert not speaker.sounding
    assert headphones.heard[0].duration_ms == 600 + TAIL_MS


def test_whoever_hears_of_pulled_headphones_can_hush_before_the_loudspeaker_speaks(qtbot: QtBot, speaker: FileSpeaker) -> None:
    """S10."""
    headphones, sockets = FileSpeaker(), Sockets(speaker)
    player = Player(headphones, sockets)
    player.outputs_changed.connect(player.stop)
    player.play(THREE_WORDS)
    sockets.changed.emit()
    assert not headphones.sounding
    assert speaker.heard == []


def test_without_a_loudspeaker_the_words_still_go_by(qtbot: QtBot) -> None:
    player = Player(SilentOutput())
    diary = Diary(player)
    with qtbot.waitSignal(player.finished):
        player.play(sound_of(150, Word(0, 3, 0), Word(4, 3, 100)))
    assert diary.words == [0, 4]


@pytest.mark.qt_log_ignore("Couldn't (load|resolve)", "PulseAudioService", extend=True)
def test_this_machine_plays_or_keeps_time_whatever_it_has(qtbot: QtBot) -> None:
    player = Player.for_this_machine()
    with qtbot.waitSignal(player.finished, timeout=10_000):
        player.play(sound_of(100))


@pytest.mark.skipif(not shutil.which("aplay"), reason="aplay is not installed (Debian: alsa-utils)")
def test_aplay_itself_plays_every_sample(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real ALSA, with a file in place of the loudspeaker."""
    heard = tmp_path / "heard.raw"
    to_file = f'pcm.!default {{ type file slave.pcm "nowhere" file "{heard}" format "raw" truncate true }}'
    (tmp_path / "asound.conf").write_text(to_file + " pcm.nowhere { type null }")
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"/usr/share/alsa/alsa.conf:{tmp_path / 'asound.conf'}")
    player = Player(AplayOutput())
    player.volume = 3
    with qtbot.waitSignal(player.finished, timeout=10_000):
        player.play(sound_of(200))
    assert heard.read_bytes().startswith(sound_of(200).pcm)


@pytest.mark.parametrize(
    ("name", "private"), [("USB Headset Mono", True), ("Kopfhörer (Headphones)", True), ("Speakers", False)]
)
def test_headphones_are_known_by_their_name(qtbot: QtBot, speaker: FileSpeaker, name: str, *, private: bool) -> None:
    """S10."""
    speaker.name = name
    assert Player(speaker).private is private


def program(folder: Path, body: str) -> str:
    """An executable that stands in for `aplay`."""
    path = folder / "aplay"
    path.write_text(f"#!{sys.executable}\nimport os, pathlib, signal, sys\nhere = pathlib.Path({str(folder)!r})\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_aplay_gets_the_whole_sound_at_its_volume(qtbot: QtBot, tmp_path: Path) -> None:
    player = Player(AplayOutput(program(tmp_path, "(here / 'heard').write_bytes(sys.stdin.buffer.read())")))
    player.volume = 2
    more_than_a_pipe_holds = array("h", [LOUD] * 48_000).tobytes()
    with qtbot.waitSignal(player.finished, timeout=10_000):
        player.play(Sound("long", "en", wav_file(more_than_a_pipe_holds, 48_000), 48_000))
    wav = (tmp_path / "heard").read_bytes()
    assert wav[:4] == b"RIFF"
    assert len(wav) == 44 + 2 * 48 * (1_000 + TAIL_MS)
    assert array("h", wav[44:46])[0] == pytest.approx(LOUD * 10 ** (-6 / 20), abs=1)


def test_stop_ends_aplay_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    player = Player(AplayOutput(program(tmp_path, "(here / 'pid').write_text(str(os.getpid()) + '.')\nsignal.pause()")))
    player.play(sound_of(60_000))
    note = tmp_path / "pid"
    qtbot.waitUntil(lambda: note.exists() and note.read_text().endswith("."))
    player.stop()
    assert not Path(f"/proc/{note.read_text()[:-1]}").exists()


@pytest.mark.parametrize("name", ["false", "/nowhere/aplay"])
def test_a_broken_aplay_is_silence_and_not_a_stop(qtbot: QtBot, name: str) -> None:
    player = Player(AplayOutput(name))
    diary = Diary(player)
    with qtbot.waitSignal(player.finished, timeout=10_000):
        player.play(sound_of(300, Word(0, 3, 0), Word(4, 3, 100)))
    assert diary.words == [0, 4]
