"""The letters of each language: in the order people know, by their names, and every one of them can be heard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.letters import KEYBOARDS, letters
from kiosk.speech import Voice
from kiosk.speech.sound import is_silent
from tests.listening import Ears, once_settled

LANGUAGES = sorted(path.stem for path in KEYBOARDS.glob("*.json"))


@pytest.fixture(scope="module")
def voice() -> Iterator[Voice]:
    voice = once_settled(Voice())
    yield voice
    voice.close()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_letter_can_be_heard(voice: Voice, tag: str) -> None:
    """S2: a silent stop in the alphabet would be a letter that nobody can find."""
    if voice.voice_for(tag) is None:
        pytest.skip("No voice here speaks this language, so nobody writes in it by ear.")
    ears = Ears(voice)
    heard = {letter.name: ears.hear(letter.name, tag) for letter in letters(tag)}
    assert [name for name, sound in heard.items() if sound.lost or is_silent(sound.pcm)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_letter_is_there_once_and_has_a_name_of_its_own(tag: str) -> None:
    """Digits aside: six in Gujarati sounds like one of its letters."""
    texts, names = zip(*((letter.text, letter.name) for letter in letters(tag) if not letter.text.isdigit()), strict=True)
    assert len(set(texts)) == len(texts)
    assert all(name.strip() for name in names)
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("tag", "order"),
    [("en-GB", "a b c"), ("pl", "a ą b c ć"), ("uk", "з и і ї й к"), ("ur", "ت ٹ ث ج چ ح"), ("ar", "ا آ أ إ ب ة ت ث ج")],
)
def test_letters_stand_in_the_order_of_the_alphabet_and_signs_after_them(tag: str, order: str) -> None:
    texts = [letter.text for letter in letters(tag)]
    assert order in " ".join(texts)
    assert [text for text in texts if text.isdigit()] == list("0123456789")
    last_letter = max(at for at, text in enumerate(texts) if text[0].isalpha())
    assert last_letter < texts.index("0") < texts.index("/")


def test_a_language_without_a_keyboard_of_its_own_has_the_english_letters() -> None:
    assert letters("fr") == letters("en")
