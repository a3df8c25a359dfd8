"""Texts on their way to speech: long ones in parts, and pieces of words as whole words."""

from __future__ import annotations

from hypothesis import given, strategies as st

from kiosk.speech.sentences import LONGEST, in_parts
from kiosk.speech.words import whole_words

SENTENCE = "We would like to hear how easy it was to get help from the practice today. "


def test_a_short_text_stays_whole() -> None:
    text = "Thank you. Your answers are safe. Goodbye."
    assert in_parts(text) == ((0, text),)


def test_a_long_text_is_cut_after_sentences() -> None:
    parts = [part for _, part in in_parts(SENTENCE * 5)]
    assert len(parts) > 1
    assert all(part.endswith(". ") for part in parts)


def test_an_urdu_text_is_cut_at_its_own_full_stops() -> None:
    sentence = "ہم جاننا چاہتے ہیں کہ آج آپ کو مدد حاصل کرنا کتنا آسان لگا۔ "
    assert {part for _, part in in_parts(sentence * 6)} == {sentence * 2}


def test_a_chinese_text_is_cut_at_its_own_stops_where_no_space_stands() -> None:
    parts = [part for _, part in in_parts("每一题都可以跳过。您愿意回答吗？" * 20)]
    assert len(parts) > 1
    assert all(part.endswith(("。", "？")) for part in parts)


def test_words_without_an_end_are_cut_between_words() -> None:
    parts = in_parts("very " * 300)
    assert all(part.endswith(" ") for _, part in parts)


@given(st.text(max_size=2000))
def test_parts_are_short_and_lose_nothing_that_can_be_heard(text: str) -> None:
    parts = in_parts(text)
    assert all(text[start : start + len(part)] == part and len(part) <= LONGEST for start, part in parts)
    assert "".join("".join(part for _, part in parts).split()) == "".join(text.split())


def words_of(text: str, *pieces: tuple[int, int, int]) -> list[tuple[str, int]]:
    return [(text[start : start + length], at_ms) for start, length, at_ms in whole_words(text, pieces)]


def test_a_number_spoken_in_pieces_is_one_word() -> None:
    assert words_of("In 2024, yes", (0, 2, 0), (3, 4, 149), (4, 4, 400), (9, 3, 900)) == [
        ("In", 0),
        ("2024", 149),
        ("yes", 900),
    ]


def test_a_word_with_an_apostrophe_or_a_hyphen_is_whole() -> None:
    assert words_of("It’s an e-mail.", (0, 2, 0), (5, 2, 200), (8, 1, 400)) == [("It’s", 0), ("an", 200), ("e-mail", 400)]


def test_scripts_without_spaces_keep_the_pieces_of_the_engine() -> None:
    assert words_of("你今天", (0, 1, 0), (1, 2, 300)) == [("你", 0), ("今天", 300)]


def test_pieces_outside_the_text_and_lone_punctuation_are_left_out() -> None:
    assert words_of("Yes - no", (-1, 3, 0), (0, 3, 10), (4, 1, 300), (90, 2, 400)) == [("Yes", 10)]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 20), st.integers(0, 9))))
def test_words_never_overlap_and_stay_inside_the_text(text: str, pieces: list[tuple[int, int, int]]) -> None:
    end = 0
    for start, length, _ in whole_words(text, pieces):
        assert start >= end
        assert length > 0
        end = start + length
    assert end <= len(text)
