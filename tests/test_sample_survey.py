"""The sample survey: words and codes that others count on, in five languages, plain to read, and nothing compulsory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from kiosk import ASSETS
from kiosk.answers import pages, starting
from kiosk.fhir import find_faults, read_survey
from kiosk.fhir.plain_words import longest_sentence_words, reading_grade
from kiosk.survey import Answers, Coding, Kind, Place, Question, Section, Survey, Wording

RAW = (ASSETS / "surveys" / "share-for-better-care.json").read_bytes()
SURVEY = read_survey(RAW)
LANGUAGES = ("en-GB", "cy", "pl", "ro", "pt", "es", "ar", "ur", "pa", "bn", "gu", "so", "uk", "zh")
OURS = "urn:feedback-kiosk:"
FFT = {
    "very-good": "Very good",
    "good": "Good",
    "neither": "Neither good nor poor",
    "poor": "Poor",
    "very-poor": "Very poor",
    "dont-know": "Don't know",
}
LOCKED = "Overall, how was your experience of our service?"
SCRIPTS = {
    "ur": re.compile(r"[\u0600-\u06ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "pa": re.compile(r"[\u0a00-\u0a7f]"),
    "bn": re.compile(r"[\u0980-\u09ff]"),
    "gu": re.compile(r"[\u0a80-\u0aff]"),
}


def question(link_id: str) -> Question:
    found = SURVEY.by_link_id[link_id]
    assert isinstance(found, Question)
    return found


def questions(within: str | None = None) -> Iterator[Question]:
    for item in SURVEY.walk():
        above = {parent.link_id for parent in SURVEY.ancestors[item.link_id]}
        if isinstance(item, Question) and (within is None or within in above):
            yield item


def codes(link_id: str) -> list[str]:
    return [option.value.code for option in question(link_id).options if isinstance(option.value, Coding)]


def words_of(link_id: str) -> list[str]:
    return [option.wording.text for option in question(link_id).options]


def meant(link_id: str, system: str) -> list[str]:
    """The codes an item carries in one of our systems."""
    return [code.code for code in question(link_id).codes if code.system == OURS + system]


def asked(given: dict[str, str | None]) -> list[str]:
    """The linkIds of the pages when `given` was answered: a code, or words for a text."""
    answers: Answers = {
        Place(link_id): tuple(
            option.value
            for option in question(link_id).options
            if isinstance(option.value, Coding) and option.value.code == said
        )
        or (said or "",)
        for link_id, said in given.items()
    }
    return [place.link_id for place in pages(SURVEY, answers)]


def wordings(survey: Survey) -> Iterator[tuple[str, Wording]]:
    """Everything a person can read, with where it stands."""
    yield "title", survey.title
    yield "description", survey.description
    for item in survey.walk():
        yield item.link_id, item.text
        if isinstance(item, Question):
            yield f"{item.link_id}, help", item.help
            for option in item.options:
                yield f"{item.link_id}, {option.wording.text}", option.wording


# --- Friends and Family --------------------------------------------------------------------------------------------


def test_the_friends_and_family_question_has_its_exact_words() -> None:
    """S99."""
    assert question("fft").text.text == LOCKED
    assert meant("fft", "measure") == ["fft"]


def test_the_six_answers_have_their_exact_words_and_order() -> None:
    """S100."""
    assert dict(zip(codes("fft"), words_of("fft"), strict=True)) == FFT
    assert codes("fft") == list(FFT)
    assert {option.value.system for option in question("fft").options if isinstance(option.value, Coding)} == {OURS + "fft"}


def test_the_scores_fall_from_five_to_one_and_dont_know_has_none() -> None:
    assert [option.score for option in question("fft").options] == [*map(Decimal, (5, 4, 3, 2, 1)), None]


def test_it_comes_first_and_a_free_text_follows_it() -> None:
    """S101."""
    assert asked({})[0] == "fft"
    assert asked({"fft": "poor"})[:2] == ["fft", "why"]
    assert question("why").kind is Kind.TEXT


# --- nothing compulsory, nothing chosen beforehand -----------------------------------------------------------------


@pytest.mark.parametrize("each", list(questions()), ids=lambda each: each.link_id)
def test_every_question_can_be_skipped_and_starts_empty(each: Question) -> None:
    """S100, S103."""
    assert not each.required
    assert each.initial == ()
    assert not any(option.initial for option in each.options)


def test_a_session_starts_without_an_answer() -> None:
    assert starting(SURVEY) == {}


def test_it_has_one_question_a_page_and_is_short_before_the_part_about_you() -> None:
    """S84, S94."""
    assert asked({}) == ["fft", "listened", "questions", "communication", "better", "who", "about-you"]


# --- what is asked when --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "follows"), [("partly", True), ("no", True), ("yes", False), ("not-needed", False)])
def test_what_help_was_needed_is_asked_only_where_it_was_missing(answer: str, follows: bool) -> None:
    assert ("support" in asked({"communication": answer})) is follows


def test_several_kinds_of_help_can_be_chosen_and_none_of_these_stands_alone() -> None:
    assert question("support").repeats
    assert [option.wording.text for option in question("support").options if option.exclusive] == ["None of these"]


@pytest.mark.parametrize("text", ["why", "better"])
def test_sharing_is_asked_when_there_are_words_to_share(text: str) -> None:
    """S120."""
    assert "share" not in asked({"fft": "good"})
    assert "share" in asked({"fft": "good", text: "Kind nurses"})
    assert (meant("share", "measure"), codes("share")) == (["share-words"], ["yes", "no"])


def test_a_person_is_asked_not_to_write_names_wherever_they_can_write() -> None:
    """S157."""
    for each in questions():
        if each.kind in {Kind.TEXT, Kind.STRING}:
            assert each.help.text == "Please do not write names."


def test_a_helper_can_be_named_by_role_only() -> None:
    """S104."""
    assert codes("who") == ["patient", "carer", "staff-helping"]


# --- about you -----------------------------------------------------------------------------------------------------


def test_nothing_about_a_person_is_asked_before_they_agree() -> None:
    """S122."""
    about = {each.link_id for each in questions("about-you-questions")}
    assert about & set(asked({})) == about & set(asked({"about-you": "no"})) == set()
    assert {"age", "sex", "ethnic-group", "disability"} <= set(asked({"about-you": "yes"}))


def test_it_is_said_why_and_that_care_does_not_change() -> None:
    """S122."""
    words = question("about-you").help.text
    assert "if everyone gets good care" in words
    assert "do not change your care" in words


@pytest.mark.parametrize("each", list(questions("about-you-questions")), ids=lambda each: each.link_id)
def test_every_question_about_a_person_can_be_declined(each: Question) -> None:
    """S122."""
    last = each.options[-1]
    assert last.wording.text == "Prefer not to say"
    assert isinstance(last.value, Coding)
    assert last.value.code == "prefer-not"


def test_the_age_bands_leave_no_gap() -> None:
    """S126."""
    bands = [tuple(map(int, code.split("-"))) for code in codes("age")[:-2]]
    assert bands[0][0] == 0
    assert all(low[1] + 1 == high[0] for low, high in pairwise(bands))
    assert (bands[-1][1], codes("age")[-2]) == (84, "85-plus")


def test_the_ethnic_group_is_asked_in_two_steps() -> None:
    """S123: 4 + 4 + 5 + 3 + 2 detailed groups, each under its own group."""
    groups = codes("ethnic-group")
    assert groups == ["white", "mixed", "asian", "black", "other", "prefer-not"]
    assert [len(codes(f"ethnic-{group}")) - 1 for group in groups[:-1]] == [4, 4, 5, 3, 2]
    for group in groups[:-1]:
        shown = asked({"about-you": "yes", "ethnic-group": group})
        assert [link_id for link_id in shown if link_id.startswith("ethnic-")] == ["ethnic-group", f"ethnic-{group}"]
        assert all(code.startswith(f"{group}-") for code in codes(f"ethnic-{group}")[:-1])


def test_how_much_a_condition_matters_is_asked_only_with_a_condition() -> None:
    """S124."""
    assert "disability-effect" in asked({"about-you": "yes", "disability": "yes"})
    assert "disability-effect" not in asked({"about-you": "yes", "disability": "no"})


# --- codes that reports count on -----------------------------------------------------------------------------------


def test_every_question_about_care_carries_a_cqc_key_question() -> None:
    """S118, S119."""
    tagged = {each.link_id: meant(each.link_id, "cqc") for each in questions("your-care")}
    assert {link_id for link_id, tags in tagged.items() if not tags} == {"share", "who"}
    assert {tag for tags in tagged.values() for tag in tags} == {"caring", "effective", "responsive", "well-led"}


def test_every_question_says_by_a_code_what_it_measures() -> None:
    for each in questions():
        if each.link_id != "about-you":
            assert meant(each.link_id, "measure") or meant(each.link_id, "characteristic"), each.link_id


def test_every_answer_has_a_code_in_a_system_of_ours() -> None:
    """S113: counts merge across languages."""
    for each in questions():
        for option in each.options:
            assert isinstance(option.value, Coding)
            assert option.value.system.startswith(OURS)
            assert re.fullmatch(r"[a-z0-9-]+", option.value.code)


# --- languages -----------------------------------------------------------------------------------------------------


def test_it_speaks_fourteen_languages_english_and_welsh_first() -> None:
    """S113, S115."""
    assert SURVEY.languages == LANGUAGES


@pytest.mark.parametrize("tag", LANGUAGES[1:])
def test_nothing_a_person_reads_is_left_untranslated(tag: str) -> None:
    """S115: Welsh no less than English."""
    missing = [where for where, wording in wordings(SURVEY) if wording and not dict(wording.translations).get(tag)]
    assert missing == []


@pytest.mark.parametrize("tag", sorted(SCRIPTS))
def test_a_translation_is_written_in_its_own_script(tag: str) -> None:
    strange = [where for where, wording in wordings(SURVEY) if wording and not SCRIPTS[tag].search(wording.in_language(tag))]
    assert strange == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_two_answers_to_a_question_read_the_same(tag: str) -> None:
    for each in questions():
        read = [option.wording.in_language(tag) for option in each.options]
        assert len(set(read)) == len(read), each.link_id


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_question_stays_a_question_in_every_language(tag: str) -> None:
    for each in questions():
        assert each.text.in_language(tag)[-1] in "?؟？", each.link_id


def test_the_translations_say_that_no_speaker_has_reviewed_them_yet() -> None:
    assert SURVEY.unreviewed == LANGUAGES[1:]


def test_a_translation_counts_as_reviewed_when_the_file_says_so() -> None:
    document: dict[str, Any] = json.loads(RAW)
    document["extension"][0]["extension"][1]["valueCode"] = "reviewed"
    assert read_survey(json.dumps(document)).unreviewed == LANGUAGES[2:]


# --- plain words ---------------------------------------------------------------------------------------------------


def test_every_sentence_has_fifteen_words_at_most() -> None:
    """S85, S96."""
    assert [where for where, wording in wordings(SURVEY) if longest_sentence_words(wording.text) > 15] == []


def test_every_sentence_can_be_read_at_eleven_years() -> None:
    """S85. The Friends and Family question is the one exception: nobody may change its words (S102)."""
    sentences = [(where, wording.text) for where, wording in wordings(SURVEY) if wording.text.endswith((".", "?"))]
    assert [where for where, words in sentences if reading_grade(words) > 6 and words != LOCKED] == []


def test_the_checker_finds_nothing_to_say_about_it() -> None:
    """The Friends and Family question has words that nobody may change, so it is not called hard to read."""
    assert find_faults(RAW) == ()


def test_its_sections_have_short_names() -> None:
    named = [item.text.text for item in SURVEY.walk() if isinstance(item, Section) and item.text]
    assert named == ["Your care", "About you"]


# --- what is asked, and of whom ------------------------------------------------------------------------------------


def test_age_is_asked_in_bands_never_exactly() -> None:
    """S95."""
    bands = [option.wording.text for option in question("age").options]
    assert all(" to " in band or band in {"85 or over", "Prefer not to say"} for band in bands)


def test_the_score_and_the_reason_are_one_response() -> None:
    """S105: both are asked in one section, one after the other."""
    order = [each.link_id for each in questions()]
    assert order.index("why") == order.index("fft") + 1
    assert SURVEY.ancestors["why"] == SURVEY.ancestors["fft"]


def test_it_asks_whether_communication_needs_were_met() -> None:
    """S117: with its own code, so that it can be counted."""
    asked = question("communication")
    assert "needs-met" in {coding.code for coding in asked.codes}
    assert [option.wording.text for option in asked.options][:3] == ["Yes", "Partly", "No"]


def test_sex_gender_orientation_and_religion_can_each_be_kept_to_oneself() -> None:
    """S125."""
    for link_id in ("sex", "gender-same", "orientation", "religion"):
        assert question(link_id).options[-1].wording.text == "Prefer not to say"
        assert not question(link_id).required
