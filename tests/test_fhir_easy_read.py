"""Easy words and pictures are read from a questionnaire, and an author is told what is wrong with them (S96)."""

from __future__ import annotations

from kiosk.survey import Place, Question
from tests.questionnaires import choice, coding, control, extension, faults, item, response, survey, translated, warnings

EASY = "urn:feedback-kiosk:easy-read"
PICTURE = "urn:feedback-kiosk:picture"
HARD = "Considering your administrative experience, were organisational communication procedures satisfactory?"
LONG = "Think of the day you came to see us and tell us if the staff who met you said hello and smiled."
"""A sentence of 22 words."""


def easy(words: str, **more: object) -> dict[str, object]:
    return extension(EASY, valueString=words, **more)


def picture(name: str) -> dict[str, object]:
    return extension(PICTURE, valueCode=name)


def one_option(**members: object) -> dict[str, object]:
    return item("a", "choice", answerOption=[{"valueCoding": coding("yes"), **members}])


def question(*items: dict[str, object]) -> Question:
    found = survey(*items).by_link_id["a"]
    assert isinstance(found, Question)
    return found


def test_an_item_has_easy_words_in_every_language_and_a_picture() -> None:
    """S96."""
    read = question(item("a", extension=[easy("Was it good?", _valueString=translated(cy="Oedd o'n dda?")), picture("yes")]))
    assert (read.easy.text, read.easy.in_language("cy"), read.picture) == ("Was it good?", "Oedd o'n dda?", "yes")


def test_an_answer_has_easy_words_in_every_language_and_a_picture() -> None:
    """S96."""
    words = easy("Yes!", _valueString=translated(cy="Ie!"))
    option = question(one_option(extension=[words, picture("yes")])).options[0]
    assert (option.easy.text, option.easy.in_language("cy"), option.picture) == ("Yes!", "Ie!", "yes")


def test_without_them_an_item_is_as_it_was() -> None:
    read = question(choice("a", "yes"))
    assert (bool(read.easy), read.picture, read.options[0].picture, bool(read.options[0].easy)) == (False, "", "", False)


def test_in_a_language_without_easy_words_the_ordinary_words_stand_in() -> None:
    """Better words that are harder than words in another language."""
    read = question(item("a", text="Was all well?", _text=translated(pl="Czy było dobrze?"), extension=[easy("Was it good?")]))
    assert read.easy.in_language("pl") == "Czy było dobrze?"
    assert read.easy.in_language("en-GB") == "Was it good?"


def test_help_has_easy_words_too() -> None:
    """S96."""
    hints = [
        item("h1", "display", text="Use your own judgement.", extension=[control("help"), easy("You choose.")]),
        item("h2", "display", text="Take your time.", extension=[control("help")]),
    ]
    read = question(item("a", item=hints))
    assert (read.help.text, read.easy_help.text) == ("Use your own judgement. Take your time.", "You choose. Take your time.")


def test_a_picture_nobody_has_is_named_and_the_survey_can_still_be_asked() -> None:
    found = warnings(one_option(extension=[picture("a-dragon")]))
    assert [(fault.link_id, fault.path) for fault in found] == [
        ("a", "Questionnaire.item[0].answerOption[0].extension[0].valueCode")
    ]
    assert found[0].words == (
        "Item \"a\" has a picture called 'a-dragon', which this kiosk does not have; its pictures are files in assets/pictures."
    )
    assert faults(one_option(extension=[picture("a-dragon")])) == []
    assert question(one_option(extension=[picture("a-dragon")])).options[0].picture == ""


def test_easy_words_and_pictures_of_another_kind_are_faults() -> None:
    wrong = item("a", extension=[extension(EASY, valueCode="words"), extension(PICTURE, valueString="yes")])
    assert [fault.words for fault in faults(wrong)] == [
        'Item "a" has a urn:feedback-kiosk:easy-read without valueString.',
        'Item "a" has a urn:feedback-kiosk:picture without valueCode.',
    ]


def test_easy_words_twice_are_a_fault() -> None:
    assert "more than once" in faults(item("a", extension=[easy("One?"), easy("Two?")]))[0].words


def test_easy_words_that_are_not_easy_are_named() -> None:
    """S85, S96."""
    assert [fault.words for fault in warnings(item("a", extension=[easy(LONG)]))] == [
        'Item "a" has easy-read words with a sentence of 22 words; 15 is the most that reads easily.'
    ]
    assert "easy-read words that are hard to read: school grade" in warnings(one_option(extension=[easy(HARD)]))[0].words


def test_easy_words_for_friends_and_family_are_named() -> None:
    """S99, S102: nobody may change what it says."""
    code = [{"system": "urn:feedback-kiosk:measure", "code": "fft"}]
    assert [fault.words for fault in warnings(item("a", code=code, extension=[easy("Was it good?")]))] == [
        'Item "a" has easy-read words, but nobody may change what the Friends and Family question says.'
    ]


def test_a_response_is_the_same_with_and_without_easy_words() -> None:
    """S113: what is stored is the code, and the words of the survey."""
    value = question(one_option()).options[0].value
    plain = response(survey(one_option()), {Place("a"): (value,)})
    helped = response(survey(one_option(extension=[easy("Yes!"), picture("yes")])), {Place("a"): (value,)})
    assert plain == helped
    assert helped["item"][0]["answer"] == [{"valueCoding": coding("yes")}]
