"""An author is told what is missing, not translated, or hard to read (S85)."""

from __future__ import annotations

import json

import pytest

from kiosk.fhir import find_faults
from kiosk.fhir.plain_words import longest_sentence_words, reading_grade
from tests.questionnaires import choice, control, extension, group, item, questionnaire, translated, warnings

EASY = "Did the staff listen to you and tell you what they would do?"
HARD = "Considering your administrative experience, were organisational communication procedures satisfactory?"
LONG = "Think of the day you came to see us and tell us if the staff who met you said hello and smiled."


def words(*items: dict[str, object], **members: object) -> list[str]:
    return [fault.words for fault in warnings(*items, **members)]


def test_easy_short_words_have_nothing_to_look_at() -> None:
    assert words(item("a", text=EASY)) == []


def test_hard_words_are_named_with_their_grade() -> None:
    found = warnings(item("a", text=HARD))
    assert [(fault.link_id, fault.path) for fault in found] == [("a", "Questionnaire.item[0]")]
    assert "hard to read: school grade" in found[0].words


def test_a_sentence_of_more_than_fifteen_words_is_named() -> None:
    assert "a sentence of 22 words" in words(item("a", text=LONG))[0]


def test_only_english_is_graded() -> None:
    assert words(item("a", text=HARD), language="cy") == []
    found = words(item("a", text="Testun", _text=translated(en=HARD)), language="cy")
    assert ["school grade" in one for one in found] == [False, True]


@pytest.mark.parametrize(
    ("text", "grade"),
    [("The cat sat on the mat.", -1.45), (EASY, 1.6), ("", 0.0), ("Satisfactory", 0.0)],
)
def test_the_grade_is_flesch_kincaid(text: str, grade: float) -> None:
    assert reading_grade(text) == pytest.approx(grade, abs=0.8)


def test_sentences_end_at_stops_questions_and_lines() -> None:
    assert longest_sentence_words("One two. Three four five?\nSix") == 3


def test_a_very_long_text_is_looked_at_without_delay() -> None:
    assert len(words(item("a", text="." * 1_000_000 + " end"))) <= 1


def test_words_without_a_translation_are_named_for_each_language_of_the_survey() -> None:
    found = words(
        item("a", text="Hello", _text=translated(cy="Helo", pl="Cześć")),
        choice("b", "yes", "no", "maybe", "never", text="Well?"),
        _title=translated(cy="Prawf"),
    )
    assert found[0] == "The questionnaire is not translated into pl: title."
    assert 'Item "b" is not translated into cy: text, option "Yes", option "No" and 2 more.' in found
    assert not any('Item "a"' in one for one in found)


def test_numbers_and_hidden_items_need_no_translation() -> None:
    numbers = item("a", "choice", text="Oed?", _text=translated(cy="x"), answerOption=[{"valueInteger": 1}])
    hidden = item("b", text="Secret", extension=[extension("questionnaire-hidden", valueBoolean=True)])
    assert words(numbers, hidden, _title=translated(cy="x")) == []


def test_a_region_is_served_by_its_language() -> None:
    assert (
        words(item("a", text="Hello", _text=translated(cy="Helo")), _title=translated(**{"cy-GB": "Prawf", "cy": "Prawf"}))
        == []
    )


def test_an_item_without_words_is_named() -> None:
    assert "has no text" in words({"linkId": "a", "type": "string"})[0]
    assert words(group("g", item("a"), text="Part one")) == []


def test_a_survey_without_a_title_or_an_address_is_named() -> None:
    document = questionnaire(item("a"))
    del document["title"], document["url"]
    found = [fault.words for fault in find_faults(json.dumps(document))]
    assert [one.partition(":")[0].partition(",")[0] for one in found] == [
        "The questionnaire has no url",
        "The questionnaire has no title",
    ]


def test_a_slider_without_ends_is_named() -> None:
    assert "slider without minValue" in words(item("a", "integer", extension=[control("slider")]))[0]
