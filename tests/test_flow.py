"""The state machine keeps its promises. No window, no clock, no fake."""

from dataclasses import replace

import pytest

from kiosk.answers import ProblemKind
from kiosk.events import (
    Added,
    Answered,
    BrokeDown,
    Continued,
    ExitAsked,
    LanguageAsked,
    Mended,
    PinAccepted,
    Skipped,
    StartAgainAsked,
    Stayed,
    TimedOut,
    WentBack,
)
from kiosk.flow import step, timeout_seconds
from kiosk.screens import PageKind
from kiosk.states import (
    Asking,
    OutOfOrder,
    Preferences,
    Reviewing,
    StillThere,
    Thanks,
    Welcome,
)
from kiosk.survey import Kind, Limits, Place, Question, Wording
from tests.surveys import coding, note, only_if_poor, rating, rules_of, several, visits, words
from tests.walking import Walker


@pytest.fixture
def walker() -> Walker:
    return Walker(rules_of(rating(), words(), several()))


def test_one_touch_on_the_welcome_screen_answers_the_first_question(walker: Walker) -> None:
    walker.touches("Good")
    assert isinstance(walker.state, Asking)
    assert walker.state.place == Place("why")
    assert walker.state.session.answers == {Place("fft"): (coding("Good"),)}


def test_a_whole_session_ends_in_thanks_with_what_was_answered(walker: Walker) -> None:
    walker.touches("Very good").types("Kind staff").touches("Next")
    walker.touches("Interpreter").touches("Large print").touches("Next").touches("Send")
    assert isinstance(walker.state, Thanks)
    assert walker.finished[0].status == "completed"
    assert walker.finished[0].answers == {
        Place("fft"): (coding("Very good"),),
        Place("why"): ("Kind staff",),
        Place("needs"): (coding("Interpreter"), coding("Large print")),
    }


def test_a_second_tap_on_a_page_that_has_gone_changes_nothing(walker: Walker) -> None:
    first = walker.control("Good").event
    walker.happens(first)
    before = walker.state
    walker.happens(first)
    assert walker.state is before


def test_an_event_that_means_nothing_returns_the_very_same_state(walker: Walker) -> None:
    walker.touches("Good")
    for stray in (Stayed(), Mended(), PinAccepted(), ExitAsked(), Skipped(Place("needs")), Added(Place("why"))):
        assert step(walker.rules, walker.state, stray).state is walker.state


def test_back_shows_the_answer_given_and_next_keeps_it(walker: Walker) -> None:
    walker.touches("Poor").touches("Back")
    assert walker.control("Poor").chosen is True  # type: ignore[union-attr]
    walker.touches("Next")
    assert isinstance(walker.state, Asking)
    assert walker.state.session.answers[Place("fft")] == (coding("Poor"),)


def test_back_keeps_the_words_that_were_being_written(walker: Walker) -> None:
    walker.touches("Good").types("half a sen").touches("Back").touches("Next")
    assert walker.screen.ask is not None
    assert walker.screen.ask.typed == ("half a sen",)  # type: ignore[union-attr]


def test_nothing_entered_can_be_skipped_and_something_entered_goes_on_with_next(walker: Walker) -> None:
    walker.touches("Good")
    assert walker.sees("Skip")
    walker.types("x")
    assert walker.sees("Next")
    assert not walker.sees("Skip")


def test_a_required_question_cannot_be_left_empty_and_says_so() -> None:
    walker = Walker(rules_of(rating(), words(required=True)))
    walker.touches("Good").touches("Next")
    assert isinstance(walker.state, Asking)
    assert walker.state.problem is not None
    assert walker.state.problem.kind is ProblemKind.NEEDED
    assert walker.screen.problem == "Please answer this question to go on."


def test_a_problem_goes_as_soon_as_the_person_types() -> None:
    walker = Walker(rules_of(Question(link_id="age", kind=Kind.INTEGER, text=Wording("How old?"))))
    walker.types("x").touches("Next")
    assert walker.screen.problem
    walker.types("4")
    assert not walker.screen.problem


def test_a_question_opened_by_an_answer_is_asked_and_closes_with_it() -> None:
    walker = Walker(rules_of(rating(), only_if_poor()))
    walker.touches("Poor")
    assert walker.screen.heading == "What went wrong?"
    walker.types("The wait").touches("Next").happens(WentBack(None)).touches("Back").touches("Good")
    assert isinstance(walker.state, Reviewing)
    walker.touches("Send")
    assert walker.finished[0].answers == {Place("fft"): (coding("Good"),)}


