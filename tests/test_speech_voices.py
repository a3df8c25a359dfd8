"""Which voice speaks which language, and never one of another."""

from __future__ import annotations

import pytest

from kiosk.speech.lines import Description
from kiosk.speech.repertoire import Repertoire, after_death, after_trial, with_voices
from kiosk.speech.voices import choose, spoken


def voice(identifier: str, *languages: str, engine: str = "espeak") -> Description:
    return Description(engine, identifier, languages)


VOICES = (
    voice("caribbean", "en-029", "en"),
    voice("british", "en-gb", "en"),
    voice("american", "en-us", "en"),
    voice("belgian", "fr-be", "fr"),
    voice("french", "fr-fr", "fr"),
    voice("pinglish", "fa-latn"),
    voice("mandarin", "cmn", "zh-cmn", "zh"),
    voice("cantonese", "yue", "zh-yue", "zh"),
    voice("bokmal", "nb", "no"),
    voice("brazilian", "pt-br", "pt"),
    voice("welsh", "cy"),
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "british"),
        ("en-GB", "british"),
        ("en_GB", "british"),
        ("en-US", "american"),
        ("en-AU", "british"),
        ("fr", "french"),
        ("fr-CA", "french"),
        ("fr-BE", "belgian"),
        ("zh", "mandarin"),
        ("zh-Hans", "mandarin"),
        ("zh-HK", "cantonese"),
        ("no", "bokmal"),
        ("pt", "brazilian"),
        ("cy-GB", "welsh"),
    ],
)
def test_the_nearest_voice_of_the_language_is_chosen(language: str, expected: str) -> None:
    chosen = choose(VOICES, language)
    assert chosen
    assert chosen.id == expected


@pytest.mark.parametrize("language", ["so", "ps", "c", "cyx", "fa", "nn", ""])
def test_a_language_without_a_voice_has_none(language: str) -> None:
    """S16. Persian is not read by a voice for Persian in Latin letters."""
    assert choose(VOICES, language) is None


def test_between_equals_the_first_engine_wins() -> None:
    both = (voice("system", "cy-gb", engine="sapi5"), voice("cy", "cy-gb", engine="espeak"))
    chosen = choose(both, "cy")
    assert chosen
    assert chosen.engine == "sapi5"


def test_a_made_for_britain_voice_of_a_later_engine_beats_an_american_one_of_the_first() -> None:
    chosen = choose((voice("zira", "en-us", engine="sapi5"), voice("gb", "en-gb", "en")), "en")
    assert chosen
    assert chosen.id == "gb"


def test_english_is_tried_first() -> None:
    assert spoken(VOICES)[0] == "en"


def test_a_voice_that_stays_mute_makes_room_for_the_next() -> None:
    known = with_voices(Repertoire(), VOICES[:3])
    british = known.voice_for("en")
    assert british
    after = after_trial(known, "en", british, heard=False)
    assert after.untried == ("en",)
    assert after.voice_for("en") == VOICES[0]


def test_a_language_whose_only_voice_stays_mute_is_not_offered() -> None:
    known = with_voices(Repertoire(), (VOICES[-1],))
    after = after_trial(known, "cy", VOICES[-1], heard=False)
    assert (after.untried, after.languages, after.usable_voice_for("cy")) == ((), frozenset(), None)


def test_a_language_is_offered_once_it_was_heard() -> None:
    known = with_voices(Repertoire(), (VOICES[-1],))
    assert known.usable_voice_for("cy") is None
    assert after_trial(known, "cy", VOICES[-1], heard=True).usable_voice_for("cy-GB") == VOICES[-1]


def test_what_an_earlier_worker_showed_is_still_known_to_the_next() -> None:
    known = with_voices(Repertoire(), VOICES)
    known = after_trial(known, "cy", VOICES[-1], heard=True)
    british = known.voice_for("en")
    assert british
    known = after_trial(known, "en", british, heard=False)
    again = with_voices(known, VOICES)
    assert "cy" not in again.untried
    assert british not in again.voices


def test_a_voice_is_given_up_only_when_it_killed_two_workers() -> None:
    """The first death may have had another reason, so the language is tried again, after all others."""
    known = with_voices(Repertoire(), VOICES)
    once = with_voices(after_death(known, "cy", VOICES[-1], in_a_row=1), VOICES)
    assert once.untried[-1] == "cy"
    twice = after_death(once, "cy", VOICES[-1], in_a_row=1)
    assert "cy" not in twice.untried
    assert twice.voice_for("cy") is None


def test_a_voice_is_not_blamed_when_the_engine_dies_whatever_it_says() -> None:
    known = with_voices(Repertoire(), VOICES)
    for in_a_row in range(1, 9):
        known = after_death(known, "cy", VOICES[-1], in_a_row=in_a_row)
    assert known.voice_for("cy") == VOICES[-1]
