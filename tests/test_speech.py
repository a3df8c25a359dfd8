"""The voice with the real engine: right language, true words, never a stale sentence, nothing left behind."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from kiosk.speech import Voice
from kiosk.speech.child import worker_command
from kiosk.speech.sound import is_silent
from tests.listening import Ears, once_settled

SENTENCES = {
    "en": "How easy was it to get help today?",
    "cy": "Sut oeddech chi'n teimlo am y gofal gawsoch chi heddiw?",
    "pl": "Jak łatwo było dziś uzyskać pomoc?",
    "ur": "آپ کو آج کیسی دیکھ بھال ملی؟",
    "ar": "كيف كانت الرعاية التي تلقيتها اليوم؟",
}


@pytest.fixture(scope="module")
def ears() -> Iterator[Ears]:
    voice = once_settled(Voice())
    yield Ears(voice)
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


@pytest.mark.parametrize(
    ("language", "question", "voice"),
    [("zh", "总的来说，您对我们服务的体验如何？", "cmn"), ("uk", "Загалом, яким був ваш досвід?", "uk")],
)
def test_chinese_is_heard_in_mandarin_and_ukrainian_in_its_own_voice(
    ears: Ears, language: str, question: str, voice: str
) -> None:
    """S16."""
    sound = ears.hear(question, language)
    assert not is_silent(sound.pcm)
    assert 1_000 < sound.duration_ms < 8_000
    assert str(ears.voice.voice_for(language)).endswith(voice)


def test_chinese_is_followed_character_by_character(ears: Ears) -> None:
    sound = ears.hear("您好", "zh")
    assert [sound.text[word.start_char : word.start_char + word.length] for word in sound.words] == ["您", "好"]


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


def test_what_is_asked_for_while_a_sentence_is_handed_over_is_heard(ears: Ears) -> None:
    ears.voice.say("First.", "en", then=lambda _: ears.ask("Second."))
    assert ears.wait().text == "Second."


def test_text_of_any_kind_is_spoken_and_harms_nothing(ears: Ears) -> None:
    odd_texts = ("", "   ", "…", "<b>bold</b> & [[x]]", "one\0two", "half \ud83d a pair", "🙂" * 9)
    assert [ears.hear(text).lost for text in odd_texts] == [True, True, *(len(odd_texts) - 2) * [False]]


def test_a_frozen_build_runs_itself_as_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == (sys.executable, "--speech-worker")