def test_changing_an_answer_in_the_review_leads_back_to_the_review(walker: Walker) -> None:
    walker.touches("Good").touches("Skip").touches("Skip")
    walker.happens(walker.screen.rows[0].change.event).touches("Poor")
    assert isinstance(walker.state, Reviewing)
    assert walker.screen.rows[0].answer == "Poor"


def test_a_correction_in_the_review_that_opens_a_question_asks_it_first() -> None:
    walker = Walker(rules_of(rating(), only_if_poor(), words()))
    walker.touches("Good").touches("Skip")
    walker.happens(walker.screen.rows[0].change.event).touches("Poor")
    assert walker.screen.heading == "What went wrong?"
    walker.types("It").touches("Next")
    assert isinstance(walker.state, Reviewing)


def test_start_again_asks_first_and_then_forgets_everything(walker: Walker) -> None:
    walker.touches("Poor").touches("Start again")
    assert walker.screen.kind is PageKind.START_AGAIN
    walker.touches("No, go on").touches("Start again").touches("Yes, start again")
    assert walker.state == Welcome()
    assert walker.finished == []


def test_start_again_with_nothing_given_goes_straight_to_the_start(walker: Walker) -> None:
    walker.touches("Text size").happens(StartAgainAsked())
    assert walker.state == Welcome()


def test_somebody_who_walks_away_leaves_a_stopped_response_without_unfinished_words(walker: Walker) -> None:
    walker.touches("Poor").types("unfinished")
    walker.happens(TimedOut())
    assert isinstance(walker.state, StillThere)
    while isinstance(walker.state, StillThere):
        walker.happens(TimedOut())
    assert walker.state == Welcome()
    assert walker.finished[0].status == "stopped"
    assert walker.finished[0].answers == {Place("fft"): (coding("Poor"),)}


def test_somebody_who_answered_nothing_leaves_nothing(walker: Walker) -> None:
    walker.touches("Text size").happens(TimedOut())
    while isinstance(walker.state, StillThere):
        walker.happens(TimedOut())
    assert walker.state == Welcome()
    assert walker.finished == []


def test_the_warning_counts_at_least_thirty_seconds_and_staying_brings_the_page_back(walker: Walker) -> None:
    before = walker.touches("Good").types("words").state
    walker.happens(TimedOut())
    assert isinstance(walker.state, StillThere)
    assert walker.state.seconds_left >= 30
    assert timeout_seconds(walker.rules, walker.state) == 1
    walker.happens(Stayed())
    assert walker.state == before


def test_staying_works_more_than_ten_times(walker: Walker) -> None:
    """S62."""
    walker.touches("Good")
    for _ in range(11):
        walker.happens(TimedOut()).happens(Stayed())
    assert isinstance(walker.state, Asking)


def test_waits_are_three_times_as_long_while_the_kiosk_reads_aloud(walker: Walker) -> None:
    """S93."""
    walker.touches("Good")
    short = timeout_seconds(walker.rules, walker.state)
    walker.touches("Read aloud")
    assert short is not None
    assert timeout_seconds(walker.rules, walker.state) == 3 * short


def test_welcome_waits_for_ever(walker: Walker) -> None:
    assert timeout_seconds(walker.rules, Welcome()) is None


def test_everything_a_person_set_is_back_to_the_start_for_the_next(walker: Walker) -> None:
    walker.touches("Text size").touches("Colours").touches("Read aloud").touches("اردو").touches("ur Good")
    walker.happens(TimedOut())
    while isinstance(walker.state, StillThere):
        walker.happens(TimedOut())
    screen = walker.screen
    assert (screen.language, screen.text_percent, screen.theme) == ("en-GB", 100, "calm")
    assert Preferences() == walker.rules.defaults


def test_a_language_can_be_chosen_on_every_page_and_the_page_stays(walker: Walker) -> None:
    walker.touches("Good").types("half").happens(LanguageAsked()).touches("اردو")
    assert isinstance(walker.state, Asking)
    assert walker.state.place == Place("why")
    assert walker.screen.language == "ur"
    assert walker.screen.right_to_left
    assert walker.screen.ask is not None
    assert walker.screen.ask.typed == ("half",)  # type: ignore[union-attr]


def test_the_ways_of_answering_are_told_as_codes(walker: Walker) -> None:
    walker.touches("Text size").touches("Read aloud").touches("Good").touches("Skip").touches("Skip").touches("Send")
    assert walker.finished[0].ways == {"touch", "large-text", "read-aloud"}


