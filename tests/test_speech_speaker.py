"""The speaker: real voice, real player, and a loudspeaker that writes down. In order, and never a stale word."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.screens import Utterance
from kiosk.speech import Voice
from kiosk.speech.sound import wav_file
from kiosk.spoken import digit_by_digit
from tests.listening import PATIENCE_SECONDS, Ears, FileSpeaker, once_settled, wait_until
from ui.outputs import Devices, Output
from ui.player import TAIL_MS, Player
from ui.speaker import Speaker

PAGE = (
    Utterance("question", "How easy was it to get help today?", "en"),
    Utterance("very-easy", "Very easy", "en"),
    Utterance("easy", "Eithaf hawdd", "cy"),
)


@pytest.fixture(scope="module")
def voice() -> Iterator[Voice]:
    voice = once_settled(Voice())
    yield voice
    voice.close()


class Listener:
    """A patient with ears: what was begun, which words, how often all was said."""

    def __init__(self, qtbot: QtBot, voice: Voice) -> None:
        self.qtbot = qtbot
        self.loudspeaker = FileSpeaker()
        self.speaker = Speaker(voice, Player(self.loudspeaker))
        self.begun: list[str] = []
        self.words: list[tuple[str, int, int]] = []
        self.finished = 0
        self.speaker.started.connect(self.begun.append)
        self.speaker.word_reached.connect(lambda key, start, length: self.words.append((key, start, length)))
        self.speaker.finished.connect(self._finish)

    def _finish(self) -> None:
        self.finished += 1

    def hears_sound(self, number: int) -> None:
        """Wait until the loudspeaker has been given so many sounds."""
        self.qtbot.waitUntil(lambda: len(self.loudspeaker.heard) == number, timeout=PATIENCE_SECONDS * 1000)

    def hears_out(self, sounds: int) -> None:
        """Listen to so many sounds, each to its end, and to the silence that follows."""
        for number in range(1, sounds + 1):
            self.hears_sound(number)
            self.loudspeaker.listen()
        self.qtbot.waitUntil(lambda: self.finished > 0, timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture
def listener(qtbot: QtBot, voice: Voice) -> Iterator[Listener]:
    listener = Listener(qtbot, voice)
    yield listener
    listener.speaker.hush()


def test_a_page_is_spoken_in_order_to_its_end(listener: Listener) -> None:
    listener.speaker.speak(PAGE)
    listener.hears_out(3)
    assert listener.begun == ["question", "very-easy", "easy"]
    assert listener.finished == 1
    assert not listener.speaker.speaking


def test_what_is_heard_is_what_the_voice_rendered_for_that_text_and_language(listener: Listener, voice: Voice) -> None:
    """Two renderings differ by a few samples, never by their length."""
    listener.speaker.speak(PAGE)
    listener.hears_out(3)
    ears = Ears(voice)
    rendered = [ears.hear(text, language).duration_ms for text, language in ((part.text, part.language) for part in PAGE)]
    assert [heard.duration_ms - TAIL_MS for heard in listener.loudspeaker.heard] == pytest.approx(rendered, abs=60)


def test_words_are_told_with_the_utterance_they_belong_to(listener: Listener) -> None:
    listener.speaker.speak(PAGE[1:])
    listener.hears_sound(1)
    listener.qtbot.waitUntil(lambda: listener.words == [("very-easy", 0, 4)])
    listener.loudspeaker.listen()
    listener.hears_sound(2)
    listener.qtbot.waitUntil(lambda: ("easy", 0, 6) in listener.words)


def test_words_of_a_long_text_are_counted_from_its_beginning(listener: Listener) -> None:
    sentence = "We would like to hear how easy it was to get help from the practice today. "
    listener.speaker.speak([Utterance("long", sentence * 3, "en")])
    listener.hears_sound(1)
    listener.loudspeaker.listen()
    listener.hears_sound(2)
    listener.qtbot.waitUntil(lambda: ("long", 2 * len(sentence), 2) in listener.words)
    assert listener.begun == ["long"]


def test_hush_is_silence_at_once_and_nothing_comes_after(listener: Listener, voice: Voice) -> None:
    """S6: any touch."""
    listener.speaker.speak(PAGE)
    listener.hears_sound(1)
    listener.speaker.hush()
    assert not listener.loudspeaker.sounding
    assert not listener.speaker.speaking
    Ears(voice).hear("Whatever was still being rendered is rendered by now.")
    listener.speaker.speak([Utterance("next", "Next page.", "en")])
    listener.hears_sound(2)
    assert listener.begun == ["question", "next"]
    assert listener.finished == 0


def test_of_ten_quick_pages_only_the_last_is_heard(listener: Listener) -> None:
    """S6."""
    for number in range(10):
        listener.speaker.speak([Utterance(f"page {number}", f"Page {number}.", "en")])
    listener.hears_out(1)
    assert listener.begun == ["page 9"]


def test_what_is_already_on_its_way_to_the_screen_is_not_taken_for_the_next_page(listener: Listener, voice: Voice) -> None:
    """The voice has handed over the old page, but Qt has not delivered it yet."""
    listener.speaker.speak([Utterance("old", "A rather long sentence of the page before this one.", "en")])
    wait_until(lambda: voice._wish is None)
    listener.speaker.speak([Utterance("new", "Yes.", "en")])
    listener.hears_out(1)
    assert listener.begun == ["new"]
    assert listener.loudspeaker.heard[0].duration_ms < 1_000


def test_a_language_without_a_voice_is_passed_over_and_the_rest_is_heard(listener: Listener) -> None:
    listener.speaker.speak([Utterance("somali", "Mahadsanid.", "so"), Utterance("english", "Thank you.", "en")])
    listener.hears_out(1)
    assert listener.begun == ["english"]


@pytest.mark.parametrize("utterances", [[], [Utterance("somali", "Mahadsanid.", "so")], [Utterance("blank", "  ", "en")]])
def test_nothing_that_can_be_heard_is_finished_soon(listener: Listener, utterances: list[Utterance]) -> None:
    listener.speaker.speak(utterances)
    listener.hears_out(0)
    assert listener.begun == []


def test_only_languages_with_a_voice_are_available(listener: Listener) -> None:
    """S16."""
    assert [listener.speaker.available(language) for language in ("en-GB", "cy", "ur", "so")] == [True, True, True, False]


def test_a_pause_holds_what_has_not_begun_too(listener: Listener) -> None:
    """S5."""
    listener.speaker.speak(PAGE)
    listener.speaker.pause()
    listener.qtbot.waitUntil(lambda: listener.speaker._ready is not None)
    assert listener.speaker.paused
    assert listener.loudspeaker.heard == []
    listener.speaker.resume()
    listener.hears_out(3)


def test_a_pause_goes_on_with_the_same_utterance(listener: Listener) -> None:
    listener.speaker.speak(PAGE[:2])
    listener.hears_sound(1)
    listener.speaker.pause()
    assert not listener.loudspeaker.sounding
    listener.speaker.resume()
    listener.loudspeaker.listen()
    listener.hears_sound(3)
    assert listener.begun == ["question", "very-easy"]


def test_an_aside_leaves_what_was_paused_to_be_gone_on_with(listener: Listener) -> None:
    """S5: a finger that looks for "Go on" hears where it is, and loses nothing."""
    listener.speaker.speak(PAGE)
    listener.hears_sound(1)
    listener.speaker.pause()
    listener.speaker.aside([Utterance("tool:listen", "Go on", "en")])
    listener.hears_sound(2)
    listener.loudspeaker.listen()
    listener.qtbot.waitUntil(lambda: listener.speaker.paused)
    listener.speaker.resume()
    listener.hears_sound(3)
    listener.loudspeaker.listen()
    listener.hears_sound(4)
    assert listener.begun == ["question", "tool:listen", "question", "very-easy"]


def test_a_touch_in_an_aside_goes_back_to_what_was_paused(listener: Listener) -> None:
    """S5, S6."""
    listener.speaker.speak(PAGE)
    listener.hears_sound(1)
    listener.speaker.pause()
    listener.speaker.aside([Utterance("tool:listen", "Go on", "en")])
    listener.speaker.pause()
    assert listener.speaker.paused
    assert not listener.loudspeaker.sounding
    listener.speaker.resume()
    listener.hears_sound(2)
    assert listener.begun == ["question", "question"]


def test_a_slower_rate_is_heard(listener: Listener) -> None:
    """S51."""
    listener.speaker.set_rate(120)
    listener.speaker.speak(PAGE[:1])
    listener.hears_sound(1)
    listener.speaker.set_rate(185)
    assert listener.speaker.rate == 180
    listener.speaker.speak(PAGE[:1])
    listener.hears_sound(2)
    assert listener.loudspeaker.heard[0].duration_ms > listener.loudspeaker.heard[1].duration_ms


def test_a_session_begins_with_the_usual_rate_and_volume(listener: Listener) -> None:
    """S15, S139."""
    usual = (listener.speaker.rate, listener.speaker.volume)
    listener.speaker.set_rate(180)
    listener.speaker.set_volume(3)
    listener.speaker.reset()
    assert (listener.speaker.rate, listener.speaker.volume) == usual == (150, 1)


def test_the_screen_is_told_when_the_voices_have_been_tried(qtbot: QtBot) -> None:
    voice = Voice()
    speaker = Speaker(voice, Player(FileSpeaker()))
    assert not speaker.available("en")
    with qtbot.waitSignal(speaker.languages_changed, timeout=PATIENCE_SECONDS * 1000):
        voice.start()
    qtbot.waitUntil(lambda: speaker.available("en"), timeout=PATIENCE_SECONDS * 1000)
    voice.close()


# --- recordings (S44) --------------------------------------------------------------------------------------------------------

TONE = array("h", [8_000, -8_000] * 2_000).tobytes()


def test_a_recording_is_played_in_place_of_the_voice_and_the_rest_follows(listener: Listener) -> None:
    """Somebody said it for this survey: what they said is what is heard."""
    listener.speaker.speak([Utterance("question", "How was it?", "en", wav_file(TONE, 16_000)), PAGE[1]])
    listener.hears_out(2)
    assert listener.loudspeaker.heard[0].pcm.startswith(TONE)
    assert listener.loudspeaker.heard[0].rate_hz == 16_000
    assert listener.begun == ["question", "very-easy"]


@pytest.mark.parametrize("broken", [b"RIFF nonsense", wav_file(bytes(8_000), 16_000), wav_file(TONE, 16_000)[:30]])
def test_a_recording_that_cannot_be_heard_is_spoken_instead(listener: Listener, broken: bytes) -> None:
    """Cut short, silent, or no sound at all: it costs nothing."""
    listener.speaker.speak([Utterance("question", "Yes.", "en", broken)])
    listener.hears_out(1)
    assert listener.loudspeaker.heard[0].rate_hz == 22_050


# --- the word that is heard --------------------------------------------------------------------------------------------------


def test_the_word_after_a_number_said_digit_by_digit_is_marked_where_it_stands(listener: Listener) -> None:
    shown = "Call 0161 496 0000 now."
    listener.speaker.speak([Utterance("notice", digit_by_digit(shown), "en")])
    listener.hears_sound(1)
    listener.loudspeaker.listen()
    listener.qtbot.waitUntil(lambda: bool(listener.words) and listener.finished > 0)
    assert listener.words[-1] == ("notice", shown.index("now"), 3)


def test_what_more_is_said_of_the_same_thing_marks_nothing_in_its_words(listener: Listener) -> None:
    listener.speaker.speak([Utterance("option", "Good", "en"), Utterance("option", "Answer 2 of 6", "en")])
    listener.hears_sound(1)
    listener.loudspeaker.listen()
    listener.hears_sound(2)
    listener.qtbot.waitUntil(lambda: ("option", len("Good "), len("Answer")) in listener.words)
    assert listener.begun == ["option"]


# --- headphones (S134) -------------------------------------------------------------------------------------------------------


class Jack(Devices):
    """A socket into which the test plugs headphones."""

    def __init__(self, output: FileSpeaker) -> None:
        QObject.__init__(self)
        self.output = output

    def best(self) -> Output:
        return self.output

    def plug(self, output: FileSpeaker) -> None:
        self.output = output
        self.changed.emit()


def named(name: str) -> FileSpeaker:
    output = FileSpeaker()
    output.name = name
    return output


def test_headphones_pulled_out_are_silence_before_anybody_else_hears_a_word(qtbot: QtBot, voice: Voice) -> None:
    """S10, S134: nothing goes on from the loudspeaker, and those who need to know are told."""
    headphones, loudspeaker = named("USB Headset"), named("Speakers")
    jack = Jack(headphones)
    speaker = Speaker(voice, Player(headphones, jack))
    told: list[bool] = []
    speaker.headphones_changed.connect(told.append)
    speaker.speak(PAGE)
    qtbot.waitUntil(lambda: headphones.sounding, timeout=PATIENCE_SECONDS * 1000)
    jack.plug(loudspeaker)
    assert not headphones.sounding
    assert not speaker.speaking
    assert loudspeaker.heard == []
    assert told == [False]
    jack.plug(headphones)
    assert told == [False, True]


def test_headphones_plugged_in_while_it_speaks_take_the_sentence_over(qtbot: QtBot, voice: Voice) -> None:
    """S134."""
    headphones, loudspeaker = named("Headphones"), named("Speakers")
    jack = Jack(loudspeaker)
    speaker = Speaker(voice, Player(loudspeaker, jack))
    speaker.speak(PAGE[:1])
    qtbot.waitUntil(lambda: loudspeaker.sounding, timeout=PATIENCE_SECONDS * 1000)
    with qtbot.waitSignal(speaker.headphones_changed):
        jack.plug(headphones)
    assert not loudspeaker.sounding
    assert headphones.sounding
    speaker.hush()
