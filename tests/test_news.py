"""What is said of its own accord when one screen follows another. Pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ear import Ear
from kiosk.events import (
    Aid,
    AidToggled,
    Changed,
    Continued,
    ListeningStarted,
    ReadingAloudToggled,
    SpeedChanged,
    TimedOut,
    VolumeChanged,
)
from kiosk.news import news
from kiosk.screens import Screen
from kiosk.states import Rules
from kiosk.survey import Coding, Place, Question
from tests.surveys import rating, rules_of, several, words
from tests.walking import Walker

ABOUT_YOU = Coding("age", "urn:feedback-kiosk:characteristic")


def listening(*items: Question) -> Walker:
    return Walker(rules_of(*items)).happens(ReadingAloudToggled())


def said(before: Screen | None, walker: Walker, ear: Ear | None = None) -> list[str]:
    return [part.text for part in news(before, walker.screen, ear or Ear())]


def after(walker: Walker, act: object, ear: Ear | None = None) -> list[str]:
    """What is said when that happens, or when the control with that label is touched."""
    before = walker.screen
    if isinstance(act, str):
        walker.touches(act)
    else:
        walker.happens(act)  # type: ignore[arg-type]
    return said(before, walker, ear)


def test_a_new_page_is_said_whole() -> None:
    walker = listening(rating(), words())
    assert after(walker, "Good") == [part.text for part in walker.screen.spoken]


def test_another_language_is_another_page() -> None:
    """S71."""
    walker = listening(rating(), words())
    assert len(after(walker, "اردو")) == len(walker.screen.spoken)


def test_in_another_language_it_is_explained_again_how_the_keys_work() -> None:
    """S16, S134: who needed that language did not understand the first explanation."""
    walker = Walker(rules_of(rating())).happens(ListeningStarted(by_keypad=True))
    before = walker.screen
    heard = news(before, walker.touches("اردو").screen, Ear())
    assert len(heard) == 3 + len(walker.screen.spoken)
    assert heard[0].language == "ur"


def test_who_begins_by_keypad_is_told_how_the_keys_work() -> None:
    """S134."""
    walker = Walker(rules_of(rating()))
    heard = after(walker, ListeningStarted(by_keypad=True))
    assert heard[:4] == ["Welcome.", "Use Up and Down to move.", "Press Select to choose.", "Press Help to hear again."]
    assert "How was it?" in heard


def test_who_begins_by_touch_is_told_how_to_touch() -> None:
    """S23, S25."""
    walker = Walker(rules_of(rating()))
    assert after(walker, "Use by listening")[:2] == ["Welcome.", "Touch once to hear, twice to choose"]


def test_who_only_has_the_screen_read_hears_the_screen() -> None:
    walker = Walker(rules_of(rating()))
    assert after(walker, ReadingAloudToggled()) == [part.text for part in walker.screen.spoken]


def test_a_tick_is_said_with_its_answer_and_so_is_its_taking_back() -> None:
    """S18."""
    walker = listening(several(), words())
    assert after(walker, "Interpreter") == ["Interpreter. Answer 1 of 3. Chosen"]
    assert after(walker, "Interpreter") == ["Interpreter. Answer 1 of 3. Not chosen"]


def test_what_was_acted_on_comes_first_and_then_what_follows_from_it() -> None:
    walker = listening(several(), words())
    walker.touches("Interpreter")
    heard = after(walker, "None", Ear(at="option:2"))
    assert heard == ["None. Answer 3 of 3. Chosen", "Interpreter. Answer 1 of 3. Not chosen"]


def test_an_answer_about_the_person_is_acknowledged_without_being_said() -> None:
    """S10, S18."""
    question = replace(several(), codes=(ABOUT_YOU,))
    walker = listening(rating(), question).touches("Good")
    heard = " ".join(after(walker, "Interpreter"))
    assert "What you chose is not read aloud." in heard
    assert "Interpreter" not in heard
    assert after(walker, "Large print") == ["Your choice is kept. It is not read aloud."]


def test_a_mistake_is_said_with_the_question_it_belongs_to() -> None:
    """S17."""
    walker = listening(rating(), words(required=True)).touches("Good")
    assert after(walker, Continued(Place("why"))) == ["Please answer this question to go on.", "Why?"]


def test_a_mistake_that_is_mended_is_not_read_to_its_end_again() -> None:
    walker = listening(rating(), words(required=True)).touches("Good").happens(Continued(Place("why")))
    assert after(walker, Changed(Place("why"), (), ("a",))) == ["1 letter"]


def test_letters_typed_on_the_glass_are_counted_and_not_said() -> None:
    """S10."""
    walker = listening(rating(), words()).touches("Good")
    assert after(walker, Changed(Place("why"), (), ("oh",))) == ["2 letters"]


def test_who_writes_by_keypad_is_told_by_the_keypad() -> None:
    walker = listening(rating(), words()).touches("Good")
    assert after(walker, Changed(Place("why"), (), ("oh",)), Ear(spelling="ask:0")) == []


def test_a_new_speed_and_a_new_loudness_are_heard_as_they_are_told() -> None:
    """S51, S139."""
    walker = listening(rating(), words())
    assert after(walker, VolumeChanged(1)) == ["Volume. 3 of 4"]
    walker.touches("More help")
    assert after(walker, SpeedChanged()) == ["Speed of the voice. Fast"]


def test_what_is_switched_says_its_state() -> None:
    """S26."""
    walker = listening(rating(), words())
    assert after(walker, "Colours") == ["Colours. Light"]
    walker.touches("More help")
    assert after(walker, AidToggled(Aid.BIG_BUTTONS)) == ["Bigger buttons. On"]


def test_the_warning_is_said_whole_and_its_count_at_ten_and_five() -> None:
    """S45, S93."""
    rules = Rules(rules_of(rating(), words()).survey, warning_seconds=4)
    walker = Walker(rules).happens(ReadingAloudToggled()).touches("Good")
    assert "12 seconds left" in after(walker, TimedOut())
    counts = [after(walker, TimedOut()) for _ in range(11)]
    assert [heard for heard in counts if heard] == [["10 seconds left"], ["5 seconds left"]]


def test_nothing_new_is_nothing_to_say() -> None:
    walker = listening(rating(), words())
    assert said(walker.screen, walker) == []


def test_the_way_on_changing_from_skip_to_next_is_no_news() -> None:
    walker = listening(several(), words())
    assert not any("Next" in heard for heard in after(walker, "Interpreter"))


def test_the_first_answer_counts_as_a_new_page_even_when_the_next_question_has_the_same_words() -> None:
    walker = listening(rating("one"), rating("two"), words())
    assert after(walker, "Good")[0] == "How was it?"
