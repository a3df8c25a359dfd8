"""Fourteen languages can be read, written, and heard where the engine has a voice: real fonts, real sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.languages import language
from kiosk.phrases import catalogue_languages
from kiosk.speech import Voice
from tests.fourteen import first_question_heard
from tests.listening import Ears, once_settled
from tests.screens_for_pictures import sample_survey
from ui.fonts import font_for_language_or_none
from ui.keyboard_layout import keyboard_for

TAGS = sample_survey().languages
WITHOUT_VOICE = {"so"}
"""Languages that espeak-ng does not speak."""
QUIETEST_DB = -40.0
"""Under full scale; silence measures -90."""


@pytest.fixture(scope="module")
def ears() -> Iterator[Ears]:
    voice = once_settled(Voice())
    yield Ears(voice)
    voice.close()


@pytest.mark.parametrize("tag", TAGS)
def test_the_first_question_is_heard_and_is_no_silence(ears: Ears, tag: str) -> None:
    """S16, S71: by a voice of that very language, or by none."""
    heard = first_question_heard(ears, tag)
    if tag in WITHOUT_VOICE:
        assert heard is None
    else:
        assert heard is not None
        assert 1.5 < heard.seconds < 9
        assert heard.loudness_db > QUIETEST_DB


def test_no_two_languages_are_spoken_by_one_voice(ears: Ears) -> None:
    """S16."""
    voices = [ears.voice.voice_for(tag) for tag in TAGS if tag not in WITHOUT_VOICE]
    assert len(set(voices)) == len(voices)


@pytest.mark.parametrize("tag", TAGS)
def test_it_has_a_font_sentences_a_name_and_a_keyboard(qapp: QApplication, tag: str) -> None:
    """S113."""
    assert qapp.applicationName() is not None
    assert font_for_language_or_none(tag)
    assert tag.partition("-")[0] in catalogue_languages()
    assert language(tag).own_name != tag
    assert keyboard_for(tag).language == tag.partition("-")[0]