def test_an_exclusive_answer_stands_alone(walker: Walker) -> None:
    walker.touches("Good").touches("Skip").touches("Interpreter").touches("None")
    assert isinstance(walker.state, Asking)
    assert walker.state.draft is not None
    assert walker.state.draft.chosen == (coding("None"),)
    walker.touches("Large print")
    assert walker.state.draft is not None
    assert isinstance(walker.state, Asking)
    assert walker.state.draft.chosen == (coding("Large print"),)


def test_a_section_that_repeats_is_filled_in_as_often_as_wanted() -> None:
    walker = Walker(rules_of(visits()))
    walker.types("5").touches("Next").touches("Yes, add another").types("7").touches("Next").touches("No, that is all")
    assert [row.answer for row in walker.screen.rows] == ["5", "7"]


def test_a_question_for_several_typed_answers_takes_them_one_by_one() -> None:
    colours = Question(link_id="colour", kind=Kind.STRING, text=Wording("Which colours?"), repeats=True)
    walker = Walker(rules_of(rating(), colours))
    walker.touches("Good").types("red").touches("Add another").types("blue").touches("Next")
    assert isinstance(walker.state, Reviewing)
    assert walker.state.session.answers[Place("colour")] == ("red", "blue")


def test_one_of_several_typed_answers_can_be_taken_away() -> None:
    colours = Question(link_id="colour", kind=Kind.STRING, text=Wording("Which colours?"), repeats=True)
    walker = Walker(rules_of(rating(), colours))
    walker.touches("Good").types("red").touches("Add another").types("blue").touches("Add another").touches("red").touches(
        "Next"
    )
    assert isinstance(walker.state, Reviewing)
    assert walker.state.session.answers[Place("colour")] == ("blue",)


def test_one_more_answer_is_taken_only_when_it_keeps_the_rules() -> None:
    ages = Question(link_id="age", kind=Kind.INTEGER, text=Wording("Ages?"), repeats=True, limits=Limits(max_value=120))
    walker = Walker(rules_of(rating(), ages))
    walker.touches("Good").types("300").touches("Add another")
    assert walker.screen.problem
    walker.types("30").touches("Add another").types("").touches("Next")
    assert isinstance(walker.state, Reviewing)
    assert walker.state.session.answers[Place("age")] == (30,)


def test_a_note_is_a_page_with_next() -> None:
    walker = Walker(rules_of(rating(), note(), words()))
    walker.touches("Good")
    assert walker.screen.kind is PageKind.NOTE
    walker.touches("Next")
    assert walker.screen.heading == "Why?"


def test_words_never_show_in_a_state_that_is_logged(walker: Walker) -> None:
    walker.touches("Good").types("my secret").touches("Next")
    assert "secret" not in repr(walker.state)
    assert "secret" not in repr(Answered(Place("why"), ("my secret",)))


# --- out of order --------------------------------------------------------------------------------------------------


def test_whatever_breaks_leads_to_the_calm_screen_and_back(walker: Walker) -> None:
    walker.touches("Good").happens(BrokeDown("cannot-save"))
    assert walker.state == OutOfOrder("cannot-save")
    assert walker.screen.kind is PageKind.OUT_OF_ORDER
    walker.happens(Mended())
    assert walker.state == Welcome()


def test_the_calm_screen_can_be_read_by_everybody_and_forgets_who_adjusted_it(walker: Walker) -> None:
    walker.happens(BrokeDown("cannot-save")).touches("Text size").touches("اردو")
    assert (walker.screen.text_percent, walker.screen.language) == (150, "ur")
    assert timeout_seconds(walker.rules, walker.state) is not None
    walker.happens(TimedOut())
    assert walker.state == OutOfOrder("cannot-save")


def test_thank_you_can_be_read_in_another_language(walker: Walker) -> None:
    walker.touches("Good").touches("Skip").touches("Skip").touches("Send").touches("Language").touches("اردو")
    assert isinstance(walker.state, Thanks)
    assert walker.screen.language == "ur"
    walker.touches(walker.screen.tools[0].label).happens(TimedOut())
    assert walker.state == Welcome()
    assert len(walker.finished) == 1


def test_a_survey_without_questions_is_out_of_order_not_a_crash() -> None:
    walker = Walker(rules_of())
    assert walker.screen.kind is PageKind.OUT_OF_ORDER
    assert walker.happens(Continued(Place("x"))).state == Welcome()


def test_site_defaults_are_where_everybody_starts() -> None:
    rules = replace(rules_of(rating()), defaults=Preferences(text_percent=150, theme="cream"))
    walker = Walker(rules)
    assert (walker.screen.text_percent, walker.screen.theme) == (150, "cream")
    walker.touches("Text size")
    assert walker.screen.text_percent == 200
